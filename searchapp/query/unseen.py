"""What nobody sees in a query, soft hyphens and the like, which come along when words are copied."""

import re

# Joiners matter in the scripts that join letters: there they stay.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|(?<![\u0590-\uffff])[\u200c\u200d]")


def without_unseen(text: str) -> str:
    """Return ``text`` without what nobody sees."""
    return _UNSEEN.sub("", text)


def place_in(text: str, at: int) -> int:
    """Return where in ``text`` that stands which stands ``at`` there without what nobody sees."""
    for unseen in _UNSEEN.finditer(text):
        if unseen.start() > at:
            break
        at += 1
    return at
