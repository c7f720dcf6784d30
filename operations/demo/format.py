"""Which writer writes which file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from operations.demo.document import Archive, Attached, Content, Cut, Mailbox, Message
from operations.demo.formats.archive import write_zip
from operations.demo.formats.docx import write_docx
from operations.demo.formats.mail import write_eml, write_mbox
from operations.demo.formats.odt import write_odt
from operations.demo.formats.pdf import write_pdf
from operations.demo.formats.picture import write_photograph, write_plan, write_scan
from operations.demo.formats.plain import write_csv, write_html, write_rtf, write_txt
from operations.demo.formats.pptx import write_pptx
from operations.demo.formats.xlsx import write_xlsx

WRITERS: dict[str, Callable[[Any], bytes]] = {
    "Document.docx": write_docx,
    "Document.odt": write_odt,
    "Document.pdf": write_pdf,
    "Document.rtf": write_rtf,
    "Document.html": write_html,
    "Document.txt": write_txt,
    "Document.png": write_scan,
    "Workbook.xlsx": write_xlsx,
    "Workbook.csv": write_csv,
    "Slides.pptx": write_pptx,
    "Message.eml": write_eml,
    "Mailbox.mbox": write_mbox,
    "Archive.zip": write_zip,
    "Photograph.jpg": write_photograph,
    "Plan.png": write_plan,
}
"""By what is to be written and the ending of the name it is written under."""


def render(name: str, content: Content) -> bytes:
    """The bytes of a file of this name; a member of a container is written first, by its own name."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, Cut):
        return render(name, content.whole)[: content.keep]
    suffix = name.rpartition(".")[2].lower()
    return WRITERS[f"{type(content).__name__}.{suffix}"](_filled(content))


def _filled(content: Content) -> Content:
    """The content with everything inside it already rendered."""
    match content:
        case Message():
            return replace(content, attached=_rendered(content.attached))
        case Archive():
            return replace(content, members=_rendered(content.members))
        case Mailbox():
            return Mailbox(tuple(replace(one, attached=_rendered(one.attached)) for one in content.messages))
        case _:
            return content


def _rendered(files: tuple[Attached, ...]) -> tuple[Attached, ...]:
    return tuple(replace(file, content=render(file.name, file.content)) for file in files)
