"""The text of drawings of Visio ([MS-VSDX] 2.2)."""

from __future__ import annotations

from functools import partial

from scanner.flow import Flow
from scanner.formats.named_people import Named
from scanner.formats.package import Attributes, Handlers, value_of


class Drawing:
    """Puts pages into a flow: the text of shapes, their data (in which organisation charts keep people), links."""

    def __init__(self, flow: Flow, named: Named) -> None:
        self._flow, self._named = flow, named
        self._handlers = Handlers(
            {"Text": self._start_text, "Section": self._start_section, "Row": self._start_row, "Cell": self._cell},
            {"Text": self._end_text, "Section": partial(self._start_section, {})},
            self._text,
        )

    def begun(self) -> Handlers:
        self._texts = 0
        self._section = self._label = ""
        return self._handlers

    def _text(self, text: str) -> None:
        if self._texts:
            self._flow.write(text)

    def _start_text(self, _: Attributes) -> None:
        self._texts += 1
        self._flow.start_paragraph()

    def _end_text(self) -> None:
        self._texts -= 1
        self._flow.end_paragraph()

    def _start_section(self, attributes: Attributes) -> None:
        self._section = value_of(attributes, "N")

    def _start_row(self, attributes: Attributes) -> None:
        self._label = value_of(attributes, "N")

    def _cell(self, attributes: Attributes) -> None:
        name, value = value_of(attributes, "N"), value_of(attributes, "V")
        if self._section == "Hyperlink" and name == "Address":
            self._named.link(value)
        elif self._section == "Property" and name == "Label":
            self._label = value
        elif self._section == "Property" and name == "Value" and value:
            self._flow.line(f"{self._label}: {value}")
