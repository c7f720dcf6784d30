"""The people and bodies of one document, and every value that can be written of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.council_unseen import identifiers
from benchmarks.council_unseen.marked import Marked, join, mark

from . import places
from .names import NAMES

TODAY = date(2026, 3, 2)
ROLES = ("benefits", "counciltax", "customer.services", "planning", "foi", "parking", "licensing", "hr-enquiries")
DESKS = ("accounts", "sales", "remittances", "info", "credit.control", "orders")
FIRM_HOSTS = (
    "bishopsons-joinery.co.uk",
    "apex-gm-harbrook.com",
    "wexmedlifts.co.uk",
    "templestat-supplies.co.uk",
    "gillbros-haulage-harbrook.com",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    first: str
    last: str
    origin: str
    female: bool
    born: date

    @property
    def title(self) -> str:
        return "Mrs" if self.female and self.born.year % 3 == 0 else "Ms" if self.female else "Mr"


def cast(key: str, rng: Random, kin: Person | None) -> Person:
    """Somebody new: c and k are children, k and s bear the surname of their kin, m and w a man and a woman, y Welsh."""
    origin = kin.origin if kin else rng.choices(list(NAMES), (8, 3, 2, 2, 2, 2, 2, 2))[0]
    if "y" in key:
        origin = "welsh"
    names, female = NAMES[origin], "w" in key or ("m" not in key and rng.random() < 0.5)
    first = rng.choice(names.women if female else names.men)
    age = rng.randint(4, 15) if {"c", "k"} & set(key) else int(rng.triangular(19, 93, 38))
    born = TODAY - timedelta(days=age * 365 + rng.randint(4, 364))
    return Person(first, kin.last if kin else rng.choice(names.surnames), origin, female, born)


@dataclass(slots=True)
class Teller:
    """Writes values of a party; `style` is the document's, so that one hand writes alike throughout."""

    person: Person
    rng: Random
    style: int
    host: str

    def tell(self, what: str) -> Marked:
        return _TOLD[what](self)

    def name(self, text: str) -> Marked:
        return mark("PERSON", text, self.person.origin)

    @property
    def login(self) -> str:
        return ".".join(_plain(name) for name in (self.person.first, self.person.last))


def _plain(name: str) -> str:
    """The letters of a name that an e-mail address would keep."""
    folded = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁ", "lL")))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalpha()).lower()


def written_date(day: date, style: int) -> str:
    long = f"{day.day} {day:%B %Y}"
    return (f"{day:%d/%m/%Y}", long, f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day:%d-%b-%Y}", f"{day:%Y-%m-%d}")[
        style % 6
    ]


def _spaced(value: str, *groups: int) -> str:
    parts, at = [], 0
    for size in groups:
        parts.append(value[at : at + size])
        at += size
    return " ".join(parts)


def _mobile(teller: Teller) -> str:
    rng = teller.rng
    number = f"07{rng.choice('45789')}{rng.randint(10, 99)}{rng.randint(100000, 999999)}"
    ways = (number, _spaced(number, 5, 6), _spaced(number, 5, 3, 3), f"+44 {_spaced(number[1:], 4, 6)}", number)
    return ways[teller.style % 5]


def _landline(teller: Teller) -> str:
    rng = teller.rng
    code = rng.choice(places.AREA_CODES.split(" "))
    local = f"{rng.randint(2, 9)}{''.join(rng.choices('0123456789', k=10 - len(code)))}"
    ways = (f"{code} {local}", f"({code}) {local}", f"{code} {local[:3]} {local[3:]}", f"+44 (0){code[1:]} {local}")
    return (*ways, code + local)[teller.style % 5]


def _address(teller: Teller) -> str:
    rng = teller.rng
    line = f"{rng.randint(1, 240)}{rng.choice(('', '', '', '', 'A', 'b'))} {rng.choice(places.STREETS)}"
    flat = rng.choice(("Flat {}, ", "Flat {} ", "Apartment {}, "))
    return flat.format(rng.randint(1, 40)) + line if rng.random() < 0.15 else line


def _badge(rng: Random) -> str:
    tail = f"{rng.randint(100, 999)}{rng.choice('XY')}{rng.randint(1, 12):02d}{rng.randint(27, 29)}"
    return f"{''.join(rng.choices('ABCDEFGHJKLMNPRTUVWXYZ23456789', k=6))}{rng.randint(0, 9)} {tail}"


def _ref(*shapes: str) -> Callable[[Teller], Marked]:
    """A number of the council's own; # is a digit, and the document keeps to one shape."""
    return lambda teller: mark("COUNCIL_REF", coded(shapes[teller.style % len(shapes)], teller.rng))


def coded(shape: str, rng: Random) -> str:
    """The shape with a digit for each # and a capital for each ^."""
    letters = (rng.choice("0123456789") if sign == "#" else sign for sign in shape)
    return "".join(rng.choice("ABCDEFGHJKLMNPRSTW") if sign == "^" else sign for sign in letters)


def _as_it_is(value: str) -> str:
    return value


def _either(kind: str, make: Callable[[Teller], str], *ways: Callable[[str], str]) -> Callable[[Teller], Marked]:
    def told(teller: Teller) -> Marked:
        write = (*ways, _as_it_is)[teller.style % (len(ways) + 1)]
        return mark(kind, write(make(teller)))

    return told


def _licence(teller: Teller) -> str:
    person = teller.person
    return identifiers.driving_licence(
        teller.rng, _plain(person.last), _plain(person.first)[:1], person.born, person.female
    )


def _word(man: str, woman: str) -> Callable[[Teller], Marked]:
    return lambda teller: Marked(woman if teller.person.female else man)


def _born(teller: Teller, style: int) -> Marked:
    return mark("DATE_OF_BIRTH", written_date(teller.person.born, style))


def _password(rng: Random) -> str:
    word = rng.choice(("Harbour", "winter", "Tr0mbone", "Bluebell", "cricket", "Lantern", "p1geon", "Gravel"))
    return f"{word}{rng.choice('!$#%-_')}{rng.randint(10, 9999)}{rng.choice(('', 'x', 'Qz', '!'))}"


_TOLD: dict[str, Callable[[Teller], Marked]] = {
    "": lambda t: t.name(f"{t.person.first} {t.person.last}"),
    "f": lambda t: t.name(t.person.first),
    "s": lambda t: t.name(t.person.last),
    "ts": lambda t: join((f"{t.person.title} ", t.name(t.person.last))),
    "t": lambda t: Marked(t.person.title),
    "sf": lambda t: t.name(f"{t.person.last}, {t.person.first}"),
    "in": lambda t: t.name(f"{t.person.first[0]} {t.person.last}"),
    "dot": lambda t: t.name(f"{t.person.first[0]}. {t.person.last}"),
    "up": lambda t: t.name(f"{t.person.first} {t.person.last}".upper()),
    "us": lambda t: t.name(t.person.last.upper()),
    "lo": lambda t: t.name(t.person.first.lower()),
    "he": _word("he", "she"),
    "He": _word("He", "She"),
    "his": _word("his", "her"),
    "His": _word("His", "Her"),
    "him": _word("him", "her"),
    "man": _word("man", "woman"),
    "son": _word("son", "daughter"),
    "mum": _word("father", "mother"),
    "sex": _word("M", "F"),
    "boy": _word("boy", "girl"),
    "dob": lambda t: _born(t, t.style),
    "dobl": lambda t: _born(t, 1),
    "age": lambda t: Marked(str((TODAY - t.person.born).days // 365)),
    "year": lambda t: Marked(str(max(1, min(13, (TODAY - t.person.born).days // 365 - 4)))),
    "addr": lambda t: mark("ADDRESS", _address(t)),
    "town": lambda t: Marked(t.rng.choice(places.TOWNS)),
    "pc": lambda t: mark("UK_POSTCODE", identifiers.postcode(t.rng)),
    "tel": lambda t: mark("UK_PHONE", _landline(t)),
    "mob": lambda t: mark("UK_PHONE", _mobile(t)),
    "mail": lambda t: mark(
        "EMAIL_ADDRESS",
        f"{t.login if t.style % 2 else t.login.replace('.', '')}{t.rng.randint(11, 99)}"
        f"@{t.rng.choice(places.MAIL_HOSTS)}",
    ),
    "box": lambda t: mark("EMAIL_ADDRESS", f"{t.rng.choice(ROLES)}@{t.host}"),
    "sup": lambda t: mark("EMAIL_ADDRESS", f"{t.rng.choice(DESKS)}@{t.rng.choice(FIRM_HOSTS)}"),
    "work": lambda t: mark("EMAIL_ADDRESS", f"{t.login}@{t.host}"),
    "nino": _either("UK_NINO", lambda t: identifiers.nino(t.rng), lambda v: _spaced(v, 2, 2, 2, 2, 1)),
    "nhs": _either("UK_NHS", lambda t: identifiers.nhs(t.rng), lambda v: _spaced(v, 3, 3, 4)),
    "utr": _either("UK_UTR", lambda t: identifiers.utr(t.rng), lambda v: _spaced(v, 5, 5)),
    "upn": _either("UK_UPN", lambda t: identifiers.upn(t.rng)),
    "uprn": _either("UK_UPRN", lambda t: identifiers.uprn(t.rng)),
    "passport": _either("UK_PASSPORT", lambda t: identifiers.passport(t.rng)),
    "licence": _either("UK_DRIVING_LICENCE", _licence),
    "reg": _either("UK_VEHICLE_REGISTRATION", lambda t: identifiers.vehicle(t.rng), lambda v: v.replace(" ", "")),
    "sort": _either(
        "UK_SORT_CODE", lambda t: identifiers.sort_code(t.rng), lambda v: _spaced(v, 2, 2, 2).replace(" ", "-")
    ),
    "acct": _either("UK_ACCOUNT", lambda t: identifiers.account(t.rng)),
    "iban": _either("IBAN_CODE", lambda t: identifiers.iban(t.rng), lambda v: _spaced(v, 4, 4, 4, 4, 4, 2)),
    "card": _either("CREDIT_CARD", lambda t: identifiers.card(t.rng), lambda v: _spaced(v, 4, 4, 4, 4)),
    "ip": lambda t: mark("IP_ADDRESS", f"10.{t.rng.randint(1, 254)}.{t.rng.randint(0, 254)}.{t.rng.randint(1, 254)}"),
    "pw": lambda t: mark("CREDENTIAL", _password(t.rng)),
    "ctax": _ref("5########", "CT########", "7#######-1", "60######"),
    "rent": _ref("R0######", "RA/#####/0#", "1######", "T######"),
    "claim": _ref("HB######", "8######", "BEN-#######", "CTR######"),
    "care": _ref("1######", "M2######", "LL######", "SW-######", "P######"),
    "pupil": _ref("P00####", "00####", "STU-#####"),
    "emp": _ref("400#####", "E######", "0#####", "1#####"),
    "badge": lambda t: mark("COUNCIL_REF", _badge(t.rng)),
    "lib": _ref("D0000########", "2900#########"),
    "app": _ref("HR/######", "APP-#######", "9######"),
    "badnhs": lambda t: Marked(identifiers.false_nhs(t.rng)),
    "badnino": lambda t: Marked(identifiers.false_nino(t.rng)),
    "badcard": lambda t: Marked(identifiers.false_card(t.rng)),
    "badiban": lambda t: Marked(identifiers.false_iban(t.rng)),
}
