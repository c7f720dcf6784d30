"""What one document draws upon: its people (each the same throughout), its places, and its author's ways of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from . import identifiers, places
from .marked import Marked, join, mark
from .people import NICKNAMES, Person, draw_person
from .phrases import PHRASES

_CHOICE = re.compile(r"«([^«»]*)»")
_SLOT = re.compile(r"\{([@+]?[A-Za-z_]+(?:\.[a-z_]+)?\^?)\}")
_ROLES = {"c": "child", "d": "child", "o": "officer", "m": "officer", "k": "officer", "e": "elder"}
_KIN = {"c": "s", "d": "s", "t": "s"}
_NUMBERS = {
    "nhs": "UK_NHS", "nino": "UK_NINO", "utr": "UK_UTR", "upn": "UK_UPN", "passport": "UK_PASSPORT",
    "licence": "UK_DRIVING_LICENCE",
    "vrm": "UK_VEHICLE_REGISTRATION", "sort": "UK_SORT_CODE", "account": "UK_ACCOUNT", "iban": "IBAN_CODE",
    "card": "CREDIT_CARD",
    "uprn": "UK_UPRN", "postcode": "UK_POSTCODE", "street": "ADDRESS", "mobile": "UK_PHONE", "home": "UK_PHONE",
    "desk": "UK_PHONE",
    "email": "EMAIL_ADDRESS", "wmail": "EMAIL_ADDRESS", "secret": "CREDENTIAL", "dob": "DATE_OF_BIRTH",
    "ctax": "COUNCIL_REF", "rent": "COUNCIL_REF", "claim": "COUNCIL_REF", "care": "COUNCIL_REF", "pupil": "COUNCIL_REF",
    "emp": "COUNCIL_REF", "badge": "COUNCIL_REF",
}  # fmt: skip
_BLENDS = {
    "address": (
        "{WHO.street}, {WHO.town}, {WHO.postcode}",
        "{WHO.street}, {WHO.town} {WHO.postcode}",
        "{WHO.street} {WHO.postcode}",
        "{WHO.street}, {WHO.postcode}",
    ),
    "block": (
        "{WHO.street}\n{WHO.town}\n{WHO.postcode}",
        "{WHO.street},\n{WHO.town},\n{WHO.postcode}",
        "{WHO.street}\n{WHO.town} {WHO.postcode}",
    ),
    "phone": ("{WHO.mobile}", "{WHO.home}", "{WHO.mobile}"),
}
_DATES = (
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d %B %Y",
    "%-d %B %Y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d-%m-%Y",
    "%-d %b %y",
    "%d-%b-%Y",
    "%-d/%-m/%y",
    "%Y-%m-%d",
)
_SHORT_DATES = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%b-%Y", "%d-%b-%y", "%Y-%m-%d", "%d-%m-%y", "%d/%m/%Y")


def chosen(markup: str, rng: Random) -> str:
    """One of each «this|that|», the innermost first."""
    while _CHOICE.search(markup):
        markup = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), markup)
    return markup


class Scene:
    """The cast and manner of one document. Rows of a sheet are scenes of one manner and other casts."""

    def __init__(self, rng: Random, manner: dict[str, str] | None = None) -> None:
        self.rng: Random = rng
        self.manner: dict[str, str] = {} if manner is None else manner
        self._people: dict[str, Person] = {}
        self._told: dict[tuple[str, str], str] = {}

    def row(self) -> Scene:
        return Scene(self.rng, self.manner)

    def write(self, markup: str) -> Marked:
        """The markup with each choice made and each slot filled."""
        pieces = _SLOT.split(chosen(markup, self.rng))
        return join(self._slot(piece) if number % 2 else piece for number, piece in enumerate(pieces))

    def person(self, who: str) -> Person:
        if who not in self._people:
            kin = self.person(_KIN[who]) if who in _KIN else None
            self._people[who] = draw_person(self.rng, _ROLES.get(who, "adult"), kin)
        return self._people[who]

    def habit(self, key: str, options: Sequence[str]) -> str:
        """One of the options, the same all through the document."""
        return self.manner.setdefault(key, self.rng.choice(options))

    def day(self, when: date, key: str = "date") -> str:
        return when.strftime(self.habit(key, _DATES))

    def lately(self) -> date:
        return date(2014, 3, 1) + timedelta(days=self.rng.randrange(3900))

    def _slot(self, name: str) -> Marked:
        return self._filled(name[:-1]).upper() if name.endswith("^") else self._filled(name)

    def _filled(self, name: str) -> Marked:
        if name[0] == "+":
            return Marked(flags=frozenset((name[1:],)))
        if name[0] == "@":
            return self.write(self.rng.choice(PHRASES[name[1:]]))
        if "." not in name:
            return places.THINGS[name](self)
        return self._told_of(*name.split("."))

    def _told_of(self, who: str, form: str) -> Marked:
        if form in _BLENDS:
            return self.write(self.rng.choice(_BLENDS[form]).replace("WHO", who))
        if form in _FORMS:
            return _FORMS[form](self, self.person(who))
        value = self._value(who, form)
        return mark(_NUMBERS[form], value) if form in _NUMBERS else Marked(value)

    def _value(self, who: str, form: str) -> str:
        if (who, form) not in self._told:
            self._told[who, form] = _VALUES[form](self, self.person(who))
        return self._told[who, form]


def _name(text: str, person: Person) -> Marked:
    return mark("PERSON", text, person.origin)


def _full(scene: Scene, person: Person) -> Marked:
    if person.origin == "chinese" and len(person.surname + person.forename) % 3 == 0:
        return _name(f"{person.surname} {person.forename}", person)
    middle = scene.rng.choices((None, person.middle[0], person.middle), (8, 1, 1))[0]
    return _name(" ".join(part for part in (person.forename, middle, person.surname) if part), person)


def _initial(scene: Scene, person: Person) -> Marked:
    first, middle = person.forename[0], person.middle[0]
    lead = scene.rng.choice(
        (f"{first} ", f"{first}. ", f"{first}.", f"{first} {middle} ", f"{first}.{middle}. ", f"{first}{middle} ")
    )
    return _name(f"{lead}{person.surname}", person)


def _reversed(scene: Scene, person: Person) -> Marked:
    way = scene.habit("reversed", ("{S}, {f}", "{s}, {f}", "{S} {f}", "{S}, {f} {m}", "{s}, {i}", "{S} {i}"))
    parts = {
        "S": person.surname.upper(),
        "s": person.surname,
        "f": person.forename,
        "m": person.middle[0],
        "i": person.forename[0],
    }
    return _name(way.format(**parts), person)


def _formal(scene: Scene, person: Person) -> Marked:
    inner = scene.rng.choice((_full, _initial, _last, _last))(scene, person)
    return join((person.title, inner), " ")


def _last(_: Scene, person: Person) -> Marked:
    return _name(person.surname, person)


def _first(_: Scene, person: Person) -> Marked:
    return _name(person.forename, person)


def _nick(_: Scene, person: Person) -> Marked:
    return _name(NICKNAMES.get(person.forename, person.forename), person)


def _titled(_: Scene, person: Person) -> Marked:
    return join((person.title, _name(person.surname, person)), " ")


def _pronoun(his: str, hers: str) -> Callable[[Scene, Person], Marked]:
    return lambda _, person: Marked(hers if person.female else his)


def _digits(scene: Scene, pattern: str) -> str:
    """The pattern with a digit for each 9; the first is never 0."""
    return re.sub("9", lambda _: str(scene.rng.randint(1, 9)), pattern)


def _grouped(value: str, sizes: Sequence[int], separator: str) -> str:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return separator.join(value[start : start + size] for start, size in zip(starts, sizes, strict=True))


def _nhs(scene: Scene, _: Person) -> str:
    return _grouped(identifiers.nhs(scene.rng), (3, 3, 4), scene.habit("nhs", (" ", " ", "", "-")))


def _nino(scene: Scene, _: Person) -> str:
    value, way = identifiers.nino(scene.rng), scene.habit("nino", ("", " ", "", "-", "lower"))
    return value.lower() if way == "lower" else _grouped(value, (2, 2, 2, 2, 1), way)


def _utr(scene: Scene, _: Person) -> str:
    return _grouped(identifiers.utr(scene.rng), (5, 5), scene.habit("utr", ("", " ")))


def _licence(scene: Scene, person: Person) -> str:
    plain = person.surname.replace(" ", "").translate(places.UNACCENTED)
    initials = (person.forename[0] + person.middle[0]).translate(places.UNACCENTED)
    value = identifiers.driving_licence(scene.rng, plain, initials, person.born, person.female)
    return _grouped(value, (5, 6, 5), scene.habit("licence", ("", " ", "")))


def _vehicle(scene: Scene, _: Person) -> str:
    value = identifiers.vehicle(scene.rng)
    return value.replace(" ", "") if scene.habit("vrm", ("spaced", "spaced", "close")) == "close" else value


def _sort(scene: Scene, _: Person) -> str:
    return _grouped(identifiers.sort_code(scene.rng), (2, 2, 2), scene.habit("sort", ("-", "-", " ", "")))


def _iban(scene: Scene, _: Person) -> str:
    return _grouped(identifiers.iban(scene.rng), (4, 4, 4, 4, 4, 2), scene.habit("iban", ("", " ")))


def _card(scene: Scene, _: Person) -> str:
    return _grouped(identifiers.card(scene.rng), (4, 4, 4, 4), scene.habit("card", (" ", "", "-")))


def _private_mail(scene: Scene, person: Person) -> str:
    first, last = places.ascii_of(person.forename), places.ascii_of(person.surname)
    local = scene.rng.choice(
        (
            f"{first}.{last}",
            f"{first[0]}{last}",
            f"{first}{person.born:%y}",
            f"{last}_{first}",
            f"{first}{last}{scene.rng.randint(1, 99)}",
        )
    )
    return f"{local}@{scene.rng.choice(places.MAIL_HOSTS)}"


def _work_mail(scene: Scene, person: Person) -> str:
    first, last = places.ascii_of(person.forename), places.ascii_of(person.surname)
    way = scene.habit("wmail", ("{0}.{1}@{2}", "{0[0]}{1}@{2}", "{1}{0[0]}@{2}", "{0}.{1}@{2}"))
    return way.format(first, last, scene.habit("domain", places.DOMAINS))


def _secret(scene: Scene, _: Person) -> str:
    word = scene.rng.choice(places.SECRET_WORDS)
    return scene.rng.choice(
        (
            f"{word}{scene.rng.randint(1, 999)}",
            f"{word}{scene.rng.randint(10, 99)}!",
            f"{word.lower()}_{scene.rng.randint(2014, 2024)}",
            f"{word[:4]}#{scene.rng.randint(100, 999)}xQ",
        )
    )


def _reference(key: str, *patterns: str) -> Callable[[Scene, Person], str]:
    return lambda scene, _: _digits(scene, scene.habit(key, patterns))


_FORMS: dict[str, Callable[[Scene, Person], Marked]] = {
    "full": _full,
    "initial": _initial,
    "rev": _reversed,
    "formal": _formal,
    "titled": _titled,
    "first": _first,
    "last": _last,
    "both": lambda _, person: _name(f"{person.forename} {person.surname}", person),
    "nick": _nick,
    "title": lambda _, person: Marked(person.title),
    "he": _pronoun("he", "she"),
    "cap_he": _pronoun("He", "She"),
    "him": _pronoun("him", "her"),
    "his": _pronoun("his", "her"),
    "cap_his": _pronoun("His", "Her"),
    "self": _pronoun("himself", "herself"),
    "sex": _pronoun("M", "F"),
    "parent": _pronoun("father", "mother"),
    "spouse": _pronoun("husband", "wife"),
    "child": _pronoun("son", "daughter"),
    "sibling": _pronoun("brother", "sister"),
    "age": lambda _, person: Marked(str(2022 - person.born.year)),
}

_VALUES: dict[str, Callable[[Scene, Person], str]] = {
    "nhs": _nhs,
    "nino": _nino,
    "utr": _utr,
    "upn": lambda scene, _: identifiers.upn(scene.rng),
    "uprn": lambda scene, _: identifiers.uprn(scene.rng),
    "passport": lambda scene, _: identifiers.passport(scene.rng),
    "licence": _licence,
    "vrm": _vehicle,
    "sort": _sort,
    "account": lambda scene, _: identifiers.account(scene.rng),
    "iban": _iban,
    "card": _card,
    "postcode": lambda scene, _: places.postcode(scene),
    "street": lambda scene, _: places.dwelling(scene),
    "mobile": lambda scene, _: places.mobile(scene),
    "home": lambda scene, _: places.landline(scene),
    "desk": lambda scene, _: places.landline(scene),
    "email": _private_mail,
    "wmail": _work_mail,
    "secret": _secret,
    "dob": lambda scene, person: scene.day(person.born, "dob"),
    "town": lambda scene, _: scene.rng.choice(places.TOWNS),
    "job": lambda scene, _: scene.rng.choice(places.JOBS),
    "user": lambda scene, person: (
        f"{places.ascii_of(person.forename)[0]}{places.ascii_of(person.surname)[:6]}{scene.rng.randint(1, 9)}"
    ),
    "ctax": _reference("ctax", "999999999", "99999999", "CT9999999", "7099999999", "99999999X"),
    "rent": _reference("rent", "R999999", "T/99999/99", "99999999", "TEN-999999", "1099999/1"),
    "claim": _reference("claim", "HB999999", "9999999", "CTR/999999", "C9999999"),
    "care": _reference("care", "P999999", "9999999", "SC/99999", "LAS999999", "M-999999"),
    "pupil": _reference("pupil", "999999", "A99999", "S99999"),
    "emp": _reference("emp", "999999", "E99999", "00999999", "99999"),
    "badge": _reference("badge", "BB999999", "999999/A", "9999-99999"),
}


def short_dates(scene: Scene) -> None:
    """Sheets write dates in figures."""
    scene.manner["date"] = scene.rng.choice(_SHORT_DATES)
    scene.manner["dob"] = scene.rng.choice((scene.manner["date"], *_SHORT_DATES))
