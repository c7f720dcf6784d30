"""A message as an item: by what Graph tells of it without its content being read."""

from __future__ import annotations

from domain.item import Item, ItemRef
from scanner.sources.graph.client import Told
from scanner.sources.graph.names import digest, size_of, text_of, time_of

_SIZE = "Long 0x0E08"
"""PidTagMessageSizeExtended (MS-OXPROPS): what the message takes up in the mailbox, not what it is as MIME."""
FACTS = (
    "$select=id,internetMessageId,receivedDateTime,sentDateTime,lastModifiedDateTime,isDraft,parentFolderId"
    f"&$expand=singleValueExtendedProperties($filter=id%20eq%20'{_SIZE.replace(' ', '%20')}')"
)


def message_name(told_id: str) -> bytes:
    """A short name that a message keeps wherever in its mailbox it is moved to: its id there does not change."""
    return digest(told_id).hex().encode() + b".eml"


def message_item(ref: ItemRef, told: Told, owner: str) -> Item:
    """A message does not change once it is sent; that it was read or flagged is not taken for a change."""
    facts = [text_of(told.get(name)) for name in ("internetMessageId", "receivedDateTime", "sentDateTime")]
    edited = text_of(told.get("lastModifiedDateTime")) if told.get("isDraft") is True else ""
    size = _size(told)
    return Item(
        ref, size=size, modified=time_of(told.get("receivedDateTime")), created=time_of(told.get("sentDateTime")),
        owner=owner, version=digest(str(size), *facts, edited), file_id=digest(text_of(told.get("id"))).hex(),
    )  # fmt: skip


def _size(told: Told) -> int:
    """Graph writes the property's number as it likes: "Long 0xe08"."""
    properties = told.get("singleValueExtendedProperties")
    for one in properties if isinstance(properties, list) else ():
        if isinstance(one, dict) and text_of(one.get("id")).casefold() in ("long 0xe08", "long 0x0e08"):
            return size_of(one.get("value"))
    return 0
