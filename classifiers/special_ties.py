"""What ties a faint term to somebody by how it is written: a word in brackets behind a name, "Mr Dale's husband"."""

from __future__ import annotations

import re

from classifiers.recognizers.names import is_ordinary

_LONGEST_NAME = 40
_NAMED = re.compile(r"(?<![^\W\d_])([A-Z][a-z\u00df-\u024f'\u2019-]+) \(\Z")
_HIS_HUSBAND = re.compile(
    r"\bmr\.? (?:[^\W\d_]+ ){0,2}[^\W\d_]+['\u2019]s (?:late |ex.)?(?:husband|boyfriend|fiance)\Z"
)
_HER_WIFE = re.compile(
    r"\b(?:mrs|ms|miss)\.? (?:[^\W\d_]+ ){0,2}[^\W\d_]+['\u2019]s (?:late |ex.)?(?:wife|girlfriend|fiancee)\Z"
)


def named_before_brackets(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the name stands behind which these words are alone in brackets: "Pat Moon (UNISON)"."""
    low = max(0, start - _LONGEST_NAME)
    named = _NAMED.search(text[low:start]) if text[end : end + 1] == ")" else None
    return None if named is None or is_ordinary(named[1]) else (low + named.start(1), low + named.end(1))


def is_of_their_own_sex(lower: str, start: int, end: int) -> bool:
    """Whether it is "Mr Dale's husband" or "Mrs Field's wife"."""
    before = lower[max(0, start - _LONGEST_NAME) : end]
    return bool(_HIS_HUSBAND.search(before) or _HER_WIFE.search(before))
