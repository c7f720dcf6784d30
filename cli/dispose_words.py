"""What disposal says at the terminal: numbers, tags and reasons, and never what a file is called."""

from __future__ import annotations

from typing import Any

from cli.exits import DONE, ITEMS_WITH_PROBLEMS, STOPPED
from cli.terminal import size_in_words
from domain.disposal import Disposal, Fate
from operations.disposal.manifests import Listed
from operations.dispose import Done

FATES = {
    Fate.PLANNED: "still in its place", Fate.MOVING: "being moved, or broken off", Fate.QUARANTINED: "in quarantine",
    Fate.REFUSED: "in its place, and back in review", Fate.STRANDED: "in quarantine, and not what was approved",
    Fate.RESTORING: "being restored, or broken off", Fate.RESTORED: "restored",
    Fate.PURGING: "being purged, or broken off", Fate.PURGED: "purged", Fate.LOST: "lost: look into it",
}  # fmt: skip


def status_of(done: Done) -> int:
    """How the command ends."""
    if done.stopped or done.left:
        return STOPPED
    return ITEMS_WITH_PROBLEMS if done.refusals or done.recovered.left or done.strange else DONE


def done_words(done: Done) -> list[str]:
    told = [f"{count:,} {FATES[fate]}." for fate, count in sorted(done.fates.items())]
    told += [f"{count:,}: {why.sentence}" for why, count in sorted(done.refusals.items())]
    if done.recovered.settled:
        told.append(f"{done.recovered.settled:,} that an earlier run had broken off at were settled first.")
    if done.recovered.left:
        told.append(f"{done.recovered.left:,} that broke off cannot be settled: their source is not there.")
    if done.strange:
        told.append(f"{done.strange:,} things lie in quarantine that the journal knows nothing of: look into it.")
    told += [f"Issued certificate {number}. See: muniment dispose certificates" for number in done.certificates]
    if done.left:
        why = done.stopped or "One run takes no more ([disposal] most_items, most_gb): run it again."
        told.append(f"{done.left:,} were not begun. {why}")
    return told or ["There was nothing to do."]


def done_object(done: Done) -> dict[str, Any]:
    return {
        "files": {str(fate): count for fate, count in done.fates.items()},
        "refused": {str(why): count for why, count in done.refusals.items()}, "left": done.left,
        "stopped": done.stopped, "recovered": done.recovered.settled, "unsettled": done.recovered.left,
        "certificates": list(done.certificates), "strange": done.strange,
    }  # fmt: skip


def listed_row(one: Listed) -> tuple[str, ...]:
    are = ", ".join(f"{files:,} {fate}" for fate, (files, _) in sorted(one.counts.items()))
    manifest = one.manifest
    made = f"{manifest.made:%Y-%m-%d} by {manifest.planner}"
    stopped = " (stopped)" if one.stops else ""
    return (str(manifest.number), manifest.service, manifest.action, made, f"{manifest.items:,}",
            size_in_words(manifest.size), are + stopped)  # fmt: skip


def listed_object(one: Listed) -> dict[str, Any]:
    manifest = one.manifest
    return {
        "manifest": manifest.number, "batch": manifest.batch, "service": manifest.service, "action": manifest.action,
        "planner": manifest.planner, "made": manifest.made.isoformat(), "files": manifest.items,
        "bytes": manifest.size, "are": {str(fate): files for fate, (files, _) in one.counts.items()},
        "stopped": bool(one.stops),
    }  # fmt: skip


def file_row(one: Disposal) -> tuple[str, ...]:
    until = f"{one.purge_after}" if one.fate is Fate.QUARANTINED and one.purge_after else ""
    why = one.refusal.sentence if one.refusal else ""
    planned = one.planned
    return (str(one.manifest), str(planned.item), planned.tag, f"{planned.size:,}", FATES[one.fate], until, why)


def file_object(one: Disposal) -> dict[str, Any]:
    planned = one.planned
    return {
        "manifest": one.manifest, "item": planned.item, "tag": planned.tag, "bytes": planned.size,
        "blake3": planned.digest.hex(), "is": str(one.fate), "refused": one.refusal and str(one.refusal),
        "quarantined": one.quarantined and one.quarantined.isoformat(),
        "purge_after": one.purge_after and one.purge_after.isoformat(),
    }  # fmt: skip
