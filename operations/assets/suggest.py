"""Proposes assets by the structure of what is held: the highest folders of services, and mailboxes; writes nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.actor import About, Actor, Verb
from domain.asked import Asked
from domain.asset import Asset, AssetRegister, Holding, Location, Parties, Standing, register_of
from domain.item import readable
from domain.rule import Schedule
from inventory.asset_figures import holdings
from inventory.asset_structure import Branches, branches, owners
from inventory.assets import assets, dropped_ids, parties
from inventory.classes import register
from inventory.considered import considered
from inventory.engine import Database, reading
from operations.access import ask
from operations.config import Settings
from operations.schedule.judging import Grounds, Judge
from reports.wording import plural, size
from retention.conditions import Conditions

_T = TypeVar("_T")
_TAKEN = ""
_DEPTH = 4
_NUMBERED = re.compile(r"A-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An asset that nobody has confirmed: what it would be made of, what lies there, and why it was put forward."""

    asset: Asset
    holding: Holding
    why: str


@dataclass(frozen=True, slots=True)
class _Unit:
    title: str
    locations: tuple[Location, ...]
    reason: str


def suggest_assets(
    actor: Actor, database: Database, settings: Settings, schedule: Schedule | None, service: str | None = None
) -> tuple[Suggestion, ...]:
    """What is of no asset yet, as assets, or what of that would be a service's; with a schedule, told by the classes of
    records that lie there too.

    The highest folders that are of one service alone, down to the fourth; each mailbox, those of persons together.
    """
    ask(actor, Verb.VIEW_LIST, About() if service is None else About(frozenset({service})))
    mail = frozenset(source.name for source in settings.sources if source.is_mail)
    with reading(database) as connection:
        known = assets(connection)
        used = known.keys() | dropped_ids(connection)
        tree = branches(connection, _DEPTH)
        people = parties(connection, (readable(path) for source, path in tree if source in mail))
        taken = register_of(known)
        units = tuple(_units(tree, mail, people, taken))
        proposed = {(at.source, at.path): str(place) for place, unit in enumerate(units) for at in unit.locations}
        # What lies in an asset of the register inside a proposed one stays its own, and is no reason for another.
        lying_in = AssetRegister({**dict.fromkeys(taken.locations, _TAKEN), **proposed})
        lying, owned = holdings(connection, lying_in.of), owners(connection, lying_in.of)
    classes = _classes(database, schedule, lying_in) if schedule else {}
    found = _suggested(units, _first_number(used), lying, owned, classes)
    return tuple(one for one in found if service in (None, one.asset.service))


def _units(tree: Branches, mail: Collection[str], people: Parties, taken: AssetRegister) -> Iterator[_Unit]:
    personal: defaultdict[str, list[Location]] = defaultdict(list)
    for (source, path), services in sorted(tree.items()):
        at, name = Location(source, path), readable(path)
        if taken.of(source, path) is not None:
            continue
        if source in mail:
            if b"/" not in path and people(name).standing is Standing.UNKNOWN:
                yield _Unit(f"Mailbox {name}", (at,), f"a mailbox of {source} that is nobody's own")
            elif b"/" not in path:
                personal[_most(services)].append(at)
        elif _is_highest(tree, source, path, services):
            reason = f"a top folder of {source}" if b"/" not in path else f"the folder of one service in {source}"
            yield _Unit(name.replace("/", " / "), (at,), reason)
    for service, places in sorted(personal.items()):
        yield _Unit(
            f"Mailboxes of people of {service}",
            tuple(places),
            f"the mailboxes of {plural(len(places), 'person', 'people')}",
        )


def _is_highest(tree: Branches, source: str, path: bytes, services: Counter[str]) -> bool:
    """Whether it is of one service alone, or as deep as is looked, and what is around it is not."""
    above = tree.get((source, path.rpartition(b"/")[0]), Counter())
    return len(above) != 1 and (len(services) == 1 or path.count(b"/") + 1 == _DEPTH)


def _first_number(known: Collection[str]) -> int:
    return 1 + max((int(found[1]) for number in known if (found := _NUMBERED.fullmatch(number))), default=0)


def _suggested(
    units: tuple[_Unit, ...], first: int, lying: Mapping[tuple[str | None, str], Holding],
    owned: Mapping[str | None, Counter[tuple[str, bool]]], classes: Mapping[str | None, Counter[str]],
) -> Iterator[Suggestion]:  # fmt: skip
    """Of what holds files; the numbers go on behind those of the register."""
    by_unit: defaultdict[str | None, dict[str, Holding]] = defaultdict(dict)
    for (unit_of, service), holding in lying.items():
        by_unit[unit_of][service] = holding
    number = first
    for place, unit in enumerate(units):
        of = by_unit[str(place)]
        holding = sum(of.values(), Holding())
        if not holding.files.items:
            continue
        service = max(of, key=lambda service: (of[service].files.items, service))
        told = _why(unit, holding, owned.get(str(place), Counter()), classes.get(str(place), Counter()))
        yield Suggestion(Asset(f"A-{number:04}", unit.title, service, unit.locations), holding, told)
        number += 1


def _why(unit: _Unit, holding: Holding, owned: Counter[tuple[str, bool]], classes: Counter[str]) -> str:
    parts = [unit.reason, f"{plural(holding.files.items, 'file')}, {size(holding.files.bytes)}"]
    if classes:
        parts.append(f"class {_most(classes)} in {max(classes.values()):,} of {classes.total():,} that tell one")
    if kinds := Counter(holding.kinds).most_common(3):
        parts.append("found: " + ", ".join(f"{kind} in {items:,}" for kind, items in kinds))
    marks = {"special category": holding.special, "about children": holding.children, "criminal": holding.criminal}
    parts += [f"{items:,} possibly {mark}" for mark, items in marks.items() if items]
    if owned:
        name, left = _most(owned)
        parts.append(f"most are owned by {name}{', who has left' if left else ''}")
    if holding.unread:
        parts.append(f"{holding.unread:,} not read to the end, or waiting for OCR")
    return "; ".join(parts)


def _classes(database: Database, schedule: Schedule, lying_in: AssetRegister) -> Mapping[str | None, Counter[str]]:
    judge, conditions = Judge(schedule, Grounds(date.max, classes=register(database))), Conditions(schedule)
    found: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    with considered(database, Asked(names=True, hints=True, self_told=True)) as estate:
        for one in estate.files():
            folder = estate.folders[one.folder]
            if claims := conditions.applicable(judge.record(one, folder)).claims:
                found[lying_in.of(folder.source, folder.path)][claims[0].record_class] += 1
    return found


def _most(counted: Counter[_T]) -> _T:
    return min(counted, key=lambda name: (-counted[name], str(name)))
