"""Where names stand: the mentions of persons, groups and places in the words of a sentence."""

from searchapp.ingest.attribution.cast import Mention
from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
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
_KNOWN = GIVEN | TITLE | PLACE | NATION | NAMED
_OTHERWISE = COMMON | ADVERB | CUE | VERB


def is_headline(text: Text, sentence: Sentence, capitals: int | None = None) -> bool:
    """Tell whether a sentence, with ``capitals`` if they were counted, writes most of its words with such."""
    if sentence.last - sentence.first > 30 or (capitals is not None and capitals < 4):
        return False
    tags = text.tags[sentence.first : sentence.last]
    if len([bits for bits in tags if bits & CAPITAL]) < 4:
        return False
    plain = [at for at, bits in enumerate(tags, sentence.first) if not bits & (CAPITAL | FUNCTION)]
    return sum(text.words[at][0].isalpha() for at in plain) <= 1


def sentence_mentions(text: Text, sentence: Sentence, capitals: list[int], inside: set[str]) -> list[Mention]:
    """Return the names of a sentence, whose words with capitals stand at ``capitals``.

    ``inside`` holds the words that follow another word with a capital somewhere, as last names do.
    """
    found = []
    behind = sentence.first
    for at in capitals:
        if at < behind:
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
        if parts and inside and len(text.words[at]) == 1 and text.words[at + 1 : at + 2] == ["."]:
            bits = 0  # "Ann A. Lee": an initial, no article
        if inside and (not bits & (CUE | FUNCTION | VERB | ADVERB | TIME) or bits & GIVEN):
            parts.append(at)
            if not text.tags[at] & POSSESSIVE and len(parts) < LONGEST_NAME:
                continue
        short = parts and (len(text.words[parts[-1]]) == 1 or text.tags[parts[-1]] & ABBREVIATION)
        if short and at + 1 < sentence.last and text.words[at] == ".":
            continue  # "Dr. Ann T. Lee"
        if parts:
            mention = parse(text, parts, sentence)
            if mention:
                mention.weak = not mention.titled and not text.tags[mention.first] & GIVEN
                found.append(mention)
            parts = []
    return found


def _sequence(text: Text, at: int, sentence: Sentence, inside: set[str]) -> list[int]:
    """Return the words of the name that may begin at ``at``, titles included, or nothing."""
    if not _begins_name(text, at, sentence, inside):
        return []
    parts = [at]
    while len(parts) < LONGEST_NAME and not text.tags[parts[-1]] & POSSESSIVE:
        following = _following(text, parts, sentence)
        parts += following
        if not following or text.words[following[0] - 1] == ",":
            break
    return parts


def _begins_name(text: Text, at: int, sentence: Sentence, inside: set[str]) -> bool:
    """Tell whether a name may begin at word ``at``, or whether it is but a word with a capital."""
    words, tags = text.words, text.tags
    bits = tags[at]
    follows = at + 1 < sentence.last and tags[at + 1] & CAPITAL and not tags[at + 1] & FUNCTION
    if bits & FUNCTION and not (bits & (PARTICLE | GIVEN) and follows):
        return False
    if bits & TIME and not (bits & GIVEN and follows and not bits & POSSESSIVE):
        return False
    begins = at == sentence.first or (at and not words[at - 1][0].isalnum() and words[at - 1] not in ",(—–-")
    if not begins or (words[at] in inside and not bits & STARTER):
        return True
    titled = follows and (not bits & STARTER or tags[at + 1] & (TITLE | ROLE | DOMAIN | NAMED))  # "Then Mayor Ann Lee"
    known = _KNOWN | DOMAIN if titled else _KNOWN  # else the capital may be the sentence's
    if bits & _OTHERWISE and not bits & known and not _begins_group(text, at, sentence):
        return False
    if not bits & (known | ROLE | ACRONYM) and is_before_name(text, at, sentence):
        return False
    return bool(follows) or not (bits & PLURAL or (not bits & (known | ACRONYM) and _is_plain_noun(words[at])))


def _following(text: Text, parts: list[int], sentence: Sentence) -> tuple[int, ...]:
    """Return the next words of a name: one with a capital, or small ones with the capital they lead to."""
    words, tags = text.words, text.tags
    last = parts[-1]
    at = last + 1
    if at >= sentence.last:
        return ()
    if words[at] == ".":
        at += len(words[last]) == 1 or bool(tags[last] & TITLE) or words[last].lower() in ("jr", "sr", "st")
        if at >= sentence.last:
            return ()
    bits = tags[at]
    initial = len(words[at]) == 1 and at + 1 < sentence.last and words[at + 1] == "."
    if bits & CAPITAL and (not bits & FUNCTION or bits & PARTICLE or initial):
        named = tags[last] & (GIVEN | TITLE) and words[at].lower() in ("may", "march", "june", "april")
        return () if bits & TIME and not named else (at,)
    if at + 1 >= sentence.last:
        return ()
    if bits & PARTICLE:
        if tags[at + 1] & CAPITAL and not tags[at + 1] & FUNCTION:
            return at, at + 1
        if at + 2 < sentence.last and tags[at + 1] & PARTICLE and tags[at + 2] & CAPITAL:
            return at, at + 1, at + 2
    if tags[at + 1] & CAPITAL and not tags[at + 1] & (FUNCTION | TIME) and _joins(text, parts, at):
        return at, at + 1
    return (at + 1,) if words[at] == "," and tags[at + 1] & SUFFIX else ()


def _joins(text: Text, parts: list[int], at: int) -> bool:
    """Tell whether "of", "for", "and" or "&" at word ``at`` goes on with a name ("Secretary of State")."""
    words, before, following = text.words, text.tags[parts[-1]], text.tags[at + 1]
    if words[at] in ("of", "for"):
        surname = len(parts) > 1 and before & TITLE and len(words[parts[-2]]) == 1  # "Ann T. King of Oldbay"
        return bool(before & (TITLE | NAMED | ROLE)) and not surname
    if words[at] != "and":
        return words[at] == "&"
    inner = any(words[part] in ("of", "for") for part in parts) and not following & GIVEN
    return inner or bool(before & (TITLE | DOMAIN) and following & (TITLE | DOMAIN))


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
