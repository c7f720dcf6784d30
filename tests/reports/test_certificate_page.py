"""The certificate of destruction as a page: all that was signed, in words, for whoever reads it and however."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from certificates import KEY, a_lot, a_signed_certificate
from playwright.sync_api import sync_playwright

from domain.certificate import FORM, Copies
from domain.disposal import canonical
from domain.errors import ConfigurationError
from reports.renderers.certificate import certificate_files

CHROMIUM = shutil.which("chromium")


def page_of(document) -> str:
    kept = BytesIO()
    certificate_files(document, ("html",))["certificate-2026-0001.html"](kept)
    return kept.getvalue().decode()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


def test_the_page_says_all_that_was_signed():
    document = a_signed_certificate()
    words = words_of(page_of(document))
    for part in (
        "Certificate of destruction 2026/0001", "hr-payroll", "Human Resources", "HR.02", "HR.02-R1", "c0" * 32,
        "Limitation Act 1980, s. 5", "employment ends", "retention-expired", "1 April 2008", "30 September 2015",
        "1 January 2022", "30 June 2025", "amy.marsh", "j.thornbury", "p.lake", "r.dale", "i.gill", "reviewer",
        "2026-11-19 09:00 UTC", "2026-11-04 09:00 UTC to 2026-11-04 10:00 UTC", "Moved into a quarantine",
        "were compared with the manifest", "until 2027-02-20", "held", document.digest, document.signature.hex(),
        "this is the first", "3,120 bytes", "of 5 files in the manifest", "names no file, no folder and no person",
    ):  # fmt: skip
        assert part in words, part
    assert json.loads(document.body)["manifest_sha256"] in words


def test_what_is_not_known_is_said_so_and_nothing_is_left_out_for_length():
    lots = tuple(
        a_lot(asset="", authority="", rule=f"R{number}", items=int(number < 3), bytes=0, oldest=None)
        for number in range(300)
    )
    words = words_of(page_of(a_signed_certificate(lots=lots, copies=Copies())))
    assert "not recorded" in words
    assert "ask who keeps the backups" in words
    assert "R299" in words


def test_a_format_that_there_is_not_is_named():
    with pytest.raises(ConfigurationError, match="There is no format 'ods'"):
        certificate_files(a_signed_certificate(), ("ods",))


def test_markup_and_control_characters_in_what_was_signed_stay_words():
    told = json.loads(a_signed_certificate().body) | {"organisation": "<script>alert(1)</script>\u202egnp\x1b["}
    page = page_of(KEY.signed(FORM, canonical(told)))
    assert "<script" not in page
    assert not any(char in page for char in "\u202e\x1b")


@pytest.mark.servers
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_no_violation(tmp_path, width):
    (tmp_path / "c.html").write_text(page_of(a_signed_certificate()))
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((tmp_path / "c.html").as_uri())
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_snapshot()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        browser.close()


@pytest.mark.servers
def test_the_pdf_is_tagged_in_the_language_of_the_page():
    pikepdf = pytest.importorskip("pikepdf")
    files, kept = certificate_files(a_signed_certificate(), ("pdf",)), BytesIO()
    assert list(files) == ["certificate-2026-0001.html", "certificate-2026-0001.pdf"]
    files["certificate-2026-0001.pdf"](kept)
    with pikepdf.open(kept) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert str(document.docinfo["/Title"]).startswith("Certificate of destruction 2026/0001")
        headers = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
        assert {str(one.A.Scope) for one in headers} == {"/Column", "/Row"}
