"""What files are written from: a document, a workbook, slides, a message, an archive or a picture, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | float
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the heading."""

    rows: tuple[Row, ...]


Block: TypeAlias = str | Heading | Table


@dataclass(frozen=True, slots=True)
class Document:
    """Running text: written as docx, odt, pdf, rtf, html, txt or, as a scanned page, png. Only pdf has a password."""

    title: str
    author: str
    dated: datetime
    blocks: tuple[Block, ...]
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets: written as xlsx, or as csv, which holds the first alone."""

    title: str
    author: str
    dated: datetime
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slides:
    title: str
    author: str
    dated: datetime
    slides: tuple[Slide, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a message or an archive."""

    name: str
    content: Content
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    sender: str
    to: str
    subject: str
    sent: datetime
    body: str
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailbox:
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file. Members without a time of their own have `dated`."""

    dated: datetime
    members: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Photograph:
    """A jpg of a road with camera data. `north` and `east` are degrees."""

    camera: tuple[str, str]
    taken: datetime
    north: float
    east: float
    seed: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A png of a site plan: plots along a road, numbered."""

    title: str
    seed: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The first `keep` bytes of what the content would be written as: a file whose copying was interrupted."""

    whole: Content
    keep: int


Content: TypeAlias = "Document | Workbook | Slides | Message | Mailbox | Archive | Photograph | Plan | Cut | bytes"
