"""The text of one part of an Office Open XML package (ECMA-376), whatever kind of part it is."""

from __future__ import annotations

import re
from functools import cached_property

from scanner.flow import Flow
from scanner.formats.named_people import Named
from scanner.formats.ooxml_story import Story
from scanner.formats.package import Handlers
from scanner.formats.visio_text import Drawing

_MASTERS = ("sldMaster", "sldLayout", "notesMaster", "handoutMaster")
_STORIES = frozenset({
    "document", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument", "sld", "notes", "cmLst",
    "cmAuthorLst", "authorLst", "people", "chartSpace", "dataModel", "drawing", "userShapes", "settings", "ocx",
    "presentation",
})  # fmt: skip
_DRAWN = frozenset({"PageContents", "MasterContents"})
_WITHOUT_TEXT = frozenset({
    "styles", "fonts", "webSettings", "numbering", "theme", "presentationPr", "viewPr", "tblStyleLst", "Types", "Pages",
    "layoutDef", "colorsDef", "styleDef", "colorStyle", "chartStyle", "datastoreItem", "contentTypeSchema", "clrMap",
    "FormTemplates", "commentsEx", "commentsIds", "commentsExtensible", "tagLst", "ink", "Masters", "themeOverride",
    "Relationships", "VisioDocument", "Windows", "labelList", "chgInfo", "revInfo", "taskpanes",
})  # fmt: skip
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")


class PartText:
    """Puts the text of parts into a flow, one part after the other."""

    def __init__(self, flow: Flow, named: Named) -> None:
        self._flow, self._named = flow, named

    def handlers_for(self, root: str) -> Handlers | None:
        """The handlers of a part by the local name of its root; None where it has no text, as a style sheet.

        Of a part of an unknown kind all characters are kept.
        """
        if root in _STORIES:
            return self._story.begun()
        if root in _MASTERS:
            return self._master.begun()
        if root in _DRAWN:
            return self._drawing.begun()
        return None if root in _WITHOUT_TEXT else self._any.begun()

    # Each is made when the first part of its kind comes: most documents have parts of one kind only.

    @cached_property
    def _story(self) -> Story:
        return Story(self._flow, self._named)

    @cached_property
    def _master(self) -> Story:
        return Story(self._flow, self._named, has_prompts=True)

    @cached_property
    def _drawing(self) -> Drawing:
        return Drawing(self._flow, self._named)

    @cached_property
    def _any(self) -> _Any:
        return _Any(self._flow)


class _Any:
    """A part of an unknown kind: each stretch of characters between two tags is a line."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._pieces: list[str] = []
        self._handlers = Handlers({"*": lambda _: self._cut()}, {"*": self._cut}, self._pieces.append)

    def begun(self) -> Handlers:
        self._pieces.clear()
        return self._handlers

    def _cut(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if not _GUID.fullmatch(text.strip()):  # The numbers that programs give to things name nobody.
            self._flow.line(text)
