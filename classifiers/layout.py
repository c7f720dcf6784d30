"""What the reader of a text knows of its layout, on its way through Presidio to whoever asks."""

from __future__ import annotations

from typing import Any

from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from domain.content import Table


class Layout(NlpArtifacts):  # type: ignore[misc]  # Presidio is untyped
    """No language at all, but the tables that the reader of the text knows of."""

    def __init__(self, tables: tuple[Table, ...], engine: NlpEngine) -> None:
        super().__init__([], [], [], [], engine, "en")
        self.tables = tables


def tables_in(artifacts: Any) -> tuple[Table, ...]:
    """The tables that came with a text; none where only its language did."""
    return artifacts.tables if isinstance(artifacts, Layout) else ()
