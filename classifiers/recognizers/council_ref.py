from __future__ import annotations

from itertools import product

import regex

from classifiers.phrase_search import Ways
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
    "pass", "travel pass", "case worker", "deputyship", "appointeeship", "financial assessment", "your claim",
    "universal credit", "allotment holder",
    "licensed driver", "framework-i", "eclipse", "las", "sen", "send", "ehc plan", "family", "household",
    "garden waste",
    "council house", "council tenant", "temporary accommodation", "homelessness", "housing", "lease", "garage",
    "disabled facilities grant", "school admission", "admission", "parking permit holder", "permit holder",
    "resident permit", "residents permit", "resident's permit", "grave owner",
    "t/a", "salary", "ee", "empl", "clock", "starter", "leaver", "worker", "candidate", "yp", "cyp",
    "young person", "looked after child", "care leaver", "swift", "paris", "wccis", "frameworki", "azeus", "impulse",
    "synergy", "sims", "itrent", "childview", "capita one", "homefinder", "locata", "abritas", "housing options",
    "rough sleeper", "dfg", "ctr", "cts", "council tax support", "council tax reduction", "dhp", "housing payment",
    "freedom pass", "travelcard", "leisure card", "licensed carer",
    "absence case", "grievance", "disciplinary", "sickness", "care act", "care plan", "support plan",
    "direct payment", "adult", "yos", "yot", "yjs", "su", "ssd", "social services", "sundry debtor",
    "housing register application", "homelessness application", "benefit application", "blue badge holder",
    "school transport",
)  # fmt: skip
_ALONE = (
    "your claim", "rent account", "rent a/c", "notes on account", "blue badge", "badge serial", "liquidlogic", "mosaic",
    "cyfrif treth y cyngor", "tenancy", "library card", "library ticket", "bus pass", "concessionary pass", "taxicard",
    "ticket holder", "borrower", "disabled badge", "disabled person's badge", "disabled persons badge", "emp. no",
    "emp. no.",
    "emp. ref", "housing benefit claim", "benefit claim", "hb claim", "ctr claim", "council tax reduction claim",
    "your library account", "known to us", "rent a/c no", "your rent", "homelessness case", "t/a", "pay no",
    "pay ref", "hr ref", "pay number", "works no", "clock no", "tenancy agreement", "care file", "social care file",
    "housing file",
    "personal file", "hr file", "personnel file", "pupil file", "library membership", "leisure membership", "badge no",
    "membership no", "rhif tenantiaeth", "rhif y tenant", "rhif y gweithiwr", "rhif y disgybl", "rhif y claf",
    "childview", "membership card", "cyfeirnod tenantiaeth", "cyfeirnod cleient", "cyfeirnod hawliad", "rhif y plentyn",
    "rhif plentyn", "rhif y cleient", "rhif cleient", "rhif aelodaeth", "rhif pensiwn", "rhif hawlio",
    "rhif cyflogres", "rhif gweithiwr", "rhif disgybl", "bathodyn glas",
)  # fmt: skip
"""Said of nothing but a person's affairs, so that no word for a number need follow."""
_NUMBERS = (
    "acct", "acct no", "acc no", "acc. no.", "acc ref", "account reference", "case", "case no", "case ref",
    "unique reference",
    "reference no", "ref num", "ref:", "system id", "ident", "identifier", "index", "urn", "code",
    "ref", "ref.", "reference", "ref no", "reference number", "number", "num", "no", "no.", "id", "i.d.",
    "account", "a/c", "acc", "account number", "account no", "a/c no", "account ref", "record", "record no",
    "file", "file no",
)  # fmt: skip


BADGE = r"[A-Z0-9]{6,7} (?:[A-Z0-9] )?\d{3,4}[A-Z]\d{4}"
"""A Blue Badge's: the serial, then the holder's year and month of birth, sex and the month it runs out."""
REFERENCE = (
    r"(?!(?:REF|NO|ID|NUM|ACC|ACCT|CARD|CASE|CLAIM|TEL|MOB|AGE|BY|ON|AT|OF|TO)[ /-])"
    r"(?:[A-Z]{1,5}[-/ ]?)?(?:[A-Z0-9]{1,8}[-/])?\d{3,14}(?:[-/][A-Z0-9]{1,8}){0,2}[A-Z]?"
    r"(?![\w/+-]|\.\d|,\d{3}(?!\d))"
)
"""The forms are each council's own: letters or none, digits, and parts behind a dash or a stroke."""
_YEARS = regex.compile(r"(?:19|20)\d\d[-/](?:(?:19|20)?\d\d)")
_PHONE = regex.compile(r"0[1-378]\d{8,9}")
_OF_A_PLAN = regex.compile(r"\d{2}/\d{4,5}/[A-Z]{2,4}")
_OF_A_MATTER = regex.compile(
    r"(?i)(?:FOIA?|EIR|D?SAR|CMP|COMP|CPL|PCN|INV|INC|PO|WO|JOB|SR|REQ|RITM|CHG|ENQ|ENF|ASB|LIC|PREM|RFQ|ITT|CRN"
    r"|ASSET|LAP|PLAN|VAT)[-/ ]?\d.*"
)
"""Complaints, requests for information, invoices, penalty charges, incidents, orders, licences and the like."""


class CouncilReference(DeclaredPattern):
    """Numbers under which a council keeps one person's affairs, where the words before say so.

    The words around them are alike everywhere. A case or an application may be of a thing, so
    those words are not here.
    """

    kind = "COUNCIL_REF"
    pattern = rf"(?<![\w.£/+-])(?<!\d{{3,5}} )(?:{BADGE}(?!\w)|{REFERENCE})"
    score_with_context = 0.85
    phrases = (*(" ".join(words) for words in product(_OF_A_PERSON, _NUMBERS)), *_ALONE)
    before = 40
    after = 0
    context_is_shared = False

    @property
    def ways(self) -> Ways:
        is_own = self.phrases is CouncilReference.phrases
        return ((_OF_A_PERSON, _NUMBERS), (_ALONE,)) if is_own else super().ways

    def valid(self, value: str) -> bool:
        """Five digits, or four beside letters, and neither a date, nor years, nor a telephone's, nor a plan's."""
        digits = sum(map(str.isdecimal, value))
        if is_of_a_matter(value) or _YEARS.fullmatch(value) or _OF_A_PLAN.fullmatch(value) or _PHONE.fullmatch(value):
            return False
        return digits + any(map(str.isalpha, value)) >= 5 and written_day(value) is None


def is_of_a_matter(value: str) -> bool:
    """Whether its letters say that it is the number of something that happened, was bought or was asked."""
    return bool(_OF_A_MATTER.fullmatch(value))
