from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern, digits_of


class SortCode(DeclaredPattern):
    """Bank sort codes (Vocalink: six digits in three pairs). They have no check of their own: only with context."""

    kind = "UK_SORT_CODE"
    pattern = r"(?<![\w.£/+-]|\d )\d{2}(?P<gap>[ -]?)\d{2}(?P=gap)\d{2}(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.85
    phrases: tuple[str, ...] = (
        "sort code", "sortcode", "sort_code", "sort code number", "bank sort", "s/c", "sorting code", "cod didoli",
        "sort no", "sort:",
    )  # fmt: skip
    before = 30
    after = 0

    def valid(self, value: str) -> bool:
        """Not nothing but zeros, as forms and guides have it."""
        return any(digits_of(value))
