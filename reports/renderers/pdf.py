"""PDF as a copy of the page: tagged, by PDF/UA-1 (ISO 14289-1), for those who file or print it."""

from __future__ import annotations

import io
from functools import partial
from typing import Any, BinaryIO

from domain.errors import ConfigurationError
from reports.renderers.flat import Writer
from reports.renderers.html import render_html
from reports.report import Report

_MISSING = (
    "A PDF needs WeasyPrint, pikepdf and the library Pango, and they are not all here. On Debian: apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core; then: pip install muniment[pdf]"
)

_POINTS = (9, 8.5, 8, 7.5)
"""Sizes of type in print, the largest that fits first."""


def files(report: Report) -> dict[str, Writer]:
    """Raises ConfigurationError where what makes a PDF is not installed."""
    check_installed()
    return {f"{report.name}.pdf": partial(_write, report)}


def check_installed() -> None:
    """Raises ConfigurationError where what makes a PDF is not installed."""
    try:
        import pikepdf  # noqa: F401, PLC0415  only those who want a PDF need what makes one
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError) as error:
        raise ConfigurationError(_MISSING) from error


def _write(report: Report, file: BinaryIO) -> None:
    write_page(render_html(report), file, report.sheets)


def write_page(page: str, file: BinaryIO, sheets: int = 0) -> None:
    """A page of HTML as a tagged PDF, on so many sheets where it fits; 0: on as many as it takes."""
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(_drawn(page, sheets)) as document:
        for element in document.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH":
                element["/A"]["/Scope"] = pikepdf.Name(_scope(element))
        document.save(file, deterministic_id=True)


def _drawn(page: str, sheets: int) -> io.BytesIO:
    """In smaller type where it would not fit on its sheets; where even that is too large it takes more of them."""
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    page = page.encode("utf-8", "backslashreplace").decode()
    drawn = io.BytesIO()
    for points in _POINTS if sheets else _POINTS[:1]:
        style = CSS(string=f"html {{ font-size: {points}pt !important }}")
        # Nothing is fetched, whatever the page says.
        html = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=()))
        document = html.render(stylesheets=[style], pdf_variant="pdf/ua-1")
        if len(document.pages) <= sheets:
            break
    document.write_pdf(drawn, pdf_variant="pdf/ua-1")
    return drawn


def _scope(header: Any) -> str:
    """Whether a header is a column's or a row's, which ISO 14289-1, 7.5, asks for and WeasyPrint leaves out."""
    return "/Column" if header["/P"]["/P"]["/S"] == "/THead" else "/Row"
