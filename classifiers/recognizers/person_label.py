from __future__ import annotations

from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern

_ROLES = (
    "name|full name|client|tenant|claimant|applicant|patient|pupil|child|carer|service user|resident|customer"
    "|next of kin|complainant|employee|parent|parent(?:/| or )carer|mother|father|guardian|landlord|witness"
    "|victim|signed|print name|interviewee|account holder|account name|contact name|employee name|social worker"
    "|line manager|appellant|proposer|seconder|keeper|driver|defendant|offender|subject|referrer|referred by"
    "|volunteer|candidate|student|learner|foster carer|key ?worker|allocated worker|case ?worker|case ?holder"
    "|officer|chair|interviewer|caller|informant|enw|person|adult|donor|supervisor|head ?teacher"
    "|teacher|licensee|objector|representor|occupier|leaseholder|attorney|executor"
    "|(?:client|tenant|applicant|claimant|patient|pupil|child|customer|partner)(?:'s)? name"
    "|name of (?:child|pupil|client|tenant|patient|employee|claimant|applicant|parent|carer|student|complainant)"
)
_PARTS = (
    "surname|last name|family name|forenames?(?:\\(s\\))?|first names?|given names?|maiden name|known as|preferred name"
)
_OWN_LINE = "(?:full |(?:client|tenant|claimant|applicant|patient|pupil|child|customer|partner)(?:'s)? )?name"
_START = r"(?:\A|[\n\t|>;•*,.])[ \t•*-]{0,4}"
_LABEL = r"(?=[A-Za-z'/() \t]{3,30}[:=\t])"  # spares the long lists of labels in prose
_COLON = r"(?:[ \t]{0,2}[:=][ \t]*(?:\r?\n[ \t]*)?|[ ]{0,2}\t[ ]?)"
_END = r"(?=[ \t]*(?:$|[\n\r\t,;|(<.\[]|[ \t]-|\p{Lu}?[\p{Ll} ]{0,20}:|and\b|&| (?:DOB|of|born|aged|\d)))"


class PersonByLabel(DeclaredPattern):
    """A name behind a label that says whose it is: "Claimant: Ivy Marsh", "Surname: Marsh", or on the next line."""

    kind = "PERSON"
    part_of_kind = "by label"
    pattern = (
        rf"{_START}(?:{_LABEL}(?i:{_ROLES}){_COLON}"
        rf"(?P<value>(?:{TITLES}\.?[ \t])?(?:{FULL_NAME}|{INITIALS})){_END}"
        rf"|(?i:{_OWN_LINE})[ \t]*\r?\n[ \t]*(?P<value>{FULL_NAME})(?=[ \t]*(?:[\r\n]|$))"
        rf"|(?i:{_PARTS})[ \t]*\r?\n[ \t]*(?P<value>{WORD}(?:[ ]{WORD})?)(?=[ \t]*(?:[\r\n]|$))"
        rf"|{_LABEL}(?i:{_PARTS}){_COLON}(?P<value>{WORD}(?:[ ]{WORD}){{0,2}}){_END})"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def valid(self, value: str) -> bool:
        return names_a_person(value)
