"""Where names stand: the mentions of persons, groups and places in the words of a sentence."""

from searchapp.ingest.attribution.cast import Mention
from searchapp.ingest.attribution.lexicon import (
    ACRONYM,
    ADVERB,
    CAPITAL,
    COMMON,
    CUE,
    DOMAIN,
    FUNCTION,
    GIVEN,
    GROUP,
    NAMED,
    NATION,
    PARTICLE,
    PLACE,
    PLURAL,
    POSSESSIVE,
    ROLE,
    STARTER,
    SUFFIX,
    TIME,
    TITLE,
    VERB,
    tag,
)
from searchapp.ingest.attribution.text import Sentence, Text
from searchapp.ingest.attribution.titles import is_before_name, officer, parse
from searchapp.ingest.words import word_levels

LONGEST_NAME = 12  # words of a title and a name together


def is_headline(text: Text, sentence: Sentence) -> bool:
    """Tell whether a sentence writes most of its words with capitals."""
    if sentence.last - sentence.first > 30:
        return False
    tags = text.tags[sentence.first : sentence.last]
    if sum(bits & CAPITAL for bits in tags) < 4 * CAPITAL:
        return False
    plain = [at for at, bits in enumerate(tags, sentence.first) if not bits & (CAPITAL | FUNCTION)]
    return sum(text.words[at][0].isalpha() for at in plain) <= 1


def sentence_mentions(text: Text, sentence: Sentence, inside: set[str]) -> list[Mention]:
    found = []
    behind = sentence.first
    for at, bits in enumerate(text.tags[sentence.first : sentence.last], sentence.first):
        if not bits & CAPITAL or at < behind:
            continue
        parts = _sequence(text, at, sentence, inside)
        if parts:
            behind = parts[-1] + 1
            mention = officer(text, parts, sentence) or parse(text, parts, sentence)
            if mention:
                found.append(mention)
    return found


def headline_mentions(text: Text, sentence: Sentence) -> list[Mention]:
    """In a headline every word has a capital: a verb or a small word ends a name there."""
    found = []
    parts: list[int] = []
    for at in range(sentence.first, sentence.last + 1):
        inside = at < sentence.last and text.tags[at] & CAPITAL
        bits = text.tags[at] | tag(text.words[at].lower()) if inside else 0
        if inside and (not bits & (CUE | FUNCTION | VERB | ADVERB | TIME) or bits & GIVEN):
            parts.append(at)
            if not text.tags[at] & POSSESSIVE and len(parts) < LONGEST_NAME:
                continue
        if parts:
            mention = parse(text, parts, sentence)
            if mention:
                mention.weak = not mention.titled and not text.tags[mention.first] & GIVEN
                found.append(mention)
            parts = []
    return found


def _sequence(text: Text, at: int, sentence: Sentence, inside: set[str]) -> list[int]:
    """Return the words of the name that may begin at ``at``, titles included, or nothing.

    ``inside`` holds the words that follow another word with a capital somewhere, as last names do.
    """
    words, tags = text.words, text.tags
    bits = tags[at]
    follows = at + 1 < sentence.last and tags[at + 1] & CAPITAL and not tags[at + 1] & FUNCTION
    if bits & FUNCTION and not (bits & PARTICLE and follows) and not (bits & GIVEN and follows):
        return []
    if bits & TIME and not (bits & GIVEN and follows and not bits & POSSESSIVE):
        return []
    begins = at == sentence.first or (at and not words[at - 1][0].isalnum() and words[at - 1] not in ",(—–-")
    if begins and words[at] not in inside:  # its capital may be that of the sentence
        known = GIVEN | TITLE | PLACE | NATION | NAMED | (DOMAIN if follows else 0)
        if bits & (COMMON | ADVERB | CUE | VERB) and not bits & known and not _begins_group(text, at, sentence):
            return []
        if not bits & (known | ROLE | ACRONYM) and is_before_name(text, at, sentence):
            return []
        if not follows and (bits & PLURAL or (not bits & (known | ACRONYM) and _is_plain_noun(words[at]))):
            return []
    parts = [at]
    while len(parts) < LONGEST_NAME and not tags[parts[-1]] & POSSESSIVE:
        last = parts[-1]
        nxt = last + 1
        if (
            nxt < sentence.last
            and words[nxt] == "."
            and (len(words[last]) == 1 or tags[last] & TITLE or words[last].lower() in ("jr", "sr", "st"))
        ):
            nxt += 1
        if nxt >= sentence.last:
            break
        bits = tags[nxt]
        initial = len(words[nxt]) == 1 and nxt + 1 < sentence.last and words[nxt + 1] == "."
        if bits & CAPITAL and (not bits & FUNCTION or bits & PARTICLE or initial):
            if bits & TIME and not (
                tags[last] & (GIVEN | TITLE) and words[nxt].lower() in ("may", "march", "june", "april")
            ):
                break
            parts.append(nxt)
            continue
        if bits & PARTICLE and nxt + 1 < sentence.last:
            if tags[nxt + 1] & CAPITAL and not tags[nxt + 1] & FUNCTION:
                parts += (nxt, nxt + 1)
                continue
            if nxt + 2 < sentence.last and tags[nxt + 1] & PARTICLE and tags[nxt + 2] & CAPITAL:
                parts += (nxt, nxt + 1, nxt + 2)
                continue
        if words[nxt] in ("of", "for", "and", "&") and nxt + 1 < sentence.last and tags[nxt + 1] & CAPITAL:
            joined = (
                tags[last] & (TITLE | NAMED | ROLE)
                if words[nxt] in ("of", "for")
                else (
                    words[nxt] == "&"
                    or (any(words[p] in ("of", "for") for p in parts) and not tags[nxt + 1] & GIVEN)
                    or (tags[last] & (TITLE | DOMAIN) and tags[nxt + 1] & (TITLE | DOMAIN))
                )
            )
            if joined and not tags[nxt + 1] & (FUNCTION | TIME):
                parts += (nxt, nxt + 1)
                continue
        if words[nxt] == "," and nxt + 1 < sentence.last and tags[nxt + 1] & SUFFIX:
            parts.append(nxt + 1)
        break
    return parts


def _is_plain_noun(word: str) -> bool:
    """Tell whether a word with a capital needs no article, so that it may be no name: a plural or a gerund."""
    word, levels = word.lower(), word_levels()
    plural = word[-1] == "s" and (word[:-1] in levels or (word.endswith("ies") and word[:-3] + "y" in levels))
    return word in levels and (plural or (word.endswith("ing") and word[:-3] in levels))


def _begins_group(text: Text, at: int, sentence: Sentence) -> bool:
    """Tell whether a common word begins a longer name here ("Red Harbour Lines", "Social Affairs Minister Ann Lee")."""
    bits = text.tags[at]
    if not bits & COMMON or bits & (STARTER | CUE):
        return False
    last = at
    while last + 1 < sentence.last and last - at < LONGEST_NAME and text.tags[last + 1] & CAPITAL:
        last += 1
    if last == at or text.tags[at + 1] & GIVEN:
        return False
    whole = text.tags[last] & (NAMED | GROUP) and not any(text.tags[n] & (GIVEN | TITLE) for n in range(at, last))
    return bool(whole or text.tags[at + 1] & (NAMED | GROUP | DOMAIN))
