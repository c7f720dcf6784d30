"""Stand-ins that live in memory, and a reader that misbehaves on order."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.content import Content
from domain.errors import MunimentError
from domain.finding import Finding
from operations.examine import Toolkit
from scanner.blob import Blob
from scanner.budget import MIB, Budget
from scanner.extractor import Extractor
from scanner.sources.memory import MemorySource


@dataclass(frozen=True)
class ShoutedWords:
    """A classifier that takes every text with NAMED in it for personal."""

    version: str = "shouted words 1"

    def find(self, content: Content) -> tuple[Finding, ...]:
        count = content.text.count("NAMED")
        return (Finding("UK_NINO", count, 0.95, fingerprints=(b"f" * 16,)),) if count else ()


class OrderedExtractor:
    """Reads plain text, and does what the text orders: hang (with the GIL or without), exit, segfault, eat memory."""

    version = "ordered 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        order = blob.bytes.decode("utf-8", "replace").strip()
        if order == "hang":
            threading.Event().wait()
        if order == "hang with the GIL":
            ctypes.PyDLL(None).sleep(3600)
        if order == "exit":
            os._exit(7)
        if order == "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        if order == "eat memory":
            eaten = []
            while True:
                eaten.append(b"x" * 16 * MIB)
        if order == "raise":
            raise ValueError(order)
        return Content(order[:limit])


@dataclass(frozen=True)
class MakeTools:
    """Builds a toolkit over files in memory; picklable, as workers need it."""

    files: Mapping[bytes, bytes]
    budget: Budget = field(default_factory=Budget)
    extractor: type[Extractor] = OrderedExtractor
    fails: bool = False

    def __call__(self) -> Toolkit:
        if self.fails:
            raise MunimentError("The model is missing. Install it.")
        extractor = self.extractor()

        def extractor_for(media_type: str) -> Extractor | None:
            return None if media_type in ("application/zip", "application/mbox", "application/x-empty") else extractor

        source = MemorySource("memory", self.files)
        return Toolkit({"memory": source}, ShoutedWords(), "pipeline 1", extractor_for, budget=self.budget)
