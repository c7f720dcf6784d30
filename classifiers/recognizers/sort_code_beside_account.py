from __future__ import annotations

from classifiers.recognizers.account_beside_sort_code import LABEL, SORT_CODE, WORDS
from classifiers.recognizers.sort_code import SortCode
from domain.written_date import written_day


class SortCodeBesideAccount(SortCode):
    """Three pairs of digits right before an account number, or with hyphens right behind one: "40 51 97 / 83964348"."""

    part_of_kind = "beside an account"
    pattern = (
        rf"(?<![\w.£/+-]|\d )(?P<value>{SORT_CODE})"
        rf"(?=(?:[ \t,;/|]{{1,6}}|[\s,;/|'\"]{{1,6}}{LABEL}[\s|='\"]{{0,12}})\d{{8}}(?![\w/+-]|\.\d))"
        rf"|(?<=(?<![\w.£/+-])\d{{8}}[ \t,;/|]{{1,6}})(?P<value>\d{{2}}-\d{{2}}-\d{{2}})(?![\w/-]|\.\d)"
    )
    phrases = WORDS
    before = 150
    after = 60

    def valid(self, value: str) -> bool:
        """No date, as ledgers have them beside numbers."""
        return super().valid(value) and not ("-" in value and written_day(value))
