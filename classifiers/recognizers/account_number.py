from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class AccountNumber(DeclaredPattern):
    """Bank account numbers: eight digits, so only with context, and "account" alone (a ledger's word) is none."""

    kind = "UK_ACCOUNT"
    pattern = (
        r"(?<![\w.£/+-])(?<!(?i:payroll|employee|emp|staff|tenant|tenancy|claim|council tax|ref|reference)"
        r"(?: no\.?| number| id)?[ :.#]{1,3})\d{8}(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    )
    score_with_context = 0.85
    phrases: tuple[str, ...] = (
        "account number", "account no", "account num", "acc no", "acc number", "acct no", "a/c no", "a/c", "acc. no.",
        "a/c num", "a/c number", "bank account", "account_number", "bank details",
    )  # fmt: skip
    before = 45
    after = 15

    def valid(self, value: str) -> bool:
        return len(set(value)) > 1
