"""The times of all queries as a picture: one stroke a query, on a logarithmic scale. SVG, written by hand."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import log10

from benchmarks.figures import percentile

_WIDTH, _LEFT, _RIGHT, _TOP, _LANE = 760, 130, 24, 84, 84
_LEAST, _MOST = 0.1, 2000.0  # milliseconds
_STROKE = 26  # the height of a stroke
_SERIF = "'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, 'Liberation Serif', serif"
_STYLE = f"""
  svg {{ --paper: #fbfaf6; --ink: #201d19; --quiet: #625c53; --rule: #e3ddd1; --accent: #8a2f22; }}
  @media (prefers-color-scheme: dark) {{
    svg {{ --paper: #191816; --ink: #e9e4d9; --quiet: #a69f92; --rule: #38342d; --accent: #eb9f8c; }}
  }}
  rect {{ fill: var(--paper); }}
  text {{ font: 15px {_SERIF}; fill: var(--ink); }}
  .title {{ font-size: 19px; font-weight: 600; }}
  .quiet {{ font-size: 13px; fill: var(--quiet); font-variant-numeric: tabular-nums; }}
  .rule {{ stroke: var(--rule); }}
  .stroke {{ stroke: var(--ink); stroke-width: 1.5; opacity: .32; }}
  .point {{ stroke: var(--ink); stroke-width: 2; }}
  .ours .stroke, .ours .point {{ stroke: var(--accent); }}
"""


def draw(times: Mapping[str, Sequence[float]], title: str, note: str) -> str:
    """Return an SVG with a lane for each name of ``times``, which are milliseconds; ours stand out."""
    height = _TOP + _LANE * len(times) + 34
    lanes = [line for number, (name, values) in enumerate(times.items()) for line in _lane(number, name, values)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            f'<rect width="{_WIDTH}" height="{height}"/>',
            f'<text class="title" x="24" y="36">{escape(title)}</text>',
            f'<text class="quiet" x="24" y="58">{escape(note)}</text>',
            *_scale(height - 34),
            *lanes,
            "</svg>\n",
        )
    )


def _scale(bottom: int) -> Iterator[str]:
    for mark in (1, 10, 100, 1000):
        x = _place(mark)
        label = f"{mark:,} ms"
        yield f'<line class="rule" x1="{x}" x2="{x}" y1="{_TOP}" y2="{bottom}"/>'
        yield f'<text class="quiet" x="{x}" y="{bottom + 18}" text-anchor="middle">{label}</text>'


def _lane(number: int, name: str, values: Sequence[float]) -> Iterator[str]:
    top = _TOP + _LANE * number + (_LANE - _STROKE) // 2
    yield f'<g class="{"lane ours" if name.startswith("searchapp") else "lane"}">'
    yield f'<text x="24" y="{top + 18}">{escape(name)}</text>'
    for value in values:
        x = _place(value)
        yield f'<line class="stroke" x1="{x}" x2="{x}" y1="{top}" y2="{top + _STROKE}"/>'
    for percent, label, side in ((50, "median", "end"), (95, "95 % within", "start")):
        point = percentile(values, percent)
        x = _place(point)
        yield f'<line class="point" x1="{x}" x2="{x}" y1="{top - 8}" y2="{top + _STROKE}"/>'
        yield f'<text class="quiet" x="{x}" y="{top - 13}" text-anchor="{side}">{label} {point:.1f} ms</text>'
    yield "</g>"


def _place(milliseconds: float) -> float:
    share = log10(min(max(milliseconds, _LEAST), _MOST) / _LEAST) / log10(_MOST / _LEAST)
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)
