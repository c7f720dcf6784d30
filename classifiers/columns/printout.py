"""Columns that nothing but spaces part, as old systems print them: where each of them begins, or how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_

FEWEST_LINES, _FEWEST_COLUMNS = 4, 3
_LOOKED_AT = 50
_LONGEST = 400
GAP = 2
_RULE = "-=_+| "
_GAP = re.compile(r" {2,}")
_SPACES = bytes(b"01"[byte == ord(" ")] for byte in range(256))
"""A byte for each, as a digit of a binary number."""
RAGGED = "~"
"""Before the number of columns, where each row parts them in its own way."""
_PARTED = tuple(re.compile(rf"[ \t]*(?:[ ]{{2,}}|[{signs}])[ \t]*") for signs in (r"\t;|", r"\t;|,", r"\t;|,/"))
_MOST_FIELDS = 40


def are_narrow(lines: Sequence[str]) -> bool:
    """Whether none of the lines is too long for a printout."""
    return not any(len(line) > _LONGEST and not is_rule(line) for line in lines)


def have_gaps(lines: Sequence[str], titles: int) -> bool:
    """Whether columns could be parted by gaps below so many titles or fewer: a quick look that saves a slow one."""
    shown = sum(not is_rule(line) for line in lines[:_LOOKED_AT]) - titles
    return _gapped(lines, GAP) * 5 >= shown * 4


def cuts_of(lines: Sequence[str], gap: int = GAP) -> str:
    """The offsets at which columns begin, parted by commas, such as "0,12,40"; "" where the lines have none.

    A column begins where every line has `gap` spaces or more before it, or one where the first line has more. Lines
    that only underline are passed over.
    """
    shown = [line for line in lines[:_LOOKED_AT] if not is_rule(line)]
    if len(shown) < FEWEST_LINES or _gapped(shown, gap) * 5 < len(shown) * 4 or not are_narrow(shown):
        return ""
    width = max(map(len, shown))
    blank = _blank_in_all(shown, width)
    headings = {match.end() for match in _GAP.finditer(shown[0])}
    gaps = {at: 1 if at in headings else gap for at in range(width)}
    cuts = [at for at in range(width) if not blank[at] and (at == 0 or all(blank[max(0, at - gaps[at]) : at]))]
    if len(cuts) < _FEWEST_COLUMNS:
        return ""
    filled = sum(len(list(filter(None, map(str.strip, cells_between(line, _written(cuts)))))) for line in shown)
    return _written(cuts) if filled * 2 >= len(cuts) * len(shown) else ""


def is_rule(line: str) -> bool:
    """Whether a line only underlines."""
    return not line.strip(_RULE)


def cells_between(line: str, cuts: str) -> list[str]:
    """The cells of a line; one after the other, with one character between, they are the line."""
    starts = [int(cut) for cut in cuts.split(",")]
    starts[0] = 0
    ends = [start - 1 for start in starts[1:]]
    return [line[start:end] for start, end in zip(starts, [*ends, len(line)], strict=True) if start <= len(line)]


def ragged_of(lines: Sequence[str]) -> str:
    """How many columns the lines have, such as "~4", of which the first alone is sure; "" where they differ.

    Listings that were put together or typed off part a row now by spaces, now by a sign: each row by one that gives it
    as many fields as the first line has.
    """
    width = len(_PARTED[0].split(lines[0].strip()))
    if not _FEWEST_COLUMNS <= width <= _MOST_FIELDS:
        return ""
    shown = [line for line in lines[1:_LOOKED_AT] if not is_rule(line)]
    fitting = sum(len(fields(line, width)) == width for line in shown)
    return f"{RAGGED}{width}" if len(shown) >= 2 and fitting * 5 >= len(shown) * 4 else ""


def fields(line: str, width: int) -> list[str]:
    """The fields of a row that is to have so many, with the spaces behind them; the row itself where it has not."""
    for parted in _PARTED:
        ends = [match.end() for match in parted.finditer(line) if match.start() > 0 and match.end() < len(line)]
        if len(ends) + 1 == width:
            starts = [0, *ends]
            return [line[start : end - 1] for start, end in zip(starts, ends, strict=False)] + [line[starts[-1] :]]
    return [line]


def _written(cuts: Sequence[int]) -> str:
    return ",".join(map(str, cuts))


def _gapped(lines: Sequence[str], gap: int) -> int:
    return sum(" " * gap in line.strip() for line in lines)


def _blank_in_all(lines: Sequence[str], width: int) -> list[bool]:
    """Of each place up to `width`, whether every line has a space there, or has ended."""
    marks = (line.encode("latin-1", "replace").translate(_SPACES).ljust(width, b"1") for line in lines)
    blank = reduce(and_, (int(mark, 2) for mark in marks))
    return [mark == "1" for mark in f"{blank:0{width}b}"]
