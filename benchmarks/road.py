"""Our road through one file: its media type, its reader, and all the parts inside it, as a scan reads them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from domain.content import Content
from domain.errors import ItemTroubleError
from operations.toolkit import surprises_named
from scanner.blob import Blob, read_once
from scanner.budget import MIB
from scanner.container import Container
from scanner.containers import container_for
from scanner.encryption import is_encrypted
from scanner.extractors import extractor_for
from scanner.extractors.tika_native import TikaNativeExtractor
from scanner.media import media_type

_LIMIT = 1024 * MIB
_STRETCH = 5_000_000
_DEPTH = 6


@dataclass(slots=True)
class Road:
    """What one file came to: the texts of itself and its parts, who read each, and the trouble met.

    `names` are those of its parts, which the inventory keeps. Of Tika the texts are two: what it has as text, and what
    it has as metadata.
    """

    kind: str = ""
    names: list[str] = field(default_factory=list, repr=False)
    texts: list[str] = field(default_factory=list, repr=False)
    readers: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def escalated(self) -> bool:
        return any(":" in reader for reader in self.readers)


def our_road(content: bytes, name: str) -> Road:
    road = Road()
    with read_once(BytesIO(content), _LIMIT) as blob:
        road.kind = media_type(blob, name)
        _read(blob, name, road, 0)
    return road


def _read(blob: Blob, name: str, road: Road, depth: int) -> None:
    kind = media_type(blob, name)
    try:
        with surprises_named("-"):
            if is_encrypted(blob, kind):
                road.troubles.append("encrypted")
                return
            _own(blob, kind, road)
    except ItemTroubleError as trouble:
        road.troubles.append(trouble.problem.code)
    container = container_for(kind)
    if container is not None and depth < _DEPTH:
        _parts(blob, container, road, depth)


def _own(blob: Blob, kind: str, road: Road) -> None:
    extractor = extractor_for(kind)
    if extractor is None:
        return
    for content in stretches(extractor.extract(blob, kind, _STRETCH)):
        road.texts.append(content.text)
        road.readers += [content.reader] if content.reader else []
        road.troubles += [content.problem.code] if content.problem else []


def stretches(content: Content) -> Iterator[Content]:
    yield content
    yield from content.rest


def _parts(blob: Blob, container: Container, road: Road, depth: int) -> None:
    try:
        with surprises_named("-"):
            for part in container.parts(blob, 0):
                road.names.append(part.name)
                if part.problem is None:
                    with part.open() as stream, read_once(stream, _LIMIT) as inner:
                        _read(inner, part.name, road, depth + 1)
    except ItemTroubleError as trouble:
        road.troubles.append(trouble.problem.code)


def tika_road(content: bytes, name: str) -> Road:
    """Everything through native Tika, what is inside included, as it comes."""
    road = Road()
    with read_once(BytesIO(content), _LIMIT) as blob:
        road.kind = media_type(blob, name)
        try:
            read = TikaNativeExtractor().extract(blob, road.kind, 20 * _STRETCH)
            said = next((place.start for place in read.places if place.name == "properties"), len(read.text))
            road.texts += [read.text[:said], read.text[said:]]
        except ItemTroubleError as trouble:
            road.troubles.append(trouble.problem.code)
    return road


def cpu_of(road: Callable[[bytes, str], Road], content: bytes, name: str, rounds: int) -> float:
    """CPU seconds of the cheapest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        road(content, name)
        best = min(best, time.process_time() - began)
    return best


FAMILIES = {
    ".docx": "OOXML", ".docm": "OOXML", ".dotx": "OOXML", ".pptx": "OOXML", ".pptm": "OOXML", ".ppsx": "OOXML",
    ".xlsx": "spreadsheets", ".xlsm": "spreadsheets", ".xlsb": "spreadsheets", ".xls": "spreadsheets",
    ".ods": "spreadsheets", ".odt": "ODF", ".odp": "ODF", ".pdf": "PDF", ".html": "HTML", ".htm": "HTML",
    ".txt": "text", ".csv": "text", ".eml": "mail", ".msg": "mail", ".mbox": "mail",
}  # fmt: skip
COUNTED = ("mail", "OOXML", "spreadsheets", "PDF", "HTML", "text")
"""The families of the target."""


def family_of(path: Path) -> str:
    return FAMILIES.get(path.suffix.lower(), "other")
