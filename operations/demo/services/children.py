"""Children's Social Care: case files, conferences, the duty desk, and the forms they are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from operations.demo import identifiers
from operations.demo.document import Attached, Document, Heading, Mailbox, Message, Row, Slide, Slides, Table, Workbook
from operations.demo.people import Person, child, officer, person
from operations.demo.plan import CHILD, CLEAN, PlannedFile, dice, later, long_date, moment, scanned
from operations.demo.stationery import facts, guidance, letter, memo, note_to, record, sheet, some

_ROOT = "Children's Social Care"
_TEAM = "Children's Practice Team"
_WORRIES = (
    "School reported unexplained bruising to both arms, which the child said happened at home.",
    "There have been four police call-outs for domestic abuse since the spring.",
    "Mother disclosed that she has been diagnosed with depression and has stopped taking her medication.",
    "The home was found to be cold, with little food, and the children were sleeping on one mattress.",
    "Father is on bail for an alleged assault and must have no contact with the children.",
    "The health visitor is concerned that two hospital appointments for asthma were missed.",
    "Neglect was the category recorded at the last conference and little has changed since.",
    "The child has a diagnosis of autism and finds unannounced visits very distressing.",
)
_STRENGTHS = (
    "Grandmother lives close by and collects the children from school three days a week.",
    "Attendance has risen to 94 per cent this term.",
    "Both parents attended the last core group and spoke openly.",
    "The child told me that she feels safe at her aunt's house.",
    "The landlord has agreed to repair the boiler before the end of the month.",
)
_ORIGINS = ("White British", "Black Caribbean", "Pakistani", "White Polish", "Mixed White and Asian", "Bangladeshi")
_CONDITIONS = ("asthma", "epilepsy", "autism", "type 1 diabetes")
_FAITHS = ("Roman Catholic", "Muslim", "Church of England", "no religion", "Pentecostal Christian")


@dataclass(frozen=True, slots=True)
class _Case:
    """A child, a parent, the worker who is responsible, and when the case was opened."""

    ref: str
    child: Person
    parent: Person
    worker: str
    opened: datetime
    upn: str
    condition: str


def files() -> Iterator[PlannedFile]:
    rng = dice("children")
    cases = [_case(rng, number) for number in range(10)]
    for case in cases:
        yield from _case_file(rng, case)
    for case in cases[:9]:
        yield _conference(rng, case)
    yield from _duty_desk(rng)
    yield from _templates(rng)


def _case(rng: Random, number: int) -> _Case:
    parent = person(rng, 1972, 1990)
    opened = moment(rng, 2007 + number * 2, 2008 + number * 2)
    young = child(rng, parent, opened.year - 14, opened.year - 3)
    return _Case(
        f"CSC-{10417 + 613 * number}",
        young,
        parent,
        officer(rng),
        opened,
        identifiers.upn(rng),
        rng.choice(_CONDITIONS),
    )


def _case_file(rng: Random, case: _Case) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Case Files/{case.ref}"
    assessed, visited, written = (later(rng, case.opened, days) for days in (45, 120, 200))
    who = case.child.surname
    yield PlannedFile(f"{folder}/Assessment {who}.docx", assessed, _assessment(rng, case, assessed), CHILD)
    notes = f"{folder}/Case notes {who}.{rng.choice(('docx', 'odt', 'rtf'))}"
    yield PlannedFile(notes, visited, _case_notes(rng, case, visited), CHILD)
    yield PlannedFile(
        f"{folder}/Letter to parent.{rng.choice(('pdf', 'docx'))}", written, _appointment(case, written), CHILD
    )
    yield PlannedFile(f"{folder}/Chronology.xlsx", visited, _chronology(rng, case, visited), CHILD)
    if case.opened.year % 4 < 2:
        yield PlannedFile(f"{folder}/Scan0001.png", assessed, _doctor(rng, case, assessed), scanned(CHILD))


def _identity(case: _Case) -> Table:
    young = case.child
    return facts(
        ("Child's name", young.name), ("Date of birth", young.birthday), ("NHS number", young.nhs), ("UPN", case.upn),
        ("Address", young.address), ("Case reference", case.ref), ("Social worker", case.worker),
        ("Health", f"Diagnosis of {case.condition}"),
    )  # fmt: skip


def _assessment(rng: Random, case: _Case, dated: datetime) -> Document:
    return record(
        "Child and Family Assessment", case.worker, dated, _identity(case),
        Heading("Family"),
        f"{case.child.first} lives with {case.child.their} parent {case.parent.name} at the address above. Ethnicity "
        f"is recorded as {rng.choice(_ORIGINS)}; religion: {rng.choice(_FAITHS)}.",
        Heading("What are we worried about?"), some(rng, _WORRIES, 4),
        Heading("What is working well?"), some(rng, _STRENGTHS, 2),
        Heading("Decision"),
        "The threshold of section 47 of the Children Act 1989 is met. A strategy discussion with the police took "
        f"place on {long_date(dated)}, and a child protection conference is to be called within 15 working days.",
    )  # fmt: skip


def _case_notes(rng: Random, case: _Case, dated: datetime) -> Document:
    visits = (later(rng, case.opened, 100) for _ in range(4))
    notes = (f"{long_date(day)}. Home visit to {case.child.first} and {case.parent.formal}. {some(rng, _WORRIES, 2)} "
             f"{some(rng, _STRENGTHS, 1)} Recorded by {case.worker}." for day in sorted(visits))  # fmt: skip
    return record(f"Case notes: {case.child.name}", case.worker, dated, _identity(case), *notes)


def _appointment(case: _Case, dated: datetime) -> Document:
    return letter(
        case.worker,
        "Social Worker, Safeguarding and Assessment",
        case.parent,
        dated,
        f"Your child: {case.child.name}",
        (
            f"I am writing about the child protection plan for {case.child.first}, born {case.child.birthday}.",
            (
                "The next core group is at the Marnford Family Centre. Please bring the letter from the hospital "
                f"about the {case.condition} clinic that {case.child.first} goes to."
            ),
            f"If you cannot come, please telephone me. The number I have for you is {case.parent.mobile}.",
        ),
    )


def _chronology(rng: Random, case: _Case, dated: datetime) -> Workbook:
    days = sorted(later(rng, case.opened, 120) for _ in range(9))
    head = ("Date", "Child", "DOB", "Event", "Recorded by")
    rows = [
        (f"{day:%d/%m/%Y}", case.child.name, case.child.birthday, rng.choice(_WORRIES), case.worker) for day in days
    ]
    return sheet(f"Chronology {case.ref}", case.worker, dated, [head, *rows])


def _doctor(rng: Random, case: _Case, dated: datetime) -> Document:
    return record(
        "Community Paediatrics, Marnford General Hospital", "Community Paediatrics", dated,
        long_date(dated),
        (f"Re: {case.child.name}, date of birth {case.child.birthday}\nNHS number "
         f"{case.child.nhs}\n{case.child.address}"),
        f"Thank you for asking me to see {case.child.first}. On examination there was bruising of different ages on "
        "the upper arms, which is not explained by the history given. The asthma is poorly controlled.",
        "In my opinion the injuries are consistent with physical abuse and I support a child protection plan.",
        f"{officer(rng)}\nConsultant Community Paediatrician",
    )  # fmt: skip


def _conference(rng: Random, case: _Case) -> PlannedFile:
    held = later(rng, case.opened, 90)
    kind = rng.choice(("Initial", "Review"))
    minutes = record(
        f"{kind} Child Protection Conference: minutes", officer(rng), held,
        "CONFIDENTIAL. These minutes must not be copied or shared without leave of the Chair.", _identity(case),
        Heading("Present"),
        Table((("Name", "Agency"), (case.worker, "Social care"), (officer(rng), "School nursing"),
               (officer(rng), "Police public protection"), (case.parent.name, "Parent"))),
        Heading("Discussion"), some(rng, _WORRIES, 5), some(rng, _STRENGTHS, 3),
        Heading("Outcome"),
        f"It was agreed unanimously that {case.child.name} be made the subject of a child protection plan under the "
        f"category of {rng.choice(('neglect', 'emotional abuse', 'physical abuse'))}.",
    )  # fmt: skip
    name = f"{kind} CPC {case.child.surname} {held:%Y-%m-%d}.{rng.choice(('docx', 'pdf', 'docx'))}"
    return PlannedFile(f"{_ROOT}/Child Protection Conferences/{name}", held, minutes, CHILD)


def _duty_desk(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Duty Desk"
    for number in range(5):
        sent = moment(rng, 2014)
        yield PlannedFile(f"{folder}/Referral {sent:%Y%m%d} {number + 1}.eml", sent, _referral(rng, sent), CHILD)
    for year in (2016, 2019, 2023):
        closed = moment(rng, year, year)
        yield PlannedFile(f"{folder}/Contacts log {year}.xlsx", closed, _contacts(rng, closed), CHILD)
    messages = sorted((_team_message(rng, number) for number in range(30)), key=lambda one: one.sent)
    yield PlannedFile(f"{folder}/duty.team.mbox", messages[-1].sent, Mailbox(tuple(messages)), CHILD)
    for year in (2021, 2024, 2026):
        rota = moment(rng, year, year)
        yield PlannedFile(f"{folder}/Duty rota {year}.xlsx", rota, _rota(rng, rota), CLEAN)


def _referral(rng: Random, sent: datetime) -> Message:
    caller = person(rng, 1960, 1990)
    young = child(rng, person(rng, 1975, 1992), sent.year - 12, sent.year - 3)
    form = record(
        "Multi-agency referral form", caller.name, sent,
        facts(("Name of child", young.name), ("Date of birth", young.birthday), ("Address", young.address),
              ("NHS number", young.nhs), ("Referrer", caller.name)),
        f"{young.first} has {rng.choice(_CONDITIONS)} and sees the hospital. {some(rng, _WORRIES, 3)}",
    )  # fmt: skip
    body = f"Please find a safeguarding referral for {young.name}, DOB {young.birthday}. {some(rng, _WORRIES, 1)}"
    return note_to("duty.desk", caller, sent, "Safeguarding referral", body, Attached("Referral form.docx", form))


def _contacts(rng: Random, dated: datetime) -> Workbook:
    head = ("Received", "Surname", "First name", "Date of birth", "NHS number", "Postcode", "Concern", "Outcome")
    rows: list[Row] = [head]
    for _ in range(25):
        young = person(rng, dated.year - 15, dated.year - 2)
        outcome = rng.choice(("Section 47", "Early help", "No further action", "Child in need plan"))
        rows.append(
            (
                f"{moment(rng, dated.year, dated.year):%d/%m/%Y}",
                young.surname,
                young.first,
                young.birthday,
                young.nhs,
                young.postcode,
                rng.choice(_WORRIES),
                outcome,
            )
        )
    return sheet(f"Duty contacts {dated.year}", "Duty Desk", dated, rows)


def _team_message(rng: Random, number: int) -> Message:
    """Every third message is about a child; the others are what keeps a team going."""
    sent = moment(rng, 2018, 2025)
    if number % 3 == 0:
        return _referral(rng, sent)
    subject, body = rng.choice((
        ("Printer on floor 2", ("The printer by the lifts is out of toner again. A new cartridge, part 4471902836, "
                                "is on order.")),
        ("Team meeting moved", ("The team meeting is now on Thursday at ten in the Ottering room. Please bring the "
                                "caseload figures.")),
        ("Pool car", "The pool car will be at the garage on Monday. Please use the bus pass or claim mileage."),
        ("System upgrade", ("The case system is unavailable on Saturday from 06:00 to 14:00 while release 8.4.1123 "
                            "is installed.")),
        ("Training: recording well", ("Slides from this morning are attached to the invitation. The next course is "
                                      "in March.")),
    ))  # fmt: skip
    files = (Attached("Duty rota.xlsx", _rota(rng, sent)),) if number % 6 == 1 else ()
    return memo("Duty Team", "duty.desk", sent, subject, body, *files)


def _rota(rng: Random, dated: datetime) -> Workbook:
    shifts = ("Early", "Late", "Standby", "Rest day")
    head = ("Week beginning", *(f"Post {post}" for post in range(1, 6)))
    rows = [(f"Week {week}", *(rng.choice(shifts) for _ in range(5))) for week in range(1, 27)]
    return sheet(f"Duty rota {dated.year}", _TEAM, dated, [head, *rows])


def _templates(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Templates"
    for title, suffix, opening in _FORMS:
        dated = moment(rng, 2012)
        form = guidance(title, _TEAM, dated, (
            ("When to use this form", opening),
            ("What to write", ("Write plainly. Separate what was seen from what was said and from what you think. "
                               "Leave no box empty.")),
            ("To be completed", "Name of child: ____________   Date of birth: ____________   Reference: ____________"),
            ("Where it goes", "Save the completed form to the case file on the day it was written, and nowhere else."),
        ))  # fmt: skip
        yield PlannedFile(f"{folder}/{title}.{suffix}", dated, form, CLEAN)
    dated = moment(rng, 2022)
    yield PlannedFile(f"{folder}/Signs of safety induction.pptx", dated, _induction(dated), CLEAN)
    sent = moment(rng, 2020)
    body = "The revised forms are in the Templates folder from Monday. Please delete the copies on your desktop."
    yield PlannedFile(f"{folder}/New forms.eml", sent, memo(_TEAM, "all.children", sent, "New forms", body), CLEAN)


_FORMS = (
    (
        "Blank assessment form",
        "docx",
        "Use this form for every assessment that is to be finished within 45 working days.",
    ),
    (
        "Blank core group record",
        "docx",
        "Use this form at each core group. One record for the family, not one for each child.",
    ),
    ("Blank conference report", "odt", "The report goes to the Chair two working days before the conference."),
    ("Visit record template", "docx", "Use this form on the day of each statutory visit."),
    (
        "Letter template - invitation to conference",
        "docx",
        "Send by first-class post at least five working days ahead.",
    ),
    ("Letter template - case closed", "odt", "Send when the manager has signed the closing summary."),
    ("Thresholds guide", "pdf", "The guide explains the four levels of need and who acts at each."),
    ("Recording standards", "pdf", "These standards apply to every record that the service makes."),
)


def _induction(dated: datetime) -> Slides:
    return Slides(
        "Signs of safety: induction",
        _TEAM,
        dated,
        (
            Slide(
                "What we will cover", ("The practice framework", "Mapping with families", "Writing danger statements")
            ),
            Slide("Three questions", ("What are we worried about?", "What is working well?", "What needs to happen?")),
            Slide("After the course", ("Shadow two visits", "Bring a mapping to supervision")),
        ),
    )
