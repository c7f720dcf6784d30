"""Makes reports: adds up the inventory, hands the figures to `reports/`, and has them written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from classifiers.risk import PlaceFactors, Weights
from classifiers.trivial import trivial_reason
from domain.decision import State
from domain.errors import ConfigurationError
from domain.examination import Outcome
from domain.finding import KINDS, Category
from domain.item import readable
from domain.risk import risk_in_place
from domain.rule import Action
from domain.summary import Provenance, RiskItem, RiskTheme, RotItem, RotReason
from inventory.queries import Held, Inventory, Narrowing
from reports.gdpr_risk import gdpr_risk_report
from reports.renderers import RENDERERS, write
from reports.report import Report
from reports.rot import rot_report

_THEMES = {
    Category.IDENTITY: "Identity",
    Category.CONTACT: "Contact",
    Category.FINANCIAL: "Financial",
    Category.CREDENTIAL: "Credentials",
    Category.SPECIAL: "Special category",
    Category.CRIMINAL: "Criminal",
    Category.CHILDREN: "Children",
}


_Kinds = Mapping[tuple[bytes | None, str | None], Mapping[str, int]]

_BACKUP = re.compile(r"\b(backups?|copy|copies|old|archived?)\b", re.IGNORECASE)


def make_report(name: str, inventory: Inventory, organisation: str, weights: Weights) -> Report:
    """Make one of REPORTS; `weights` are those in force. Raises ConfigurationError for a name that is not there."""
    if name not in REPORTS:
        raise ConfigurationError(f"There is no report {name!r}. There are: {', '.join(REPORTS)}")
    return REPORTS[name](inventory, provenance_of(inventory, organisation), weights)


def write_report(report: Report, formats: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """Write a report in each format into a folder. Raises ConfigurationError for a format that is not there."""
    unknown = [name for name in formats if name not in RENDERERS]
    if unknown:
        raise ConfigurationError(f"There is no format {unknown[0]!r}. There are: {', '.join(RENDERERS)}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tuple(path for name in formats for path in write(report, name, folder))


def provenance_of(inventory: Inventory, organisation: str) -> Provenance:
    scan, applied = inventory.last_scan(), inventory.schedule_applied()
    return Provenance(
        organisation=organisation, scope=", ".join(inventory.sources()) or "nothing yet",
        scanned=scan.ended, scan_complete=scan.complete,
        schedule=applied[0] if applied else None, evaluated=applied[1] if applied else None,
        detector=scan.detector, coverage=inventory.coverage(),
    )  # fmt: skip


def _rot(inventory: Inventory, provenance: Provenance, weights: Weights) -> Report:  # noqa: ARG001  the table's form
    return rot_report(provenance, inventory.services(), rot_items(list(inventory.held(Narrowing(files=True)))))


def rot_items(estate: Sequence[Held]) -> tuple[RotItem, ...]:
    """What is ROT among files, each once, for its first reason in the order of RotReason; largest first."""
    kept = _copies(estate)
    links = Counter(held.file_id for held in estate)
    found = [item for held in estate if (item := _rot_item(held, kept, links))]
    return tuple(sorted(found, key=lambda item: (-item.size, item.path)))


def _rot_item(held: Held, kept: Mapping[int, str], links: Counter[str | None]) -> RotItem | None:
    """`links` counts down the names that a file still has: only the last one to go frees its bytes."""
    record = held.record
    reasons: dict[RotReason, str] = {}
    due = held.flag if held.flag and held.flag.state is State.DUE else None
    if due and due.action is Action.DISPOSE:
        reasons[RotReason.PAST_DUE] = due.sentence
    if held.number in kept:
        reasons[RotReason.COPY] = f"Same content as {kept[held.number]}, which stays."
    trivial = trivial_reason(readable(record.ref.name), record.size)
    if trivial:
        reasons[RotReason.TRIVIAL] = trivial
    if due and due.action is Action.REVIEW:
        reasons[RotReason.REVIEW] = due.sentence
    if not reasons:
        return None
    primary, *also = reasons
    links[held.file_id] -= 1
    stays = held.file_id is not None and links[held.file_id] > 0
    return RotItem(
        record.ref.path, record.service, primary, reasons[primary], tuple(also), 0 if stays else record.size,
        record.modified, record.digest,
    )  # fmt: skip


def _copies(estate: Iterable[Held]) -> Mapping[int, str]:
    """Number of each further copy → the path of the copy that stays. Hard links are one file, not copies."""
    groups: dict[bytes, list[Held]] = defaultdict(list)
    for held in estate:
        if held.record.digest and held.record.size:
            groups[held.record.digest].append(held)
    kept: dict[int, str] = {}
    for group in groups.values():
        stays = min(group, key=_worth_keeping)
        kept |= {held.number: stays.record.ref.path for held in group if not _same_file(held, stays)}
    return kept


def _same_file(held: Held, other: Held) -> bool:
    return held.number == other.number or (held.file_id is not None and held.file_id == other.file_id)


def _worth_keeping(held: Held) -> tuple[bool, bool, bool, float, str]:
    """Orders copies by which should stay: not trivial, not past due, not a backup, the earliest."""
    record = held.record
    trivial = trivial_reason(readable(record.ref.name), record.size) is not None
    due = held.flag is not None and held.flag.state is State.DUE
    path = record.ref.path
    backup = _BACKUP.search(path) is not None
    return trivial, due, backup, record.modified.timestamp() if record.modified else 0.0, path


def _gdpr_risk(inventory: Inventory, provenance: Provenance, weights: Weights) -> Report:
    kinds = inventory.kinds()
    held = list(inventory.held(Narrowing(personal=True)))
    due = _past_due(inventory)
    made = (_risk_item(one, kinds, due, weights.place) for one in held)
    items = tuple(sorted(made, key=lambda item: (-item.risk, item.path)))
    return gdpr_risk_report(
        provenance, inventory.services(), risk_themes(items), items, weights.all_named(), inventory.ownership()
    )


def _past_due(inventory: Inventory) -> Mapping[tuple[str, bytes], Held]:
    """The files that are past due, by address: what lies inside one is as late as it is."""
    flagged = inventory.held(Narrowing(files=True, flagged=True))
    return {(held.record.ref.source, held.record.ref.locator): held for held in flagged}


def _risk_item(
    held: Held,
    kinds: _Kinds,
    due: Mapping[tuple[str, bytes], Held],
    factors: PlaceFactors,
) -> RiskItem:
    record = held.record
    assessment = record.assessment
    assert assessment is not None  # only personal content was asked for
    late = due.get((record.ref.source, record.ref.locator))
    place = factors.of(held.breadth, past_due=late is not None)
    risk, parts = risk_in_place(assessment.risk, assessment.risk_parts, place)
    return RiskItem(
        record.ref.path, record.service, risk, parts, kinds.get((record.digest, record.media_type), {}),
        assessment.special, assessment.children, assessment.criminal, record.outcome is Outcome.PARTIAL,
        record.modified, late.flag.due if late and late.flag else None, held.breadth,
        held.owner is not None and held.owner.left,
    )  # fmt: skip


def risk_themes(items: Iterable[RiskItem]) -> tuple[RiskTheme, ...]:
    """The heat map's cells: how many items of a service hold a theme, and the highest risk among them."""
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for item in items:
        themes = {_THEMES[KINDS[kind]] for kind in item.kinds if KINDS[kind] in _THEMES}
        themes |= {_THEMES[Category.CHILDREN]} if item.children else set()  # a pupil number is a child's
        for theme in themes:
            cells[item.service, theme].append(item.risk)
    order = {theme: place for place, theme in enumerate(_THEMES.values())}
    keys = sorted(cells, key=lambda key: (key[0], order[key[1]]))
    return tuple(RiskTheme(*key, len(cells[key]), max(cells[key])) for key in keys)


REPORTS: dict[str, Callable[[Inventory, Provenance, Weights], Report]] = {"rot": _rot, "gdpr-risk": _gdpr_risk}
