"""All that a drive holds, by id, as it is kept from one listing to the next.

A listing of changes tells a deleted item without its name and a moved one without its old place, and says nothing of
what lies in a folder that was renamed ("driveItem: delta", remarks). So the places of all must be known already.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scanner.sources.graph.drive_items import Node
from scanner.sources.graph.names import below, component, digest

_FORM = 1
_DEEPEST = 1000


@dataclass(frozen=True, slots=True)
class DriveState:
    """`link` asks what changed since; `last` is the folder that was listed last. That folder's state is `stamp`, where
    it was written down: else a scan ended before it had written down all that `nodes` holds.
    """

    link: str = ""
    last: bytes = b""
    nodes: Mapping[str, Node] = field(default_factory=dict)

    @property
    def stamp(self) -> bytes:
        return digest(self.link)

    def written(self) -> bytes:
        head = json.dumps([_FORM, self.link, self.last.decode("utf-8", "surrogateescape")]).encode()
        numbers = {key: number for number, key in enumerate(self.nodes)}
        rows = [
            [key, numbers.get(node.parent, -1), node.name, node.is_folder + 2 * node.is_file, node.scope]
            for key, node in self.nodes.items()
        ]
        return head + b"\n" + zlib.compress(json.dumps(rows, separators=(",", ":")).encode())

    @classmethod
    def head(cls, state: bytes) -> DriveState | None:
        """Without its nodes. None of what is empty or was not written by this version."""
        try:
            form, link, last = json.loads(state.partition(b"\n")[0])
            return cls(link, last.encode("utf-8", "surrogateescape")) if form == _FORM else None
        except (ValueError, TypeError, AttributeError):
            return None

    @classmethod
    def read(cls, state: bytes) -> DriveState | None:
        """None of what is empty or was not written by this version."""
        head = cls.head(state)
        if head is None:
            return None
        try:
            rows = json.loads(zlib.decompress(state.partition(b"\n")[2]))
            keys = [key for key, *_ in rows] + [""]
            nodes = {
                key: Node(keys[parent], name, bool(kind & 1), bool(kind & 2), scope)
                for key, parent, name, kind, scope in rows
            }
        except (ValueError, TypeError, IndexError, zlib.error):
            return None
        return cls(head.link, head.last, nodes)


def places(nodes: Mapping[str, Node], root: bytes) -> dict[str, bytes]:
    """The locators of all items of which every folder above is known, folders among them."""
    found: dict[str, bytes] = {key: root for key, node in nodes.items() if not node.parent and node.is_folder}
    for key in nodes:
        way = list(_way_up(key, nodes, found))
        top = way.pop() if way else key
        at = found.get(top)
        for step in reversed(way):
            if at is None:
                break
            at = found[step] = below(at, component(nodes[step].name))
    return found


def _way_up(key: str, nodes: Mapping[str, Node], found: Mapping[str, bytes]) -> Iterator[str]:
    """From an item up to the first whose place is known, or to where nothing more is known."""
    for _ in range(_DEEPEST):
        yield key
        if key in found or key not in nodes:
            return
        key = nodes[key].parent
