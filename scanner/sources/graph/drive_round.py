"""One account of a drive: what Graph tells of it since a state, turned into listings of folders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.access import Access
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemRef, Listing
from scanner.sources.graph.client import GraphClient, ResyncError, Told, values_of
from scanner.sources.graph.drive_items import Node, access_of, drive_item, node_of
from scanner.sources.graph.drive_state import DriveState, places
from scanner.sources.graph.names import below, component, digest, in_address, in_order, text_of


@dataclass(frozen=True, slots=True)
class DriveRound:
    """`owner` is the person whose drive it is, None of a site's."""

    source: str
    client: GraphClient
    title: str
    drive: str
    root: bytes
    owner: str | None

    def listings(self, before: DriveState | None) -> Iterator[Listing]:
        """Every folder, the drive's own first; with `before`, of one that stayed where it was only what changed in it.

        The state is good once the last of them is written down. Raises ResyncError, and ItemTroubleError; the listings
        themselves ask nothing more of Graph.
        """
        link, nodes, facts = self._changed(before or DriveState())
        at = places(nodes, self.root)
        strays = [self._stray(key, nodes[key], item) for key, item in facts.items() if key not in at]
        if before and (strays or self.root not in at.values()):
            raise ResyncError
        if self.root not in at.values():
            raise ItemTroubleError(ProblemCode.CORRUPT)
        then = _View.of(before.nodes if before else {}, self.root)
        # A folder may have taken the place of another.
        fresh = {place for key, place in at.items() if then.at.get(key) != place}
        gone = self._tell({key for key in at if at.get(nodes[key].parent) in fresh}, nodes, facts)
        now = _View.of({key: nodes[key] for key in at if key not in gone}, self.root)
        return self._listed(link, then, now, fresh, facts, strays)

    def _changed(self, before: DriveState) -> tuple[str, dict[str, Node], dict[str, Item]]:
        """The link for the next time; what there is now; and of what Graph told, the last that it told, as items."""
        nodes, facts = dict(before.nodes), dict[str, Item]()
        link = ""
        for page in self.client.pages(self.title, before.link or f"drives/{in_address(self.drive)}/root/delta"):
            for told in values_of(page):
                key = text_of(told.get("id"))
                if "deleted" in told:
                    nodes.pop(key, None)
                    facts.pop(key, None)
                else:
                    nodes[key], facts[key] = node_of(told), self._item(told)
            link = text_of(page.get("@odata.deltaLink"))
        if not link:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        return link, nodes, facts

    def _tell(self, inside: Iterable[str], nodes: Mapping[str, Node], facts: dict[str, Item]) -> set[str]:
        """Ask for what lies in folders that moved, of which Graph says nothing by itself; give what is gone by now."""
        untold: defaultdict[str, set[str]] = defaultdict(set)
        for key in inside:
            if nodes[key].is_file and key not in facts:
                untold[nodes[key].parent].add(key)
        for folder, keys in untold.items():
            facts.update(
                (key, self._item(told)) for told in self._children(folder) if (key := text_of(told.get("id"))) in keys
            )
        missing = set().union(*untold.values()) - facts.keys()
        return {key for key in missing if not self._is_told(key, facts)}

    def _children(self, folder: str) -> Iterator[Told]:
        try:
            yield from self.client.values(self.title, f"{self._address(folder)}/children")
        except ItemTroubleError as trouble:
            if trouble.problem.code is not ProblemCode.VANISHED:
                raise

    def _is_told(self, key: str, facts: dict[str, Item]) -> bool:
        try:
            facts[key] = self._item(self.client.ask(self.title, self._address(key)))
        except ItemTroubleError as trouble:
            if trouble.problem.code is not ProblemCode.VANISHED:
                raise
            return False
        return True

    def _address(self, key: str) -> str:
        return f"drives/{in_address(self.drive)}/items/{in_address(key)}"

    def _listed(
        self, link: str, then: _View, now: _View, fresh: set[bytes], facts: Mapping[str, Item], strays: Sequence[Item]
    ) -> Iterator[Listing]:  # fmt: skip
        folders = in_order(now.folders)
        state = DriveState(link, folders[-1], now.nodes)
        shared = now.shared(self.owner or f"site:{self.title}")
        for folder in folders:
            is_fresh = folder in fresh or folder not in then.folders
            items = [self._at(folder, name, facts[key]) for name, key in now.held[folder].items() if key in facts]
            items += strays if folder == self.root else ()
            yield Listing(
                folder,
                tuple(sorted(items, key=lambda item: item.ref.locator)),
                access=shared[folder],
                state=state.written() if folder == self.root else state.stamp if folder == state.last else b"",
                since_known=not is_fresh,
                gone=() if is_fresh else tuple(sorted(then.held[folder].keys() - now.held[folder].keys())),
            )

    def _item(self, told: Told) -> Item:
        """An item whose place is not yet known."""
        return drive_item(ItemRef(self.source, b""), told, self.owner)

    def _at(self, folder: bytes, name: bytes, item: Item) -> Item:
        return replace(item, ref=ItemRef(self.source, below(folder, name)))

    def _stray(self, key: str, node: Node, item: Item) -> Item:
        """What lies in a folder that Graph does not show."""
        name = component(node.name) + b"~" + digest(key).hex().encode()
        return replace(self._at(self.root, name, item), problem=Problem(ProblemCode.DENIED))


@dataclass(frozen=True, slots=True)
class _View:
    """What a drive holds at one time: by id, and by folder and name. All of it has a place."""

    nodes: Mapping[str, Node]
    at: Mapping[str, bytes]
    held: defaultdict[bytes, dict[bytes, str]]
    folders: set[bytes]

    @classmethod
    def of(cls, nodes: Mapping[str, Node], root: bytes) -> _View:
        at = places(nodes, root)
        held: defaultdict[bytes, dict[bytes, str]] = defaultdict(dict)
        for key, node in nodes.items():
            if node.is_file:
                held[at[node.parent]][component(node.name)] = key
        folders = {at[key] for key, node in nodes.items() if node.is_folder}
        return cls(nodes, at, held, folders | held.keys())

    def shared(self, owner: str) -> dict[bytes, Access]:
        """Who can read each folder, or anything that lies right in it: a link to one file opens that."""
        own: defaultdict[bytes, int] = defaultdict(int)
        inside: defaultdict[bytes, int] = defaultdict(int)
        for key, locator in self.at.items():
            node = self.nodes[key]
            if node.is_folder:
                own[locator] = max(own[locator], node.scope)
            else:
                inside[self.at[node.parent]] = max(inside[self.at[node.parent]], node.scope)
        for folder in in_order(self.folders):
            own[folder] = max(own[folder], own.get(folder.rpartition(b"/")[0], 0))
        return {folder: access_of(max(own[folder], inside[folder]), owner) for folder in self.folders}
