"""Columns that nothing but spaces part, as old systems print them: where each of them begins."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST_LINES, _FEWEST_COLUMNS = 4, 3
_LOOKED_AT = 50
_LONGEST = 400
GAP = 2
_RULE = frozenset("-=_+| ")


def cuts_of(lines: Sequence[str], gap: int = GAP) -> str:
    """The offsets at which columns begin, parted by commas, such as "0,12,40"; "" where the lines have none.

    A column begins where every line has `gap` spaces or more before it. Lines that only underline are passed over.
    """
    shown = [line for line in lines[:_LOOKED_AT] if not is_rule(line)]
    gapped = sum(" " * gap in line.strip() for line in shown)
    if len(shown) < FEWEST_LINES or gapped * 5 < len(shown) * 4 or max(map(len, shown)) > _LONGEST:
        return ""
    width = max(map(len, shown))
    blank = [all(line[at : at + 1] in ("", " ") for line in shown) for at in range(width)]
    cuts = [at for at in range(width) if not blank[at] and (at == 0 or all(blank[max(0, at - gap) : at]))]
    filled = sum(len(list(filter(None, map(str.strip, cells_between(line, _written(cuts)))))) for line in shown)
    is_table = len(cuts) >= _FEWEST_COLUMNS and filled * 2 >= len(cuts) * len(shown)
    return _written(cuts) if is_table else ""


def is_rule(line: str) -> bool:
    """Whether a line only underlines."""
    return _RULE.issuperset(line)


def cells_between(line: str, cuts: str) -> list[str]:
    """The cells of a line; one after the other, with one character between, they are the line."""
    starts = [int(cut) for cut in cuts.split(",")]
    starts[0] = 0
    ends = [start - 1 for start in starts[1:]]
    return [line[start:end] for start, end in zip(starts, [*ends, len(line)], strict=True) if start <= len(line)]


def _written(cuts: Sequence[int]) -> str:
    return ",".join(map(str, cuts))
