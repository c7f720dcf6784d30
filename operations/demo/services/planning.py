"""Planning: applications and what neighbours say of them, enforcement, the committee's minutes, the local plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from operations.demo import identifiers
from operations.demo.document import Attached, Document, Heading, Message, Plan, Row, Slide, Slides, Workbook
from operations.demo.people import Person, officer, person
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
)
from operations.demo.stationery import facts, guidance, letter, memo, note_to, record, sheet, some

_ROOT = "Planning"
_TEAM = "Planning Policy Team"
_SCHEMES = (
    "single-storey rear extension", "conversion of barn to two dwellings", "loft conversion with dormer",
    "erection of 14 dwellings",
    "change of use from shop to cafe", "detached garage", "replacement of shopfront", "felling of two oaks",
)  # fmt: skip
_GROUNDS = (
    "The extension would overlook my garden and take the light from my kitchen.",
    "The lane is already full of parked cars and a fire engine could not get past.",
    "The drains on this road flood every winter as it is.",
    "It would be quite out of keeping with the conservation area.",
    "The notice was put on a lamp post where nobody could read it.",
)
_POLICY_TEXT = (
    "Development will be supported within the settlement boundaries shown on the policies map.",
    "Proposals should respect the scale, materials and grain of the place they stand in.",
    "On sites of ten homes or more, thirty per cent are to be affordable.",
    "Land at risk of flooding will be developed only where no other site will do.",
    "Employment land is protected unless it has been marketed for twelve months without success.",
    "New homes are to have cycle storage and a charging point for each parking space.",
)


def files() -> Iterator[PlannedFile]:
    rng = dice("planning")
    for number in range(8):
        yield from _application(rng, number)
    yield from _enforcement(rng)
    yield from _committee(rng)
    yield from _local_plan(rng)


def _application(rng: Random, number: int) -> Iterator[PlannedFile]:
    dated = moment(rng, 2008 + 2 * number, 2009 + 2 * number)
    ref = f"{dated:%y}-{number * 113 + 207:05}-FUL"
    folder, scheme, one = f"{_ROOT}/Applications/{ref}", _SCHEMES[number], person(rng, 1945, 1990)
    form = f"{folder}/Application form.{rng.choice(('pdf', 'docx'))}"
    yield PlannedFile(form, dated, _form(rng, ref, scheme, one, dated), PERSONAL)
    yield PlannedFile(f"{folder}/Site plan.png", dated, Plan(f"{ref}  Site plan  1:500", ref), PICTURE)
    yield _objection(rng, folder, ref, later(rng, dated, 21))
    decided = later(rng, dated, 70)
    yield PlannedFile(f"{folder}/Decision notice.pdf", decided, _notice(rng, ref, scheme, decided), CLEAN)
    if number % 2:
        yield PlannedFile(f"{folder}/Design statement.odt", dated, _statement(rng, ref, scheme, dated), CLEAN)


def _form(rng: Random, ref: str, scheme: str, one: Person, dated: datetime) -> Document:
    return record(
        "Application for planning permission", one.name, dated,
        facts(("Reference", ref), ("Applicant", f"{one.title} {one.name}"), ("Address", one.address), ("Telephone",
        one.mobile),
              ("E-mail", one.mail), ("UPRN", f"1000{identifiers.digits(rng, 8)}")),
        Heading("Description"), f"Proposed {scheme}.",
        Heading("Ownership"), (f"I, {one.name}, certify that nobody else owned any part of the land 21 days before "
                               "this application."),
    )  # fmt: skip


def _objection(rng: Random, folder: str, ref: str, dated: datetime) -> PlannedFile:
    one = person(rng, 1940, 1990)
    if rng.random() < 0.5:
        return PlannedFile(f"{folder}/Objection.eml", dated, _objects_by_mail(rng, ref, one, dated), PERSONAL)
    text = record(
        f"Objection to {ref}",
        one.name,
        dated,
        f"{one.name}\n{one.street}\n{one.town}\n{one.postcode}",
        long_date(dated),
        "Dear Planning Officer",
        some(rng, _GROUNDS, 3),
        (
            "My wife has multiple sclerosis and the noise would make her illness worse. Please telephone me on "
            f"{one.landline}."
        ),
        f"Yours faithfully\n\n{one.title} {one.name}",
    )
    return PlannedFile(f"{folder}/Objection {one.surname}.{rng.choice(('docx', 'odt', 'rtf'))}", dated, text, SPECIAL)


def _objects_by_mail(rng: Random, ref: str, one: Person, sent: datetime) -> Message:
    return note_to(
        "planning.comments", one, sent, f"Objection to {ref}", f"Dear Sir or Madam\n\n{some(rng, _GROUNDS, 3)}"
    )


def _notice(rng: Random, ref: str, scheme: str, dated: datetime) -> Document:
    return record(
        "Notice of decision: Town and Country Planning Act 1990", "Development Management", dated,
        facts(("Reference", ref), ("Proposal", scheme), ("Decision", rng.choice(("Granted", "Refused")))),
        "1. The development is to begin within three years of the date of this notice.",
        "2. The development is to be carried out in accordance with drawings 1184-201-004 and 1184-201-007.",
        "Reason: to define the permission and to protect the character of the area.",
        ("An appeal may be made to the Planning Inspectorate within six months. Queries: planning@example.org, "
         "03069 990140."),
    )  # fmt: skip


def _statement(rng: Random, ref: str, scheme: str, dated: datetime) -> Document:
    return record(f"Design and access statement {ref}", "Wendle Vale Architects", dated,
                  f"This statement supports the proposed {scheme}.", some(rng, _POLICY_TEXT, 3),
                  "Brick, slate and painted timber are used, as on the neighbouring terrace.")  # fmt: skip


def _enforcement(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Enforcement"
    for number in range(6):
        one, dated = person(rng, 1945, 1990), moment(rng, 2010)
        path = f"{folder}/ENF-{310 + number * 17} {one.surname}.{rng.choice(('docx', 'pdf', 'odt'))}"
        yield PlannedFile(
            path, dated, _breach(rng, one, dated, prosecuted=number % 2 == 1), CRIMINAL if number % 2 else PERSONAL
        )
    dated = moment(rng, 2022)
    yield PlannedFile(f"{folder}/Complaints log.xlsx", dated, _complaints(rng, dated), PERSONAL)
    dated = moment(rng, 2017)
    plan = guidance("Local enforcement plan", "Planning Enforcement", dated, (
        ("Priorities", ("Demolition of listed buildings and felling of protected trees come first, and are visited "
                        "within a day.")),
        ("Expediency", "Action is taken only where harm is done that planning permission could not cure."),
    ))  # fmt: skip
    yield PlannedFile(f"{folder}/Local enforcement plan.pdf", dated, plan, CLEAN)


def _breach(rng: Random, one: Person, dated: datetime, prosecuted: bool) -> Document:
    end = "Please put this right within 28 days, or the council may serve an enforcement notice."
    if prosecuted:
        end = (
            "You did not comply with the enforcement notice, were prosecuted and pleaded guilty at Marnford "
            f"Magistrates' Court. The conviction and the fine of {rng.randrange(400, 4000)} pounds are on our file."
        )
    breach = rng.choice((
        "A caravan has been brought on to the field and is lived in without planning permission.",
        "An outbuilding has been put up in front of the house and is used for the repair of cars.",
    ))  # fmt: skip
    called = f"We wrote to you before and telephoned you on {one.mobile}."
    role = "Planning Enforcement Officer"
    return letter(officer(rng), role, one, dated, "Breach of planning control", (breach, called, end))


def _complaints(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Received", "Complainant name", "Address", "Postcode", "Telephone", "About")]
    for _ in range(25):
        one = person(rng)
        rows.append(
            (
                f"{moment(rng, 2020, 2022):%d/%m/%Y}",
                one.name,
                f"{one.street}, {one.town}",
                one.postcode,
                one.landline,
                rng.choice(("Fence", "Caravan", "Signs", "Untidy land", "Noise of works")),
            )
        )
    return sheet("Enforcement complaints", "Planning Enforcement", dated, rows)


def _committee(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Committee Minutes"
    members = [person(rng, 1945, 1985) for _ in range(9)]
    for year in range(2007, 2026, 3):
        held = moment(rng, year, year)
        path = f"{folder}/Minutes {held:%Y-%m-%d}.{rng.choice(('pdf', 'docx', 'odt', 'html'))}"
        yield PlannedFile(path, held, _minutes(rng, members, held), PERSONAL)
        if year % 2:
            yield PlannedFile(
                f"{folder}/Agenda {held:%Y-%m-%d}.{rng.choice(('pdf', 'docx'))}", held, _agenda(rng, held), CLEAN
            )


def _minutes(rng: Random, members: list[Person], held: datetime) -> Document:
    """Public, and personal data for all that: members and a speaker are named."""
    present = rng.sample(members, 7)
    return record(
        "Planning Committee: minutes", "Democratic Services", held,
        f"Minutes of the meeting held at County Hall, Marnford, on {long_date(held)} at 14:00.",
        f"Present: {', '.join(f'Councillor {one.name}' for one in present)}.",
        f"Apologies: Councillor {next(one for one in members if one not in present).name}.",
        Heading("Application for " + rng.choice(_SCHEMES)),
        f"{person(rng).name}, a resident, spoke against the application. {some(rng, _GROUNDS, 2)}",
        f"Councillor {present[0].surname} moved and Councillor {present[1].surname} seconded that permission be "
        "granted. Resolved, by six votes to one, that permission be granted subject to the conditions in the report.",
    )  # fmt: skip


def _agenda(rng: Random, held: datetime) -> Document:
    items = (
        f"{number}. {scheme.capitalize()}. Officers recommend approval."
        for number, scheme in enumerate(rng.sample(_SCHEMES, 5), 4)
    )
    return record("Planning Committee: agenda", "Democratic Services", held, f"County Hall, {long_date(held)}, 14:00.",
                  "1. Apologies for absence.", "2. Declarations of interest.", "3. Minutes of the last meeting.",
                  *items)  # fmt: skip


def _local_plan(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Local Plan"
    for title, suffix in _CHAPTERS:
        dated = moment(rng, 2009)
        chapter = guidance(title, _TEAM, dated, (
            ("Introduction", "This document is part of the evidence for the local plan to 2040."),
            ("Policies", some(rng, _POLICY_TEXT, 4)), ("Monitoring",
            "Progress is told each year in the authority's monitoring report.")))  # fmt: skip
        yield PlannedFile(f"{folder}/{title}.{suffix}", dated, chapter, CLEAN)
    dated = moment(rng, 2019)
    for version in ("Local plan draft", "Local plan draft v2", "Local plan draft FINAL (2)"):
        dated = later(rng, dated, 60)
        draft = guidance("Local plan: draft for consultation", _TEAM, dated, (("Vision", some(rng, _POLICY_TEXT, 5)),))
        yield PlannedFile(f"{folder}/{version}.docx", dated, draft, CLEAN)
    dated = moment(rng, 2020)
    yield PlannedFile(f"{folder}/Site allocations.xlsx", dated, _sites(rng, dated), CLEAN)
    yield PlannedFile(f"{folder}/Exhibition boards.pptx", dated, _boards(rng, dated), CLEAN)
    one, sent = person(rng), moment(rng, 2021)
    yield PlannedFile(f"{folder}/Consultation response.eml", sent, _responds(rng, one, sent), PERSONAL)
    note = memo(
        _TEAM, "planning", sent, "Examination dates", "The hearings begin on 4 May. The library number is 2083617745."
    )
    yield PlannedFile(f"{folder}/Examination dates.eml", sent, note, CLEAN)


_CHAPTERS = (
    ("Housing needs assessment", "pdf"), ("Strategic flood risk assessment", "pdf"), ("Employment land review", "docx"),
    ("Landscape character study", "pdf"), ("Infrastructure delivery plan", "docx"),
    ("Statement of community involvement", "odt"),
)  # fmt: skip


def _sites(rng: Random, dated: datetime) -> Workbook:
    rows = [
        (
            f"SHLAA{number:04}",
            rng.choice(("Marnford", "Ottering", "Saltby Quay")),
            round(rng.uniform(0.2, 12), 2),
            rng.randrange(5, 300),
            rng.randrange(240_000, 299_999),
            rng.randrange(60_000, 99_999),
        )
        for number in range(1, 60)
    ]
    return sheet(
        "Site allocations", _TEAM, dated, [("Site", "Settlement", "Hectares", "Homes", "Easting", "Northing"), *rows]
    )


def _boards(rng: Random, dated: datetime) -> Slides:
    return Slides(
        "Have your say on the local plan",
        _TEAM,
        dated,
        (
            Slide("Where will the homes go?", tuple(rng.sample(_POLICY_TEXT, 3))),
            Slide(
                "How to comment", ("Fill in the form", "Write to local.plan@example.org", "Come to a drop-in session")
            ),
        ),
    )


def _responds(rng: Random, one: Person, sent: datetime) -> Message:
    text = record(
        "Response form", one.name, sent, facts(("Name", one.name), ("Address", one.address)), some(rng, _GROUNDS, 3)
    )
    return note_to(
        "local.plan", one, sent, "Local plan response", "My response is attached.", Attached("Response form.docx", text)
    )
