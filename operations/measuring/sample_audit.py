"""Reads contents drawn at random once more, to see where stock Presidio and the cascade mark different things."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from domain.content import Content
from domain.errors import ConfigurationError
from domain.examination import Cursor
from domain.privacy import FingerprintKey
from inventory.engine import Database
from inventory.sampling import Drawn, draw
from operations.config import Settings
from operations.configuration.source_settings import SourceSettings
from operations.examine import examine
from operations.toolkit import Toolkit
from operations.wiring import ToolkitMaker, ad_hoc_source, model_of
from scanner.blob import Blob
from scanner.extractor import Extractor

if TYPE_CHECKING:
    from classifiers.audit import Audit

_DIGEST_BYTES = 32


def draw_any(database: Database, size: int, seed: int) -> tuple[Drawn, ...]:
    """Contents of every stratum, as they come. Raises ConfigurationError where there are none."""
    drawn = draw(database, Random(seed).randbytes(_DIGEST_BYTES), size)  # noqa: S311  reproducible, and no secret
    if not drawn:
        raise ConfigurationError("No content with text has been examined whole yet. Scan first: muniment scan")
    return drawn


def auditing(settings: Settings, drawn: Iterable[Drawn]) -> tuple[Audit, Toolkit]:
    """An audit that has counted nothing yet, and what reads the sources of the contents drawn, in this process.

    Raises ConfigurationError where a source is gone, and without a language model: stock Presidio is nothing then.
    """
    from classifiers.audit import Audit, stock_presidio  # noqa: PLC0415  seconds to import

    model = model_of(settings)
    if model is None:
        raise ConfigurationError("Stock Presidio needs a language model. Install one, or set detection.model to it.")
    known = {source.name: source for source in settings.sources}
    named = {content.file.ref.source: content.root for content in drawn}
    sources = (known.get(name) or _scanned_by_path(name, root) for name, root in named.items())
    key = FingerprintKey(secrets.token_bytes(32))  # forgotten: the fingerprints are not looked at
    tools = ToolkitMaker(settings.over(sources), key, reuse=False)()
    return Audit(tools.classifier, stock_presidio(model)), tools


def audit(content: Drawn, tools: Toolkit, by: Audit) -> None:
    """Read a content from its source once more, and of the file that it lies in nothing else.

    Where it is not there any more, or cannot be read, the audit has counted one content less than were drawn.
    """
    wanted = {content.digest}

    def reader_of(media_type: str) -> Extractor | None:
        reader = tools.extractor_for(media_type)
        return reader and _Only(reader, wanted)

    only = replace(tools, classifier=by, extractor_for=reader_of)
    after: Cursor | None = Cursor()
    while after is not None and wanted:
        after = examine(content.file, only, after).rest


@dataclass(frozen=True, slots=True)
class _Only:
    """A reader of the contents that are `wanted`, each once; all else comes out empty."""

    reader: Extractor
    wanted: set[bytes]

    @property
    def version(self) -> str:
        return self.reader.version

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        if blob.digest not in self.wanted:
            return Content()
        self.wanted.remove(blob.digest)
        return self.reader.extract(blob, media_type, limit)


def _scanned_by_path(name: str, root: bytes) -> SourceSettings:
    """The source of a path that was named on the command line of a scan."""
    return ad_hoc_source(name, Path(os.fsdecode(root)))
