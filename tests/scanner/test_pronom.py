from __future__ import annotations

import os
import sys

import pytest

from scanner.pronom import _siegfried, pronom_id

pytest.importorskip("pygfried")


def id_of(files, content: bytes, name: str = "x") -> str | None:
    with files.blob_of(content) as blob:
        return pronom_id(blob, name)


def test_formats_have_the_identifier_of_the_register(files):
    assert id_of(files, files.a_docx()) == "fmt/412"
    assert id_of(files, files.a_pdf("words")) in ("fmt/17", "fmt/18", "fmt/16")
    assert id_of(files, files.a_jpeg()) in ("fmt/43", "fmt/1507", "x-fmt/391")


def test_a_spooled_file_has_the_same_one(files, monkeypatch):
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    assert id_of(files, files.a_docx()) == "fmt/412"


def test_of_a_large_file_its_ends_are_enough(files):
    pdf = files.a_pdf(*["words " * 20] * 20)
    long = pdf.replace(b"%%EOF", b"% " + b"x" * 3_000_000 + b"\n%%EOF")
    assert id_of(files, long) == id_of(files, pdf)


def test_kinds_of_text_that_only_the_name_tells_are_told_by_it(files):
    words = b"name, postcode\nAnn Example, ZZ99 9ZZ\n"
    assert [id_of(files, words, name) for name in ("x", "x.CSV", "x.json", "x.txt")] == [
        "x-fmt/111", "x-fmt/18", "fmt/817", "x-fmt/111",
    ]  # fmt: skip


def test_the_kinds_by_name_are_those_of_the_register(tmp_path):
    import pygfried  # noqa: PLC0415  an extra

    from scanner.pronom import _BY_NAME  # noqa: PLC0415

    for extension, expected in _BY_NAME.items():
        path = tmp_path / f"x{extension}"
        path.write_text("hello there, some words\n")
        assert pygfried.identify(str(path)) == expected


def test_what_is_not_known_has_none(files):
    assert id_of(files, bytes((7 * n * n + n // 3) % 251 for n in range(4000))) is None
    assert id_of(files, b"") is None


def test_damage_has_none_and_raises_nothing(files):
    whole = files.a_docx()
    for length in range(1, len(whole), 997):
        id_of(files, whole[:length])


def test_nothing_is_left_open_or_said(files, capfd):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        id_of(files, files.a_docx()[:3000])
    assert len(os.listdir("/proc/self/fd")) == before
    assert capfd.readouterr() == ("", "")


def test_without_the_extra_there_is_none(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "pygfried", None)
    _siegfried.cache_clear()
    try:
        assert id_of(files, files.a_docx()) is None
    finally:
        _siegfried.cache_clear()
