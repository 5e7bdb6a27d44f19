"""What was measured: figures beside their targets, and tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: as it is shown, its ratio to a peer in the same run, and its target, where there are such."""

    what: str
    measured: str
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def at_most(what: str, measured: str, value: float, limit: float, unit: str) -> Figure:
    """Return a figure that is not to exceed ``limit``."""
    return Figure(what, measured, "", f"<= {limit:g} {unit}", value <= limit)


def beside(what: str, ours: float, theirs: float, limit: float, unit: str = "ms") -> Figure:
    """Return a figure that is not to exceed ``limit`` times that of a peer."""
    return Figure(
        what, f"{ours:.1f} : {theirs:.1f} {unit}", _times(ours / theirs), f"<= {_times(limit)}", ours <= limit * theirs
    )


def at_least(what: str, ours: float, theirs: float, share: float, unit: str) -> Figure:
    """Return a figure that is to reach ``share`` of that of a peer."""
    return Figure(
        what, f"{ours:.4g} : {theirs:.4g} {unit}", f"{ours / theirs:.3g}", f">= {share:g}", ours >= share * theirs
    )


def _times(ratio: float) -> str:
    return f"1/{1 / ratio:.3g}" if ratio < 0.5 else f"{ratio:.3g}"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of ``values`` that ``percent`` of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * percent // 100) - 1)]


def spread(values: Sequence[float], form: str = "{:.1f}") -> str:
    """Return median, 95th and 99th percentile and maximum as they stand in a table."""
    points = (*(percentile(values, percent) for percent in (50, 95, 99)), max(values))
    return " / ".join(form.format(point) for point in points)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: to be printed, or to stand in a page of the documentation."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def drawn(self) -> Table:
        """Return it for a terminal, its first column on the left and the others on the right."""
        drawn = Table(title=self.title, title_justify="left", box=None, pad_edge=False, header_style="dim")
        for number, head in enumerate(self.heads):
            drawn.add_column(head, justify="right" if number else "left")
        for row in self.rows:
            drawn.add_row(*row)
        return drawn

    def markdown(self) -> str:
        """Return it as Markdown."""
        lines = [self.heads, ["---"] * len(self.heads), *self.rows]
        return "\n".join((f"**{self.title}**", "", *(f"| {' | '.join(line)} |" for line in lines), ""))


def verdicts(figures: Iterable[Figure]) -> Sheet:
    """Return the table of all figures, and whether those with a target meet it."""
    words = {None: "", True: "met", False: "missed"}
    rows = [(each.what, each.measured, each.ratio, each.target, words[each.met]) for each in figures]
    return Sheet("All figures", ("what", "measured", "ratio", "target", ""), rows)
