from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    is_a_name_word,
    is_only_a_name,
    is_only_a_surname,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern

_ROLES = (
    "name|full name|client|tenant|claimant|applicant|patient|pupil|child|carer|service user|resident|customer"
    "|next of kin|complainant|employee|parent|parent(?:/| or )carer|mother|father|guardian|landlord|witness"
    "|victim|signed|print name|interviewee|account holder|account name|contact name|employee name|social worker"
    "|line manager|appellant|proposer|seconder|keeper|driver|defendant|offender|referrer|referred by"
    "|volunteer|candidate|student|learner|foster carer|key ?worker|allocated worker|case ?worker|case ?holder"
    "|officer|chair|interviewer|caller|informant|enw|person|adult|donor|supervisor|head ?teacher"
    "|teacher|licensee|objector|representor|occupier|leaseholder|attorney|executor"
    "|(?:client|tenant|applicant|claimant|patient|pupil|child|customer|partner)(?:'s)? name"
    "|name of (?:child|pupil|client|tenant|patient|employee|claimant|applicant|parent|carer|student|complainant)"
)
_PERHAPS = (
    "subject"
    "|contact|please ask for|ask for|actions?|operator|operative|manager|(?:report )?author|seen by|payee(?: name)?"
    "|lead|lead officer"
    "|emergency contact|person involved|injured person|for the attention of|attention|fao|attn|re|case|about|owner"
    "|report by"
    "|presented by|clerk|treasurer|secretary|minute taker|note taker|scribe|deputy|trainer|assessor|reviewer"
    "|approved by"
    "|requested by|sent by|logged by|raised by|reported by|completed by|prepared by|checked by|taken by|received by"
    "|agreed by"
    "|member|ward member|portfolio holder|cabinet member|headteacher|senco|dsl|iro|solicitor|gp|doctor|dentist|nurse"
    "|consultant|health visitor|midwife|oic|advocate|interpreter|translator|mediator|key ?holder|borrower|ticket holder"
    "|first aider|reporter|reporting officer|attending officer|class teacher|key person|named person|player|coach"
    "|captain|visitor|host|deceased|registrar|bride|groom|spouse|partner|husband|wife|son|daughter|brother|sister"
    "|mum|dad|grandmother|grandfather|author|editor|photographer|buyer|seller|lender|borrower|plaintiff|respondent"
    "|petitioner"
    "|suspect|accused|complainant name|passenger|neighbour|friend|relative|next of kin name|main contact"
    "|emergency contact name"
    "|contact person|contact officer|case officer|planning officer|duty officer|duty manager|investigating officer"
    "|presenting officer"
    "|hr|hr adviser|union rep(?:resentative)?|representative|rep|companion|nominated driver|lead practitioner"
    "|team leader"
    "|head of service|allocated to|assigned to|issued to|reports to|responsible(?: officer| person)?|who|by|with|for"
    "|cyswllt|at sylw|enw llawn"
)
"""Labels that stand over things as well."""
_PARTS = (
    "surname|last name|family name|forenames?(?:\\(s\\))?|first names?|given names?|maiden name|known as|preferred name"
)
_OWN_LINE = "(?:full |(?:client|tenant|claimant|applicant|patient|pupil|child|customer|partner)(?:'s)? )?name"
_START = r"(?:\A|[\n\t|>;•*,.])[ \t•*-]{0,4}"
_LABEL = r"(?=[A-Za-z'/() \t]{2,30}[:=\t\u2013\u2014-])"  # spares the long lists of labels in prose
_COLON = r"(?:[ \t]{0,2}[:=][ \t]*(?:\r?\n[ \t]*)?|[ ]{0,2}\t[ ]?|[ ][-\u2013\u2014][ ])"
_END = r"(?=[ \t]*(?:$|[\n\r\t,;|(<.\[]|[ \t]-|\p{Lu}?[\p{Ll} ]{1,20}:|\p{Lu}{3,12}:|and\b|&| (?:DOB|of|born|aged|\d)))"


class PersonByLabel(DeclaredPattern):
    """A name behind a label that says whose it is: "Claimant: Ivy Marsh", "Surname: Marsh", or on the next line."""

    kind = "PERSON"
    part_of_kind = "by label"
    pattern = (
        rf"{_START}(?:{_LABEL}(?i:{_ROLES}){_COLON}"
        rf"(?P<value>{WORD},[ ]{WORD}(?=[ \t]*(?:[\r\n\t]|$))|(?:{TITLES}\.?[ \t])?(?:{FULL_NAME}|{INITIALS})){_END}"
        rf"|{_LABEL}(?i:{_ROLES}|{_PERHAPS}){_COLON}"
        rf"(?P<known>(?:{TITLES}\.?[ \t])?(?:{FULL_NAME}|{INITIALS}|{WORD})){_END}"
        rf"|(?i:{_OWN_LINE})[ \t]*\r?\n[ \t]*(?P<value>{FULL_NAME})(?=[ \t]*(?:[\r\n]|$))"
        rf"|(?i:{_PARTS})[ \t]*\r?\n[ \t]*(?P<value>{WORD}(?:[ ]{WORD})?)(?=[ \t]*(?:[\r\n]|$))"
        rf"|{_LABEL}(?i:{_PARTS}){_COLON}(?P<value>{WORD}(?:[ ]{WORD}){{0,2}}){_END}(?![ \t]*[(\[<]))"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Behind a label that may be over a thing as well, and of a single word, what lists of names have."""
        if match["known"] is None:
            yield match.span("value")
        elif any(map(is_a_name_word, words := match["known"].replace(".", " ").split())):
            behind_tab = match.string[match.start("known") - 1] == "\t"
            sure = len(words) > 1 or is_only_a_name(words[0]) or is_only_a_surname(words[0])
            if sure or not behind_tab:
                yield match.span("known")

    def valid(self, value: str) -> bool:
        return names_a_person(value)
