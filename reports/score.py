"""The section that says how scores are made, and with which weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.summary import RiskItem
from reports.section import Column, Section, Table
from reports.vocabulary import KIND_WORDS

_WHAT_IT_IS = (
    "The score runs from 0 to 100. Its parts, listed here, are multiplied; the floor lifts a lower result; nothing "
    "goes above 100. It puts items in order; it is not a likelihood and not an amount of money. The parts of each "
    "item's score stand in the register. Their weights, in the table, are for people to judge and to set."
)
_PARTS = {
    "type": "how sensitive the most sensitive kind found is, and a little for the next. A name weighs little, a "
    "National Insurance number more; words about health or about safeguarding children weigh most.",
    "volume": "how many different values, and so about how many people, were found. Ten times as many add one step.",
    "confidence": "1 where something was found for sure, less where the detector is only fairly sure.",
    "identity_kit": "more than 1 where three kinds of identifier stand close together, enough to pass for somebody.",
    "kept past its day": "more than 1 where the retention schedule says that its time is up.",
    "open to everyone": "more than 1 where the rights of its folder let everyone read it.",
    "open to the organisation": "more than 1 where they let every account of the organisation read it.",
    "open to a group": "more than 1 where they let a group read it, and the settings say so.",
    "floor": "the least that the content scores, whatever the rest: passwords, many people, or words about health "
    "and the like beside words about safeguarding children have one.",
}
"""The parts of a score by the names the figures carry. No weights stand here, where they would grow stale unseen."""

_SETTINGS = {
    "risk.share_of_second": "Share of the next kind's weight that is added",
    "risk.fairly_sure": "Factor where nothing was found for sure",
    "risk.identity_kit": "Factor where three kinds of identifier stand close together",
    "risk.near": "Characters within which they are close together",
    "risk.many": "Values that are taken for many people",
    "risk.floor_many": "Least score of content about many people",
    "risk.floor_credential": "Least score of content with passwords or keys",
    "risk.floor_safeguarding": "Least score of words about safeguarding children beside a special category",
    "risk.place.everyone": "Factor where everyone can read an item",
    "risk.place.organisation": "Factor where everyone in the organisation can read an item",
    "risk.place.group": "Factor where a group can read an item",
    "risk.place.past_due": "Factor where an item is kept past its day",
}
_WEIGHTS_NOTE = (
    "These are the weights in force. Those of risk.place take effect with the next report, the others with the next "
    "scan, which examines and scores everything again; until it is complete some scores are made with those before."
)


def how_it_is_made(items: Sequence[RiskItem], weights: Mapping[str, float]) -> Section:
    others = sorted({name for item in items for name in item.parts} - set(_PARTS))
    also = (f"Also named in the register: {', '.join(map(part_in_words, others))}.",) if others else ()
    return Section(
        "How the score is made",
        text=(_WHAT_IT_IS,),
        tables=(_weights(weights),),
        points=(*(f"{part_in_words(name).capitalize()}: {meaning}" for name, meaning in _PARTS.items()), *also),
    )


def part_in_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _weights(weights: Mapping[str, float]) -> Table:
    rows = tuple((_setting(name), f"{number:g}", name) for name, number in weights.items())
    return Table(
        "weights",
        "What scores are made with",
        (Column("What"), Column("Weight"), Column("Setting")),
        rows,
        note=_WEIGHTS_NOTE,
    )


def _setting(name: str) -> str:
    return _SETTINGS.get(name) or KIND_WORDS.get(name.removeprefix("risk.kinds."), name)
