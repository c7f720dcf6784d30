"""A reader that breaks in the ways of native code, each time with what it read on its lips."""

from __future__ import annotations

import logging
import os
import sys
import warnings

from domain.content import Content
from scanner.blob import Blob

WAYS = ("raise", "raise from", "print", "native", "abort", "exit", "recurse", "warn")


class CrashingExtractor:
    """The text says in which way, and then what it must not tell."""

    version = "crashing 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        way, _, text = blob.bytes.decode().partition(": ")
        getattr(self, way.replace(" ", "_") + "_")(text)
        return Content(text)

    def raise_(self, text: str) -> None:
        raise KeyError(text)

    def raise_from_(self, text: str) -> None:
        raise RuntimeError(text) from UnicodeDecodeError("utf-8", text.encode(), 0, 1, text)

    def print_(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stderr.write(text)

    def native_(self, text: str) -> None:
        for stream in (1, 2):
            os.write(stream, text.encode())

    def abort_(self, text: str) -> None:
        os.write(2, f"terminate called: {text}".encode())
        os.abort()

    def exit_(self, text: str) -> None:
        sys.exit(text)

    def recurse_(self, text: str) -> None:
        self.recurse_(text)

    def warn_(self, text: str) -> None:
        logging.getLogger("a library").critical(text)
        warnings.warn(text, stacklevel=1)
