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
    is_first_name,
)
from classifiers.recognizers.pattern import DeclaredPattern

_HEADS = (
    r"(?:also )?present|in attendance|attend(?:ing|ees|ance)|apologies(?: (?:received )?(?:from|for absence))?|apols"
    r"|absent|councillors|cllrs|members(?: present)?|panel|tenants?(?:\(s\))?|household(?: members)?|occupants?|cc|bcc"
    r"|to|from|interviewers?|parties|siblings|children|yn bresennol|ymddiheuriadau|invited|distribution|officers"
    r"|witnesses|speakers"
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
_OF_MAIL = regex.compile(r"(?i)\b(?:from|to|cc|bcc|distribution|parties|panel)\b")
"""Heads behind which firms and offices stand as well."""
_MOST = 200


class PersonByList(DeclaredPattern):
    """The names in a list behind a word that heads one: "Apologies: Ivy Marsh, P. Hall and Siân (minutes)"."""

    kind = "PERSON"
    part_of_kind = "by list"
    pattern = (
        r"(?:\A|[\n.;|>])[ \t•*-]{0,4}"
        rf"(?:(?i:{_HEADS})[ ]{{0,2}}(?::|(?<!(?i:from|to))\t)|(?:{_BARE_HEADS})[ ])"
        rf"[ \t]*(?:\r?\n)?(?=[ \t]*(?:{TITLES}|\p{{Lu}}))"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Each of the names, up to the first thing that is none."""
        at = match.end()
        is_sure_of_people = not _OF_MAIL.search(match[0])
        for _ in range(_MOST):
            listed = _NEXT.match(match.string, at)
            if listed is None or not could_be_a_person(listed["name"]):
                return
            sure = is_sure_of_people or _has_a_name(listed["name"])
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
    return any(len(word) == 1 or is_first_name(word) for word in words)
