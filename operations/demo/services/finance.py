"""Finance: invoices, budgets, ledgers and audit. What lies in Old Backups are leftovers, and planned there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from operations.demo import identifiers
from operations.demo.document import Attached, Document, Heading, Message, Row, Sheet, Slide, Slides, Table, Workbook
from operations.demo.people import Person, officer, person
from operations.demo.plan import CLEAN, CRIMINAL, PERSONAL, PlannedFile, dice, later, long_date, moment, scanned
from operations.demo.stationery import facts, guidance, letter, memo, note_to, record, sheet

_ROOT = "Finance"
_TEAM = "Corporate Finance"
_SUPPLIERS = (
    "Wendle Water Services Ltd",
    "Hexby Logistics plc",
    "Marnford Print Co-operative",
    "Brightline Salt Ltd",
    "Civic Software Group",
)
_GOODS = (
    "Printer toner",
    "Road salt, 20 t",
    "Desk, 1600 mm",
    "Waste sacks, pallet",
    "Licence renewal",
    "Hire of excavator, week",
)
_TRADES = ("foster care training", "window cleaning", "piano tuning", "sign language interpreting", "tree surgery")
_HEADS = ("Employees", "Premises", "Transport", "Supplies and services", "Third-party payments", "Income")


def files() -> Iterator[PlannedFile]:
    rng = dice("finance")
    yield from _invoices(rng)
    yield from _budgets(rng)
    yield from _ledgers(rng)
    yield from _audit(rng)


def _invoices(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Invoices"
    for _ in range(8):
        dated, reference = moment(rng, 2008), identifiers.digits(rng, 10)
        path = f"{folder}/INV {reference}.{rng.choice(('pdf', 'pdf', 'docx', 'html'))}"
        yield PlannedFile(path, dated, _company_invoice(rng, reference, dated), CLEAN)
    for number in range(7):
        one, dated = person(rng, 1955, 1995), moment(rng, 2009)
        invoice = _sole_trader(rng, one, dated)
        if number == 2:
            yield PlannedFile(f"{folder}/Scan of invoice {number}.png", dated, invoice, scanned(PERSONAL))
        else:
            yield PlannedFile(
                f"{folder}/{one.surname} {dated:%b %Y}.{rng.choice(('pdf', 'docx', 'odt'))}", dated, invoice, PERSONAL
            )
    for number in range(2):
        one, sent = person(rng, 1955, 1995), moment(rng, 2017)
        yield PlannedFile(f"{folder}/Invoice by e-mail {number + 1}.eml", sent, _mailed(rng, one, sent), PERSONAL)
    sent = moment(rng, 2020)
    bill = Attached("statement.csv", _purchases(rng, sent))
    statement = memo("Hexby Logistics", "creditors", sent, "Statement of account", "Our statement is attached.", bill)
    yield PlannedFile(f"{folder}/Statement Hexby.eml", sent, statement, CLEAN)


def _company_invoice(rng: Random, number: str, dated: datetime) -> Document:
    lines = tuple(
        (rng.choice(_GOODS), identifiers.digits(rng, 10), rng.randrange(1, 20), round(rng.uniform(8, 900), 2))
        for _ in range(5)
    )
    return record(
        f"Invoice {number}", "Accounts", dated,
        facts(("From", rng.choice(_SUPPLIERS)), ("Date", f"{dated:%d/%m/%Y}"), ("Order", identifiers.digits(rng, 10)),
        ("Terms", "30 days")),
        Table((("Item", "Part number", "Quantity", "Each"), *lines)),
        "VAT at the standard rate is included. Queries: accounts@example.net.",
    )  # fmt: skip


def _sole_trader(rng: Random, one: Person, dated: datetime) -> Document:
    sort, account = identifiers.sort_code(rng), identifiers.account_number(rng)
    return record(
        f"Invoice {dated:%y%m}-{rng.randrange(10, 99)}", one.name, dated,
        f"{one.name}\n{one.street}\n{one.town}\n{one.postcode}\nTel {one.mobile}\n{one.mail}",
        f"To {rng.choice(_TRADES)} in {dated:%B}: {rng.randrange(80, 900)}.00 pounds.",
        facts(("Pay to", one.name), ("Sort code", sort), ("Account number", account), ("IBAN", identifiers.iban(rng,
        sort, account)),
              ("UTR", identifiers.utr(rng))),
        "I am not registered for VAT. Thank you for your custom.",
    )  # fmt: skip


def _mailed(rng: Random, one: Person, sent: datetime) -> Message:
    attached = Attached("Invoice.pdf", _sole_trader(rng, one, sent))
    return note_to(
        "creditors",
        one,
        sent,
        "My invoice",
        "Please find my invoice. I have a new account, see the details in it.",
        attached,
    )


def _budgets(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Budgets"
    for year in range(2006, 2027, 3):
        dated = moment(rng, year, year)
        yield PlannedFile(
            f"{folder}/Budget book {year}.{'csv' if year < 2010 else 'xlsx'}", dated, _budget(rng, dated), CLEAN
        )
        if year % 2:
            yield PlannedFile(
                f"{folder}/Outturn report {year}.{rng.choice(('docx', 'pdf'))}", dated, _outturn(rng, dated), CLEAN
            )
    dated = moment(rng, 2025)
    yield PlannedFile(f"{folder}/Medium term plan.pptx", dated, _outlook(dated), CLEAN)
    yield PlannedFile(f"{folder}/Budget timetable.odt", dated, guidance("Budget timetable", _TEAM, dated, (
        ("September", "Services send in pressures and savings."), ("December",
        "Cabinet agrees proposals for consultation."),
        ("February", "Council sets the council tax."))), CLEAN)  # fmt: skip


def _budget(rng: Random, dated: datetime) -> Workbook:
    def page(service: str) -> Sheet:
        rows = [
            (head, rng.randrange(10_000, 99_999), rng.randrange(100_000, 9_000_000))
            for head in _HEADS
            for _ in range(3)
        ]
        return Sheet(service, (("Subjective", "Cost centre", "Budget"), *rows))

    return Workbook(
        f"Budget {dated.year}", _TEAM, dated, tuple(map(page, ("Children", "Adults", "Highways", "Corporate")))
    )


def _outturn(rng: Random, dated: datetime) -> Document:
    over = rng.randrange(100, 4000) / 100
    return record(
        f"Revenue outturn {dated.year}", _TEAM, dated, f"The council overspent its budget by {over} million pounds.",
        Table((("Head", "Budget", "Actual"), *((head, rng.randrange(10**6, 10**8), rng.randrange(10**6,
        10**8)) for head in _HEADS))),
        ("The overspending is met from the general fund balance. Demand for placements and the price of salt were "
         "the main causes."),
    )  # fmt: skip


def _outlook(dated: datetime) -> Slides:
    return Slides(
        "Medium term financial plan",
        _TEAM,
        dated,
        (
            Slide("The gap", ("18.4 million in the first year", "31.0 million by the fourth")),
            Slide("How we close it", ("Fewer buildings", "Digital first", "Joint buying with neighbours")),
        ),
    )


def _ledgers(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Ledgers"
    for year in (2008, 2011, 2014, 2019, 2022):
        dated = moment(rng, year, year)
        yield PlannedFile(
            f"{folder}/Purchase ledger {year}.{'csv' if year < 2012 else 'xlsx'}", dated, _purchases(rng, dated), CLEAN
        )
    for year in (2013, 2018, 2024):
        dated = moment(rng, year, year)
        yield PlannedFile(f"{folder}/Direct payments {year}.xlsx", dated, _direct_payments(rng, dated), PERSONAL)
    dated = moment(rng, 2016)
    yield PlannedFile(f"{folder}/Chart of accounts.csv", dated, _chart(rng, dated), CLEAN)
    yield PlannedFile(f"{folder}/Council tax refunds.csv", dated, _refunds(rng, dated), PERSONAL)


def _purchases(rng: Random, dated: datetime) -> Workbook:
    head = ("Document", "Posted", "Supplier", "Supplier no", "Account", "Cost centre", "Amount")
    rows = [
        (
            identifiers.digits(rng, 10),
            f"{moment(rng, dated.year, dated.year):%Y-%m-%d}",
            rng.choice(_SUPPLIERS),
            identifiers.digits(rng, 8),
            identifiers.digits(rng, 10),
            rng.randrange(10_000, 99_999),
            round(rng.uniform(5, 9000), 2),
        )
        for _ in range(150)
    ]
    return sheet(f"Purchase ledger {dated.year}", _TEAM, dated, [head, *rows])


def _direct_payments(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Surname", "First name", "NI number", "Sort code", "Account number", "IBAN", "Amount")]
    for _ in range(40):
        one, sort, account = person(rng, 1935, 1995), identifiers.sort_code(rng), identifiers.account_number(rng)
        rows.append(
            (
                one.surname,
                one.first,
                one.nino,
                sort,
                account,
                identifiers.iban(rng, sort, account),
                rng.randrange(50, 900),
            )
        )
    return sheet(f"Direct payments {dated.year}", _TEAM, dated, rows)


def _refunds(rng: Random, dated: datetime) -> Workbook:
    rows: list[Row] = [("Council tax account", "Name", "Address", "Postcode", "Sort code", "Account no", "Refund")]
    for _ in range(40):
        one = person(rng)
        rows.append(
            (
                f"7{identifiers.digits(rng, 8)}",
                one.name,
                f"{one.street}, {one.town}",
                one.postcode,
                identifiers.sort_code(rng),
                identifiers.account_number(rng),
                round(rng.uniform(8, 600), 2),
            )
        )
    return sheet("Council tax refunds", "Revenues", dated, rows)


def _chart(rng: Random, dated: datetime) -> Workbook:
    rows = [(identifiers.digits(rng, 10), head, f"Sub-head {number}") for head in _HEADS for number in range(1, 12)]
    return sheet("Chart of accounts", _TEAM, dated, [("Account", "Head", "Sub-head"), *rows])


def _audit(rng: Random) -> Iterator[PlannedFile]:
    folder = f"{_ROOT}/Audit"
    for title, finding in _REPORTS:
        dated = moment(rng, 2010)
        report = guidance(title, "Internal Audit", dated, (
            ("Scope", "We looked at controls over the year and tested a sample of forty transactions."), ("Finding",
            finding),
            ("Opinion", rng.choice(("Reasonable assurance.", "Limited assurance.",
            "Substantial assurance.")))))  # fmt: skip
        yield PlannedFile(f"{folder}/{title}.{rng.choice(('docx', 'pdf', 'odt'))}", dated, report, CLEAN)
    one, dated = person(rng, 1960, 1990), moment(rng, 2018)
    inquiry = record(
        "Investigation report: housing benefit", officer(rng), dated,
        facts(("Subject", one.name), ("Date of birth", one.birthday), ("NI number", one.nino), ("Address",
        one.address)),
        Heading("Allegation"),
        f"{one.formal} is alleged to have claimed benefit while working, and was interviewed under caution on "
        f"{long_date(dated)}. {one.they.title()} has one previous conviction for theft. The file has gone to the "
        "Crown Prosecution Service.",
    )  # fmt: skip
    yield PlannedFile(f"{folder}/Investigation {one.surname}.docx", dated, inquiry, CRIMINAL)
    heard = later(rng, dated, 200)
    outcome = letter(officer(rng), "Head of Internal Audit", one, heard, "Repayment", (
        f"You were found guilty of benefit fraud and are to repay 3,412.60 pounds. Your NI number is {one.nino}.",
        ))  # fmt: skip
    yield PlannedFile(f"{folder}/Repayment {one.surname}.pdf", heard, outcome, CRIMINAL)


_REPORTS = (
    ("Audit of purchase cards", "Receipts were missing for three purchases out of forty."),
    ("Audit of road salt contract", "The weighbridge tickets agreed with the invoices."),
    ("Audit of IT asset disposal", "Eleven laptops could not be traced to a disposal certificate."),
    ("Annual governance statement", "The council's governance is sound; follow-up of recommendations is slow."),
    ("Audit plan", "One hundred and eighty days are planned, a third of them for the main financial systems."),
)
