"""The text of OpenDocument XML (ODF 1.3 part 3): content, headers and footers, in a package or a flat file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from scanner.flow import Flow
from scanner.formats.named_people import Named
from scanner.formats.package import Attributes, Handlers, value_of

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_MOST_ROWS = 100
_PARAGRAPHS = ("p", "h", "title", "desc", "header-decl", "footer-decl", "date-time-decl")
_MUTED = ("annotation", "change-info", "note-citation", "binary-data", "script", "scripts", "event-listeners")
_CONTROLS = ("text", "textarea", "combobox", "formatted-text", "fixed-text", "generic-control")
_CHOICES = ("string-value", "string-value-if-true", "string-value-if-false")
_MARGINS = {
    "header": "header",
    "header-left": "header",
    "header-first": "header",
    "footer": "footer",
    "footer-left": "footer",
    "footer-first": "footer",
    "master-page": "master",
}


class OdfText:
    """Puts the text of parts into a flow, one part after the other.

    Characters count only in paragraphs, and what stands there beside the text (who made a note, and when) does not.
    White space counts once (ODF 1.3 part 3, 6.1.2). What repeats, as rows and cells of a sheet may do a million
    times, is repeated within reason.
    """

    def __init__(self, flow: Flow, named: Named) -> None:
        self._flow, self._named = flow, named
        self._handlers = Handlers(self._starts(), self._ends(), self._text)
        self._formula = Handlers({"*": lambda _: flow.write(" ")}, {}, flow.write)

    def handlers_for(self, root: str) -> Handlers:
        """The handlers, ready for a new part whatever the one before left open."""
        if root == "math":
            self._flow.start_paragraph()
            return self._formula
        self._paragraphs: list[int] = []  # How often muted before each began.
        self._frames: list[bool] = []
        self._cells: list[int] = []
        self._rows: list[int] = []
        self._muted = self._prompts = self._pages = 0
        self._creator: list[str] | None = None
        self._choices: list[str] = []
        self._shown = ""
        self._page = ""
        return self._handlers

    def _starts(self) -> dict[str, Callable[[Attributes], None]]:
        starts: dict[str, Callable[[Attributes], None]] = dict.fromkeys(_PARAGRAPHS, self._start_paragraph)
        starts |= dict.fromkeys(_MUTED, self._mute) | dict.fromkeys(_CONTROLS, self._control)
        starts |= {name: partial(self._margin, place) for name, place in _MARGINS.items()}
        starts |= {name: partial(self._kind, page) for name, page in (("presentation", "slide"), ("drawing", "page"))}
        return starts | {
            "spreadsheet": partial(self._kind, "sheet"), "page": self._start_page, "notes": self._start_notes,
            "s": self._spaces, "tab": partial(self._mark, "\t"), "line-break": partial(self._mark, "\n"),
            "a": self._link, "image": self._link, "creator": self._start_creator, "frame": self._start_frame,
            "table": self._start_table, "table-row": self._start_row, "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell, "user-field-decl": self._variable, "meta": self._start_meta,
            "hidden-text": self._start_choice, "conditional-text": self._start_choice,
        }  # fmt: skip

    def _ends(self) -> dict[str, Callable[[], None]]:
        ends = dict.fromkeys(_PARAGRAPHS, self._end_paragraph) | dict.fromkeys(_MUTED, self._unmute)
        return ends | {
            "creator": self._end_creator, "frame": self._end_frame, "table": self._flow.end_table,
            "table-row": self._end_row, "table-cell": self._end_cell, "covered-table-cell": self._end_cell,
            "meta": self._end_meta, "hidden-text": self._end_choice, "conditional-text": self._end_choice,
        }  # fmt: skip

    def _text(self, text: str) -> None:
        if self._creator is not None:
            self._creator.append(text)
        elif self._is_read:
            self._shown += text if self._choices else ""
            self._flow.write(text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text))

    @property
    def _is_read(self) -> bool:
        return bool(self._paragraphs) and not self._muted and not self._prompts

    def _start_paragraph(self, _: Attributes) -> None:
        self._paragraphs.append(self._muted)
        self._muted = 0
        self._flow.start_paragraph()

    def _end_paragraph(self) -> None:
        if self._paragraphs:
            self._muted = self._paragraphs.pop()
            self._flow.end_paragraph()

    def _mute(self, _: Attributes) -> None:
        self._muted += 1

    def _unmute(self) -> None:
        self._muted -= 1

    def _start_meta(self, attributes: Attributes) -> None:
        """In a paragraph it is text that something is said about; elsewhere what the document says of itself."""
        if not self._paragraphs:
            self._mute(attributes)
            self._prompts += 1

    def _end_meta(self) -> None:
        if not self._paragraphs:
            self._unmute()
            self._prompts -= 1

    def _spaces(self, attributes: Attributes) -> None:
        self._mark(" " * min(_number(value_of(attributes, "c")), _MOST_SPACES), attributes)

    def _mark(self, mark: str, _: Attributes) -> None:
        if self._is_read:
            self._flow.write(mark)

    def _link(self, attributes: Attributes) -> None:
        self._named.link(value_of(attributes, "href"))

    def _start_creator(self, _: Attributes) -> None:
        """Who made a note or a change; in a paragraph, a field that shows the author."""
        self._creator = [] if self._muted else None

    def _end_creator(self) -> None:
        if self._creator is not None:
            self._named.person("".join(self._creator))
        self._creator = None

    def _control(self, attributes: Attributes) -> None:
        """A field of a form shows what stands in its attributes."""
        self._flow.line(value_of(attributes, "label"))
        self._flow.line(value_of(attributes, "current-value") or value_of(attributes, "value"))

    def _variable(self, attributes: Attributes) -> None:
        if value := value_of(attributes, "string-value"):
            self._flow.line(f"{value_of(attributes, 'name')}: {value}")

    def _start_choice(self, attributes: Attributes) -> None:
        """One of several texts, as a condition is met or not (ODF 1.3 part 3, 7.7.3 and 7.7.5)."""
        self._choices, self._shown = [value_of(attributes, name) for name in _CHOICES], ""

    def _end_choice(self) -> None:
        """What is not shown of them is a line of its own."""
        if not self._muted and not self._prompts:
            for choice in dict.fromkeys(self._choices):
                self._flow.line("" if choice == self._shown else choice)
        self._choices = []

    def _kind(self, page: str, _: Attributes) -> None:
        self._page = page

    def _margin(self, place: str, _: Attributes) -> None:
        """In a paragraph it is a field that shows a header or footer."""
        if not self._paragraphs:
            self._flow.place(place)

    def _start_page(self, _: Attributes) -> None:
        self._pages += 1
        self._flow.place(f"{self._page or 'page'} {self._pages}")

    def _start_notes(self, _: Attributes) -> None:
        if self._pages:
            self._flow.place(f"notes of {self._page or 'page'} {self._pages}")

    def _start_frame(self, attributes: Attributes) -> None:
        """The text of a placeholder only says what to write there."""
        is_prompt = value_of(attributes, "placeholder") == "true"
        self._frames.append(is_prompt)
        self._prompts += is_prompt

    def _end_frame(self) -> None:
        if self._frames:
            self._prompts -= self._frames.pop()

    def _start_table(self, attributes: Attributes) -> None:
        if self._page == "sheet" and not self._rows and not self._paragraphs:
            self._flow.place(value_of(attributes, "name"))
        self._flow.start_table()

    def _start_row(self, attributes: Attributes) -> None:
        self._rows.append(_number(value_of(attributes, "number-rows-repeated")))
        self._flow.start_row()

    def _end_row(self) -> None:
        if self._rows:
            self._flow.end_row(min(self._rows.pop(), _MOST_ROWS))

    def _start_cell(self, attributes: Attributes) -> None:
        self._cells.append(_number(value_of(attributes, "number-columns-repeated")))
        self._flow.start_cell()

    def _end_cell(self) -> None:
        if self._cells:
            self._flow.end_cell(self._cells.pop(), is_repeated=True)


def _number(value: str) -> int:
    return int(value) if re.fullmatch(r"[0-9]{1,7}", value) else 1
