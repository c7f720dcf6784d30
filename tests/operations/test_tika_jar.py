"""Fetching the Tika server, by a played Maven everywhere and by the real one where it can be had."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from domain.errors import MunimentError
from operations.tika_jar import TikaJar, cached_jar, fetch_tika, how_to_start, server_configuration

CONTENT = b"the server\n"


@pytest.fixture
def jar(tmp_path) -> TikaJar:
    return TikaJar(tmp_path / "cache" / "muniment")


@pytest.fixture
def programs(tmp_path, monkeypatch) -> Path:
    """The only folder of programs, with a Java in it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    a_program(folder / "java", "exit 0")
    return folder


def a_program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def a_maven(folder: Path, content: bytes = CONTENT) -> None:
    """It leaves what it was asked for, and things of its own beside it, and notes that it was called."""
    (folder.parent / "content").write_bytes(content)
    a_program(folder / "mvn", f"""
        for word in "$@"; do
            case "$word" in
                -DoutputDirectory=*) out="${{word#*=}}";;
                -Dmaven.repo.local=*) own="${{word#*=}}";;
                -Dartifact=org.apache.tika:tika-server-standard:3.3.2) asked=yes;;
            esac
        done
        [ "$asked" = yes ] || exit 1
        /bin/mkdir -p "$own/org"
        /bin/cp "{folder.parent}/content" "$out/tika-server-standard-3.3.2.jar"
        echo called >> "{folder.parent}/calls"
    """)  # fmt: skip


def is_taken_for_the_server(monkeypatch) -> None:
    monkeypatch.setattr("operations.tika_jar._SHA512", hashlib.sha512(CONTENT).hexdigest())


def test_what_maven_brings_is_kept_beside_its_configuration_and_nothing_else_is(jar, programs, monkeypatch):
    a_maven(programs)
    is_taken_for_the_server(monkeypatch)
    fetch_tika(jar)
    assert sorted(os.listdir(jar.folder)) == ["tika-config-3.3.2.xml", "tika-server-standard-3.3.2.jar"]
    assert jar.path.read_bytes() == CONTENT
    assert stat.S_IMODE(jar.folder.stat().st_mode) == 0o700


def test_what_is_there_is_not_fetched_again_unless_it_is_damaged(jar, programs, monkeypatch):
    a_maven(programs)
    is_taken_for_the_server(monkeypatch)
    for _ in range(2):
        fetch_tika(jar)
    jar.path.write_bytes(b"half")
    fetch_tika(jar)
    assert (programs.parent / "calls").read_text() == "called\n" * 2
    assert jar.is_whole


def test_what_was_put_there_by_hand_needs_no_maven(jar, programs, monkeypatch):
    is_taken_for_the_server(monkeypatch)
    jar.folder.mkdir(parents=True)
    jar.path.write_bytes(CONTENT)
    fetch_tika(jar)
    assert jar.configuration.exists()


def test_another_content_is_refused_and_removed(jar, programs):
    a_maven(programs, b"something else\n")
    with pytest.raises(MunimentError, match="checksum differs"):
        fetch_tika(jar)
    assert os.listdir(jar.folder) == []


@pytest.mark.parametrize(("missing", "message"), [("mvn", "apt install maven"), ("java", "apt install default-jre")])
def test_a_missing_program_is_named_with_the_package_that_has_it(jar, programs, missing, message):
    a_maven(programs)
    (programs / missing).unlink()
    with pytest.raises(MunimentError, match=message):
        fetch_tika(jar)
    assert os.listdir(jar.folder) == []


def test_a_maven_that_fails_is_quoted_in_one_line_with_what_to_do(jar, programs):
    a_program(programs / "mvn", "printf '\\033[0m[ERROR] \\n[ERROR] Unknown host example.test\\n[ERROR] more'; exit 1")
    with pytest.raises(MunimentError) as caught:
        fetch_tika(jar)
    assert "mirror" in str(caught.value)
    assert "Maven says: Unknown host example.test." in str(caught.value)
    assert f"put tika-server-standard-3.3.2.jar into {jar.folder} yourself" in str(caught.value)
    assert os.listdir(jar.folder) == []


def test_the_cache_is_where_this_account_keeps_caches(tmp_path):
    assert cached_jar({"XDG_CACHE_HOME": str(tmp_path)}).folder == tmp_path / "muniment"
    for elsewhere in ({}, {"XDG_CACHE_HOME": ""}, {"XDG_CACHE_HOME": "relative"}):
        assert cached_jar(elsewhere).folder == Path.home() / ".cache" / "muniment"


def test_how_to_start_it_is_a_command_for_a_shell_and_what_to_write_down():
    said = how_to_start(TikaJar(Path("/home/a person/cache")))
    assert "java -jar '/home/a person/cache/tika-server-standard-3.3.2.jar' --host 127.0.0.1 --port 9998" in said
    assert 'server = "http://127.0.0.1:9998"' in said


def test_the_server_s_configuration_is_xml_that_has_deleted_text_read_and_no_characters_recognised():
    root = ET.fromstring(server_configuration())
    read = {parser.get("class") for parser in root.iter("parser") if parser.find("params/param") is not None}
    excluded = {parser.get("class") for parser in root.iter("parser-exclude")}
    assert len(read) == 3
    assert excluded - read == {"org.apache.tika.parser.ocr.TesseractOCRParser"}


@pytest.mark.servers
def test_the_real_server_is_the_one_that_is_known_by_its_checksum(real_tika):
    assert cached_jar().is_whole
