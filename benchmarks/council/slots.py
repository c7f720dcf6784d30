"""What can stand in a template: of a person, and of nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.council import identifiers, places
from benchmarks.council.people import Person, plain
from benchmarks.council.piece import Piece
from benchmarks.council.written import (
    MONTHS,
    full_name,
    street_address,
    written_date,
    written_nhs,
    written_nino,
    written_phone,
)

Pieces = list[Piece]
_SECRETS = (
    "Winter",
    "Marmalade",
    "Rover",
    "Letmein",
    "Chelsea",
    "Passw0rd",
    "sunflower",
    "Tr0ub4dor",
    "Liverpool",
    "kettle",
)


def _person(text: str, person: Person) -> Pieces:
    return [Piece(text, "PERSON", person.origin)]


def _titled(text: str, person: Person) -> Pieces:
    return [Piece(person.title + " "), *_person(text, person)]


def _initial(person: Person, rng: Random) -> Pieces:
    first, middle = person.first[0], person.middle[0]
    return _person(
        rng.choice((f"{first}.", first, f"{first} {middle}", f"{first}.{middle}.")) + f" {person.surname}", person
    )


def _mail(person: Person, rng: Random) -> Pieces:
    first, last = plain(person.first), plain(person.surname)
    local = rng.choice(
        (
            f"{first}.{last}",
            f"{first}{last}",
            f"{first[0]}{last}{rng.randint(2, 99)}",
            f"{last}_{first}",
            f"{first}{rng.randint(60, 99)}",
        )
    )
    return [Piece(f"{local}@{rng.choice(places.HOME_DOMAINS)}", "EMAIL_ADDRESS")]


def _work_mail(person: Person, rng: Random) -> Pieces:
    return [
        Piece(f"{plain(person.first)}.{plain(person.surname)}@{rng.choice(places.COUNCIL_DOMAINS)}", "EMAIL_ADDRESS")
    ]


def _born(person: Person, rng: Random) -> Pieces:
    return [Piece(written_date(rng, person.born), "DATE_OF_BIRTH")]


def _born_short(person: Person, rng: Random) -> Pieces:
    return [Piece(written_date(rng, person.born, short=True), "DATE_OF_BIRTH")]


def _home(person: Person, _rng: Random) -> Pieces:
    return [Piece(street_address(Random(person.numbers["nhs"])), "ADDRESS")]


def _postcode(person: Person, rng: Random) -> Pieces:
    code = person.numbers["postcode"]
    return [Piece(rng.choice((code, code, code, code, code, code.replace(" ", ""))), "UK_POSTCODE")]


def _number(name: str, kind: str) -> Callable[[Person, Random], Pieces]:
    return lambda person, _rng: [Piece(person.numbers[name], kind)]


def _word(woman: str, man: str) -> Callable[[Person, Random], Pieces]:
    return lambda person, _rng: [Piece(woman if person.woman else man)]


OF_PERSON: dict[str, Callable[[Person, Random], Pieces]] = {
    "name": lambda person, rng: _person(full_name(person, rng), person),
    "first": lambda person, _rng: _person(person.first, person),
    "surname": lambda person, _rng: _person(person.surname, person),
    "SURNAME": lambda person, _rng: _person(person.surname.upper(), person),
    "NAME": lambda person, rng: _person(full_name(person, rng).upper(), person),
    "formal": lambda person, _rng: _titled(person.surname, person),
    "fullformal": lambda person, rng: _titled(full_name(person, rng), person),
    "last_first": lambda person, _rng: _person(f"{person.surname}, {person.first}", person),
    "LAST_first": lambda person, _rng: _person(f"{person.surname.upper()} {person.first}", person),
    "initial": _initial,
    "titled_initial": lambda person, rng: [Piece(person.title + " "), *_initial(person, rng)],
    "letters": lambda person, _rng: [Piece(person.first[0] + person.surname[0])],
    "title": lambda person, _rng: [Piece(person.title)],
    "dob": _born,
    "sdob": _born_short,
    "mail": _mail,
    "workmail": _work_mail,
    "home": _home,
    "postcode": _postcode,
    "mobile": lambda person, rng: [Piece(written_phone(rng, person.numbers["mobile"]), "UK_PHONE")],
    "landline": lambda person, rng: [Piece(written_phone(rng, person.numbers["landline"]), "UK_PHONE")],
    "phone": lambda person, rng: [
        Piece(written_phone(rng, person.numbers[rng.choice(("mobile", "landline"))]), "UK_PHONE")
    ],
    "nhs": lambda person, rng: [Piece(written_nhs(rng, person.numbers["nhs"]), "UK_NHS")],
    "rawnhs": _number("nhs", "UK_NHS"),
    "nino": lambda person, rng: [Piece(written_nino(rng, person.numbers["nino"]), "UK_NINO")],
    "utr": lambda person, rng: [
        Piece(rng.choice((person.numbers["utr"], f"{person.numbers['utr'][:5]} {person.numbers['utr'][5:]}")), "UK_UTR")
    ],
    "upn": _number("upn", "UK_UPN"),
    "uprn": _number("uprn", "UK_UPRN"),
    "licence": _number("licence", "UK_DRIVING_LICENCE"),
    "passport": _number("passport", "UK_PASSPORT"),
    "plate": lambda person, rng: [
        Piece(
            rng.choice((person.numbers["plate"],) * 4 + (person.numbers["plate"].replace(" ", ""),)),
            "UK_VEHICLE_REGISTRATION",
        )
    ],
    "sort": _number("sort", "UK_SORT_CODE"),
    "account": _number("account", "UK_ACCOUNT"),
    "iban": lambda person, rng: [
        Piece(rng.choice((person.numbers["iban"], _grouped(person.numbers["iban"]))), "IBAN_CODE")
    ],
    "card": lambda person, rng: [
        Piece(rng.choice((person.numbers["card"], _grouped(person.numbers["card"]))), "CREDIT_CARD")
    ],
    "tax": _number("tax", "COUNCIL_REF"),
    "rent": _number("rent", "COUNCIL_REF"),
    "claim": _number("claim", "COUNCIL_REF"),
    "care": _number("care", "COUNCIL_REF"),
    "staff": _number("staff", "COUNCIL_REF"),
    "pupil": _number("pupil", "COUNCIL_REF"),
    "badge": _number("badge", "COUNCIL_REF"),
    "secret": lambda _person, rng: [Piece(_secret(rng), "CREDENTIAL")],
    "hexsecret": lambda _person, rng: [Piece("".join(rng.choices("0123456789abcdef", k=32)), "CREDENTIAL")],
    "he": _word("she", "he"),
    "He": _word("She", "He"),
    "his": _word("her", "his"),
    "His": _word("Her", "His"),
    "him": _word("her", "him"),
    "spouse": _word("husband", "wife"),
    "same": _word("wife", "husband"),
    "child": _word("daughter", "son"),
    "parent": _word("mother", "father"),
    "sex": _word("F", "M"),
    "age": lambda person, _rng: [Piece(str(2026 - person.born.year))],
}
"""By name: what is written of a person."""


def _grouped(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _secret(rng: Random) -> str:
    return rng.choice(_SECRETS) + rng.choice(("!", "#", "", "_", "$")) + str(rng.randint(10, 2025))


def some_date(rng: Random) -> date:
    return date(2008, 1, 1) + timedelta(days=rng.randint(0, 6700))


def _span(rng: Random, argument: str) -> int:
    low, high = map(int, argument.split("-"))
    return rng.randint(low, high)


def _choice(words: tuple[str, ...]) -> Callable[[Random, str], Pieces]:
    return lambda rng, _argument: [Piece(rng.choice(words))]


def _office_phone(rng: Random, _argument: str) -> Pieces:
    corporate = rng.choice(("0300 ", "0345 ", "0800 ")) + identifiers.digits(rng, 3) + " " + identifiers.digits(rng, 4)
    return [Piece(rng.choice((corporate, written_phone(rng, identifiers.landline(rng)))), "UK_PHONE")]


def _role_mail(rng: Random, _argument: str) -> Pieces:
    return [Piece(f"{rng.choice(places.ROLES)}@{rng.choice(places.COUNCIL_DOMAINS)}", "EMAIL_ADDRESS")]


def _office(rng: Random, _argument: str) -> Pieces:
    number = rng.randint(1, 90)
    return [
        Piece(f"{number} {rng.choice(places.STREETS)}", "ADDRESS"), Piece(f", {rng.choice(places.TOWNS)}"),
        Piece(rng.choice((" ", ", "))), Piece(identifiers.postcode(rng), "UK_POSTCODE"),
    ]  # fmt: skip


def _firm_mail(rng: Random, _argument: str) -> Pieces:
    firm = "".join(letter for letter in rng.choice(places.FIRMS).lower().split()[0] if letter.isalnum())
    return [Piece(f"{rng.choice(('sales', 'accounts', 'info', 'orders'))}@{firm}-ltd.co.uk", "EMAIL_ADDRESS")]


OF_NOBODY: dict[str, Callable[[Random, str], Pieces]] = {
    "date": lambda rng, _: [Piece(written_date(rng, some_date(rng)))],
    "sdate": lambda rng, _: [Piece(written_date(rng, some_date(rng), short=True))],
    "iso": lambda rng, _: [Piece(some_date(rng).isoformat())],
    "year": lambda rng, _: [Piece(str(rng.randint(2008, 2026)))],
    "month": _choice(MONTHS),
    "weekday": _choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
    "time": lambda rng, _: [
        Piece(f"{rng.randint(7, 18):02}{rng.choice(':.')}{rng.choice(('00', '15', '30', '45', '10', '20'))}")
    ],
    "n": lambda rng, argument: [Piece(str(_span(rng, argument)))],
    "digits": lambda rng, argument: [Piece(identifiers.digits(rng, int(argument)))],
    "upper": lambda rng, argument: [Piece("".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=int(argument))))],
    "hex": lambda rng, argument: [Piece("".join(rng.choices("0123456789abcdef", k=int(argument))))],
    "money": lambda rng, _: [Piece(f"£{rng.randint(12, 4800):,}.{rng.randint(0, 99):02}")],
    "pounds": lambda rng, _: [Piece(f"{rng.randint(4, 900) * 100:,}")],
    "pence": lambda rng, _: [Piece(f"{rng.randint(1, 400)}.{rng.randint(0, 99):02}")],
    "town": _choice(places.TOWNS),
    "street": _choice(places.STREETS),
    "firm": _choice(places.FIRMS),
    "school": _choice(places.SCHOOLS),
    "charity": _choice(places.CHARITIES),
    "council": _choice(places.COUNCILS),
    "team": _choice(places.TEAMS),
    "job": _choice(places.JOBS),
    "ref": lambda rng, _: [
        Piece(f"{''.join(rng.choices('ABCEHLPRT', k=2))}/{rng.randint(10, 99)}/{rng.randint(1, 40)}")
    ],
    "planref": lambda rng, _: [
        Piece(f"{rng.randint(8, 26):02}/{rng.randint(100, 2999):05}/{rng.choice(('FUL', 'HOU', 'OUT', 'LBC'))}")
    ],
    "switchboard": _office_phone,
    "rolemail": _role_mail,
    "firmmail": _firm_mail,
    "officestreet": lambda rng, _: [Piece(f"{rng.randint(1, 90)} {rng.choice(places.STREETS)}", "ADDRESS")],
    "office": _office,
    "web": lambda rng, _: [
        Piece(f"www.{rng.choice(places.COUNCIL_DOMAINS)}/{rng.choice(('council-tax', 'contact', 'planning'))}")
    ],
    "postcode": lambda rng, _: [Piece(identifiers.postcode(rng), "UK_POSTCODE")],
    "plate": lambda rng, _: [Piece(identifiers.plate(rng), "UK_VEHICLE_REGISTRATION")],
    "ip": lambda rng, _: [Piece(".".join(str(rng.randint(1, 254)) for _ in range(4)), "IP_ADDRESS")],
    "uprn": lambda rng, _: [Piece(identifiers.uprn(rng), "UK_UPRN")],
    "sortcode": lambda rng, _: [Piece(identifiers.sort_code(rng), "UK_SORT_CODE")],
    "vat": lambda rng, _: [
        Piece(f"GB {identifiers.digits(rng, 3)} {identifiers.digits(rng, 4)} {identifiers.digits(rng, 2)}")
    ],
    "badnhs": lambda rng, _: [Piece(identifiers.spoilt(rng, identifiers.nhs(rng)))],
    "badcard": lambda rng, _: [Piece(identifiers.spoilt(rng, identifiers.card(rng)))],
    "ean": lambda rng, _: [Piece(_ean(rng))],
    "guid": lambda rng, _: [Piece("-".join("".join(rng.choices("0123456789abcdef", k=k)) for k in (8, 4, 4, 4, 12)))],
    "origin": _choice(
        (
            "White British",
            "Black African",
            "Pakistani",
            "Gypsy or Roma",
            "Chinese",
            "White Irish",
            "Polish",
            "Bangladeshi",
        )
    ),
}
"""By name: what is written of nobody; some take an argument after a colon."""


def _ean(rng: Random) -> str:
    """Thirteen digits with the check digit of the GS1 General Specifications."""
    body = "50" + identifiers.digits(rng, 10)
    return body + str(-sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(body)) % 10)
