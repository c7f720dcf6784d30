from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.account_number import AccountNumber
from domain.written_date import written_day

SORT_CODE = r"\d{2}(?P<gap>[ -]?)\d{2}(?P=gap)\d{2}"
LABEL = (
    r"(?i:(?:bank |and |& )?(?:account|\bacct|\bacc|\bac|a/c|rhif y cyfrif|rhif cyfrif)\b"
    r"[ .]{0,2}(?:number\b|num\b|no\b)?[.:#]{0,2})"
)
WORDS = (
    "sort code", "sortcode", "sort", "s/c", "cod didoli", "rhif cyfrif", "bank", "branch",
    "bacs", "direct debit", "refund", "pay into", "paid into", "payroll",
    "account", "a/c", "payee", "mandate", "building society", "iban", "salary", "wages", "paid to", "pay to", "net pay",
    "payslip", "payment", "payments", "transfer", "standing order", "faster payment", "chaps", "bank details",
    "pay", "remit", "remittance", "invoice", "donations", "deposit", "credited", "credit to", "reimburse",
    "expenses", "grant", "allowance", "balance",
)  # fmt: skip


class AccountBesideSortCode(AccountNumber):
    """Eight digits right behind a sort code, or before the words for one: "40 51 97 / 83964348"; or right before
    one with hyphens.
    """

    part_of_kind = "beside a sort code"
    pattern = (
        rf"(?<![\w.£/+-]|\d )(?:(?:"
        rf"(?P<said>(?i:sort(?:ing)? ?code(?: ?(?:no|number))?|s/c|cod didoli)[ .:#=|\t]{{1,6}})?"
        rf"(?P<sort>{SORT_CODE})"
        rf"(?:[ \t,;/|]{{1,6}}|[\s,;/|'\"]{{1,6}}{LABEL}[\s|='\"]{{0,12}})"
        rf"(?P<value>\d{{8}})"
        rf"|(?P<value>\d{{8}})[\s,;/|]{{1,6}}(?:(?i:bank|branch) )?(?i:sort ?code))(?![\w/+-]|\.\d|,\d{{3}}(?!\d))"
        rf"|(?P<value>\d{{8}})(?=[ \t,;/|]{{1,6}}(?P<sort>\d{{2}}(?P<gap>-)\d{{2}}-\d{{2}})(?![\w/-]|\.\d)))"
    )
    score_with_context = 0.9
    phrases = WORDS
    before = 150
    after = 60

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The account, unless what stands beside it is a date, as in ledgers, and not called a sort code."""
        if match["said"] or not (match["gap"] == "-" and written_day(match["sort"])):
            yield match.span("value")
