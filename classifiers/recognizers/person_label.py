from __future__ import annotations

from classifiers.recognizers.names import ANY_NAME, FULL_NAME, TITLES, WORD, could_be_a_person
from classifiers.recognizers.pattern import DeclaredPattern

_ROLES = (
    "name|full name|client|client(?:'s)? name|tenant|tenant(?:'s)? name|claimant|applicant|applicant(?:'s)? name"
    "|claimant(?:'s)? name|patient|patient(?:'s)? name|pupil|pupil(?:'s)? name|child(?:'s)? name|name of child|carer"
    "|service user|resident|customer|customer(?:'s)? name|next of kin|contact name|complainant|employee|employee name"
    "|parent|parent/carer|mother|father|guardian|landlord|witness|victim|signed|print name|name of applicant"
    "|account holder|account name|social worker|line manager|interviewee|appellant|proposer|seconder|keeper|driver"
)
_PARTS = "surname|last name|family name|forenames?|first names?|given names?|maiden name|known as|preferred name"
_OWN_LINE = "(?:full |(?:client|tenant|claimant|applicant|patient|pupil|child|customer)(?:'s)? )?name"
_CLOSE = r"(?i:yours (?:sincerely|faithfully|truly)|(?:kind |best |warm |with )?regards|many thanks)"
_START = r"(?:\A|[\n\t|>;•*,.])[ \t•*-]{0,4}"
_LABEL = r"(?=[A-Za-z'/ \t]{4,26}[:=])"  # spares the long lists of labels in prose
_END = r"(?=[ \t]*(?:$|[\n\r\t,;|(<.]|[ \t]-|\p{Lu}?[\p{Ll} ]{0,20}:|and\b|&| (?:DOB|of|born|aged|\d)))"


class PersonByLabel(DeclaredPattern):
    """A name behind a label that says whose it is ("Claimant: Ivy Marsh", "Surname: Marsh"), a greeting or a close."""

    kind = "PERSON"
    part_of_kind = "by label"
    pattern = (
        rf"{_START}(?:{_LABEL}(?i:{_ROLES})[ \t]{{0,2}}[:=][ \t]*(?:\r?\n[ \t]*)?"
        rf"(?P<value>(?:{TITLES}\.?[ \t])?{FULL_NAME}){_END}"
        rf"|(?i:{_OWN_LINE})[ \t]*\r?\n[ \t]*(?P<value>{FULL_NAME})(?=[ \t]*(?:[\r\n]|$))"
        rf"|{_LABEL}(?i:{_PARTS})[ \t]{{0,2}}[:=][ \t]*(?P<value>{WORD}(?:[ ]{WORD}){{0,2}}){_END}"
        rf"|Dear[ ](?P<value>(?:{TITLES}\.?[ ])?{ANY_NAME})(?=[ ]?[,\n\r]|[ ](?:and|&)[ ])"
        rf"|{_CLOSE},?[ \t]*\r?\n\s{{0,8}}"
        rf"(?P<value>{FULL_NAME})[ \t]*(?=[\n\r,]|$))"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def valid(self, value: str) -> bool:
        return could_be_a_person(value)
