"""Certificates as they are numbered, signed, kept, checked and handed out, on both databases."""

from __future__ import annotations

import json
import threading
from contextlib import suppress

import pytest
from certificates import KEY, a_certificate, keep_manifest
from inventories import an_inventory_at
from sqlalchemy import delete, text, update

from domain.actor import Actor, Grant, Proof, Role, Verb
from domain.audit import Act, AuditKey
from domain.certificate import CertificateNumber
from domain.errors import ConfigurationError, MunimentError
from domain.signed import opened
from inventory.engine import writing
from inventory.tables import CertificateRow
from operations.access import RefusedError, ask
from operations.disposal.certificate import (
    Faulty,
    Flaw,
    check_certificates,
    issue,
    known_certificates,
    write_certificate_files,
)
from operations.people.audit import Trail, last_entries
from operations.signing import SigningKey, is_signed

PURGER = Actor("i.gill", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
AUDITOR = Actor("oz", (Grant(Role.AUDITOR),), Proof.PASSWORD)
FIRST = CertificateNumber(2026, 1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def trail(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'i.db'}"
    database = an_inventory_at(request.getfixturevalue("postgres_url") if request.param == "postgresql" else url)
    keep_manifest(database)
    yield Trail(database, AuditKey(b"k" * 32))
    database.dispose()


def certify(trail, **told):
    with trail.changing(ask(PURGER, Verb.PURGE)) as change:
        return issue(change, a_certificate(**told), KEY)


def in_order(trail) -> list[tuple[int, int]]:
    return [(one.number.year, one.number.sequence) for one in known_certificates(AUDITOR, trail)]


def test_numbers_follow_each_other_and_each_certificate_names_the_one_before(trail):
    first, second = certify(trail), certify(trail)
    year = first.issued.year
    assert in_order(trail) == [(year, 1), (year, 2)]
    assert [json.loads(one.body)["previous"] for one in (first, second)] == ["", first.digest]
    assert check_certificates(AUDITOR, trail, KEY) == (2, ())


def test_a_purge_that_fails_takes_no_number(trail):
    certify(trail)
    with suppress(LookupError), trail.changing(ask(PURGER, Verb.PURGE)) as change:
        issue(change, a_certificate(), KEY)
        raise LookupError
    assert certify(trail).number.sequence == 2
    assert check_certificates(AUDITOR, trail, KEY) == (2, ())


def test_several_at_once_take_a_number_each(trail):
    barrier = threading.Barrier(4)

    def one() -> None:
        barrier.wait(30)
        certify(trail)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [sequence for _, sequence in in_order(trail)] == [1, 2, 3, 4]
    assert check_certificates(AUDITOR, trail, KEY) == (4, ())


def test_the_trail_says_what_was_certified_and_names_no_file(trail):
    kept = certify(trail)
    entry = last_entries(AUDITOR, trail, 1)[0]
    assert (entry.act, entry.subject) == (Act.DISPOSAL_CERTIFIED, f"certificate:{kept.number}")
    assert json.loads(entry.facts) == {"manifest": 17, "items": 3, "bytes": 3_120, "sha256": kept.digest}


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        (delete(CertificateRow).where(CertificateRow.number == 2), [(2, Flaw.MISSING), (3, Flaw.OUT_OF_CHAIN)]),
        (update(CertificateRow).where(CertificateRow.number == 2).values(signature=b"\0" * 64), [(2, Flaw.ALTERED)]),
        (update(CertificateRow).where(CertificateRow.number == 3).values(number=4),
         [(3, Flaw.MISSING), (4, Flaw.ALTERED)]),
        (delete(CertificateRow).where(CertificateRow.number == 1), [(1, Flaw.MISSING), (2, Flaw.OUT_OF_CHAIN)]),
    ],
    ids=["dropped", "altered", "renumbered", "first dropped"],
)  # fmt: skip
def test_what_somebody_does_to_certificates_by_hand_is_found(trail, change, flaw):
    year, *_ = [certify(trail).number.year for _ in range(3)]
    with writing(trail.database) as connection:
        if connection.dialect.name == "sqlite":
            for name in connection.execute(text("SELECT name FROM sqlite_master WHERE tbl_name = 'certificate' "
                                                "AND type = 'trigger'")).scalars().all():  # fmt: skip
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE certificate DISABLE TRIGGER ALL"))
        connection.execute(change)
    _, found = check_certificates(AUDITOR, trail, KEY)
    assert list(found) == [Faulty(CertificateNumber(year, number), what) for number, what in flaw]


def test_a_certificate_is_handed_out_as_signed_with_its_page_and_the_public_key(trail, tmp_path):
    number = certify(trail).number
    written = write_certificate_files(AUDITOR, trail, KEY, number, tmp_path / "out", ("json", "html"))
    stem = number.file_name
    assert [path.name for path in written] == [f"{stem}.json", "muniment-signing.pub", f"{stem}.html"]
    document = opened(written[0].read_text())
    assert is_signed(document, KEY.public)
    assert document.told["number"] == str(number)
    assert bytes.fromhex(written[1].read_text()) == KEY.public
    assert all(path.stat().st_mode & 0o077 == 0 for path in written)


def test_what_is_not_there_was_altered_or_may_not_be_is_refused_by_name(trail, tmp_path):
    number = certify(trail).number
    with pytest.raises(ConfigurationError, match="There is no certificate 2020/0001"):
        write_certificate_files(AUDITOR, trail, KEY, CertificateNumber(2020, 1), tmp_path / "out")
    with pytest.raises(ConfigurationError, match="There is no format 'docx'"):
        write_certificate_files(AUDITOR, trail, KEY, number, tmp_path / "out", ("docx",))
    with pytest.raises(MunimentError, match="is not what was signed"):
        write_certificate_files(AUDITOR, trail, SigningKey(b"t" * 32), number, tmp_path / "out")
    nobody = Actor("ada", (Grant(Role.ADMINISTRATOR),), Proof.PASSWORD)
    with pytest.raises(RefusedError, match="may not export"):
        write_certificate_files(nobody, trail, KEY, number, tmp_path / "out")
    assert not (tmp_path / "out").exists()
