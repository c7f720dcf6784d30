"""The forms that council writing takes: letters, policies, notes of meetings, messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random

from operations.demo.document import Attached, Block, Document, Heading, Message, Row, Sheet, Table, Workbook
from operations.demo.people import Person
from operations.demo.plan import COUNCIL, long_date

SWITCHBOARD = "03069 990100"
OFFICE = "County Hall, Saltmarsh Road, Marnford, EX46 1AA"


def letter(author: str, role: str, to: Person, dated: datetime, subject: str, paragraphs: Iterable[str]) -> Document:
    """A letter from an officer to somebody at home."""
    return Document(
        subject, author, dated,
        (
            f"{COUNCIL}\n{OFFICE}\nTelephone {SWITCHBOARD}",
            f"{to.title} {to.name}\n{to.street}\n{to.town}\n{to.postcode}",
            long_date(dated), f"Dear {to.formal}", Heading(subject), *paragraphs,
            f"Yours sincerely\n\n{author}\n{role}",
        ),
    )  # fmt: skip


def guidance(title: str, team: str, dated: datetime, sections: Iterable[tuple[str, str]]) -> Document:
    """A policy, procedure or form of a team: it names posts and teams, never people."""
    opening = f"{COUNCIL}. Owner: {team}. Agreed {long_date(dated)}. Review every three years."
    blocks: list[Block] = [opening]
    for number, (heading, text) in enumerate(sections, 1):
        blocks += [Heading(f"{number}. {heading}"), text]
    return Document(title, team, dated, tuple(blocks))


def record(title: str, author: str, dated: datetime, *blocks: Block) -> Document:
    return Document(title, author, dated, blocks)


def sheet(title: str, author: str, dated: datetime, rows: Sequence[Row]) -> Workbook:
    """A workbook of one sheet."""
    return Workbook(title, author, dated, (Sheet("Sheet1", tuple(rows)),))


def facts(*pairs: tuple[str, str]) -> Table:
    """The box at the head of a form: a label and a value in each row."""
    return Table(pairs)


def note_to(role: str, sender: Person, sent: datetime, subject: str, body: str, *files: Attached) -> Message:
    """A resident writes to a team's mailbox."""
    full = f"{body}\n\n{sender.name}\n{sender.address}\nTel {sender.mobile}\n"
    return Message(f"{sender.name} <{sender.mail}>", f"{role}@example.org", subject, sent, full, files)


def memo(team: str, to: str, sent: datetime, subject: str, body: str, *files: Attached) -> Message:
    """One team writes to another; nobody is named."""
    signed = f"{body}\n\n{team}\n{COUNCIL}\n{SWITCHBOARD}\n"
    return Message(
        f"{team} <{team.lower().replace(' ', '.')}@example.org>", f"{to}@example.org", subject, sent, signed, files
    )


def some(rng: Random, of: Sequence[str], count: int) -> str:
    """Sentences drawn from a list, in the list's order, as one paragraph."""
    chosen = sorted(rng.sample(range(len(of)), min(count, len(of))))
    return " ".join(of[index] for index in chosen)
