"""How many random examples a test tries."""

from hypothesis import settings

USUAL = 100  # of a test that names no number, unless the profile says otherwise


def examples(number: int) -> settings:
    """Try ``number`` random examples; with a profile that tries fewer than is usual, so many times fewer."""
    return settings(max_examples=max(1, number * settings.default.max_examples // USUAL))
