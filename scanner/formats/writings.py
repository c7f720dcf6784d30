"""How kinds of text are written down, where that is not as they are meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanner.formats.content_lines import card_text, cut_before_line, ldif_text
from scanner.formats.escapes import cut_between, json_text, xml_text


@dataclass(frozen=True, slots=True)
class Writing:
    """`meant` gives a text as it is meant. Where it has not come whole yet, `cut` tells where it may be parted for
    that: it is given what there is, and how far it was asked of before in vain; it says 0 where nowhere.
    """

    meant: Callable[[str], str]
    cut: Callable[[str, int], int]


_JSON = Writing(json_text, cut_between)
_XML = Writing(xml_text, cut_between)
_CARD = Writing(card_text, cut_before_line)

WRITINGS: Mapping[str, Writing] = {
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
    "image/svg+xml": _XML,
    "text/markdown": _XML,
    "text/calendar": _CARD,
    "text/x-vcalendar": _CARD,
    "text/vcard": _CARD,
    "text/x-vcard": _CARD,
    "text/directory": _CARD,
    "text/x-ldif": Writing(ldif_text, cut_before_line),
}
"""By media type, those that mail gives them too."""
