from __future__ import annotations

from classifiers.recognizers.names import TITLES, WORD, could_be_a_person, is_first_name
from classifiers.recognizers.pattern import DeclaredPattern

_RELATIONS = (
    "son|daughter|brother|sister|mother|father|mum|mam|dad|wife|husband|partner|ex-partner|boyfriend|girlfriend|carer"
    "|neighbour|friend|cousin|aunt|auntie|uncle|nan|nana|gran|grandmother|grandfather|grandson|granddaughter|niece"
    "|nephew|stepson|stepdaughter|stepfather|stepmother|twin|sibling|child|colleague|key ?worker|support worker"
    "|social worker|allocated worker|health visitor|head teacher|class teacher|landlord|flatmate|girl|boy|woman|man"
)


class PersonByRelation(DeclaredPattern):
    """A name behind what its bearer is to somebody: "her son Walid", "the carer, Farida", "a man called Glyn"."""

    kind = "PERSON"
    part_of_kind = "by relation"
    pattern = (
        rf"(?<![\w-])(?i:{_RELATIONS}|called|named|known as),?[ ](?i:(?:is|was) )?(?i:called |named )?"
        rf"(?!(?:{TITLES})\b)(?P<value>{WORD}(?:[ ]{WORD})?)(?![\w@])"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def valid(self, value: str) -> bool:
        return is_first_name(value.split(maxsplit=1)[0]) and could_be_a_person(value)
