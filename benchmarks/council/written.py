"""Dates, numbers, names and addresses in the ways people write them."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.council import places
from benchmarks.council.people import Person

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def written_date(rng: Random, day: date, *, short: bool = False) -> str:
    month = MONTHS[day.month - 1]
    numeric = [f"{day:%d/%m/%Y}"] * 4 + [
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%y}",
        f"{day.day}/{day.month}/{day:%y}",
    ]
    wordy = [f"{day.day} {month} {day.year}"] * 3 + [
        f"{day.day}{_ordinal(day.day)} {month} {day.year}",
        f"{day:%d}-{month[:3]}-{day.year}",
    ]
    return rng.choice(numeric if short else numeric + wordy)


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def written_phone(rng: Random, number: str) -> str:
    """A British number in one of the ways people write it."""
    cut = 3 if number.startswith("02") else 4 if number.startswith("0117") else 5
    area, rest = number[:cut], number[cut:]
    half = len(rest) // 2
    return rng.choice((
        f"{area} {rest}", f"{area} {rest}", f"{area} {rest[:half]} {rest[half:]}", number, f"({area}) {rest}",
        f"+44 {area[1:]} {rest}", f"+44 (0){area[1:]} {rest}", f"+44{number[1:]}", f"{area}-{rest}",
        f"0044 {area[1:]} {rest}",
    ))  # fmt: skip


def written_nhs(rng: Random, number: str) -> str:
    grouped = f"{number[:3]} {number[3:6]} {number[6:]}"
    return rng.choice((grouped, grouped, number, grouped.replace(" ", "-")))


def written_nino(rng: Random, number: str) -> str:
    spaced = f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:8]} {number[8]}"
    return rng.choice(
        (
            number,
            number,
            spaced,
            spaced,
            spaced.replace(" ", "-"),
            number.lower(),
            f"{number[:2]} {number[2:8]} {number[8]}",
        )
    )


def street_address(rng: Random) -> str:
    number = f"{rng.randint(1, 220)}{rng.choice(('', '', '', '', 'a', 'B'))}"
    flat = rng.choice(("", "", "", f"Flat {rng.randint(1, 40)}, ", f"Flat {rng.randint(1, 9)}{rng.choice('ABC')}, "))
    return f"{flat}{number} {rng.choice(places.STREETS)}"


def full_name(person: Person, rng: Random) -> str:
    turn = rng.random()
    if person.origin == "chinese" and turn < 0.3:
        return f"{person.surname} {person.first}"
    if turn > 0.96:
        return f"{person.first} {person.middle} {person.surname}"
    return f"{person.first} {person.middle[0]}. {person.surname}" if turn > 0.93 else f"{person.first} {person.surname}"
