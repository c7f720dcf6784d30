from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    could_be_a_person,
    followed_by_place_or_body,
    is_a_body,
    is_a_name_word,
)
from classifiers.recognizers.pattern import DeclaredPattern

_HEADS = (
    r"(?:also )?present|in attendance|attend(?:ing|ees|ance)|apologies(?: (?:received )?(?:from|for absence))?|apols"
    r"|absent|councillors|cllrs|members(?: present)?|panel|tenants?(?:\(s\))?|household(?: members)?|occupants?|cc|bcc"
    r"|to|from|interviewers?|parties|siblings|children|yn bresennol|ymddiheuriadau|invited|distribution|officers"
    r"|witnesses|speakers|(?:not )?here|actions?|team|on duty|staff(?: on duty| present)?|volunteers|stewards|drivers"
    r"|pupils"
    r"|contacts|trustees|governors|directors|signatories|executors|beneficiaries|referees|relatives|family(?: members)?"
    r"|sent to|circulation|copies to|copy to|copied to|copy|non-attendance|absentees|winners?|players|people present"
    r"|those present"
    r"|others present|also attending|guests|residents present|public present|apologies for absence received from"
    r"|people|staffing"
    r"|candidates|proposers|seconders|nominees|assenters|appointed|elected|voting (?:for|against)|for|against"
    r"|abstained|abstentions"
    r"|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|cases(?: discussed)?|names|attended by|(?:elected"
    r"|nominated)[\p{L} ]{0,12}"
    r"|in the chair|substitutes?|substituting|declarations?|clients|children present|foster carers|parents|carers"
    r"|guardians"
)
_BARE_HEADS = "Present|PRESENT|Councillors|COUNCILLORS|Cllrs|CLLRS"
_NAME = (
    rf"(?:(?:{TITLES}|Councillors|COUNCILLORS|Cllrs|CLLRS)\.?[ ])?"
    rf"(?P<name>(?:\p{{Lu}}\.?[ ]?){{0,3}}{FULL_NAME}|{INITIALS}"
    rf"|{WORD},[ ]{WORD}(?=[ ]*(?:;|$|[\r\n]))|{WORD})(?![\w@])"
)
_ASIDE = r"[ ]?(?:\([^()\n]{0,60}\)|<[^<>\n]{0,80}>|\[[^\[\]\n]{0,80}\])"
_DIVIDER = r"[ \t]*(?:[,;/|]|[ ]and\b|&|[ ]a[ ])[ ]?(?:and\b)?|(?=[ \t.]*(?:[\r\n]|$))"
_NEXT = regex.compile(rf"[ \t]*{_NAME}(?:{_ASIDE})?(?:{_DIVIDER})")
_OF_MAIL = regex.compile(
    r"(?i)\b(?:from|to|cc|bcc|distribution|parties|panel|here|actions?|team|duty|staff|staffing|for|against|copy"
    r"|circulation|people"
    r"|appointed|contacts|winners?|players|candidates|family|drivers|mon|tues?|wed|thur?s?|fri|sat|sun|\p{L}+day"
    r"|names|cases|discussed|elected|nominated|abstained|abstentions|directors|declarations?|guests|clients)\b"
)
"""Heads behind which firms and offices stand as well."""
_MOST = 200


class PersonByList(DeclaredPattern):
    """The names in a list behind a word that heads one: "Apologies: Ivy Marsh, P. Hall and Siân (minutes)"."""

    kind = "PERSON"
    part_of_kind = "by list"
    pattern = (
        r"(?:(?<![\w-])(?:Councillors|Cllrs|COUNCILLORS|CLLRS|Messrs|Drs)\.?[ ]|(?:\A|[\n.;|>])[ \t•*-]{0,4}"
        rf"(?:(?i:{_HEADS})[ ]{{0,2}}(?::|(?<!(?i:from|to))\t)|(?:{_BARE_HEADS})[ ]))"
        rf"[ \t]*(?:\r?\n)?(?=[ \t]*(?:{TITLES}|\p{{Lu}}))"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Each of the names, up to the first thing that is none."""
        at = match.end()
        sure = not _OF_MAIL.search(match[0])
        for _ in range(_MOST):
            listed = _NEXT.match(match.string, at)
            if listed is None or not could_be_a_person(listed["name"]):
                return
            sure = sure or _has_a_name(listed["name"])
            if (
                sure
                and not is_a_body(listed["name"])
                and not followed_by_place_or_body(match.string, listed.end("name"))
            ):
                yield listed.span("name")
            at = listed.end()


def _has_a_name(value: str) -> bool:
    """Whether a word of it is an initial or a common first name."""
    words = value.replace(",", " ").replace(".", " ").split()
    return any(len(word) == 1 or is_a_name_word(word) for word in words)
