"""What was measured, the floors it is held to, and whether it reaches them."""

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: of what, which measure of it, and its value."""

    what: str
    measure: str
    value: float


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure has to reach: ``value`` or more; or, where little is good (``at_most``), or less."""

    value: float
    at_most: bool = False

    def __str__(self) -> str:
        return f"{'<=' if self.at_most else '>='} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure (None: it was not measured) beside its floor (None: it is shown for information)."""

    what: str
    measure: str
    value: float | None
    floor: Floor | None

    @property
    def reached(self) -> bool:
        """Whether nothing is to be said against it: a floor that nothing was measured for is not reached."""
        if self.floor is None:
            return True
        if self.value is None:
            return False
        return self.value <= self.floor.value if self.floor.at_most else self.value >= self.floor.value

    def payload(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self) | {"floor": str(self.floor) if self.floor else None, "reached": self.reached}


Floors = dict[tuple[str, str], Floor]


def load(file: Path = FLOORS) -> Floors:
    """Return the floors by what and measure. Raises ValueError where the file says neither at_least nor at_most."""
    read = tomllib.loads(file.read_text("utf8"))
    return {(what, measure): _floor(given) for what, measures in read.items() for measure, given in measures.items()}


def judged(figures: Iterable[Measured], floors: Floors) -> list[Judged]:
    """Return all figures beside their floors, and after them the floors for which there is no figure."""
    rows = [Judged(each.what, each.measure, each.value, floors.get((each.what, each.measure))) for each in figures]
    measured = {(each.what, each.measure) for each in rows}
    return rows + [Judged(*key, None, floor) for key, floor in floors.items() if key not in measured]


def _floor(given: dict[str, float]) -> Floor:
    match given:
        case {"at_least": value, **rest} if not rest:
            return Floor(value)
        case {"at_most": value, **rest} if not rest:
            return Floor(value, at_most=True)
    raise ValueError(f"A floor is written at_least = NUMBER or at_most = NUMBER, not {given}.")
