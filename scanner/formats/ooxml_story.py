"""The text of WordprocessingML, PresentationML and DrawingML (ECMA-376 part 1, 17, 19 and 21)."""

from __future__ import annotations

import re
from collections.abc import Callable

from scanner.flow import Flow
from scanner.formats.named_people import Named
from scanner.formats.package import Attributes, Handlers, value_of

_PROMPTS_KEPT = ("ftr", "hdr", "dt")
_VALUES = ("v", "pt", "text")  # Of charts, and of comments on slides: characters outside of any paragraph.


class Story:
    """Puts parts into a flow, one after the other: paragraphs of runs, and what stands about them.

    Word cuts words into runs, so runs are joined as they are. What was deleted with changes tracked is text too.
    """

    def __init__(self, flow: Flow, named: Named, *, has_prompts: bool = False) -> None:
        self._flow, self._named = flow, named
        self._has_prompts = has_prompts
        self._handlers = Handlers(self._starts(), self._ends(), self._text)

    def begun(self) -> Handlers:
        """The handlers, ready for a new part whatever the one before left open."""
        self._is_prompt = self._is_text = self._is_code = False
        self._code: list[str] = []
        self._widths: list[int] = []
        self._entries: list[str] = []
        self._chosen = 0
        self._description = self._default = self._entered = ""
        self._is_input = False
        return self._handlers

    def _starts(self) -> dict[str, Callable[[Attributes], None]]:
        author = self._author
        texts = {"t": self._start_text, "delText": self._start_text} | dict.fromkeys(_VALUES, self._start_value)
        codes = dict.fromkeys(("instrText", "delInstrText"), self._start_code)
        authors = dict.fromkeys(("comment", "ins", "del", "moveFrom", "moveTo", "person", "cmAuthor", "author"), author)
        return texts | codes | authors | {
            "p": self._start_paragraph, "tab": self._tab, "ptab": self._written("\t"), "br": self._written("\n"),
            "cr": self._written("\n"), "noBreakHyphen": self._written("-"), "softHyphen": self._written("\u00ad"),
            "sym": self._symbol, "fldSimple": self._simple_field, "fldChar": self._field, "presenceInfo": author,
            "tbl": self._start_table, "tr": self._start_row, "tc": self._start_cell, "gridSpan": self._span,
            "AlternateContent": self._start_forms, "Choice": self._start_choice, "Fallback": self._start_fallback,
            "docPr": self._described, "cNvPr": self._described, "shape": self._described, "textpath": self._word_art,
            "sp": self._start_shape, "ph": self._placeholder, "ddList": self._start_list, "result": self._choose,
            "listEntry": self._entry, "docVar": self._variable, "ocxPr": self._variable, "query": self._variable,
            "connectString": self._variable, "textInput": self._start_input, "default": self._meet_default,
        }  # fmt: skip

    def _ends(self) -> dict[str, Callable[[], None]]:
        texts = dict.fromkeys(("t", "delText", "instrText", "delInstrText"), self._end_text)
        return texts | dict.fromkeys(_VALUES, self._end_value) | {
            "p": self._end_paragraph, "tbl": self._flow.end_table, "tr": self._flow.end_row, "tc": self._end_cell,
            "AlternateContent": self._flow.end_forms, "Choice": self._flow.end_form, "Fallback": self._flow.end_form,
            "sp": self._end_shape, "ddList": self._end_list, "textInput": self._end_input,
        }  # fmt: skip

    def _text(self, text: str) -> None:
        if self._is_text:
            self._entered += text if self._default else ""
            self._flow.write(text)
        elif self._is_code:
            self._code.append(text)

    def _start_text(self, _: Attributes) -> None:
        self._is_text = not self._is_prompt

    def _start_value(self, _: Attributes) -> None:
        self._flow.start_paragraph()
        self._is_text = True

    def _end_value(self) -> None:
        self._is_text = False
        self._flow.end_paragraph()

    def _start_code(self, _: Attributes) -> None:
        self._is_code = True

    def _end_text(self) -> None:
        self._is_text = self._is_code = False

    def _end_code(self, _: Attributes) -> None:
        if self._code:
            self._named.field_code("".join(self._code))
            self._code.clear()

    def _field(self, attributes: Attributes) -> None:
        self._end_code(attributes)
        if value_of(attributes, "fldCharType") == "end":
            self._end_default()

    def _simple_field(self, attributes: Attributes) -> None:
        self._named.field_code(value_of(attributes, "instr"))

    def _start_paragraph(self, _: Attributes) -> None:
        self._is_text = False  # dgm:t holds paragraphs, and white space between them.
        self._flow.start_paragraph()

    def _end_paragraph(self) -> None:
        self._end_code({})
        self._end_default()
        self._flow.end_paragraph()

    def _written(self, piece: str) -> Callable[[Attributes], None]:
        return lambda _: self._flow.write(piece)

    def _tab(self, attributes: Attributes) -> None:
        """A tab in a run; the one that defines a tab stop has attributes."""
        if not attributes:
            self._flow.write("\t")

    def _symbol(self, attributes: Attributes) -> None:
        code = value_of(attributes, "char")
        if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) and not 0xD800 <= int(code, 16) < 0xE000:
            self._flow.write(chr(int(code, 16)))

    def _author(self, attributes: Attributes) -> None:
        identity = value_of(attributes, "userId").split("::")
        self._named.person(
            value_of(attributes, "author"), value_of(attributes, "name"), *(name for name in identity if "@" in name)
        )

    def _described(self, attributes: Attributes) -> None:
        """What is said of a picture or shape for those who cannot see it."""
        said = (value_of(attributes, "title"), value_of(attributes, "descr") or value_of(attributes, "alt"))
        description = "\n".join(filter(None, said))
        if description != self._description:  # A picture and its frame say the same.
            self._flow.line(description)
        self._description = description

    def _word_art(self, attributes: Attributes) -> None:
        self._flow.line(value_of(attributes, "string"))

    def _variable(self, attributes: Attributes) -> None:
        name, value = value_of(attributes, "name"), value_of(attributes, "val") or value_of(attributes, "value")
        self._flow.line(f"{name}: {value}" if name and value else value)

    def _start_table(self, _: Attributes) -> None:
        self._flow.start_table()

    def _start_row(self, _: Attributes) -> None:
        self._flow.start_row()

    def _start_cell(self, _: Attributes) -> None:
        self._widths.append(1)
        self._flow.start_cell()

    def _span(self, attributes: Attributes) -> None:
        if self._widths:
            self._widths[-1] = _number(value_of(attributes, "val"), 1)

    def _end_cell(self) -> None:
        self._flow.end_cell(self._widths.pop() if self._widths else 1)

    def _start_forms(self, _: Attributes) -> None:
        self._flow.start_forms()

    def _start_choice(self, _: Attributes) -> None:
        self._flow.start_form(again=False)

    def _start_fallback(self, _: Attributes) -> None:
        self._flow.start_form(again=True)

    def _start_shape(self, _: Attributes) -> None:
        self._is_prompt = False

    def _placeholder(self, attributes: Attributes) -> None:
        """On a master the text of a placeholder only says what to write there, but for headers and footers."""
        self._is_prompt = self._has_prompts and value_of(attributes, "type") not in _PROMPTS_KEPT

    def _end_shape(self) -> None:
        self._is_prompt = False

    def _start_input(self, _: Attributes) -> None:
        self._is_input = True

    def _end_input(self) -> None:
        self._is_input = False

    def _meet_default(self, attributes: Attributes) -> None:
        if self._is_input:
            self._default, self._entered = value_of(attributes, "val"), ""

    def _end_default(self) -> None:
        """What a form offers to be written in a field, where that now has another text (17.16.7)."""
        if self._default != self._entered:
            self._flow.line(self._default)
        self._default = self._entered = ""

    def _start_list(self, _: Attributes) -> None:
        self._entries, self._chosen = [], 0

    def _choose(self, attributes: Attributes) -> None:
        self._chosen = _number(value_of(attributes, "val"), 0)

    def _entry(self, attributes: Attributes) -> None:
        self._entries.append(value_of(attributes, "val"))

    def _end_list(self) -> None:
        """The chosen entry of a form's list is shown nowhere else (ECMA-376 part 1, 17.16.9)."""
        if self._chosen < len(self._entries):
            self._flow.write(self._entries[self._chosen])


def _number(value: str, default: int) -> int:
    return int(value) if re.fullmatch(r"[0-9]{1,4}", value) else default
