from __future__ import annotations

from classifiers.recognizers.council_ref import REFERENCE, CouncilReference

_LABELS = (
    r"(?:(?:account|acct|acc|a/c|claim|card|ticket|payment|customer|unique|file|record|case)[ .]{0,2}"
    r"(?:no|num|number|ref|reference|id)|account|acct|a/c|card|claim|(?:your|my) (?:ticket|badge|pass)"
    r"|rhif y cyfrif|rhif cyfrif|cyfeirnod"
    r"|(?:write|writing) about|(?:quote|quoting|using)(?: reference| ref)?"
    r"|(?<![^\n|/ \t][ \t]{0,3})(?:reference|ref|(?:application|housing) ref"
    r"|our ref(?:erence)?(?: no\.?| number)?(?=[.:]?[ \t]{1,9}[A-Z]{0,3}-?\d{6,10}(?![\w/-]))))"
)


class CouncilReferenceLabelled(CouncilReference):
    """A number that its label leaves open, in a text on what a council keeps of one person: "Account no. 44156814".

    In a council tax bill or a notice to a tenant it is the resident's; in an invoice it would be a firm's, and the
    reference of the letter itself is nobody's.
    """

    part_of_kind = "labelled"
    pattern = (
        rf"(?<![\w-])(?i:{_LABELS})\b[.:#]{{0,2}}[ \t]{{0,2}}"
        rf"(?:(?i:is|was)\b|[:=#-])?[\s|]{{0,40}}(?P<value>{REFERENCE})(?![ ]\d)"
    )
    score_with_context = 0.87
    phrases: tuple[str, ...] = (
        "council tax", "ctax", "treth y cyngor", "treth", "housing benefit", "budd-dal", "budd-dal tai",
        "benefit decision", "rent arrears",
        "rent account", "rent statement", "rent card", "your rent", "tenancy", "tenant", "seeking possession",
        "your tenancy", "liability order",
        "single person",
        "single occupier", "discount", "demand notice", "arrears", "housing register", "library", "overdue", "books",
        "items on loan",
        "social care", "care package", "blue badge", "bus pass", "free school meals", "attachment of earnings",
        "direct debit",
        "severely mentally impaired", "my account", "your account", "missed payments", "mae arnoch", "you owe",
        "you have missed", "council home", "council house", "shortlist", "banding", "priority need", "homelessness",
        "housing act 1996", "housing options", "intentionally homeless", "temporary accommodation", "succession",
        "mutual exchange", "notice to quit", "notice seeking", "welfare benefits", "universal credit", "overpayment",
        "discretionary housing payment", "means test", "care act", "carer's assessment", "support plan",
        "financial assessment", "direct payment", "direct payments", "personal budget", "safeguarding enquiry",
        "education, health and care plan", "ehcp", "ehc plan", "school place", "school transport", "free travel",
        "concessionary travel", "absence review", "sickness absence", "probation review", "disciplinary hearing",
        "maternity leave", "your employment", "your pension", "capacity act", "deprivation of liberty",
    )  # fmt: skip
    before = 250
    after = 250
    context_is_shared = True

    def valid(self, value: str) -> bool:
        """Five digits or more."""
        return sum(map(str.isdecimal, value)) >= 5 and super().valid(value)
