"""Finds what is redundant, obsolete and trivial, and writes it into the inventory as differences."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from classifiers.rot_words import client_kinds, hinted
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import State
from domain.item import readable
from domain.rot import Guard, Rot, RotReason, RotSum, Signal, merits_of, settled
from domain.rule import Action, Schedule
from domain.summary import Tally
from inventory import rot_reading
from inventory.engine import writing
from inventory.rot_listing import rot_sums
from inventory.rot_reading import RotFile, Told
from inventory.rot_writing import settle_rot, write_rot
from operations.access import ask
from operations.config import Settings
from operations.configuration.rot_settings import RotSettings
from operations.people.audit import Trail
from operations.rot.copies import Copies, Kept, case_of, copies_in, link_of
from operations.rot.grounds import YEAR, Place, RotGrounds, rot_grounds
from operations.schedule.evaluate import term_keys
from retention.schedule import load_schedule

_MESSAGES = ("message/rfc822", "application/vnd.ms-outlook")
_MOST_MERITS = 3
_KEPT = RotFile._fields.index("reason")

_Signs: TypeAlias = tuple[tuple[Signal, int], ...]


@dataclass(frozen=True, slots=True)
class RotFound:
    """What was found: items and bytes put forward by primary reason, what guards kept out, and rows that changed."""

    reasons: Mapping[RotReason, Tally]
    guards: Mapping[Guard, Tally]
    changed: int


def find_rot(
    actor: Actor,
    trail: Trail,
    settings: RotSettings,
    today: date,
    *,
    mailboxes: Collection[str] = (),
    schedule: Schedule | None = None,
    term_keys: Collection[str] = (),
) -> RotFound:
    """Judge every file, page by page, and write what differs from what stands; the day's flags count as they are.

    `mailboxes` are the sources that are some, `schedule` the one whose holds count besides the inventory's.
    """
    authority = ask(actor, Verb.EVALUATE)
    grounds = rot_grounds(trail.database, settings, today, mailboxes, schedule, term_keys)
    judging = Judging(grounds, copies_in(trail.database, grounds))
    written = 0
    for page in rot_reading.pages(trail.database):
        changed, ended = _differences(page, judging.rot_of(page))
        if changed or ended:
            with writing(trail.database) as connection:
                written += write_rot(connection, changed, ended)
    with writing(trail.database) as connection:
        written += settle_rot(connection, today)
    found = _found(rot_sums(trail.database), written)
    counts = {str(reason): tally.items for reason, tally in found.reasons.items()}
    trail.note(authority, Act.ROT_FOUND, "", day=str(today), changed=written, **counts)
    return found


def _found(sums: Iterable[RotSum], written: int) -> RotFound:
    reasons, guards = dict[RotReason, Tally](), dict[Guard, Tally]()
    for each in sums:
        if each.guard is None:
            reasons[each.reason] = reasons.get(each.reason, Tally()) + each.tally
        else:
            guards[each.guard] = guards.get(each.guard, Tally()) + each.tally
    return RotFound(reasons, guards, written)


def find_configured_rot(actor: Actor, trail: Trail, settings: Settings, today: date) -> RotFound:
    """The same, by the configuration. Raises ConfigurationError for a schedule that cannot be read."""
    path = settings.retention.schedule
    return find_rot(
        actor, trail, settings.rot, today, mailboxes=[source.name for source in settings.sources if source.is_mail],
        schedule=load_schedule(path) if path else None, term_keys=term_keys(settings),
    )  # fmt: skip


class _Draft(NamedTuple):
    """What may be said of a file before its content was asked."""

    file: RotFile
    place: Place
    name: str
    reasons: Sequence[RotReason]
    facts: str
    kept: Kept | None
    keeps: int | None

    @property
    def is_passing_mail(self) -> bool:
        return RotReason.PERSONAL in self.reasons and self.file.media_type in _MESSAGES


class _Content(NamedTuple):
    """What is known of contents: what records they seem to be, and of messages what they hold."""

    hints: Mapping[int, frozenset[str]]
    told: Mapping[int, Told]

    def of_client(self, content: int | None) -> bool:
        """Whether a message may be from or about a child or a client: so is one that was not read whole."""
        told = self.told.get(content) if content else None
        return told is None or told.unread or told.people or bool(told.kinds)


class Judging:
    """Judges pages of files. What is asked of all files is kept at hand: there are millions of them."""

    def __init__(self, grounds: RotGrounds, copies: Copies) -> None:
        self._grounds, self._copies = grounds, copies
        settings, self._now = grounds.settings, grounds.now
        self._untouched = self._now - settings.untouched_years * YEAR
        self._unopened = self._now - settings.unopened_years * YEAR
        self._weights = settings.weights()
        self._client, self._signed, self._explains = map(hinted, ("client", "signed", "explains"))

    def rot_of(self, page: Sequence[RotFile]) -> Mapping[int, Rot]:
        """What of a page is ROT, by number."""
        database = self._grounds.database
        self._grounds.know({file.folder for file in page})
        drafts = [draft for file in page if (draft := self._draft(self._copies.as_read(file)))]
        asked = [draft for draft in drafts if draft.file.content and not _OF_CONTENT.isdisjoint(draft.reasons)]
        hints = rot_reading.hints(database, {draft.file.content for draft in asked if draft.file.content})
        mail = {draft.file.content for draft in asked if draft.is_passing_mail and draft.file.content}
        content = _Content(hints, rot_reading.told(database, mail, client_kinds()))
        linked = rot_reading.linked(database, {link for draft in drafts if (link := draft.file.link)})
        return {draft.file.number: self._rot(draft, content, draft.file.link in linked) for draft in drafts}

    def _draft(self, file: RotFile) -> _Draft | None:
        grounds, place = self._grounds, self._grounds.place(file.folder)
        name, reasons = readable(file.name), list[RotReason]()
        if file.state == State.DUE:
            reasons += _DUE.get(file.action or "", ())
        if kept := self._kept(file):
            reasons.append(RotReason.COPY)
        newer = grounds.superseded.get(file.number) if grounds.superseded else None
        if newer is not None:
            reasons.append(RotReason.VERSION)
        years = 0 if file.modified is None else (self._now - file.modified) // YEAR
        if trivial := grounds.trivial.of(name, file.size, file.media_type, years, place.trivial):
            reasons.append(RotReason(trivial.kind))
        if signs := self._stale(file, place, name, newer is not None):
            reasons.append(RotReason.STALE)
        if not reasons:
            return None
        unread = kept is not None and file.content is None
        facts = _facts(trivial.because if trivial else "", kept and kept.ahead, bool(kept and kept.tied), unread, signs)
        return _Draft(file, place, name, reasons, facts, kept, kept.item if kept else newer)

    def _kept(self, file: RotFile) -> Kept | None:
        """The copy that stays of its content, where that is another file, and none that a family proposes to keep."""
        kept = self._copies.of(file) if file.size else None
        if kept is None or kept.item == file.number or (kept.file and kept.file == link_of(file)):
            return None
        return None if self._grounds.proposed.get(file.number) else kept

    def _stale(self, file: RotFile, place: Place, name: str, superseded: bool) -> _Signs:
        """The signs that speak for an item's being stale, with a year where they have one; none where they are too
        light, or where somebody, or a rule that has a date, speaks of it.
        """
        modified, accessed, grounds = file.modified, file.accessed, self._grounds
        if modified is None or modified >= self._untouched or file.state is not None:
            return ()
        if place.classed or file.number in grounds.classed:
            return ()
        owner = grounds.owner(file, place)
        signs = [(Signal.UNTOUCHED, 1970 + modified // YEAR)]
        if accessed is not None and accessed < self._unopened and place.source in grounds.believed:
            signs.append((Signal.UNOPENED, 1970 + accessed // YEAR))
        if superseded:
            signs.append((Signal.SUPERSEDED, 0))
        if owner in grounds.rights.left:
            signs.append((Signal.OWNER_LEFT, 0))
        if grounds.without_reader.matches(name):
            signs.append((Signal.NO_READER, 0))
        enough = sum(self._weights[signal] for signal, _ in signs) >= grounds.settings.stale_at
        return tuple(signs) if enough else ()

    def _rot(self, draft: _Draft, content: _Content, linked: bool) -> Rot:
        file = draft.file
        reason, also, guard = settled(draft.reasons, tuple(self._guards(draft, content)))
        size = (file.bytes or 0) if linked else file.size  # of several names one counts, which is settled at the end
        return Rot(file.number, reason, ",".join(also), guard or "", size, draft.keeps, draft.facts)

    def _guards(self, draft: _Draft, content: _Content) -> Iterator[Guard]:
        file, place, where = draft.file, draft.place, draft.place.where
        if file.number in self._grounds.held:
            yield Guard.HELD
        if _SPOKEN_FOR.issuperset(draft.reasons):
            return
        if file.state == State.UNCOMPUTABLE:
            yield Guard.UNCOMPUTABLE
        if where.application:
            yield Guard.APPLICATION
        if place.case and not (draft.kept and draft.kept.case == case_of(place)):
            yield Guard.CASE_FILE
        said, hints = self._grounds.words.said(draft.name), content.hints.get(file.content or 0, frozenset())
        if draft.is_passing_mail and (content.of_client(file.content) or not hints.isdisjoint(self._client)):
            yield Guard.CLIENT
        if where.signed or "signed" in said or not hints.isdisjoint(self._signed):
            yield Guard.SIGNED
        if where.explains or "explains" in said or not hints.isdisjoint(self._explains):
            yield Guard.EXPLAINS


_DUE: Mapping[str, tuple[RotReason, ...]] = {
    Action.DISPOSE: (RotReason.PAST_DUE,), Action.REVIEW: (RotReason.REVIEW,),
}  # fmt: skip
_SPOKEN_FOR = frozenset({RotReason.PAST_DUE, RotReason.REVIEW, RotReason.STALE})
"""Reasons that nothing but a hold keeps an item out of."""
_OF_CONTENT = frozenset({RotReason.COPY, RotReason.VERSION, RotReason.PERSONAL})
"""Reasons for which it is asked what the content is."""


@lru_cache(maxsize=65_536)
def _facts(trivial: str, ahead: int | None, tied: bool, unread: bool, signs: _Signs) -> str:
    """What a sentence is made of, as JSON; "" for nothing."""
    facts: dict[str, Any] = {"trivial": trivial} if trivial else {}
    if tied:
        facts["tied"] = 1
    elif ahead:
        facts["ahead"] = merits_of(ahead)[:_MOST_MERITS]
    if unread:
        facts["unread"] = 1
    if signs:
        facts["signals"] = dict(signs)
    return json.dumps(facts, separators=(",", ":")) if facts else ""


def _differences(page: Iterable[RotFile], judged: Mapping[int, Rot]) -> tuple[list[Rot], list[int]]:
    """What is to be written of a page, and what is ROT no more."""
    changed = [rot for file in page if (rot := judged.get(file.number)) and rot[1:] != file[_KEPT:]]
    ended = [file.number for file in page if file.reason is not None and file.number not in judged]
    return changed, ended
