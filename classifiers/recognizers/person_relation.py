from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.names import FULL_NAME, TITLES, WORD, could_be_a_person, is_a_name_word, is_relation
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import weakened

_RELATIONS = (
    "son|daughter|brother|sister|mother|father|mum|mam|dad|wife|husband|partner|ex-partner|boyfriend|girlfriend|carer"
    "|neighbour|friend|cousin|aunt|auntie|uncle|nan|nana|gran|grandmother|grandfather|grandson|granddaughter|niece"
    "|nephew|stepson|stepdaughter|stepfather|stepmother|twin|sibling|child|colleague|key ?worker|support worker"
    "|social worker|allocated worker|health visitor|head teacher|class teacher|landlord|flatmate|girl|boy|woman|man"
    "|solicitor|manager"
    "|foster carer|representative|rep|applicant|tenant|claimant|complainant|officer|operative|operator|chair|caller"
    "|parent"
    "|guardian|driver|doctor|midwife|nurse|pupil|student|client|resident|patient|lodger|grandson|brother-in-law"
    "|sister-in-law|mother-in-law|father-in-law|foster son|foster daughter|best friend"
    "|carers|caretaker|warden|secretary|treasurer|clerk"
)


_BEFORE_NAMES = rf"(?i:{_RELATIONS}|called|named|known as)(?:,?[ ]|[ ]\()(?i:(?:is|was) )?(?i:called |named )?"


class PersonByRelation(DeclaredPattern):
    """A name behind what its bearer is to somebody: "her son Walid", "the carer, Farida", "a man called Glyn"."""

    kind = "PERSON"
    part_of_kind = "by relation"
    pattern = (
        rf"(?<![\w-]){_BEFORE_NAMES}"
        rf"(?!(?:{TITLES})\b)(?P<value>{FULL_NAME}|{WORD})(?![\w@])"
    )
    score_alone = 0.75
    score_with_context = 0.75

    @property
    def searched_as(self) -> bytes:
        """No more than what stands before a name, and its first letter: names are long to search for."""
        return weakened(rf"{_BEFORE_NAMES}\p{{Lu}}")

    def valid(self, value: str) -> bool:
        return could_be_a_person(value) and not is_relation(value)

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Of words that no list has, only one by itself behind whose relation it is: "her lodger Vytautas"."""
        first, *others = match["value"].split()
        alone = not first.isupper() and (not others or "," in match[0] or "(" in match[0])
        if (
            is_a_name_word(first)
            or (alone and "(" in match[0] and others)
            or (alone and _OF_SOMEBODY.search(match.string, max(0, match.start() - 12), match.start()))
        ):
            yield match.span("value")

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the form is DeclaredPattern's
        return self.score_alone if is_a_name_word(value.split(maxsplit=1)[0]) else HINT


HINT = 0.55
_OF_SOMEBODY = regex.compile(r"(?i)\b(?:his|her|their|my|your|\p{L}+['\u2019]s)[ ]\Z")
