"""The drives of a person or a site as trees of folders; one account tells what changed in all of a drive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.errors import ItemTroubleError, ProblemCode
from domain.item import ItemRef, Listing
from scanner.source import Known
from scanner.sources.graph.client import GraphClient, ResyncError
from scanner.sources.graph.drive_round import DriveRound
from scanner.sources.graph.drive_state import DriveState
from scanner.sources.graph.names import below, component, in_address, in_order, name_of, text_of


@dataclass(frozen=True, slots=True)
class Drive:
    locator: bytes
    id: str


@dataclass(frozen=True, slots=True)
class DriveTree:
    """The OneDrive of a person, or the document libraries of a site."""

    source: str
    title: str
    client: GraphClient
    drives: dict[bytes, str] = field(default_factory=dict)
    """The ids of the drives that were found, by their locators."""

    @property
    def locator(self) -> bytes:
        names = self.title.split("/") if self.owner is None else ["OneDrive", self.title]
        return b"/".join(map(component, names))

    @property
    def owner(self) -> str | None:
        return self.title if "@" in self.title.partition("/")[0] else None

    def places(self) -> Sequence[Drive]:
        """Raises ItemTroubleError where the person has no drive, or the site cannot be read."""
        found = self._personal() if self.owner else self._libraries()
        self.drives.update(found)
        return [Drive(locator, found[locator]) for locator in in_order(found)]

    def known_of(self, place: Drive, known: Known) -> bytes:
        """b"" where the last listing of the drive was not written down to its end."""
        state = known(place.locator)
        head = DriveState.head(state)
        if head is None or (head.last != place.locator and known(head.last) != head.stamp):
            return b""
        return state

    def listed(self, place: Drive, state: bytes) -> Iterable[Listing]:
        """The folders in which something changed since the state, or all folders; the drive's own first."""
        told_of = DriveRound(self.source, self.client, self.title, place.id, place.locator, self.owner)
        try:
            try:
                return told_of.listings(DriveState.read(state))
            except ResyncError:
                return told_of.listings(None)
        except ItemTroubleError as trouble:
            return [Listing(place.locator, (), complete=False, problem=trouble.problem)]

    def address_of(self, ref: ItemRef) -> str:
        """The address of an item by its path. Raises ItemTroubleError where there can be none."""
        if not self.drives:
            self.places()
        within = [drive for drive in self.drives if ref.locator.startswith(drive + b"/")]
        if not within:
            raise ItemTroubleError(ProblemCode.VANISHED)
        drive = max(within, key=len)
        names = [name_of(part) for part in ref.locator[len(drive) + 1 :].split(b"/")]
        if any(not name or name in (".", "..") for name in names):
            raise ItemTroubleError(ProblemCode.VANISHED)
        path = "/".join(in_address(name or "") for name in names)
        return f"drives/{in_address(self.drives[drive])}/root:/{path}"

    def _personal(self) -> dict[bytes, str]:
        told = self.client.ask(self.title, f"users/{in_address(self.title)}/drive?$select=id")
        return {self.locator: text_of(told.get("id"))}

    def _libraries(self) -> dict[bytes, str]:
        host, _, path = self.title.partition("/")
        at = f"sites/{host}:/{'/'.join(map(in_address, path.split('/')))}" if path else f"sites/{host}"
        site = text_of(self.client.ask(self.title, f"{at}?$select=id").get("id"))
        found: dict[bytes, str] = {}
        for told in self.client.values(self.title, f"sites/{in_address(site)}/drives?$select=id,name"):
            found[below(self.locator, component(text_of(told.get("name"))))] = text_of(told.get("id"))
        return found
