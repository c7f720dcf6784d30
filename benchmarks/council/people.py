"""Invented people: names of eight origins, drawn from lists and put together at random."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from unicodedata import combining, normalize

from benchmarks.council import identifiers
from benchmarks.council.names import NAMES


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with one set of numbers. Every number holds by its rule; how it is written is chosen where it stands."""

    origin: str
    woman: bool
    first: str
    middle: str
    surname: str
    born: date
    numbers: dict[str, str]

    @property
    def title(self) -> str:
        return self.numbers["title"]


def draw(rng: Random, youngest: int = 18, oldest: int = 91) -> Person:
    """A person whose age is between the years given, in 2026."""
    origin = rng.choice(tuple(NAMES))
    woman = rng.random() < 0.5
    listed = NAMES[origin]
    first, middle = rng.sample(listed.women if woman else listed.men, 2)
    surname = rng.choice(listed.surnames)
    if origin == "polish" and woman and surname.endswith(("ski", "cki")):
        surname = surname[:-1] + "a"
    if rng.random() < 0.03:
        surname = f"{surname}-{rng.choice(NAMES['english'].surnames)}"
    born = date(2026, 6, 1) - timedelta(days=rng.randint(youngest * 365, oldest * 365))
    return Person(origin, woman, first, middle, surname, born, _numbers(rng, first, surname, born, woman=woman))


def plain(name: str) -> str:
    """A name in the letters of an e-mail address."""
    bare = (letter for letter in normalize("NFD", name.lower().replace("ł", "l")) if not combining(letter))
    return "".join(letter for letter in bare if letter.isascii() and letter.isalnum())


def _numbers(rng: Random, first: str, surname: str, born: date, *, woman: bool) -> dict[str, str]:
    birth = (born.year, born.month, born.day)
    return {
        "title": rng.choice(("Mrs", "Ms", "Miss", "Mrs", "Dr") if woman else ("Mr", "Mr", "Mr", "Mr", "Dr")),
        "nhs": identifiers.nhs(rng),
        "nino": identifiers.nino(rng),
        "utr": identifiers.utr(rng),
        "upn": identifiers.upn(rng),
        "uprn": identifiers.uprn(rng),
        "postcode": identifiers.postcode(rng),
        "mobile": identifiers.mobile(rng),
        "landline": identifiers.landline(rng),
        "licence": identifiers.driving_licence(rng, plain(surname), plain(first), birth, woman=woman),
        "passport": identifiers.digits(rng, 9),
        "plate": identifiers.plate(rng),
        "sort": identifiers.sort_code(rng),
        "account": identifiers.digits(rng, 8),
        "iban": identifiers.iban(rng),
        "card": identifiers.card(rng),
        "tax": rng.choice("34567") + identifiers.digits(rng, 7),
        "rent": f"{identifiers.digits(rng, 6)}/{rng.randint(1, 4):02}",
        "claim": identifiers.digits(rng, 7),
        "care": rng.choice(("P", "L", "M", "")) + "1" + identifiers.digits(rng, 6),
        "staff": rng.choice("1235") + identifiers.digits(rng, 5),
        "pupil": identifiers.digits(rng, 4),
        "badge": identifiers.digits(rng, 6),
    }
