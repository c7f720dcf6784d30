"""Invented places, firms and offices, and the numbers that reach them."""

# ruff: noqa: E501, SIM905 -- places are lists of words

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from . import identifiers
from .marked import Marked, join, mark

if TYPE_CHECKING:
    from .scene import Scene

UNACCENTED = str.maketrans("ŁłŚśŻżŹźĆćŃńĄąĘęÓóÁáÉéÍíÚúÔô", "LlSsZzZzCcNnAaEeOoAaEeIiUuOo")
TOWNS = "Netherfold|Wexbourne|Hallowby|Carrick Mills|Easterley|Pontalun|Thornley Bridge|Marlingford|Stokesham|Drumbeg|Abernant|Kirkwold|Low Barton|Saltmere|Garsdyke|Llanfedw".split(
    "|"
)
STREETS = (
    "Mill Lane|Station Road|Quarry Street|Albert Terrace|Hawthorn Close|Larch Avenue|Priory Gardens|Beech Grove|Canal Walk|Chapel Hill"
    "|Viaduct Road|Sandpiper Way|Coronation Drive|Tannery Court|St Aidan's Crescent|Old Rectory Mews|Weavers Row|Fernleigh Rise|Ings View"
    "|Heol y Felin|Ffordd yr Afon|Maes Glas|Orchard Place|Windmill Green|Battersby Street|Queen Street|Highfield Road|Lower Moor Lane"
    "|Penny Bank|Cricketers Way|Abbey Park Road|The Crescent|Manor Drive|Dyke Lane|Hope Street|Ridings Avenue"
).split("|")  # fmt: skip
COUNCILS = (
    "Wexbourne Borough Council",
    "Netherfold City Council",
    "Hallowshire County Council",
    "Easterley District Council",
    "Cyngor Sir Abernant",
    "Carrick Metropolitan Council",
)
DOMAINS = (
    "wexbourne.gov.uk",
    "netherfold.gov.uk",
    "hallowshire.gov.uk",
    "easterley-dc.gov.uk",
    "abernant.gov.uk",
    "carrickmbc.gov.uk",
)
MAIL_HOSTS = (
    "gmail.com",
    "hotmail.co.uk",
    "yahoo.co.uk",
    "btinternet.com",
    "outlook.com",
    "sky.com",
    "icloud.com",
    "live.co.uk",
    "talktalk.net",
)
FIRMS = (
    "Brackley Highways Ltd|Orchid Facilities Management plc|T. H. Pollard & Sons|Northgate Plumbing Supplies|Ace Fencing (Wexbourne) Ltd|Quill Stationers"
    "|Greenline Coaches|Sable Software Ltd|Castlegate Lifts|Harrow & Penn Solicitors LLP|Delphi Playgrounds Ltd|Morgan Bates Surveyors|Blue Kite Catering"
    "|Tyneside Aggregates|Kestrel Security Group|Mabel's Bakery|Evans Bros Joinery|Patel & Co Pharmacy|Halden Water Services|Pennant Print"
).split("|")  # fmt: skip
SCHOOLS = "Ings Lane Primary|St Oswald's RC Primary School|Ysgol Bryn Coch|Wexbourne Academy|Thornley Bridge Infants|Abbey Park High School|Larchfield Nursery|Marling Community College|Little Acorns Pre-School".split(
    "|"
)
TEAMS = "Housing Options|Revenues and Benefits|Adult Social Care|Customer Services|Planning Enforcement|Highways|Environmental Health|Licensing|Children's Services|Parking Services|Democratic Services|Human Resources|Legal|Finance|Waste and Recycling|Libraries|Estates|Early Help|Electoral Services|Facilities".split(
    "|"
)
WARDS = "Abbey|Moorside|Canal & Central|Thornley|Priory|Ings|Saltmere North|Highfield|Llanfedw|Drumbeg East".split("|")
JOBS = "Social Worker|Housing Officer|Team Leader|Benefits Assessor|Senior Practitioner|Income Officer|Customer Adviser|Case Officer|HR Adviser|Environmental Health Officer|Tenancy Officer|Head of Service|Planning Officer|Occupational Therapist|Support Worker|Business Support|Service Manager|Parking Officer|Licensing Officer|Family Support Worker".split(
    "|"
)
SURGERIES = (
    "Priory Surgery|Canal Street Medical Practice|Moorside Health Centre|The Larches Practice|Meddygfa Bryn".split("|")
)
HOSPITALS = "Wexbourne General|St Hilda's|the Infirmary|Ysbyty Abernant|Netherfold Royal".split("|")
ROLES = "info enquiries customer.services planning council.tax benefits payroll accounts sales licensing parking democratic.services procurement servicedesk highways noreply post.room".split()
SECRET_WORDS = (
    "Marigold",
    "Tractor",
    "Snowdon",
    "Wednesday",
    "Bluebell",
    "Liverpool",
    "Kestrel",
    "Biscuit",
    "Toffee",
    "Rainbow",
)
_HOURS = ("09", "10", "11", "12", "13", "14", "15", "16")
_CODES = ("01632", "01484", "01274", "01422", "01792", "01978", "01904", "01723", "01482", "01606")
_CITIES = ("0113 496", "0114 496", "0121 496", "0161 496", "0191 498", "029 2018", "020 7946")


def ascii_of(name: str) -> str:
    """The name as it stands in addresses: small plain letters."""
    plain = unicodedata.normalize("NFKD", name.translate(UNACCENTED)).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalpha())


def postcode(scene: Scene) -> str:
    value = identifiers.postcode(scene.rng)
    return value.replace(" ", "") if scene.habit("postcode", ("spaced",) * 6 + ("close",)) == "close" else value


def dwelling(scene: Scene) -> str:
    rng = scene.rng
    number = f"{rng.randint(1, 240)}{rng.choice(('', '', '', '', '', 'a', 'B'))}"
    flat = rng.choices(
        ("", f"Flat {rng.randint(1, 48)}, ", f"Flat {rng.randint(1, 12)} ", f"Apt {rng.randint(1, 30)}, "),
        (12, 3, 1, 1),
    )[0]
    return f"{flat}{number} {rng.choice(STREETS)}"


def mobile(scene: Scene) -> str:
    rng = scene.rng
    if rng.random() < 0.5:
        head, tail = "07700", f"900{rng.randint(0, 999):03d}"
    else:
        head, tail = f"07{rng.choice('45789')}{rng.randint(10, 99)}", f"{rng.randint(0, 999999):06d}"
    ways = (
        f"{head} {tail}",
        f"{head}{tail}",
        f"{head} {tail[:3]} {tail[3:]}",
        f"+44 {head[1:]} {tail}",
        f"+44 (0){head[1:]} {tail}",
        f"+44{head[1:]}{tail}",
        f"{head}-{tail}",
    )
    return rng.choices(ways, (6, 5, 4, 2, 1, 1, 1))[0]


def landline(scene: Scene) -> str:
    rng = scene.rng
    if rng.random() < 0.35:
        code, middle = rng.choice(_CITIES).split()
        tail = f"{middle} 0{rng.randint(0, 999):03d}"
    else:
        code, tail = rng.choice(_CODES), f"{rng.randint(200000, 999999)}"
    ways = (
        f"{code} {tail}",
        f"({code}) {tail}",
        f"{code}{tail.replace(' ', '')}",
        f"+44 (0){code[1:]} {tail}",
        f"+44 {code[1:]} {tail}",
        f"{code}-{tail.replace(' ', '')}",
    )
    return rng.choices(ways, (7, 4, 3, 1, 1, 1))[0]


def _of(options: list[str] | tuple[str, ...]) -> Callable[[Scene], Marked]:
    return lambda scene: Marked(scene.rng.choice(options))


def _habit(key: str, options: list[str] | tuple[str, ...]) -> Callable[[Scene], Marked]:
    return lambda scene: Marked(scene.habit(key, options))


def _date(scene: Scene) -> Marked:
    return Marked(scene.day(scene.lately()))


def _soon(scene: Scene) -> Marked:
    """A day of this document's year, without the year."""
    when = date(2021, 1, 1) + timedelta(days=scene.rng.randrange(365))
    return Marked(when.strftime(scene.rng.choice(("%-d %B", "%A %-d %B", "%a %-d %b", "%-d %b", "%A"))))


def _money(scene: Scene) -> Marked:
    return Marked(f"£{scene.rng.randint(8, 3900):,}.{scene.rng.randint(0, 99):02d}")


def _between(low: int, high: int) -> Callable[[Scene], Marked]:
    return lambda scene: Marked(str(scene.rng.randint(low, high)))


def _time(scene: Scene) -> Marked:
    hour, minute = scene.rng.choice(_HOURS), scene.rng.choice(("00", "05", "15", "20", "30", "45", "50"))
    way = scene.habit("time", ("{}:{}", "{}.{}", "{}{} hrs", "{}:{}"))
    return Marked(way.format(hour, minute))


def _role_mail(scene: Scene) -> Marked:
    return mark("EMAIL_ADDRESS", f"{scene.rng.choice(ROLES)}@{scene.habit('domain', DOMAINS)}")


def _firm_mail(scene: Scene) -> Marked:
    host = ascii_of(scene.rng.choice(FIRMS))[:12]
    return mark(
        "EMAIL_ADDRESS", f"{scene.rng.choice(('sales', 'accounts', 'info', 'office', 'hello', 'orders'))}@{host}.co.uk"
    )


def _switchboard(scene: Scene) -> Marked:
    free = (
        f"0300 {scene.rng.randint(100, 999)} {scene.rng.randint(1000, 9999)}",
        f"0800 {scene.rng.randint(100, 999)} {scene.rng.randint(1000, 9999)}",
    )
    return mark("UK_PHONE", scene.rng.choice((*free, landline(scene), landline(scene))))


def _office(scene: Scene) -> Marked:
    street = mark("ADDRESS", f"{scene.rng.randint(1, 90)} {scene.rng.choice(STREETS)}")
    return join((street, scene.rng.choice(TOWNS), mark("UK_POSTCODE", postcode(scene))), ", ")


def _planning(scene: Scene) -> Marked:
    return Marked(
        f"{scene.rng.randint(15, 24)}/{scene.rng.randint(100, 4999):05d}/{scene.rng.choice(('FUL', 'HHA', 'OUT', 'LBC', 'TPO'))}"
    )


def _number(kind: str, draw: Callable[[Scene], str]) -> Callable[[Scene], Marked]:
    return lambda scene: mark(kind, draw(scene))


def _ip(scene: Scene) -> str:
    rng = scene.rng
    lead = rng.choice(("10", "192.168", "172.16", f"{rng.randint(80, 95)}.{rng.randint(1, 250)}", "203.0.113"))
    return ".".join([lead, *(str(rng.randint(1, 254)) for _ in range(3 - lead.count(".")))])


def _grid(scene: Scene) -> Marked:
    return Marked(f"{scene.rng.randint(400000, 449999)}\t{scene.rng.randint(410000, 449999)}")


THINGS: dict[str, Callable[[Scene], Marked]] = {
    "date": _date,
    "soon": _soon,
    "time": _time,
    "money": _money,
    "num": _between(2, 60),
    "big": _between(110, 9800),
    "few": _between(2, 6),
    "dd": _between(10, 28),
    "year": _between(2012, 2024),
    "yy": _between(14, 24),
    "six": _between(100000, 999999),
    "town": _of(TOWNS),
    "road": _of(STREETS),
    "council": _habit("council", COUNCILS),
    "firm": _of(FIRMS),
    "school": _of(SCHOOLS),
    "team": _of(TEAMS),
    "ward": _of(WARDS),
    "gp": _of(SURGERIES),
    "hospital": _of(HOSPITALS),
    "role": _role_mail,
    "firmmail": _firm_mail,
    "switch": _switchboard,
    "office": _office,
    "orgstreet": _number("ADDRESS", lambda scene: f"{scene.rng.randint(1, 90)} {scene.rng.choice(STREETS)}"),
    "orgpost": _number("UK_POSTCODE", postcode),
    "uprn": _number("UK_UPRN", lambda scene: identifiers.uprn(scene.rng)),
    "vrm": _number("UK_VEHICLE_REGISTRATION", lambda scene: identifiers.vehicle(scene.rng)),
    "sort": _number(
        "UK_SORT_CODE",
        lambda scene: "{}{}-{}{}-{}{}".format(*identifiers.sort_code(scene.rng)),
    ),
    "account": _number("UK_ACCOUNT", lambda scene: identifiers.account(scene.rng)),
    "utr": _number("UK_UTR", lambda scene: identifiers.utr(scene.rng)),
    "iban": _number("IBAN_CODE", lambda scene: identifiers.iban(scene.rng)),
    "ip": _number("IP_ADDRESS", _ip),
    "planref": _planning,
    "pcn": lambda scene: Marked(f"{scene.rng.choice(('WX', 'NF', 'HL'))}{scene.rng.randint(10000000, 99999999)}"),
    "grid": _grid,
    "badnhs": lambda scene: Marked(identifiers.false_nhs(scene.rng)),
    "badnino": lambda scene: Marked(identifiers.false_nino(scene.rng)),
    "badcard": lambda scene: Marked(identifiers.false_card(scene.rng)),
    "badiban": lambda scene: Marked(identifiers.false_iban(scene.rng)),
    "guid": lambda scene: Marked("-".join(f"{scene.rng.getrandbits(size * 4):0{size}x}" for size in (8, 4, 4, 4, 12))),
    "ean": lambda scene: Marked(f"50{scene.rng.randint(10**10, 10**11 - 1)}"),
    "hex": lambda scene: Marked(f"{scene.rng.getrandbits(40):010x}"),
}
