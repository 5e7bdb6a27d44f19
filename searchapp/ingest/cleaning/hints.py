"""Long patterns that are looked for only where a hint of them stands."""

import re
from dataclasses import dataclass
from typing import Final

MAX_LINE: Final = 400  # code points: longer lines are prose, and no pattern is looked for in them as a whole


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pattern, and words (case folded) of which each text that it is found in holds one.

    To look for the words first takes a tenth of the time, and few lines hold any.
    """

    pattern: re.Pattern[str]
    hints: tuple[str, ...]

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern is found anywhere in ``text``."""
        return self.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """Return where the pattern is found first in ``text``."""
        folded = text.casefold()
        for hint in self.hints:
            if hint in folded:
                return self.pattern.search(text)
        return None

    def blanked(self, text: str) -> str:
        """Return ``text`` with a blank for each place where the pattern is found."""
        return self.pattern.sub(" ", text) if self.found_in(text) else text
