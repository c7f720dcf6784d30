"""Writing a report: whole files, for their owner's eyes, and the golden copies of what is in them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from reports import renderers
from reports.gdpr_risk import gdpr_risk_report
from reports.renderers import RENDERERS, with_reading_copy, write
from reports.report import Report

_TEXT = ("csv", "html", "json")
"""The formats whose files are the same to the byte wherever they are written."""
_LIGHT = tuple(sorted(RENDERERS.keys() - {"pdf"}))
_GOLDEN = Path(__file__).parents[1] / "golden" / "reports"


def _rot(build) -> Report:
    return build.a_rot_report(build.a_provenance(build.WITH_GAPS, scan_complete=False), build.SERVICES, build.ROT_ITEMS)


def _gdpr(build) -> Report:
    return gdpr_risk_report(
        build.a_provenance(build.WITH_GAPS),
        build.SERVICES,
        build.RISKY,
        build.RISK_ITEMS,
        build.WEIGHTS,
        build.OWNERSHIP,
    )


@pytest.mark.parametrize("fmt", _TEXT)
@pytest.mark.parametrize("made", [_rot, _gdpr], ids=["rot", "gdpr-risk"])
def test_the_files_are_as_the_golden_copies(build, tmp_path, made, fmt):
    """With WRITE_GOLDEN=1 in the environment the golden copies are written anew, to be read before they are kept."""
    report = made(build)
    if os.environ.get("WRITE_GOLDEN"):
        write(report, fmt, _GOLDEN)
    written = write(report, fmt, tmp_path)
    assert {path.name for path in written} == {path.name for path in _GOLDEN.glob(_pattern(report, fmt))}
    for path in written:
        assert path.read_bytes() == (_GOLDEN / path.name).read_bytes(), path.name


def _pattern(report: Report, fmt: str) -> str:
    return f"{report.name}-*.csv" if fmt == "csv" else f"{report.name}.{fmt}"


@pytest.mark.parametrize("fmt", _LIGHT)
def test_only_the_owner_can_read_the_files(build, tmp_path, fmt):
    before = os.umask(0)
    try:
        written = write(_rot(build), fmt, tmp_path / "reports" / "may")
    finally:
        os.umask(before)
    assert written
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_the_paths_given_back_are_all_that_was_written(build, tmp_path):
    written = [path for fmt in _LIGHT for path in write(_rot(build), fmt, tmp_path)]
    assert sorted(written) == sorted(tmp_path.iterdir())


def test_a_report_written_again_takes_the_place_of_the_former(build, tmp_path):
    (tmp_path / "rot.json").write_text("old")
    (tmp_path / "rot.json").chmod(0o644)
    (path,) = write(_rot(build), "json", tmp_path)
    assert path.read_text().startswith("{")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(build, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("untouched")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "rot.json").symlink_to(elsewhere)
    write(_rot(build), "json", tmp_path / "out")
    assert elsewhere.read_text() == "untouched"
    assert not (tmp_path / "out" / "rot.json").is_symlink()


def test_a_write_that_fails_leaves_the_former_report_and_no_rest(build, tmp_path, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "rot.html").write_text("the former report")
    monkeypatch.setattr(renderers.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(_rot(build), "html", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rot.html"]
    assert (tmp_path / "rot.html").read_text() == "the former report"


def test_a_format_that_does_not_exist_is_refused_with_those_that_do(build, tmp_path):
    with pytest.raises(ConfigurationError, match="Choose one of: csv, html, json, ods, pdf, xlsx"):
        write(_rot(build), "docx", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_name_with_a_lone_surrogate_does_not_lose_the_report(build, tmp_path):
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, (build.a_rot_item("a\udcffb"),))
    for fmt in _TEXT:
        for path in write(report, fmt, tmp_path):
            path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("fmt", ["ods", "xlsx"])
def test_the_same_report_is_the_same_workbook_to_the_byte(build, tmp_path, fmt):
    (first,), (second,) = (write(_rot(build), fmt, tmp_path / name) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_pdf_never_goes_alone():
    assert with_reading_copy(["pdf", "csv", "pdf"]) == ("html", "pdf", "csv")
    assert with_reading_copy(["csv", "pdf", "html"]) == ("csv", "pdf", "html")
    assert with_reading_copy(["csv"]) == ("csv",)
