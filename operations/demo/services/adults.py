"""Adult Social Care: case files, safeguarding enquiries, blue badges, and what the care homes cook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from operations.demo import identifiers
from operations.demo.document import Attached, Document, Heading, Message, Photograph, Row, Workbook
from operations.demo.people import Person, officer, person
from operations.demo.plan import CLEAN, CRIMINAL, PICTURE, SPECIAL, PlannedFile, Truth, dice, long_date, moment, scanned
from operations.demo.stationery import facts, guidance, letter, memo, note_to, record, sheet, some

_ROOT = "Adult Social Care"
_HARM = Truth(personal=True, special=True, criminal=True)
_NEEDS = (
    "has a diagnosis of vascular dementia and is often awake at night",
    "has type 2 diabetes and needs help with insulin",
    "had a stroke two years ago and cannot use the right hand",
    "lives with Parkinson's disease and has fallen three times since the autumn",
    "has severe depression and was in hospital under the Mental Health Act",
    "is registered blind and uses a wheelchair out of doors",
)
_CARE = (
    "Two care workers visit four times a day.",
    "A stair lift and a wet room were fitted last year.",
    "Meals are delivered at noon on weekdays.",
    "A neighbour holds a key to the house.",
    "Day care at the Quayside Centre is offered on two days a week.",
)
_DISHES = (
    "Leek and potato soup", "Cottage pie with carrots", "Poached haddock and parsley sauce", "Vegetable lasagne",
    "Roast chicken",
    "Apple crumble and custard", "Rice pudding", "Bread and butter pudding", "Cheese and onion quiche", "Stewed plums",
)  # fmt: skip


def files() -> Iterator[PlannedFile]:
    rng = dice("adults")
    yield from _case_files(rng)
    yield from _safeguarding(rng)
    yield from _blue_badges(rng)
    yield from _menus(rng)
    yield from _guides(rng)


def _case_files(rng: Random) -> Iterator[PlannedFile]:
    for number in range(9):
        one, worker, seen = person(rng, 1926, 1962), officer(rng), moment(rng, 2008)
        stem = f"{_ROOT}/Case Files/{one.surname} {one.first} {40210 + number * 37}"
        suffix = rng.choice(("docx", "pdf", "odt"))
        yield PlannedFile(f"{stem} care plan.{suffix}", seen, _care_plan(rng, one, worker, seen), SPECIAL)
        told = _charges(one, worker, seen)
        if number % 3 == 1:
            yield PlannedFile(f"{stem} charges.png", seen, told, scanned(SPECIAL))
        else:
            yield PlannedFile(f"{stem} charges.{rng.choice(('docx', 'pdf'))}", seen, told, SPECIAL)


def _care_plan(rng: Random, one: Person, worker: str, dated: datetime) -> Document:
    return record(
        "Care and Support Plan", worker, dated,
        facts(("Name", one.name), ("Date of birth", one.birthday), ("NHS number", one.nhs), ("Address", one.address),
              ("Telephone", one.landline), ("Religion", rng.choice(("Methodist", "Roman Catholic", "Sikh", "Jewish"))),
              ("Ethnicity", rng.choice(("White British", "White Irish", "Indian", "Black Caribbean")))),
        Heading("About me"),
        f"{one.formal} {rng.choice(_NEEDS)}. {one.they.title()} would like to stay at home for as long as possible.",
        Heading("Support"), some(rng, _CARE, 3),
        Heading("Review"), f"The plan was agreed with {one.first} and {one.their} family on {long_date(dated)}.",
    )  # fmt: skip


def _charges(one: Person, worker: str, dated: datetime) -> Document:
    return letter(
        worker,
        "Financial Assessment Officer",
        one,
        dated,
        "What you will pay for your care",
        (
            (
                f"We have looked at your pension and savings. Your National Insurance number is {one.nino} and you "
                f"were born on {one.birthday}."
            ),
            (
                "Because of your dementia you do not pay council tax, and we have taken the higher rate of "
                "Attendance Allowance into account. From next month you will pay 74.20 pounds a week towards your "
                "care."
            ),
            "You may ask for a review within four weeks of the date of this letter.",
        ),
    )


def _safeguarding(rng: Random) -> Iterator[PlannedFile]:
    for _ in range(8):
        one, dated = person(rng, 1928, 1960), moment(rng, 2012)
        name = f"Enquiry {dated:%Y-%m} {one.surname}.{rng.choice(('docx', 'pdf', 'docx', 'rtf'))}"
        yield PlannedFile(f"{_ROOT}/Safeguarding/{name}", dated, _enquiry(rng, one, dated), _HARM)
    for _ in range(3):
        sent = moment(rng, 2017)
        name = f"FW concern {sent:%Y%m%d}.eml"
        yield PlannedFile(f"{_ROOT}/Safeguarding/{name}", sent, _concern(rng, sent), _HARM)


def _enquiry(rng: Random, one: Person, dated: datetime) -> Document:
    accused = person(rng, 1965, 1995)
    return record(
        "Safeguarding adults enquiry (Care Act 2014, section 42)", officer(rng), dated,
        facts(("Adult at risk", one.name), ("Date of birth", one.birthday), ("NHS number", one.nhs), ("Address",
        one.address)),
        f"{one.formal} {rng.choice(_NEEDS)}.",
        f"It is alleged that {accused.name}, a care worker, took money from {one.first}'s purse on several visits. "
        f"The police have arrested {accused.formal} on suspicion of theft; {accused.they} has a previous conviction "
        "for fraud.",
        "The care agency has suspended the worker. The bank has been asked for statements.",
        "Conclusion: the allegation of financial abuse is substantiated on the balance of probabilities.",
    )  # fmt: skip


def _concern(rng: Random, sent: datetime) -> Message:
    daughter, mother = person(rng, 1958, 1975), person(rng, 1930, 1945)
    body = (
        f"I am worried about my mother, {mother.name}, date of birth {mother.birthday}, who {rng.choice(_NEEDS)}. "
        "She had bruises on her wrist again on Sunday and says the night carer hit her. The police have arrested a "
        "man for assault."
    )
    photo = Photograph(("Samsung", "SM-G960F"), sent, 55.4, 2.9, f"concern {sent}")
    return note_to("adult.safeguarding", daughter, sent, "Worried about my mum", body, Attached("IMG_2231.jpg", photo))


def _blue_badges(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Blue Badges"
    for year, suffix in ((2011, "csv"), (2016, "xlsx"), (2022, "xlsx")):
        dated = moment(rng, year, year)
        yield PlannedFile(f"{folder}/Badge register {year}.{suffix}", dated, _register(rng, dated), SPECIAL)
    for number in range(5):
        one, dated = person(rng, 1935, 1985), moment(rng, 2013)
        path = f"{folder}/Application {one.surname} {number + 1}.{rng.choice(('pdf', 'docx', 'odt'))}"
        yield PlannedFile(path, dated, _application(rng, one, dated), SPECIAL)
    dated = moment(rng, 2020, 2020)
    misuse = record(
        "Blue badge misuse: warning", officer(rng), dated, _misuse(rng),
        "The badge holder had died in the previous year. An offence under section 117 of the Road Traffic "
        "Regulation Act 1984 is suspected and the file was sent for prosecution.",
    )  # fmt: skip
    yield PlannedFile(f"{folder}/Misuse warning.docx", dated, misuse, CRIMINAL)
    for number in range(2):
        taken = moment(rng, 2015)
        bay = Photograph(("Canon", "PowerShot A540"), taken, 55.2, 3.1, f"bay {number}")
        yield PlannedFile(f"{folder}/Disabled bay Quay Street {number + 1}.jpg", taken, bay, PICTURE)


def _misuse(rng: Random) -> str:
    one = person(rng, 1960, 1990)
    plate = identifiers.vehicle_registration(rng)
    return (
        f"{one.title} {one.name} of {one.address}, driver of vehicle registration {plate}, was interviewed under "
        "caution."
    )


def _register(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [
        ("Badge no", "Surname", "First name", "DOB", "NI number", "Address", "Postcode", "Telephone", "Disability")
    ]
    for _ in range(40):
        one = person(rng, 1930, 1995)
        rows.append(
            (
                identifiers.digits(rng, 6),
                one.surname,
                one.first,
                one.birthday,
                one.nino,
                f"{one.street}, {one.town}",
                one.postcode,
                one.landline,
                rng.choice(("Osteoarthritis", "Multiple sclerosis", "Emphysema", "Epilepsy")),
            )
        )
    return sheet(f"Blue badge register {dated.year}", "Blue Badge Team", dated, rows)


def _application(rng: Random, one: Person, dated: datetime) -> Document:
    return record(
        "Blue Badge application", "Blue Badge Team", dated,
        facts(("Full name", one.name), ("Date of birth", one.birthday), ("National Insurance number", one.nino),
              ("Address", one.address), ("Mobile", one.mobile), ("E-mail", one.mail),
              ("Vehicle registration", identifiers.vehicle_registration(rng))),
        f"The applicant {rng.choice(_NEEDS)}. {one.they.title()} can walk fewer than 50 metres without severe pain.",
        f"Payment of 10.00 pounds taken by card {identifiers.payment_card(rng)}, expiry 09/{dated.year % 100 + 2:02}.",
    )  # fmt: skip


def _menus(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Care Home Menus"
    for home in ("Beacon House", "The Tannery", "Quayside", "Orchard Lea"):
        for season in ("Spring", "Autumn"):
            dated = moment(rng, 2010)
            suffix = rng.choice(("docx", "xlsx", "pdf", "odt"))
            content = _menu_sheet(rng, home, dated) if suffix == "xlsx" else _menu(rng, home, season, dated)
            yield PlannedFile(f"{folder}/{home} {season.lower()} menu {dated.year}.{suffix}", dated, content, CLEAN)
    dated = moment(rng, 2015)
    yield PlannedFile(f"{folder}/Catering stock list.csv", dated, _stock(rng, dated), CLEAN)


def _menu(rng: Random, home: str, season: str, dated: datetime) -> Document:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    meals = (f"{day}: {'; '.join(rng.sample(_DISHES, 3))}." for day in days)
    return record(
        f"{home}: {season.lower()} menu",
        "Care Catering",
        dated,
        *meals,
        "Allergens are listed on the board by the hatch.",
    )


def _menu_sheet(rng: Random, home: str, dated: datetime) -> Workbook:
    rows = [(f"Week {week}", *rng.sample(_DISHES, 3)) for week in range(1, 5)]
    return sheet(f"{home} menus", "Care Catering", dated, [("Week", "Starter", "Main", "Pudding"), *rows])


def _stock(rng: Random, dated: datetime) -> Workbook:
    goods = (
        "Plain flour 16 kg",
        "Baked beans 2.62 kg",
        "Custard powder 3 kg",
        "Long grain rice 10 kg",
        "Tinned plums 2.5 kg",
    )
    rows = [
        (rng.choice(goods), identifiers.ean13(rng), identifiers.digits(rng, 10), rng.randrange(1, 60))
        for _ in range(50)
    ]
    return sheet("Catering stock", "Care Catering", dated, [("Item", "Barcode", "Supplier part", "In stock"), *rows])


def _guides(rng: Random) -> Iterator[PlannedFile]:
    for title, folder, suffix, text in _GUIDES:
        dated = moment(rng, 2014)
        guide = guidance(title, "Adult Commissioning Team", dated, (
            ("Purpose", text),
            ("Who it applies to", ("All teams of Adult Social Care, and agencies that work under contract to the "
                                   "council.")),
            ("Monitoring", "Contract officers report on compliance each quarter to the commissioning board."),
        ))  # fmt: skip
        yield PlannedFile(f"{_ROOT}/{folder}/{title}.{suffix}", dated, guide, CLEAN)
    sent = moment(rng, 2023)
    note = memo(
        "Care Catering", "care.homes", sent, "Allergen board", "New allergen boards come on Tuesday, order 8830024417."
    )
    yield PlannedFile(f"{_ROOT}/Care Home Menus/Allergen board.eml", sent, note, CLEAN)


_GUIDES = (
    (
        "Menu planning standard",
        "Care Home Menus",
        "pdf",
        "Homes offer two hot choices at midday and fruit at every meal.",
    ),
    (
        "Hydration guide",
        "Care Home Menus",
        "docx",
        "Drinks are offered at least seven times a day and jugs are changed at noon.",
    ),
    (
        "Blue badge eligibility guide",
        "Blue Badges",
        "pdf",
        "The guide sets out the tests that the Department for Transport requires.",
    ),
    (
        "Threshold matrix for providers",
        "Safeguarding",
        "docx",
        "The matrix helps providers tell poor practice from what must be reported.",
    ),
    (
        "How to record an enquiry",
        "Safeguarding",
        "odt",
        "Record what was said in the words that were used, with the time and the place.",
    ),
)
