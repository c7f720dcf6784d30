from __future__ import annotations

from itertools import product

from classifiers.recognizers.pattern import DeclaredPattern
from domain.written_date import written_day

_OF_A_PERSON = (
    "council tax", "ctax", "c/tax", "rent", "rent account", "tenancy", "tenant", "housing benefit", "hb",
    "benefit", "claim", "claimant", "social care", "adult social care", "service user", "svc user", "mosaic",
    "liquidlogic", "lcs", "carefirst", "care first", "pupil", "student", "child", "learner",
    "client", "person", "customer", "resident", "patient", "blue badge", "badge", "employee",
    "emp", "payroll", "staff", "personnel", "personal", "carer", "foster carer", "housing register",
    "housing application", "homeseeker", "homechoice", "bidding", "applicant", "library card",
    "library ticket", "borrower", "membership", "bus pass", "concessionary pass",
    "taxicard", "elector", "electoral", "payee", "payer", "debtor", "leaseholder", "volunteer",
    "occupational health", "pension", "superannuation", "free school meals", "fsm", "ehcp",
    "case worker",
)  # fmt: skip
_ALONE = (
    "your claim", "rent account", "rent a/c", "notes on account", "blue badge", "badge serial", "liquidlogic", "mosaic",
    "cyfrif treth y cyngor", "tenancy", "library card", "library ticket", "bus pass", "concessionary pass", "taxicard",
    "ticket holder", "borrower",
)  # fmt: skip
"""Said of nothing but a person's affairs, so that no word for a number need follow."""
_NUMBERS = (
    "ref", "ref.", "reference", "ref no", "reference number", "number", "num", "no", "no.", "id", "i.d.",
    "account", "a/c", "acc", "account number", "account no", "a/c no", "account ref", "record", "record no",
    "file", "file no",
)  # fmt: skip


class CouncilReference(DeclaredPattern):
    """Numbers under which a council keeps one person's affairs, where the words before say so.

    The forms are each council's own; the words around them are alike. A case or an application may be of a thing, so
    those words are not here.
    """

    kind = "COUNCIL_REF"
    pattern = (
        r"(?<![\w.£/+-])(?:[A-Z]{1,5}[-/ ]?)?(?:[A-Z0-9]{1,8}[-/])?\d{3,10}(?:[-/][A-Z0-9]{1,8}){0,2}[A-Z]?"
        r"(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    )
    score_with_context = 0.85
    phrases = (*(" ".join(words) for words in product(_OF_A_PERSON, _NUMBERS)), *_ALONE)
    before = 40
    after = 0
    context_is_shared = False

    def valid(self, value: str) -> bool:
        """Five digits, or four beside letters, and no date."""
        digits = sum(map(str.isdecimal, value))
        return digits + any(map(str.isalpha, value)) >= 5 and written_day(value) is None
