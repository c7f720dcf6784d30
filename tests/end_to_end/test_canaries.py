"""Privacy from the first row: of fifty values planted in files, none is in anything that a run wrote."""

from __future__ import annotations

import io
import sqlite3
from email.message import EmailMessage
from pathlib import Path

import pytest
from builders import a_zip
from docx import Document

pytestmark = pytest.mark.slow


def check_digit(nine: str) -> str:
    return str((11 - sum(int(d) * (10 - i) for i, d in enumerate(nine)) % 11) % 11)


def nhs_numbers(count: int) -> list[str]:
    found = []
    base = 943476591
    while len(found) < count:
        base += 7
        digit = check_digit(str(base))
        if len(digit) == 1:
            found.append(f"{base}{digit}")
    return found


NINOS = [f"AB{number:06}C" for number in range(412307, 412317)]
SURNAMES = ["Quillfeather", "Marrowbank", "Thistlewhite", "Oakenshawe", "Brackwater", "Fennimorden", "Gallowstone",
            "Hexworthing", "Ivelbrookes", "Jarrowdale"]  # fmt: skip
EMAILS = [f"{surname.lower()}.{number}@example.org" for number, surname in enumerate(SURNAMES)]
PHONES = [f"07700 900{number}" for number in range(341, 351)]
NHS = nhs_numbers(10)
CANARIES = [*NINOS, *SURNAMES, *EMAILS, *PHONES, *NHS]


def a_letter(number: int) -> str:
    return (
        f"Dear Mrs {SURNAMES[number]},\n\nYour National Insurance number is {NINOS[number]} and your "
        f"NHS number is {NHS[number]}. We will call you on {PHONES[number]} or write to {EMAILS[number]} about your "
        f"depression and your trade union membership.\n"
    )


def a_docx(text: str) -> bytes:
    document, buffer = Document(), io.BytesIO()
    document.core_properties.author = text.split()[2].rstrip(",")
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def a_mail(number: int) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = EMAILS[number], "team@example.org"
    message["Subject"] = f"About Mrs {SURNAMES[number]}"
    message.set_content(a_letter(number))
    message.add_attachment(a_docx(a_letter(number)), maintype="application", subtype="octet-stream", filename="l.docx")
    return message.as_bytes()


@pytest.fixture
def estate(tmp_path) -> Path:
    folder = tmp_path / "estate" / "Children"
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"letter {number}.txt").write_text(a_letter(number))
    for number in range(3, 5):
        (folder / f"letter {number}.docx").write_bytes(a_docx(a_letter(number)))
    for number in range(5, 7):
        (folder / f"mail {number}.eml").write_bytes(a_mail(number))
    (folder / "letters.zip").write_bytes(a_zip({f"{number}.txt": a_letter(number).encode() for number in (7, 8)}))
    (folder / "broken.docx").write_bytes(a_docx(a_letter(9))[:-300])
    (folder / "broken.txt").write_text(a_letter(9) + "\udcff\udcfe", errors="surrogateescape")
    return folder.parent


def test_no_planted_value_is_in_anything_that_a_run_wrote(muniment, estate, tmp_path):
    muniment("init", "--root", estate)
    told = [
        muniment("-v", *command, env={"MUNIMENT_DETECTION__MODEL": "auto"})
        for command in (
            ["scan"], ["retention", "evaluate"], ["items", "--json"], ["items", "--csv"], ["items"], ["problems"],
            ["report", "gdpr-risk", "--format", "html,csv,json"], ["report", "rot", "--format", "html,csv,json"],
            ["examine", str(estate), "--json", "--spans"], ["examine", str(estate)], ["doctor"], ["scan"],
        )
    ]  # fmt: skip
    written = {
        str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and estate not in path.parents
    }
    written |= {
        f"output {number}": (one.stdout + one.stderr).encode("utf-8", "replace") for number, one in enumerate(told)
    }
    assert any(name.endswith("inventory.db") for name in written)
    leaks = [
        (name, canary) for name, content in written.items() for canary in CANARIES
        if any(form in content.upper() for form in forms(canary))
    ]  # fmt: skip
    assert leaks == []
    assert found_in(tmp_path / "work" / "inventory.db") >= {"UK_NINO", "UK_NHS", "UK_PHONE", "EMAIL_ADDRESS", "PERSON"}


def forms(canary: str) -> set[bytes]:
    """The value as it stands, without its spaces, and in UTF-16."""
    return {
        form
        for text in (canary.upper(), canary.upper().replace(" ", ""))
        for form in (text.encode(), text.encode("utf-16-le"))
    }


def found_in(database: Path) -> set[str]:
    """The kinds that were found: a run that finds nothing leaks nothing, and proves nothing."""
    with sqlite3.connect(database) as connection:
        kinds = {row[0] for row in connection.execute("SELECT kind FROM finding")}
    connection.close()
    return kinds
