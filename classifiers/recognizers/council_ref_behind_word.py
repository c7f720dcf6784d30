from __future__ import annotations

from classifiers.recognizers.council_ref import BADGE, REFERENCE, CouncilReference

_OF_A_PERSON = (
    "council tax|c/?tax|treth y cyngor|housing benefit|council tax (?:support|reduction)|rent|tenancy|tenant|claim"
    "|claimant"
    "|payroll|employee|emp\\.?|staff|client|service user|svc user|resident|customer|pupil|child|patient|blue badge"
    "|badge|LCS|LAS"
    "|mosaic|liquidlogic|carefirst|applicant|borrower|library card|bus pass|elector|debtor|leaseholder|carer"
    "|your account"
    "|my account|my reference|my claim|your claim|your tenancy|t/a|tenancy agreement|ctax|ct|hb|ctr|student|learner"
    "|housing application|membership|rent (?:statement|card|book)|council tax (?:bill|demand)|pay ?slip|staff card"
    "|(?:client|service user|case) file|cleient|hawliad"
    "|yp|young person|volunteer|payee|pensioner"
    "|leaver|starter|care leaver|foster carer|rent account|library ticket"
    "|pay no\\.?|wccis|sims|itrent"
)


class CouncilReferenceBehindWord(CouncilReference):
    """A number right behind the word for a person or for what a council keeps of one: "council tax 49262401"."""

    part_of_kind = "behind a word"
    pattern = (
        rf"(?<![\w-])(?i:{_OF_A_PERSON})(?:[ \t]?(?:[:#=(/]|is|-(?=[ ]))[ \t]?|[ \t]{{1,4}})"
        rf"(?P<value>{BADGE}(?!\w)|(?!(?i:no|ref|id)\b){REFERENCE})(?![ ](?:\d|in total\b))"
    )
    score_alone = 0.75
    score_with_context = 0.87

    def valid(self, value: str) -> bool:
        """Five digits or more: a house has four and a sum of money three."""
        return sum(map(str.isdecimal, value)) >= 5 and super().valid(value)
