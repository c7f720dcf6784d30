"""Write a labelled set from the public templates of presidio-research, which nobody here wrote and no rule was made by.

usage: python benchmarks/public_templates.py FOLDER OUT.jsonl [--documents N] [--seed SEED]

FOLDER is `presidio_evaluator/data_generator/raw_data` of the package `presidio-evaluator` (MIT), unpacked: its
templates are filled with its invented people. Labelled are names, bare ones too, mail addresses, cards, IBANs and IP
addresses; what else `detection_accuracy.py` tells of such a set (telephone numbers of all the world) was not labelled.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_KINDS = {
    **dict.fromkeys(("person", "name", "name_male", "name_female"), "PERSON"),
    **{f"{which}_name{of}": "PERSON" for which in ("first", "last") for of in ("", "_male", "_female", "_nonbinary")},
    "email": "EMAIL_ADDRESS", "credit_card_number": "CREDIT_CARD", "iban": "IBAN_CODE", "ip_address": "IP_ADDRESS",
}  # fmt: skip
_FIELDS = {
    "phone_number": "TelephoneNumber", "address": "StreetAddress", "street_name": "StreetAddress", "city": "City",
    "country": "CountryFull", "zipcode": "ZipCode", "postcode": "ZipCode", "organization": "Company", "age": "Age",
    "job": "Occupation", "date_of_birth": "Birthday", "url": "Domain", "email": "EmailAddress", "prefix": "Title",
    "prefix_male": "Title", "prefix_female": "Title", "state_abbr": "State",
}  # fmt: skip
_WHOLE_NAME = ("GivenName", "Surname")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2266)
    asked = parser.parse_args()
    templates = (asked.folder / "templates.txt").read_text("utf-8", "replace").splitlines()
    with next(asked.folder.glob("FakeNameGenerator*.csv")).open(encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    written = documents(list(filter(None, templates)), people, asked.documents, asked.seed)
    asked.out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in written), "utf-8")


def documents(
    templates: Sequence[str], people: Sequence[Mapping[str, str]], count: int, seed: int
) -> Iterator[dict[str, Any]]:
    """`count` labelled texts, each template as often as the others; every slot is another person's."""
    chance = Random(seed)
    for number in range(count):
        template = number % len(templates)
        text, entities = _filled(templates[template], people, chance)
        yield {"id": number, "template": str(template), "text": text, "entities": entities, "personal": None,
               "special": None}  # fmt: skip


def _filled(
    template: str, people: Sequence[Mapping[str, str]], chance: Random
) -> tuple[str, list[dict[str, str | int]]]:
    text, at = "", 0
    entities: list[dict[str, str | int]] = []
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        value, kind, at = _value(slot[1], chance.choice(people), chance), _KINDS.get(slot[1]), slot.end()
        if kind == "PERSON" and entities and entities[-1]["type"] == kind and text[int(entities[-1]["end"]) :] == " ":
            entities[-1]["end"] = len(text) + len(value)  # "{{first_name}} {{last_name}}" is one name
        elif kind and value:
            entities.append({"type": kind, "start": len(text), "end": len(text) + len(value)})
        text += value
    return text + template[at:], entities


def _value(slot: str, person: Mapping[str, str], chance: Random) -> str:
    if slot in _MADE:
        return _MADE[slot](chance)
    if _KINDS.get(slot) == "PERSON":
        parts = ("GivenName",) if slot.startswith("first") else ("Surname",) if slot.startswith("last") else _WHOLE_NAME
        return " ".join(person[part] for part in parts)
    return person.get(_FIELDS.get(slot, ""), "") or str(chance.randint(1, 99))


def _card(chance: Random) -> str:
    digits = "4" + "".join(chance.choices("0123456789", k=14))
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return digits + str(-sum(value - 9 * (value > 9) for value in doubled) % 10)


def _iban(chance: Random) -> str:
    account = "NWBK" + "".join(chance.choices("0123456789", k=14))
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{account}GB00")) % 97
    return f"GB{check:02}{account}"


def _address(chance: Random) -> str:
    return ".".join(str(chance.randint(1, 254)) for _ in range(4))


_MADE = {"credit_card_number": _card, "iban": _iban, "ip_address": _address}


if __name__ == "__main__":
    main()
