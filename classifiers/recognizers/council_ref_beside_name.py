from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.council_ref import REFERENCE, CouncilReference
from classifiers.recognizers.date_of_birth import DATE
from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    could_be_a_person,
    is_a_body,
    is_first_name,
    is_only_a_surname,
    is_surname,
)

_ROLES = (
    "employee|tenant|claimant|applicant|client|patient|pupil|child"
    "|resident|customer|service user|member of staff|carer|borrower|leaver|starter|student|learner|volunteer|worker"
    "|young person|yp|leaseholder|debtor|payee|member|name|colleague|officer"
)
_NAMES = rf"{FULL_NAME}|{WORD}, {WORD}(?: \p{{Lu}}\.?)?|{WORD}, ?(?:\p{{Lu}}\.? ?){{1,2}}|{INITIALS}|{WORD}"


class CouncilReferenceBesideName(CouncilReference):
    """A number in brackets, after a gap or a sign behind somebody's name, perhaps with their post between: "Ivy Marsh
    (SC/72227)", "Marsh, I   6754591", "Ivy Marsh | E26948", "Ivy Marsh, Care Assistant (186390)". Behind their age or
    birth, or as the head of a letter or note, a comma or a space is enough: "Ivy Marsh, 72, SW-990373".
    """

    part_of_kind = "beside a name"
    pattern = (
        rf"(?<![\w@-])(?:(?:(?P<title>{TITLES}\.?|(?i:{_ROLES}):?) )?(?P<name>{_NAMES})"
        rf"(?:(?:, \p{{Lu}}[\w'/&-]{{1,20}}(?: [\w'/&-]{{1,20}}){{0,4}})?,? ?[(\[][ ]?"
        rf"(?:(?i:ref|no|id|acct?|a/c|emp(?: no)?|case|claim|payroll)[.:]{{0,2}}[ ])?"
        rf"|[ ]{{2,8}}|[ ](?:#|(?i:ref|id)(?:[ ](?i:no))?[.:]{{0,2}}[ ])|,? \((?P<age>\d{{1,3}})[,;] "
        rf"|[ ](?=[A-Z]{{1,2}}\d{{6,7}}(?!\w))|,[ ](?=\d{{7,8}}[,.;](?![ ]?\d))"
        rf"|[ ]?\|[ ]?|(?:,|[ ][/\u2013\u2014-])[ ](?=[A-Z]{{1,3}}[-/]?\d{{5}})"
        rf"|,?[ ](?P<age>(?i:aged? )?\d{{1,3}}|\(\d{{1,3}}\)|(?i:born|dob|d\.o\.b\.?)[: ]{{1,2}}{DATE})"
        rf",?[ ](?=(?:[A-Z]{{1,3}}[-/]?)?\d{{5,8}}(?!\w))"
        rf")(?P<value>{REFERENCE})(?!\)? ?\d)"
        rf"|(?:(?<![^\n])|(?<=\b(?i:re|ref|subject|name|client|note): ))(?P<name>{FULL_NAME}),?[ ]"
        rf"(?P<value>(?:[A-Z]{{1,3}}[-/]?)?\d{{6,8}})(?=[.:]?(?:\n|$)|[ ][\u2013\u2014-][ ]))"
    )
    score_alone = 0.75
    score_with_context = 0.85

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The number, where what stands before it is a person's name: by its title, a first name or a comma."""
        name = match["name"]
        words = name.replace(",", " ").split()
        between = match.string[match.end("name") : match.start("value")]
        is_close = between == " " or (between == ", " and match["value"].isdecimal())
        is_known = _is_known(words) and not (is_close and not (is_first_name(words[0]) and is_surname(words[-1])))
        is_told = match["title"] or match["age"] or (len(words) > 1 and ("," in name or is_known))
        if is_told and could_be_a_person(name) and not is_a_body(name):
            yield match.span("value")

    def valid(self, value: str) -> bool:
        """Five digits or more, but not the nine of a passport or the beginning of a telephone number."""
        digits = sum(map(str.isdecimal, value))
        is_other = value.isdecimal() and (
            len(value) == 9 or (value[0] == "0" and value[1] in "123578" and len(value) not in (6, 7))
        )
        return digits >= 5 and not is_other and not (value[0] == "0" and "-" in value) and super().valid(value)


def _is_known(words: list[str]) -> bool:
    return any(map(is_first_name, words[:2])) or is_only_a_surname(words[-1])
