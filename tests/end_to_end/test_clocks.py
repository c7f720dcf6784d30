"""Servers whose clocks are wrong, and files from the future: all is read, changes are found, and nothing for ever."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from dovecot_servers import PASSWORD, Dovecot
from fakes import MakeTools
from inventories import an_inventory
from samba_servers import Samba, smb_sources

from inventory.places import Place
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.config import load_settings
from operations.executors.serial import SerialExecutor
from operations.health.doctor import checks_of_source
from operations.scanning.progress import Progress
from operations.scanning.scan import Run, scan, utc_now
from operations.setup import Workspace, initialise
from scanner.source import Source
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import MailPolicy

AHEAD = [timedelta(hours=1), timedelta(days=400), timedelta(days=30_000)]


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


def read_of(database, source: Source) -> list[str]:
    """One scan: the paths of what it read, none of which it could not read."""
    recorder = Recorder(database, Place("share", b"/share"), Pipeline("pipeline 1"), utc_now().date(), lambda _: "All")
    recorder.begin(utc_now(), "detector 1", "key 1")
    run, read = Progress(), []

    class Watched(Run):
        def record(self, item, after, batch):
            read.append(item.ref.path)
            super().record(item, after, batch)

    tools = MakeTools({})()
    own = type(tools)({"share": source}, tools.classifier, tools.pipeline, tools.extractor_for, budget=tools.budget)
    scan(source, Watched(recorder, run, lambda _: None), SerialExecutor(lambda: own))
    assert run.problems == {}
    return sorted(read)


def a_file(folder: Path, name: str, text: str, ahead: timedelta) -> None:
    (folder / name).write_text(text)
    moment = (datetime.now(UTC) + ahead).timestamp()
    os.utime(folder / name, (moment, moment))


@pytest.fixture(params=["+1h", "-1h"])
def off(request, samba: Samba) -> Iterator[str]:
    """By how much the clock of the server is off."""
    if shutil.which("faketime") is None:
        pytest.skip("There is no faketime on this machine: requirements/apt.sh PYTHON servers")
    samba.stop()
    samba.start(request.param)
    yield request.param
    samba.stop()  # The fixture starts it again, with the right clock.


@pytest.mark.servers
def test_a_share_of_a_server_whose_clock_is_an_hour_off_is_read_once_and_again_when_it_changes(samba, off, database):
    folder = samba.share("public")
    for number, ahead in enumerate(AHEAD):
        a_file(folder, f"{number}.txt", f"NAMED {number}", ahead)
    with smb_sources(samba, lambda _: None) as source_of:
        assert read_of(database, source_of()) == ["0.txt", "1.txt", "2.txt"]
        assert read_of(database, source_of()) == []
        a_file(folder, "1.txt", "OTHER", AHEAD[1] + timedelta(seconds=1))
        a_file(folder, "2.txt", "EARLIER", -AHEAD[0])
        assert read_of(database, source_of()) == ["1.txt", "2.txt"]
        assert read_of(database, source_of()) == []


@pytest.mark.servers
def test_mail_from_the_future_is_read_once(dovecot: Dovecot, database):
    ahead = datetime.now(UTC) + AHEAD[0]
    message = dovecot.deliver("alice", "INBOX", f"Date: {format_datetime(ahead)}\r\nSubject: x\r\n\r\nNAMED".encode())
    os.utime(message, (ahead.timestamp(), ahead.timestamp()))
    settings = ImapSettings("127.0.0.1", "alice", PASSWORD, ("alice",), dovecot.port, Tls.NONE)
    with closing(ImapSource("share", settings, MailPolicy(content=True))) as source:
        assert len(read_of(database, source)) == 1
        assert read_of(database, source) == []


@pytest.mark.servers
def test_the_doctor_says_how_much_a_file_servers_clock_is_off(samba, off, tmp_path):
    *_, clock = checks_of_share(samba, tmp_path)
    way = {"+1h": "ahead of", "-1h": "behind"}[off]
    told = re.fullmatch(f"its server's clock is ([0-9]+) minutes {way} this machine's", clock.seen)
    assert told is not None
    assert 50 < int(told[1]) < 70


@pytest.mark.servers
def test_the_doctor_says_nothing_of_a_clock_that_is_right(samba, tmp_path):
    assert len(checks_of_share(samba, tmp_path)) == 1


def checks_of_share(samba: Samba, folder: Path):
    config = initialise(folder / "workspace", Workspace())
    text = config.read_text("utf-8")
    config.write_text(text.partition("[[source]]")[0] + samba.as_source("a.password"), "utf-8")
    password = config.with_name("a.password")
    password.write_text(samba.password)
    password.chmod(0o600)
    settings = load_settings(config)
    return list(checks_of_source(settings, settings.sources[0]))
