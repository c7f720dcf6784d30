"""The files of a certificate of destruction: what is signed, the page, and the PDF that is a copy of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from domain.errors import ConfigurationError
from domain.signed import Signed
from reports.certificate import certificate_page
from reports.renderers import pdf, with_reading_copy
from reports.renderers.flat import Writer
from reports.renderers.html import render_certificate

FORMATS = ("json", "html", "pdf")
PUBLIC_KEY = "muniment-signing.pub"


def certificate_files(document: Signed, formats: Iterable[str] = FORMATS) -> dict[str, Writer]:
    """Name → what writes it, of a certificate whose signature was checked; beside what is signed the public key.

    Raises ConfigurationError for a format that is not there, or for PDF where what makes one is not installed.
    """
    chosen = with_reading_copy(formats)
    if unknown := [fmt for fmt in chosen if fmt not in FORMATS]:
        raise ConfigurationError(f"There is no format {unknown[0]!r} of a certificate. There are: {', '.join(FORMATS)}")
    page = certificate_page(document)
    text = render_certificate(page)
    files: dict[str, Writer] = {}
    if "json" in chosen:
        files |= {f"{page.name}.json": _writes(document.text), PUBLIC_KEY: _writes(f"{document.public_key.hex()}\n")}
    if "html" in chosen:
        files[f"{page.name}.html"] = _writes(text)
    if "pdf" in chosen:
        pdf.check_installed()
        files[f"{page.name}.pdf"] = lambda file: pdf.write_page(text, file)
    return files


def _writes(text: str) -> Writer:
    def write(file: BinaryIO) -> None:
        file.write(text.encode("utf-8", "backslashreplace"))

    return write
