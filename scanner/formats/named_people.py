"""Whom and what a document names outside of its text: who wrote in it, and whom its links write to."""

from __future__ import annotations

import re
from urllib.parse import unquote

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_WRITES_TO = re.compile(r"(?i)(?:mailto|tel|sms|sips?|im|callto|file):|\\\\")
_MOST = 10_000


class Named:
    """Who and what parts name outside of their text: those who wrote in them, and the addresses that links go to."""

    def __init__(self) -> None:
        self.people: dict[str, None] = {}
        self.links: dict[str, None] = {}

    def person(self, *names: str) -> None:
        for name in names:
            if name.strip() and len(self.people) < _MOST:
                self.people[name.strip()] = None

    def link(self, target: str) -> None:
        """Keep a link that may name somebody: to a mailbox, a telephone or a file, not to a page."""
        written = unquote(target).strip()
        if (_WRITES_TO.match(written) or "@" in written) and len(self.links) < _MOST:
            self.links[written.removeprefix("mailto:")] = None

    def field_code(self, code: str) -> None:
        """Keep the links of a field's instruction: HYPERLINK "mailto:..."."""
        for quoted, bare in _TOKEN.findall(code):
            self.link(quoted or bare)
