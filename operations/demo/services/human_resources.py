"""Human Resources: employee files, payroll, recruitment, and the policies that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from operations.demo import identifiers
from operations.demo.document import Attached, Document, Heading, Message, Row, Slide, Slides, Workbook
from operations.demo.people import Person, officer, person
from operations.demo.plan import (
    CLEAN,
    CRIMINAL,
    PERSONAL,
    SPECIAL,
    PlannedFile,
    Reading,
    Truth,
    dice,
    later,
    long_date,
    moment,
)
from operations.demo.stationery import facts, guidance, letter, memo, note_to, record, sheet

_ROOT = "Human Resources"
_TEAM = "HR Policy Team"
_POSTS = (
    "Technician",
    "Social Worker",
    "Accounts Assistant",
    "Planning Officer",
    "Care Worker",
    "Systems Analyst",
    "Driver",
)
_ILLNESSES = (
    "depression and anxiety",
    "a fractured wrist",
    "chemotherapy",
    "chronic back pain",
    "epilepsy",
    "pneumonia",
)
_SKILLS = ("report writing", "the Highways Act 1980", "spreadsheets", "minute taking", "customer care", "GIS mapping")


def files() -> Iterator[PlannedFile]:
    rng = dice("human resources")
    yield from _employee_files(rng)
    yield from _payroll(rng)
    yield from _recruitment(rng)
    yield from _policies(rng)


def _employee_files(rng: Random) -> Iterator[PlannedFile]:
    for number in range(7):
        one, hired = person(rng, 1955, 1998), moment(rng, 2007 + 2 * number, 2008 + 2 * number)
        stem = f"{_ROOT}/Employee Files/{one.surname}, {one.first}"
        suffix = rng.choice(("docx", "pdf"))
        yield PlannedFile(f"{stem} - contract.{suffix}", hired, _contract(rng, one, hired), PERSONAL)
        ill = later(rng, hired, 700)
        yield PlannedFile(f"{stem} - sickness.{rng.choice(('docx', 'odt'))}", ill, _sickness(rng, one, ill), SPECIAL)
    for number in range(3):
        one, dated = person(rng, 1960, 1995), moment(rng, 2014)
        path = f"{_ROOT}/Employee Files/{one.surname}, {one.first} - disciplinary {number + 1}.docx"
        yield PlannedFile(path, dated, _disciplinary(rng, one, dated), CRIMINAL)
    dated = moment(rng, 2021)
    yield PlannedFile(f"{_ROOT}/Employee Files/Union check-off list.xlsx", dated, _union(rng, dated), SPECIAL)
    yield PlannedFile(f"{_ROOT}/Employee Files/Equality monitoring.csv", dated, _equality(rng, dated), SPECIAL)


def _contract(rng: Random, one: Person, dated: datetime) -> Document:
    sort, account = identifiers.sort_code(rng), identifiers.account_number(rng)
    return record(
        "Statement of particulars of employment", officer(rng), dated,
        facts(("Employee", one.name), ("Date of birth", one.birthday), ("National Insurance number", one.nino),
              ("Address", one.address), ("Post", rng.choice(_POSTS)), ("Sort code", sort), ("Account number", account)),
        f"Your employment with the council begins on {long_date(dated + timedelta(days=14))}. Your salary is paid on "
        "the 25th of each month into the account above.",
        (f"In an emergency we will telephone your next of kin, {person(rng, surname=one.surname).name}, on "
         f"{one.landline}."),
    )  # fmt: skip


def _sickness(rng: Random, one: Person, dated: datetime) -> Document:
    return record(
        "Sickness absence: return to work interview", officer(rng), dated,
        facts(("Employee", one.name), ("Date of birth", one.birthday), ("Payroll number", identifiers.digits(rng, 6))),
        Heading("Reason for absence"),
        (f"{one.formal} was absent for {rng.randrange(5, 60)} days because of {rng.choice(_ILLNESSES)}. A fit note "
         "from the GP is held."),
        Heading("Support agreed"),
        (f"Occupational health advised a phased return. {one.first} will see the physiotherapist and work from home "
         "on Fridays."),
    )  # fmt: skip


def _disciplinary(rng: Random, one: Person, dated: datetime) -> Document:
    return letter(
        officer(rng),
        "HR Business Partner",
        one,
        dated,
        "Outcome of disciplinary hearing",
        (
            "The panel found that you used the council's fuel card for a private vehicle between March and July.",
            (
                "The police have been told, and we understand that you were charged with fraud by false "
                "representation and convicted at Marnford Magistrates' Court."
            ),
            (
                "Your employment ends today. Your P45 will be posted to you; your National Insurance number is "
                f"{one.nino}."
            ),
        ),
    )


def _union(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Payroll no", "Surname", "First name", "NI number", "Trade union", "Monthly deduction")]
    for _ in range(30):
        one = person(rng, 1958, 1999)
        union = rng.choice(("UNISON", "GMB", "Unite the Union"))
        rows.append(
            (identifiers.digits(rng, 6), one.surname, one.first, one.nino, union, rng.randrange(900, 2600) / 100)
        )
    return sheet("Trade union membership check-off", "Payroll", dated, rows)


def _equality(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Employee name", "Date of birth", "Ethnicity", "Religion", "Sexual orientation", "Disability")]
    for _ in range(30):
        one = person(rng, 1958, 1999)
        rows.append(
            (
                one.name,
                one.birthday,
                rng.choice(("White British", "Black African", "Indian", "Chinese")),
                rng.choice(("Christian", "Muslim", "Hindu", "None")),
                rng.choice(("Heterosexual", "Gay", "Bisexual")),
                rng.choice(("None", "Dyslexia", "Hearing impairment")),
            )
        )
    return sheet("Equality monitoring", _TEAM, dated, rows)


def _payroll(rng: Random) -> Iterator[PlannedFile]:
    staff = [person(rng, 1955, 2000) for _ in range(60)]
    for number in range(8):
        dated = moment(rng, 2009 + 2 * number, 2009 + 2 * number)
        suffix = "csv" if number in {0, 3} else "xlsx"
        path = f"{_ROOT}/Payroll/Payroll {dated:%Y-%m}.{suffix}"
        yield PlannedFile(path, dated, _pay_run(rng, staff, dated), PERSONAL)
    dated = moment(rng, 2019)
    yield PlannedFile(
        f"{_ROOT}/Payroll/BACS recall.pdf", dated, _locked(rng, dated), Truth(True, reading=Reading.ENCRYPTED)
    )
    for year in (2012, 2018, 2025):
        dated = moment(rng, year, year)
        yield PlannedFile(f"{_ROOT}/Payroll/Pay scales {year}.xlsx", dated, _scales(dated), CLEAN)


def _pay_run(rng: Random, staff: list[Person], dated: datetime) -> Workbook:
    rows: list[Row] = [("Payroll no", "Surname", "First name", "NI number", "Sort code", "Account no", "Gross", "Net")]
    for number, one in enumerate(rng.sample(staff, 45)):
        gross = rng.randrange(140_000, 420_000) / 100
        rows.append(
            (
                100200 + number,
                one.surname,
                one.first,
                one.nino,
                identifiers.sort_code(rng),
                identifiers.account_number(rng),
                gross,
                round(gross * 0.76, 2),
            )
        )
    return sheet(f"Payroll {dated:%B %Y}", "Payroll", dated, rows)


def _locked(rng: Random, dated: datetime) -> Document:
    one, sort, account = person(rng), identifiers.sort_code(rng), identifiers.account_number(rng)
    text = f"Please recall the payment to {one.name}, IBAN {identifiers.iban(rng, sort, account)}, made in error."
    return Document(
        "BACS recall", officer(rng), dated, (text, f"National Insurance number {one.nino}"), "Marnford-2019"
    )


def _scales(dated: datetime) -> Workbook:
    base = 14_000 + (dated.year - 2012) * 650
    rows = [(f"Point {point}", base + point * 480, round((base + point * 480) / 1924, 2)) for point in range(2, 44)]
    return sheet(f"Pay scales {dated.year}", _TEAM, dated, [("Spinal point", "Annual", "Hourly"), *rows])


def _recruitment(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Recruitment"
    for _ in range(9):
        one, dated = person(rng, 1965, 2002), moment(rng, 2010)
        path = f"{folder}/CV {one.first} {one.surname}.{rng.choice(('docx', 'pdf', 'odt', 'docx'))}"
        yield PlannedFile(path, dated, _cv(rng, one, dated), PERSONAL)
    for number in range(3):
        one, sent = person(rng, 1970, 2001), moment(rng, 2015)
        yield PlannedFile(f"{folder}/Application {number + 1}.eml", sent, _applies(rng, one, sent), PERSONAL)
    dated = moment(rng, 2024)
    yield PlannedFile(f"{folder}/Interview schedule.xlsx", dated, _interviews(rng, dated), PERSONAL)
    for post in _POSTS[:4]:
        dated = moment(rng, 2011)
        advert = guidance(f"{post}: job description", _TEAM, dated, (
            ("The post", (f"We are looking for a {post.lower()} who enjoys working with others and puts residents "
                          "first.")),
            ("What you need", (f"Experience of {', '.join(rng.sample(_SKILLS, 3))}, and a full driving licence or "
                               "another way to travel.")),
            ("How to apply", ("Apply on the council's website or write to recruitment@example.org, quoting the "
                              f"vacancy number {identifiers.digits(rng, 10)}.")),
        ))  # fmt: skip
        yield PlannedFile(
            f"{folder}/Job description {post}.{rng.choice(('docx', 'pdf', 'html'))}", dated, advert, CLEAN
        )


def _cv(rng: Random, one: Person, dated: datetime) -> Document:
    left = one.born.year + 18
    return record(
        f"Curriculum vitae: {one.name}", one.name, dated,
        f"Address: {one.address}\nMobile: {one.mobile}\nE-mail: {one.mail}\nDate of birth: {one.birthday}",
        Heading("Experience"),
        (f"{rng.choice(_POSTS)}, Ottering Borough Council, {left + 4} to {left + 9}. I was responsible for "
         f"{rng.choice(_SKILLS)}."),
        f"{rng.choice(_POSTS)}, Hexby Logistics, {left + 1} to {left + 4}.",
        Heading("Education"), f"Marnford High School, to {left}. Nine GCSEs and three A levels.",
        Heading("Interests"), "Hill walking, bell ringing and my allotment.",
    )  # fmt: skip


def _applies(rng: Random, one: Person, sent: datetime) -> Message:
    body = (
        f"Dear Sir or Madam\n\nPlease find my CV for the post of {rng.choice(_POSTS)}. I was born on {one.birthday} "
        "and can start in May."
    )
    cv = Attached(f"CV {one.surname}.{rng.choice(('docx', 'pdf'))}", _cv(rng, one, sent))
    return note_to("recruitment", one, sent, "Application", body, cv)


def _interviews(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Time", "Candidate name", "Mobile", "E-mail", "Score")]
    for hour in range(9, 16):
        one = person(rng, 1970, 2002)
        rows.append((f"{hour}:00", one.name, one.mobile, one.mail, rng.randrange(8, 30)))
    return sheet("Interview schedule", "Recruitment", dated, rows)


def _policies(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Policies"
    for title, aim, rule in _POLICIES:
        dated = moment(rng, 2009)
        policy = guidance(title, _TEAM, dated, (
            ("Aim", aim), ("What we ask", rule),
            ("Managers", ("Managers make sure that their teams know this policy and ask Human Resources when they "
                          "are unsure.")),
            ("Equality", ("The policy was assessed for its effect on people with protected characteristics; no "
                          "adverse effect was found.")),
            ("Law", "Equality Act 2010; Employment Rights Act 1996; Data Protection Act 2018."),
        ))  # fmt: skip
        yield PlannedFile(
            f"{folder}/{title}.{rng.choice(('docx', 'pdf', 'odt', 'docx', 'html'))}", dated, policy, CLEAN
        )
    dated = moment(rng, 2023)
    yield PlannedFile(f"{folder}/Induction day.pptx", dated, _induction(dated), CLEAN)
    sent = moment(rng, 2022)
    note = memo(
        _TEAM,
        "all.staff",
        sent,
        "Flexible working",
        "The new policy is on the intranet. Ask your manager first, please.",
    )
    yield PlannedFile(f"{folder}/Flexible working announcement.eml", sent, note, CLEAN)


_POLICIES = (
    ("Sickness absence policy", "To help people who are ill back to work.",
    "Report absence before ten on the first day. A fit note is needed from day eight."),
    ("Flexible working policy", "To let work fit around life where the service allows.",
    "Ask in writing. The manager answers within two months."),
    ("Disciplinary policy", "To deal with misconduct fairly and quickly.",
    "Nobody is dismissed for a first breach unless it is gross misconduct."),
    ("Grievance policy", "To settle complaints at the lowest level.",
    "Raise the matter with the line manager first, in writing if talking did not help."),
    ("Trade union facilities agreement", "To set out time off for union duties.",
    "Recognised unions have an office, a telephone and paid time for duties."),
    ("Lone working policy", "To keep people who work alone safe.",
    "Carry the alarm, log the visit, and check in at the agreed time."),
    ("Mileage and expenses policy", "To pay back what work costs.",
    "Claim within three months. The rate is 45 pence a mile."),
    ("Recruitment policy", "To appoint on merit.",
    "At least two people score each form against the person specification."),
    ("Maternity and adoption policy", "To explain leave and pay.",
    "Tell the manager by the fifteenth week before the baby is due."),
    ("Whistleblowing policy", "To make it safe to speak up.",
    "Concerns may be raised with the monitoring officer in confidence."),
    ("Agile working guide", "To make good use of fewer desks.", "Clear the desk each evening and lock papers away."),
)  # fmt: skip


def _induction(dated: datetime) -> Slides:
    return Slides(
        "Welcome to the council",
        _TEAM,
        dated,
        (
            Slide("Today", ("Who we are", "How we work", "Your first month")),
            Slide(
                "Looking after information",
                ("Lock your screen", "Check the address before you send", "Report a breach at once"),
            ),
            Slide("Where to find things", ("Intranet", "Service desk: extension 4400", "Canteen: first floor")),
        ),
    )
