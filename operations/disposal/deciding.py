"""Decides once more, on one file at a time, in the transaction in which it is about to go: what was approved is a word
of some weeks ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.decision import Decision, State
from domain.disposal import Later, Planned, Refusal, RefusedFileError
from domain.errors import ConfigurationError
from domain.item import ItemRef
from domain.review import ReasonCode
from domain.rot import RotReason
from domain.rule import Action, Schedule
from inventory import classes
from inventory.audit import Transaction
from inventory.considered import considered
from inventory.disposal_facts import FileFacts, acts_since, file_facts, others_of, proposed
from inventory.disposals import spoken_for
from inventory.duplicated import copies_of
from inventory.engine import Database
from inventory.holds import active
from inventory.reviews import current
from inventory.searched import Search, search
from operations.assets.register import Bar
from operations.config import Settings
from operations.disposal.others import Others
from operations.people.approval import refuse_unapproved
from operations.schedule.evaluate import refuse_not_in_force, term_keys
from operations.schedule.events import event_register
from operations.schedule.judging import Grounds, Judge
from retention.glob import compile_glob
from retention.likeness import duplicated
from retention.schedule import load_schedule
from scanner.source import Source

SCHEDULE = "schedule"
"""The ground of what the schedule says is due; others are on the list of ROT."""

_COPIES = frozenset({RotReason.COPY, RotReason.VERSION})
_MAY: Mapping[str, frozenset[Action]] = {
    "dispose": frozenset({Action.DISPOSE, Action.REVIEW}),
    "archive": frozenset({Action.ARCHIVE, Action.DISPOSE, Action.REVIEW}),
    "transfer": frozenset({
        Action.TRANSFER_TO_ARCHIVES, Action.TRANSFER_TO_OWNER, Action.RETURN, Action.DISPOSE, Action.REVIEW,
    }),
}  # fmt: skip
"""What the schedule may say of what people decided to do. What it has go to the archives is not disposed of."""

_TRIED = 5
_OURS = "disposal."


@dataclass(frozen=True, slots=True)
class Ground:
    """By what a file may go: the schedule, or a reason of ROT; its rule, class and day."""

    ground: str
    rule: str | None
    record_class: str | None
    due: date | None


class Deciding:
    """Decides by the schedule in force, the holds, events, classes and assets as they are in each transaction.

    Raises ConfigurationError where there is no schedule in force, and RefusedError where it is not approved.
    """

    def __init__(self, database: Database, settings: Settings, today: date, sources: Mapping[str, Source]) -> None:
        if settings.retention.schedule is None:
            raise ConfigurationError("No schedule is configured, so nothing may go. Name it in retention.schedule.")
        self.schedule: Schedule = load_schedule(settings.retention.schedule)
        refuse_not_in_force(self.schedule, today)
        refuse_unapproved(database, self.schedule)
        self._database, self._settings, self._today, self._others = database, settings, today, Others(sources)
        self._seen = 0
        self._grounds: Grounds | None = None
        self._judge: Judge | None = None
        self._bar: Bar | None = None

    def read_others(self, transaction: Transaction, planned: Planned, reason: str, later: Later | None) -> None:
        """Read to its end, now, what has to stay so that a file may go: before the transaction in which it goes.
        `later` is the later version that the manifest names.
        """
        self._others.forget()
        if planned.ground == RotReason.VERSION and later is not None:
            self._others.read(_that_stay(transaction, later.item), later.digest)
        if self._goes_as_copy(planned, reason):
            self._others.read(others_of(transaction, planned.item, planned.digest, _TRIED), planned.digest)

    def read_later_version(self, transaction: Transaction, item: int) -> Later | None:
        """The same of a file that is not planned yet: the later version that the list of ROT names, if it is as the
        inventory knows it.
        """
        self._others.forget()
        listed = proposed(transaction, item)
        if listed is None or listed.reason != RotReason.VERSION:
            return None
        read = ((one.item, self._others.read_as_listed(one)) for one in _that_stay(transaction, listed.keeps))
        return next((Later(number, digest) for number, digest in read if digest is not None), None)

    def refuse(
        self, transaction: Transaction, planned: Planned, action: str, reason: str, later: Later | None
    ) -> None:  # fmt: skip
        """Raises RefusedFileError where a file may not be taken now, whatever was approved."""
        _refuse_taken_back(transaction, planned)
        found = self.ground(transaction, planned.item, action, later)
        if (found.ground, found.rule, found.due) != (planned.ground, planned.rule, planned.due):
            raise RefusedFileError(Refusal.SCHEDULE)
        self.refuse_barred(transaction, planned.ref)
        self._refuse_only(transaction, planned, reason)

    def refuse_purge(
        self, transaction: Transaction, planned: Planned, action: str, reason: str, later: Later | None
    ) -> None:  # fmt: skip
        """Raises RefusedFileError where a file in quarantine may not be destroyed now: the same, but for its place on
        the list of ROT, which has only what is there. What has to stay for it, `later` with it, is read before.
        """
        _refuse_taken_back(transaction, planned)
        decision = self._decision(transaction, planned.item)
        found = self._by_schedule(decision, action)
        if planned.ground == SCHEDULE:
            if found is None:
                raise RefusedFileError(Refusal.NOT_DUE)
            if (found.rule, found.due) != (planned.rule, planned.due):
                raise RefusedFileError(Refusal.SCHEDULE)
        elif found is None and _is_kept(decision, RotReason(planned.ground)):
            raise RefusedFileError(Refusal.NOT_DUE)
        self.refuse_barred(transaction, planned.ref)
        self._refuse_only(transaction, planned, reason)
        if planned.ground == RotReason.VERSION:
            self._refuse_last(transaction, later)

    def ground(self, transaction: Transaction, item: int, action: str, later: Later | None) -> Ground:
        """By what a file may go now. Raises RefusedFileError where nothing says that it may. What has to stay for it is
        read before.
        """
        decision = self._decision(transaction, item)
        found = self._by_schedule(decision, action)
        if found is not None:
            return found
        listed = proposed(transaction, item)
        if listed is None or listed.guard or not RotReason(listed.reason).disposable:
            raise RefusedFileError(Refusal.NOT_DUE)
        if _is_kept(decision, RotReason(listed.reason)):
            raise RefusedFileError(Refusal.NOT_DUE)
        if RotReason(listed.reason) is RotReason.VERSION:
            self._refuse_last(transaction, later)
        return Ground(listed.reason, None, decision.record_class, None)

    def _decision(self, transaction: Transaction, item: int) -> Decision:
        """Raises RefusedFileError where a hold freezes it, or its date cannot be computed."""
        grounds = self._grounds_now(transaction)
        held = (*self.schedule.holds, *grounds.holds)
        found = search(self._database, [hold for hold in held if hold.is_active(self._today)], [item])
        judge = self._judge_of(grounds, found)
        with considered(self._database, judge.asked) as estate:
            one = estate.known(item)
            if one is None:
                raise RefusedFileError(Refusal.NOT_DUE)
            decision = judge.weigh(one, estate.folders[one.folder]).decision
        if decision.holds or decision.state is State.HELD:
            raise RefusedFileError(Refusal.HELD)
        if decision.state is State.UNCOMPUTABLE:
            raise RefusedFileError(Refusal.NOT_DUE)
        return decision

    def _grounds_now(self, transaction: Transaction) -> Grounds:
        """Read anew whenever anything but disposal was done since: each change of them is in the trail."""
        last, acts = acts_since(transaction, self._seen)
        if self._grounds is None or any(not act.startswith(_OURS) for act in acts):
            copies = {glob: compile_glob(glob).matches for glob in duplicated(self.schedule.rules)}
            self._grounds = Grounds(
                self._today, term_keys(self._settings), event_register(self._settings, self._database),
                active(self._database, self._today), classes.register(self._database),
                copies=copies_of(self._database, copies),
            )  # fmt: skip
            self._judge = self._bar = None
        self._seen = last
        return self._grounds

    def _judge_of(self, grounds: Grounds, found: Search) -> Judge:
        """One for all files, while the grounds are the same and no hold looks into files one by one."""
        if found:
            return Judge(self.schedule, replace(grounds, found=found))
        self._judge = self._judge or Judge(self.schedule, grounds)
        return self._judge

    def _by_schedule(self, decision: Decision, action: str) -> Ground | None:
        may = _MAY[action]
        if decision.state is State.DUE and decision.action in may:
            return Ground(SCHEDULE, decision.rule, decision.record_class, decision.due)
        early = next((step for step in decision.meanwhile if step.due and step.due <= self._today), None)
        if early is not None and early.action in may - {Action.DISPOSE}:
            return Ground(SCHEDULE, decision.rule, decision.record_class, early.due)
        return None

    def refuse_barred(self, transaction: Transaction, ref: ItemRef) -> None:
        """Raises RefusedFileError where nobody answers for the asset that a file is of."""
        self._grounds_now(transaction)
        self._bar = self._bar or Bar(transaction)
        if self._bar.why_not_disposed(ref.source, ref.folder):
            raise RefusedFileError(Refusal.ASSET)

    def _refuse_only(self, transaction: Transaction, planned: Planned, reason: str) -> None:
        """Raises RefusedFileError where a file goes because there is another, and none that could be read is."""
        if self._goes_as_copy(planned, reason):
            others = others_of(transaction, planned.item, planned.digest, _TRIED)
            self._others.refuse_none(others, planned.digest)

    def _refuse_last(self, transaction: Transaction, later: Later | None) -> None:
        """Raises RefusedFileError where a file goes as an older version, and the later one was not read as it was."""
        files, digest = (_that_stay(transaction, later.item), later.digest) if later else ([], b"")
        self._others.refuse_none(files, digest)

    def _goes_as_copy(self, planned: Planned, reason: str) -> bool:
        rule = next((one for one in self.schedule.rules if one.id == planned.rule), None)
        as_copy = planned.ground == RotReason.COPY or reason == ReasonCode.COPY
        return as_copy or bool(rule and duplicated([rule]))


def _that_stay(transaction: Transaction, keeps: int | None) -> list[FileFacts]:
    known = file_facts(transaction, [keeps] if keeps is not None else [])
    return [one for one in known.values() if one.is_there and not spoken_for(transaction, [one.item])]


def _refuse_taken_back(transaction: Transaction, planned: Planned) -> None:
    """Raises RefusedFileError where the very verdict that a file goes by is not in force any more."""
    verdict = current(transaction, [planned.item]).get(planned.item)
    if verdict is None or verdict.number != planned.verdict or verdict.version != planned.version:
        raise RefusedFileError(Refusal.VERDICT)


def _is_kept(decision: Decision, reason: RotReason) -> bool:
    """Whether a rule keeps what ROT would have go: a copy goes nevertheless, since the other is kept."""
    return reason not in _COPIES and decision.state not in (State.PROPOSED, State.UNMATCHED)
