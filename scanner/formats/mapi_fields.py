"""The properties that people write, apart from subject, addresses and body, and what they are called in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.formats.mapi import (
    APPOINTMENT,
    COMMON,
    CONTACT,
    JOURNAL,
    MEETING,
    NAMED,
    NOTE,
    PS_PUBLIC,
    STRING8,
    TASK,
    UNICODE,
    Name,
    Properties,
)

_FIELDS = {
    0x3001: "Name", 0x3004: "Comment", 0x3FF8: "Author", 0x3FFA: "Last author", 0x004D: "Original author",
    0x3A00: "Account", 0x3A02: "Callback telephone", 0x3A05: "Generation", 0x3A06: "Given name",
    0x3A07: "Government number", 0x3A08: "Business telephone", 0x3A09: "Home telephone", 0x3A0A: "Initials",
    0x3A0B: "Keyword", 0x3A0D: "Location", 0x3A10: "Organisation number", 0x3A11: "Surname",
    0x3A13: "Original name", 0x3A15: "Postal address", 0x3A16: "Company", 0x3A17: "Job title", 0x3A18: "Department",
    0x3A19: "Office", 0x3A1A: "Telephone", 0x3A1B: "Business telephone", 0x3A1C: "Mobile telephone",
    0x3A1D: "Radio telephone", 0x3A1E: "Car telephone", 0x3A1F: "Other telephone", 0x3A21: "Pager",
    0x3A23: "Fax", 0x3A24: "Business fax", 0x3A25: "Home fax", 0x3A26: "Country", 0x3A27: "Town", 0x3A28: "County",
    0x3A29: "Street", 0x3A2A: "Postcode", 0x3A2B: "Post office box", 0x3A2C: "Telex", 0x3A2D: "ISDN",
    0x3A2E: "Assistant's telephone", 0x3A2F: "Home telephone", 0x3A30: "Assistant", 0x3A43: "Hobbies",
    0x3A44: "Middle name", 0x3A45: "Name prefix", 0x3A46: "Profession", 0x3A47: "Referred by", 0x3A48: "Spouse",
    0x3A49: "Computer network name", 0x3A4A: "Customer number", 0x3A4B: "Text telephone", 0x3A4C: "FTP site",
    0x3A4E: "Manager", 0x3A4F: "Nickname", 0x3A50: "Personal home page", 0x3A51: "Business home page",
    0x3A57: "Company telephone", 0x3A58: "Children", 0x3A59: "Home town", 0x3A5A: "Home country",
    0x3A5B: "Home postcode", 0x3A5C: "Home county", 0x3A5D: "Home street", 0x3A5E: "Home post office box",
    0x3A5F: "Other town", 0x3A60: "Other country", 0x3A61: "Other postcode", 0x3A62: "Other county",
    0x3A63: "Other street", 0x3A64: "Other post office box",
}  # fmt: skip
_DAYS = {0x3A41: "Wedding anniversary", 0x3A42: "Birthday"}

_NAMED = {
    (CONTACT, 0x8005): "Filed as", (CONTACT, 0x801A): "Home address", (CONTACT, 0x801B): "Work address",
    (CONTACT, 0x801C): "Other address", (CONTACT, 0x8062): "Instant messaging address",
    (CONTACT, 0x8083): "E-mail", (CONTACT, 0x8093): "E-mail", (CONTACT, 0x80A3): "E-mail",
    (APPOINTMENT, 0x8208): "Location", (MEETING, 0x0002): "Location", (APPOINTMENT, 0x8238): "Attendees",
    (APPOINTMENT, 0x823B): "Attendees", (APPOINTMENT, 0x823C): "Attendees", (TASK, 0x811F): "Owner",
    (TASK, 0x8121): "Assigned by", (COMMON, 0x8539): "Companies", (COMMON, 0x853A): "Contacts",
    (COMMON, 0x8535): "Billing",
}  # fmt: skip
_OF_PEOPLE = frozenset({APPOINTMENT, TASK, CONTACT, COMMON, JOURNAL, NOTE, MEETING, PS_PUBLIC})
_OF_MACHINES = frozenset({
    (COMMON, 0x8554), (COMMON, 0x8580), (COMMON, 0x8581), (COMMON, 0x8513), (COMMON, 0x851D), (COMMON, 0x8530),
    (CONTACT, 0x8082), (CONTACT, 0x8092), (CONTACT, 0x80A2), (CONTACT, 0x80B2), (CONTACT, 0x80C2),
    (CONTACT, 0x80D2), (APPOINTMENT, 0x8234), (APPOINTMENT, 0x8247), (APPOINTMENT, 0x825C),
})  # fmt: skip
"""Version, account, address type, time zone and the like among the sets that people write into."""
# An identifier, a class of item, or one run of characters longer than anybody writes.
_TALK_OF_MACHINES = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|IPM(?:\.[\w.]+)?|\S{80,}")
_NAMES_OF_MACHINES = (
    "http:", "urn:", "https:", "x-", "content-", "entity", "teeversion", "wascl", "messagecard", "itemexchange",
    "directdelivery", "oarsdata",
)  # fmt: skip
"""How the names begin that servers give among those that users give."""


def written_fields(properties: Properties) -> str:
    """A line for each, "Location: Room 4", in the order of their tags; a line that stood before is left out."""
    return "".join(dict.fromkeys(f"{label}: {' '.join(text.split())}\n" for label, text in _fields(properties)))


def _fields(properties: Properties) -> Iterator[tuple[str, str]]:
    for tag in sorted(properties.by_tag):
        label = _FIELDS.get(tag) or _named_label(properties.names.get(tag))
        if label and properties.by_tag[tag].kind in (STRING8, UNICODE):
            texts = properties.texts(tag)
            yield from ((label, text) for text in texts if not (tag >= NAMED and _TALK_OF_MACHINES.fullmatch(text)))
        elif tag in _DAYS and (day := properties.moment(tag)):
            yield _DAYS[tag], day.date().isoformat()


def _named_label(name: Name | None) -> str | None:
    """What a named property is called: by its own name where its user made it, so that "NI number" says what it is."""
    if name is None or name.of not in _OF_PEOPLE or (name.of, name.key) in _OF_MACHINES:
        return None
    if isinstance(name.key, int):
        return _NAMED.get((name.of, name.key), "Field")
    return None if name.key.lower().startswith(_NAMES_OF_MACHINES) else " ".join(name.key.split())[:100]
