"""Highways: streetworks, claims from people who were hurt, photographs of roads, and the gritting of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from operations.demo import identifiers
from operations.demo.document import (
    Archive,
    Attached,
    Document,
    Heading,
    Message,
    Photograph,
    Row,
    Slide,
    Slides,
    Workbook,
)
from operations.demo.people import TOWNS, Person, officer, person
from operations.demo.plan import (
    CLEAN,
    CRIMINAL,
    PERSONAL,
    PICTURE,
    SPECIAL,
    PlannedFile,
    dice,
    later,
    long_date,
    moment,
    scanned,
)
from operations.demo.stationery import facts, guidance, letter, memo, note_to, record, sheet

_ROOT = "Highways"
_TEAM = "Highways Asset Team"
_ROADS = ("A3917", "B2210", "Station Road", "Mill Lane", "Quay Street", "Beacon Hill", "C214", "Tannery Lane")
_DEFECTS = ("pothole 60 mm deep", "raised ironwork", "broken kerb", "standing water", "missing sign", "worn markings")
_INJURIES = (
    "a broken ankle",
    "a fractured wrist and bruising",
    "a torn ligament",
    "concussion",
    "a dislocated shoulder",
)
_CAMERAS = (("Canon", "PowerShot A540"), ("Panasonic", "DMC-FT5"), ("Apple", "iPhone 11"), ("NIKON", "COOLPIX L22"))


def files() -> Iterator[PlannedFile]:
    rng = dice("highways")
    yield from _streetworks(rng)
    yield from _claims(rng)
    yield from _photographs(rng)
    yield from _gritting(rng)


def _streetworks(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Streetworks"
    for number in range(7):
        dated = moment(rng, 2008)
        permit = f"WX{identifiers.digits(rng, 10)}"
        path = f"{folder}/Permit {permit}.{rng.choice(('pdf', 'docx', 'pdf', 'html'))}"
        yield PlannedFile(path, dated, _permit(rng, permit, dated), CLEAN)
        if number % 2:
            weekly = dated + timedelta(days=5)
            yield PlannedFile(f"{folder}/Inspections {weekly:%Y-%m-%d}.csv", weekly, _inspections(rng, weekly), CLEAN)
    for year in (2010, 2017, 2025):
        dated = moment(rng, year, year)
        yield PlannedFile(f"{folder}/Asset register {year}.xlsx", dated, _assets(rng, dated), CLEAN)
    for number in range(2):
        dated = moment(rng, 2018)
        works = memo(
            "Streetworks Team",
            "streetworks",
            dated,
            f"Works on the {rng.choice(_ROADS)}",
            "The closure is put back a week. The permit is attached.",
            Attached("permit.pdf", _permit(rng, "WX0044187236", dated)),
        )
        yield PlannedFile(f"{folder}/Closure put back {number + 1}.eml", dated, works, CLEAN)
    dated = moment(rng, 2024)
    yield PlannedFile(f"{folder}/Lane rental briefing.pptx", dated, _briefing(dated), CLEAN)


def _permit(rng: Random, permit: str, dated: datetime) -> Document:
    return record(
        f"Street works permit {permit}", "Streetworks Team", dated,
        facts(("Works reference", permit), ("Street", rng.choice(_ROADS)), ("USRN", identifiers.digits(rng, 8)),
              ("Promoter", rng.choice(("Wendle Water", "South West Fibre", "Gas Networks West"))),
              ("Traffic control", rng.choice(("Two-way signals", "Stop and go boards", "Road closure")))),
        (f"Works may begin at 09:30 on {long_date(later(rng, dated, 30))} and are to end within "
         f"{rng.randrange(2, 12)} working days."),
        ("Reinstatement is to follow the Specification for the Reinstatement of Openings in Highways. Cores may be "
         "taken."),
        (f"Grid reference {rng.randrange(240_000, 299_999)}, {rng.randrange(60_000, 99_999)}. Queries: "
         "streetworks@example.org."),
    )  # fmt: skip


def _inspections(rng: Random, dated: datetime) -> Workbook:
    head = ("Inspection", "Logged", "USRN", "Easting", "Northing", "Defect", "Category", "Job number")
    rows = [
        (
            identifiers.digits(rng, 7),
            f"{dated - timedelta(minutes=rng.randrange(5000)):%Y-%m-%dT%H:%M:%SZ}",
            identifiers.digits(rng, 8),
            rng.randrange(240_000, 299_999),
            rng.randrange(60_000, 99_999),
            rng.choice(_DEFECTS),
            rng.choice(("1", "2H", "2M")),
            identifiers.digits(rng, 10),
        )
        for _ in range(60)
    ]
    return sheet("Inspections", _TEAM, dated, [head, *rows])


def _assets(rng: Random, dated: datetime) -> Workbook:
    head = ("Asset number", "Type", "Manufacturer part", "EAN", "Installed", "Replacement cost")
    kinds = ("Street light column 8 m", "LED lantern 42 W", "Gully", "Bollard", "Traffic signal head", "Grit bin 400 l")
    rows = [
        (
            identifiers.digits(rng, 10),
            rng.choice(kinds),
            f"{rng.randrange(100, 999)}-{rng.randrange(100, 999)}-{rng.randrange(1000, 9999)}",
            identifiers.ean13(rng),
            f"{moment(rng, 2007, dated.year):%d/%m/%Y}",
            rng.randrange(90, 2400),
        )
        for _ in range(150)
    ]
    return sheet(f"Highway asset register {dated.year}", _TEAM, dated, [head, *rows])


def _briefing(dated: datetime) -> Slides:
    return Slides(
        "Lane rental: a briefing",
        _TEAM,
        dated,
        (
            Slide(
                "Why charge for the road?",
                ("Fewer days dug up", "Works at night where they can be", "The surplus repairs roads"),
            ),
            Slide("Which roads", ("A3917 between Marnford and Ottering", "Quay Street from 07:00 to 19:00")),
        ),
    )


def _claims(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Claims"
    for number in range(7):
        one, dated = person(rng, 1938, 1995), moment(rng, 2009)
        stem = f"{folder}/HC-{2200 + number * 41} {one.surname}"
        yield PlannedFile(
            f"{stem} claim form.{rng.choice(('docx', 'pdf', 'odt'))}", dated, _claim(rng, one, dated), SPECIAL
        )
        answer = later(rng, dated, 80)
        yield PlannedFile(
            f"{stem} decision.{rng.choice(('docx', 'pdf'))}", answer, _decision(rng, one, answer), PERSONAL
        )
        if number % 3 == 0:
            yield PlannedFile(f"{stem} letter scan.png", dated, _handed_in(rng, one, dated), scanned(SPECIAL))
    for number in range(3):
        one, sent = person(rng, 1945, 1998), moment(rng, 2016)
        yield PlannedFile(f"{folder}/Claim by e-mail {number + 1}.eml", sent, _claims_by_mail(rng, one, sent), SPECIAL)
    one, dated = person(rng), moment(rng, 2019)
    yield PlannedFile(f"{folder}/Suspected fraud {one.surname}.docx", dated, _fraud(rng, one, dated), CRIMINAL)
    yield PlannedFile(f"{folder}/Claims register.xlsx", later(rng, dated, 900), _register(rng, dated), PERSONAL)
    dated = moment(rng, 2016)
    guide = guidance("Handling claims under section 58", _TEAM, dated, (
        ("The defence", ("The council is not liable where it took such care as was reasonably needed, Highways Act "
                         "1980 section 58.")),
        ("What to gather", "Inspection records for twelve months, photographs with a scale, and the repair ticket."),
    ))  # fmt: skip
    yield PlannedFile(f"{folder}/Handling claims.docx", dated, guide, CLEAN)


def _claim(rng: Random, one: Person, dated: datetime) -> Document:
    return record(
        "Claim against the highway authority", _TEAM, dated,
        facts(("Claimant", one.name), ("Date of birth", one.birthday), ("National Insurance number", one.nino),
              ("Address", one.address), ("Mobile", one.mobile), ("Place of accident", rng.choice(_ROADS))),
        Heading("What happened"),
        f"I was walking home when my foot caught in a {rng.choice(_DEFECTS)}. I fell and suffered "
        f"{rng.choice(_INJURIES)}. I was taken to Marnford General Hospital by ambulance and had an operation. I "
        "still need painkillers and physiotherapy.",
        Heading("What I claim"), f"Loss of earnings and damages of {rng.randrange(1200, 18000)} pounds.",
    )  # fmt: skip


def _decision(rng: Random, one: Person, dated: datetime) -> Document:
    result = rng.choice(("We admit liability and our insurer will write to you with an offer.",
                         ("We inspected the road eleven days before and found no defect that called for repair. We "
                          "deny liability.")))  # fmt: skip
    return letter(
        officer(rng),
        "Claims Officer",
        one,
        dated,
        "Your claim against the council",
        (
            f"We have looked into your claim about {rng.choice(_ROADS)}.",
            result,
            f"If we have your telephone number wrong ({one.mobile}), please tell us.",
        ),
    )


def _handed_in(rng: Random, one: Person, dated: datetime) -> Document:
    return record(
        "Accident in the street", one.name, dated,
        f"{one.name}\n{one.street}\n{one.town}\n{one.postcode}\nTel {one.landline}", long_date(dated),
        "Dear Sir or Madam",
        (f"I am {dated.year - one.born.year} years old (born {one.birthday}) and I fell over a "
         f"{rng.choice(_DEFECTS)} in {rng.choice(_ROADS)}."),
        f"The hospital says I have {rng.choice(_INJURIES)}. My NHS number is {one.nhs}. I take tablets for my heart "
        "condition and the doctor is worried about blood clots.",
        f"Yours faithfully\n\n{one.name}",
    )  # fmt: skip


def _claims_by_mail(rng: Random, one: Person, sent: datetime) -> Message:
    body = (
        f"To whom it may concern\n\nI came off my bicycle on {rng.choice(_ROADS)} because of a "
        f"{rng.choice(_DEFECTS)} and I have {rng.choice(_INJURIES)}. I was in hospital for two nights. My date of "
        f"birth is {one.birthday} and my National Insurance number is {one.nino}."
    )
    photo = Photograph(rng.choice(_CAMERAS), sent, 55.7, 3.3, f"claim {one.nino}")
    return note_to("highways.claims", one, sent, "Injury claim", body, Attached("hole.jpg", photo))


def _fraud(rng: Random, one: Person, dated: datetime) -> Document:
    return record(
        "Note for the insurer: suspected fraud", officer(rng), dated,
        f"{one.title} {one.name}, date of birth {one.birthday}, of {one.address}, has made four claims in two years.",
        f"Police records show that {one.they} was convicted of fraud in {dated.year - 3} and is now under "
        "investigation for perverting the course of justice. The photographs sent with the claim show another "
        "county's street furniture.",
    )  # fmt: skip


def _register(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Claim", "Claimant surname", "First name", "Postcode", "Telephone", "Reserve", "Status")]
    for number in range(35):
        one = person(rng)
        rows.append(
            (
                f"HC-{2200 + number * 41}",
                one.surname,
                one.first,
                one.postcode,
                one.mobile,
                rng.randrange(500, 20000),
                rng.choice(("Open", "Repudiated", "Settled")),
            )
        )
    return sheet("Claims register", _TEAM, dated, rows)


def _photographs(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Photographs"
    for number in range(15):
        taken = moment(rng, 2006)
        north, east = round(rng.uniform(54.8, 56.2), 5), round(rng.uniform(2.0, 4.0), 5)
        photo = Photograph(rng.choice(_CAMERAS), taken, north, east, f"road {number}")
        yield PlannedFile(f"{folder}/{taken:%Y}/DSC{rng.randrange(10000):05}.jpg", taken, photo, PICTURE)
    dated = moment(rng, 2018)
    survey = tuple(
        Attached(
            f"survey/IMG_{4000 + number}.jpg",
            Photograph(_CAMERAS[1], dated, 55.1, 2.5 + number / 10, f"survey {number}"),
        )
        for number in range(4)
    )
    readme = Attached(
        "survey/readme.txt",
        record("Carriageway survey", _TEAM, dated, "Chainage 0 to 400 m, every 100 m, looking east."),
    )
    yield PlannedFile(f"{folder}/Carriageway survey.zip", dated, Archive(dated, (*survey, readme)), CLEAN)


def _gritting(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Gritting"
    for winter in (2009, 2010, 2012, 2015, 2017, 2020, 2022, 2025):
        dated = moment(rng, winter, winter)
        path = f"{folder}/Gritting log {winter}.{rng.choice(('csv', 'xlsx', 'csv'))}"
        yield PlannedFile(path, dated, _log(rng, dated), CLEAN)
    for number in range(6):
        dated = moment(rng, 2010)
        route = record(f"Gritting route {number + 1}", _TEAM, dated, *(
            (f"{leg}. {rng.choice(_ROADS)} to {rng.choice(TOWNS)}, {rng.randrange(2, 9)}.{rng.randrange(10)} km at "
             f"{rng.choice((10, 20))} g/m2.")
            for leg in range(1, 9)))  # fmt: skip
        yield PlannedFile(
            f"{folder}/Route {number + 1}.{rng.choice(('docx', 'pdf', 'odt', 'rtf'))}", dated, route, CLEAN
        )
    for title in ("Winter service plan final", "Winter service plan final v2", "Winter service plan final v2 (3)"):
        dated = moment(rng, 2021, 2021) if title.endswith("final") else later(rng, dated, 40)
        yield PlannedFile(f"{folder}/{title}.docx", dated, _winter_plan(dated), CLEAN)


def _log(rng: Random, dated: datetime) -> Workbook:
    head = ("Telematics record", "Started", "Vehicle unit", "Route", "Salt kg", "Odometer", "Road temp")
    rows = [
        (
            identifiers.digits(rng, 10),
            f"{dated - timedelta(minutes=rng.randrange(120_000)):%Y%m%d%H%M%S}",
            f"G{rng.randrange(10, 30)}",
            rng.randrange(1, 19),
            rng.randrange(400, 6000),
            identifiers.digits(rng, 9),
            round(rng.uniform(-6, 3), 1),
        )
        for _ in range(120)
    ]
    return sheet(f"Gritting log {dated.year}", _TEAM, dated, [head, *rows])


def _winter_plan(dated: datetime) -> Document:
    return guidance("Winter service plan", _TEAM, dated, (
        ("Decision to grit", ("The duty officer decides by 13:00 on the forecast. Roads are treated when 1 degree "
                              "or lower is expected.")),
        ("Salt", f"The barns hold {4000 + dated.day * 10} tonnes at the beginning of October."),
        ("Contacts", "The control room is open all night on 03069 990120, winter@example.org."),
    ))  # fmt: skip
