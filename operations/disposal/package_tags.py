"""What stands beside the files of a package: BagIt's tag files (RFC 8493, version 1.0), and what is known of them."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from domain.item import printable
from domain.packing import Left, PackageFacts, Packed
from operations.disposal.droid_columns import write_droid

PAYLOAD_MANIFEST, TAG_MANIFEST, DECLARATION = "manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt"
ITEMS = "metadata/items.csv"
_ITEMS = (
    "item", "path", "source", "original_path", "original_path_base64", "size", "modified", "sha256", "blake3",
    "media_type", "pronom", "record_class", "rule", "renamed",
)  # fmt: skip
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TagWriter = Callable[[TextIO], object]


def tag_files(
    facts: PackageFacts, packed: Sequence[Packed], left_out: Sequence[Left]
) -> Iterator[tuple[str, TagWriter]]:
    """Every tag file but the manifest of them all and the declaration, which makes a package of a folder."""
    yield PAYLOAD_MANIFEST, partial(_write_manifest, [(one.sha256.hex(), one.path) for one in packed])
    yield "bag-info.txt", partial(_write_info, facts, packed)
    yield "metadata/droid.csv", partial(write_droid, packed)
    yield ITEMS, partial(_write_items, packed)
    yield "metadata/decisions.json", partial(_write_decisions, facts, left_out)
    yield "metadata/history.jsonl", lambda file: file.writelines(f"{line}\n" for line in facts.history)


def tag_manifest(folder: Path, names: Sequence[str]) -> str:
    """The manifest of tag files, as they stand in a folder, and of the declaration, which does not stand there yet."""
    texts = {name: (folder / name).read_bytes() for name in names} | {DECLARATION: DECLARED.encode()}
    return "".join(f"{hashlib.sha256(text).hexdigest()}  {name}\n" for name, text in sorted(texts.items()))


def _write_manifest(lines: Sequence[tuple[str, str]], file: TextIO) -> None:
    file.writelines(f"{digest}  {path}\n" for digest, path in lines)


def _write_info(facts: PackageFacts, packed: Sequence[Packed], file: TextIO) -> None:
    told = {
        "Source-Organization": facts.organisation,
        "External-Description": f"Files for {facts.kind}, from disposal manifest {facts.manifest}",
        "External-Identifier": facts.name,
        "Internal-Sender-Identifier": f"manifest:{facts.manifest}",
        "Bagging-Date": f"{facts.made:%Y-%m-%d}",
        "Bag-Software-Agent": "Muniment",
        "External-Recipient": facts.recipient,
        "Payload-Oxum": f"{sum(one.size for one in packed)}.{len(packed)}",
    }
    file.writelines(f"{label}: {printable(value)}\n" for label, value in told.items() if value)


def _write_items(packed: Sequence[Packed], file: TextIO) -> None:
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_ITEMS)
    for one in packed:
        packing, locator = one.packing, one.packing.ref.locator
        writer.writerow((
            packing.item, one.path, packing.ref.source, packing.ref.path, base64.b64encode(locator).decode(), one.size,
            packing.modified.isoformat() if packing.modified else "", one.sha256.hex(), packing.blake3.hex(),
            packing.media_type, one.format.puid if one.format else "", packing.record_class, packing.rule,
            one.renamed or "",
        ))  # fmt: skip


def _write_decisions(facts: PackageFacts, left_out: Sequence[Left], file: TextIO) -> None:
    told = {
        "package": facts.name, "kind": facts.kind, "organisation": facts.organisation, "recipient": facts.recipient,
        "made": facts.made.isoformat(), "manifest": facts.manifest, "decisions": [dict(one) for one in facts.decisions],
        "left_out": [{"item": left.item, "why": left.why, "refusal": left.refusal} for left in left_out],
    }  # fmt: skip
    json.dump(told, file, indent=1, sort_keys=True)
    file.write("\n")
