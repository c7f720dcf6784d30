"""Manifests: sealed to the places they speak of, signed, checked before anything is done by them, and handed out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.actor import About, Actor, Verb
from domain.audit import Act
from domain.disposal import Disposal, Fate, Later, Manifest, Planned, Stop
from domain.errors import ConfigurationError
from domain.item import ItemRef
from domain.privacy import FingerprintKey
from domain.signed import Signed
from inventory import disposals as kept
from inventory.audit import Transaction
from inventory.engine import Database, reading
from inventory.reviews import parties_of
from operations.access import RefusedError, ask, own_services
from operations.people.audit import Trail
from operations.signing import SigningKey, is_signed

FORM = "manifest/1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A manifest, how many files and bytes of it are at which point, and the stops that hold for it."""

    manifest: Manifest
    counts: Mapping[Fate, tuple[int, int]]
    stops: tuple[Stop, ...]


def seal_of(key: FingerprintKey, ref: ItemRef) -> str:
    """What stands for a place where the place itself may not be told: keyed, so that nobody can make another's."""
    return key.of_form("PLACE", f"{ref.source}\0{ref.locator.hex()}").hex()


def manifest_of(transaction: Transaction, number: int) -> Manifest:
    """Raises ConfigurationError where there is none of that number."""
    found = kept.manifest_numbered(transaction, number)
    if found is None:
        raise ConfigurationError(f"There is no manifest {number}. See: muniment dispose list")
    return found


def about(transaction: Transaction, manifest: Manifest) -> About:
    """What a manifest concerns, and who took part in it: proposer, approvers, and on whose behalf."""
    return About(frozenset({manifest.service}), parties_of(transaction, manifest.batch))


def signed(manifest: Manifest, key: SigningKey) -> Signed:
    """Raises RefusedError for a manifest that is not what was signed."""
    document = Signed(FORM, manifest.body, key.public, manifest.signature)
    if manifest.key_id != key.id or not is_signed(document, key.public) or not _is_its_own(manifest):
        raise RefusedError(
            f"Manifest {manifest.number} is not what was signed, or another key signed it. Nothing is done by it: "
            "keep the inventory as it is, and have it looked into."
        )
    return document


def _is_its_own(manifest: Manifest) -> bool:
    """Whether the row that a manifest is acted by says what was signed: not another's number, batch or action."""
    told, row = manifest.told, manifest
    names = ("number", "batch", "service", "action", "planner", "items", "bytes")
    said = (row.number, row.batch, row.service, row.action, row.planner, row.items, row.size)
    return tuple(told.get(name) for name in names) == said


def told_files(manifest: Manifest) -> dict[int, Mapping[str, Any]]:
    """What the signed manifest says of each file, by the number of its item."""
    return {one["item"]: one for one in manifest.told["files"]}


def later_version(manifest: Manifest, item: int) -> Later | None:
    """What has to stay for an older version, as it was signed; None where the manifest does not say it to the byte."""
    told = manifest.told.get("keeps", {}).get(str(item))
    return Later(told["item"], bytes.fromhex(told["blake3"])) if isinstance(told, Mapping) else None


def is_as_signed(planned: Planned, told: Mapping[str, Any] | None, key: FingerprintKey) -> bool:
    """Whether the row that a file is disposed of by says what was signed, its place included."""
    return planned.told() == told and seal_of(key, planned.ref) == planned.place


def listed(actor: Actor, database: Database) -> Iterator[Listed]:
    """The manifests of the services that the actor may see, the newest first."""
    services = own_services(actor, Verb.VIEW_LIST)
    ask(actor, Verb.VIEW_LIST, About(services))
    with reading(database) as connection:
        in_force = kept.stops(connection)
        for one in kept.manifests(connection, services):
            stops = tuple(stop for stop in in_force if stop.service in ("", one.service))
            yield Listed(one, kept.counts(connection, one.number), stops)


def files_of(
    actor: Actor, database: Database, manifest: int | None = None, *, failed: bool = False
) -> Iterator[Disposal]:
    """The files of a manifest, or of all that the actor may see; or those only that could not be disposed of, restored
    or purged when they were to be, each with the reason. Raises ConfigurationError for a manifest that there is not.
    """
    services = own_services(actor, Verb.VIEW_LIST)
    ask(actor, Verb.VIEW_LIST, About(services))
    with reading(database) as connection:
        if manifest is not None:
            manifest_of(connection, manifest)
        seen = {one.number for one in kept.manifests(connection, services)}
        for one in kept.disposals(connection, manifest, refused=failed):
            if one.manifest in seen:
                yield one


def export_manifest(
    actor: Actor, trail: Trail, key: SigningKey, number: int, folder: Path, places: bool = False
) -> tuple[Path, ...]:
    """Write a manifest as it was signed into a new file of a folder; with `places`, a second that says where each file
    lies, for others who have to act: it names people, and is readable for its owner alone.
    """
    with reading(trail.database) as connection:
        manifest = manifest_of(connection, number)
        authority = ask(actor, Verb.VIEW_LIST, About(frozenset({manifest.service})))
        files = tuple(kept.disposals(connection, number)) if places else ()
    folder.mkdir(parents=True, exist_ok=True)
    written = [_written(folder / f"manifest-{number}.json", signed(manifest, key).text)]
    if places:
        lines = "".join(json.dumps(_place(one)) + "\n" for one in files)
        written.append(_written(folder / f"manifest-{number}-places.jsonl", lines))
    trail.note(authority, Act.MANIFEST_EXPORTED, f"manifest:{number}", places=places)
    return tuple(written)


def _place(one: Disposal) -> dict[str, Any]:
    planned = one.planned
    return {"item": planned.item, "tag": planned.tag, "source": planned.ref.source, "path": planned.ref.path,
            "path_hex": planned.ref.locator.hex(), "blake3": planned.digest.hex(), "size": planned.size}  # fmt: skip


def _written(path: Path, text: str) -> Path:
    path.touch(0o600, exist_ok=False)
    path.write_text(text, "utf-8")
    return path
