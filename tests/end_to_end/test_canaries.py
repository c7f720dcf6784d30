"""Privacy from the first row: of fifty values planted in files, none is in anything that a run wrote."""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from builders import a_zip
from disposal_estate import IGGY, A, B, an_estate
from docx import Document
from prometheus_client import CollectorRegistry, generate_latest
from web_clients import a_client_of, add_people, posted

from inventory.engine import reading
from operations.config import load_settings
from operations.disposal.certificate import known_certificates, write_certificate_files
from operations.hosts.serving import collector
from operations.hosts.structured_log import JsonLines
from operations.people import passwords
from operations.people.audit import open_trail
from operations.people.sign_in import actor_here
from operations.reporting.packs import make_pack
from operations.signing import signing_key
from web.app import application

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
WITH_NAMES = ("scan", "examine")
"""What finds more with the language model, which takes its seconds to load."""

PACK = """
[[pack]]
name = "monthly"
formats = ["html", "csv", "json"]
"""
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
    with (tmp_path / "work" / "muniment.toml").open("a") as config:
        config.write(PACK)
    told = [
        muniment("-v", *command, env={"MUNIMENT_DETECTION__MODEL": "auto"} if command[0] in WITH_NAMES else {})
        for command in (
            ["scan"], ["retention", "evaluate"], ["rot", "find"], ["families", "find"], ["items", "--json"],
            ["items", "--csv"], ["problems"], ["report", "rot", "--format", "html"], ["doctor"], ["scan"],
            ["examine", str(estate), "--json", "--spans"], ["status", "--json"], ["audit", "export", "."],
            ["inventory", "backup", "backup.db"],
        )
    ]  # fmt: skip
    assert {one.returncode for one in told} <= {0, 1, 3}
    written = {
        str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and estate not in path.parents
    }
    written |= {
        f"output {number}": (one.stdout + one.stderr).encode("utf-8", "replace") for number, one in enumerate(told)
    }
    written |= pack_and_metrics(tmp_path / "work")
    assert {"inventory.db", "backup.db"} <= {Path(name).name for name in written}
    assert leaks(written) == []
    assert found_in(tmp_path / "work" / "inventory.db") >= {"UK_NINO", "UK_NHS", "UK_PHONE", "EMAIL_ADDRESS", "PERSON"}


def pack_and_metrics(work: Path) -> dict[str, bytes]:
    """What the timetable would leave in a folder, and what Prometheus would be told."""
    settings = load_settings(work / "muniment.toml")
    with open_trail(settings) as trail:
        pack = make_pack(actor_here(settings), settings, trail.database, "monthly", datetime.now(UTC))
        registry = CollectorRegistry()
        registry.register(collector(trail.database))
        told = generate_latest(registry)
    files = {str(path): path.read_bytes() for path in pack.folder.rglob("*") if path.is_file()}
    assert len(files) > 3
    assert b"muniment_inventory_up 1.0" in told
    return files | {"metrics": told}


def test_what_is_disposed_of_leaves_no_value_in_any_proof(tmp_path):
    names = (A, B)
    estate = an_estate(tmp_path, files={name: a_letter(number).encode() for number, name in enumerate(names)})
    manifest = estate.planned(names)
    estate.run(manifest)
    estate.later()
    estate.purge(manifest)
    out = tmp_path / "out"
    out.mkdir()
    (kept,) = known_certificates(IGGY, estate.trail)
    key = signing_key(estate.settings)
    write_certificate_files(IGGY, estate.trail, key, kept.number, out, ("html", "json"))
    with reading(estate.trail.database) as connection:
        told = repr(connection.exec_driver_sql("SELECT * FROM audit").all())
    estate.trail.database.dispose()
    written = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} | {
        "trail": told.encode()
    }
    assert "disposal.purged" in told
    assert leaks(written) == []


PAGES = ("/", "/risk", "/items", "/coverage", "/rot", "/estate", "/scans", "/audit")


def test_no_page_and_no_line_of_its_log_tells_one(muniment, estate, tmp_path, caplog, monkeypatch):
    """Of the same files, as somebody sees them who may see all."""
    monkeypatch.setattr(passwords, "_HASHER", passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    muniment("init", "--root", estate)
    assert muniment("scan").returncode == 3
    settings = load_settings(tmp_path / "work" / "muniment.toml")
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="operations")  # A command of another test may have made it quiet.
    with open_trail(settings) as trail:
        add_people(trail)
        client = a_client_of(application(settings, trail), "ivan.gale")
        pages = {path: client.get(path) for path in (*PAGES, f"/items?folder={SURNAMES[0]}", f"/none/{SURNAMES[1]}")}
        wrong = posted(
            a_client_of(application(settings, trail), "sid.rowe"), "/sign-in", name=SURNAMES[2], password=NHS[0]
        )
    assert {path: page.status_code for path, page in pages.items() if path in PAGES} == dict.fromkeys(PAGES, 200)
    assert "letter" in pages["/items"].text
    shown = {path: pages[path].content for path in PAGES}
    logged = "\n".join(JsonLines().format(one) for one in caplog.records if one.name.startswith("operations"))
    assert "/items" in logged
    assert wrong.status_code < 500
    assert leaks({**shown, "log": logged.encode()}) == []


def leaks(written: Mapping[str, bytes]) -> list[tuple[str, str]]:
    return [
        (name, canary) for name, content in written.items() for canary in CANARIES
        if any(form in content.upper() for form in forms(canary))
    ]  # fmt: skip


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
