from __future__ import annotations

from itertools import product

from classifiers.recognizers.pattern import DeclaredPattern

_OF_A_PERSON = ("council tax", "rent", "rent account", "tenancy", "tenant", "housing benefit", "benefit", "claim",
                "claimant", "social care", "service user", "mosaic", "liquidlogic", "lcs", "pupil", "client", "person",
                "customer", "resident", "patient", "blue badge", "employee", "payroll", "staff", "carer")  # fmt: skip
_NUMBERS = ("ref", "reference", "ref no", "reference number", "number", "no", "id", "account", "account number",
            "account no", "account ref")  # fmt: skip


class CouncilReference(DeclaredPattern):
    """Numbers under which a council keeps one person's affairs, where the words before say so.

    The forms are each council's own; the words around them are alike. A case or an application may be of a thing, so
    those words are not here.
    """

    kind = "COUNCIL_REF"
    pattern = r"(?<![\w.£/+-])(?:[A-Z]{1,4}[-/]?)?\d{5,10}(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.85
    phrases = tuple(" ".join(words) for words in product(_OF_A_PERSON, _NUMBERS))
    before = 40
    after = 0
    context_is_shared = False
