"""Legal holds: placed, looked at again, answered and released by people, and shown beforehand by what they freeze."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import State
from domain.errors import ConfigurationError
from domain.finding import KINDS, Category
from domain.hold import Hold, HoldStatus
from domain.privacy import FingerprintKey
from domain.rule import Period, Schedule
from domain.summary import Tally
from inventory import classes
from inventory import holds as kept
from inventory.considered import Considered, considered
from inventory.engine import Database, reading
from inventory.queries import Inventory
from inventory.searched import search
from operations.access import ask
from operations.config import Settings
from operations.people.audit import Change, Trail
from operations.schedule.evaluate import term_keys
from operations.schedule.judging import Grounds, Judge, judged
from retention.document import Document, read_documents
from retention.glob import compile_glob
from retention.holding import Held
from retention.period import add_period
from retention.refusal import complaints_of, did_you_mean, refused
from retention.tables import ScheduleFile
from retention.values import DISPUTABLE, hold_of

_OF_PEOPLE = (Category.IDENTITY, Category.CONTACT, Category.FINANCIAL)


@dataclass(slots=True)
class Frozen:
    """What a hold would freeze, by service: what it surely means, and what cannot be told, by what is missing.

    `due` is what of it is put forward now for some action, and then would be no more.
    """

    certain: dict[str, Tally] = field(default_factory=dict)
    unsure: dict[str, Tally] = field(default_factory=dict)
    missing: dict[str, Tally] = field(default_factory=dict)
    due: Tally = field(default_factory=Tally)

    def count(self, service: str, found: Iterable[Held], tally: Tally, *, is_due: bool) -> None:
        for held in found:
            _add(self.unsure if held.unsure else self.certain, service, tally)
            for why in held.unsure:
                _add(self.missing, why, tally)
            self.due += tally if is_due else Tally()

    @property
    def services(self) -> list[str]:
        return sorted({*self.certain, *self.unsure})


def templates() -> Mapping[str, Mapping[str, Any]]:
    """The holds that are shipped, switched off, under short names: "iicsa", "covid"."""
    (document,) = read_documents(Path(str(files("retention"))) / "examples" / "holds.toml")
    return {entry["id"].removeprefix("HOLD-").casefold(): entry for entry in document.tables["hold"]}


def drafted(entry: Mapping[str, Any], settings: Settings, database: Database, schedule: Schedule | None) -> Hold:
    """A hold as [[hold]] of a schedule describes it. Raises ConfigurationError that says what to write instead, for
    classes, services, sources and terms that nobody knows too: such a hold would freeze nothing, or everything.
    """
    document = Document("the hold", {"hold": [dict(entry)]}, b"", lambda *_: None)
    try:
        (table,) = ScheduleFile.model_validate(document.tables).holds
    except ValidationError as error:
        raise refused(complaints_of(error, document)) from error
    hold = hold_of(table)
    if complaints := [*_unknown(hold, settings, database), *_clashes(hold, schedule)]:
        raise refused(complaints)
    return hold


def fingerprints_of(lines: Iterable[str], key: FingerprintKey) -> tuple[str, ...]:
    """Of people by name or identifier, a line each: what is kept of them. A kind may stand before it ("UK_NINO: …").

    A name is met by its surname alone too, since letters say "Mrs Marsh": a hold rather freezes another's than none.
    """
    return tuple(sorted({seal.hex() for line in map(str.strip, lines) if line for seal in _fingerprints(line, key)}))


def people_in(path: Path) -> tuple[str, ...]:
    """The lines of a file that nobody else may read. Raises ConfigurationError that says how to mend it."""
    try:
        mode, text = path.stat().st_mode, path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as UTF-8 text. Write a name or identifier a line.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationError(f"{path} names people and is open to others. Mend it with: chmod 600 {path}")
    lines = tuple(line for line in text.splitlines() if line.strip())
    if not lines:
        raise ConfigurationError(f"{path} is empty, so nobody would be meant. Write a name or identifier a line.")
    return lines


def add_hold(actor: Actor, trail: Trail, hold: Hold, today: date) -> None:
    """Freeze from now on what the hold means."""
    authority = ask(actor, Verb.ADD_HOLD)
    with trail.changing(authority) as change:
        kept.add_hold(change.transaction, replace(hold, placed=hold.placed or today))
        scope = hold.scope
        change.note(
            Act.HOLD_ADDED, _subject(hold), kind=str(hold.kind), status=str(hold.status), people=len(scope.people),
            terms=len(scope.terms), paths=len(scope.paths), classes=len(scope.classes), services=len(scope.services),
            sources=len(scope.sources), review_by=_day(hold.review_by), answered=_day(hold.answered),
            ends_on=_day(hold.ends_on),
        )  # fmt: skip


def review_hold(actor: Actor, trail: Trail, name: str, until: date, today: date) -> None:
    """Say that the hold goes on, and when somebody looks at it again."""
    authority = ask(actor, Verb.ADD_HOLD)
    if until <= today:
        raise ConfigurationError("The next review lies in the future. Name a later day.")
    with trail.changing(authority) as change:
        hold = _in_force(change, name)
        kept.change_hold(change.transaction, replace(hold, review_by=until))
        change.note(Act.HOLD_REVIEWED, _subject(hold), before=_day(hold.review_by), review_by=_day(until))


def answer_request(actor: Actor, trail: Trail, name: str, answered: date, period: Period | None, today: date) -> Hold:
    """Say when the request was answered, from which day on the hold ends by itself: `period` later, or the usual time.

    Nothing else ends by itself, and who may release a hold may do this alone.
    """
    authority = ask(actor, Verb.RELEASE_HOLD)
    if answered > today:
        raise ConfigurationError("That day lies in the future. Name the day on which it was answered.")
    with trail.changing(authority) as change:
        hold = _in_force(change, name)
        if hold.request is None:
            raise ConfigurationError(f"{name!r} is of kind {hold.kind}, and only a request ends by itself. Release it.")
        ends_on = add_period(answered, period or DISPUTABLE[hold.request])
        ended = replace(hold, answered=answered, ends_on=ends_on)
        kept.change_hold(change.transaction, ended)
        change.note(Act.HOLD_ANSWERED, _subject(hold), answered=_day(answered), ends_on=_day(ends_on))
    return ended


def release_hold(actor: Actor, trail: Trail, name: str, why: str, today: date) -> None:
    """End a hold. It stays in the list, with the reason."""
    authority = ask(actor, Verb.RELEASE_HOLD)
    if not why.strip():
        raise ConfigurationError("A release needs a reason. Say who said so, and in which letter.")
    with trail.changing(authority) as change:
        hold = _in_force(change, name)
        kept.note_release(change.transaction, hold, today, why.strip())
        change.note(Act.HOLD_RELEASED, _subject(hold))


def all_holds(actor: Actor, database: Database) -> tuple[Hold, ...]:
    ask(actor, Verb.VIEW_FIGURES)
    with reading(database) as connection:
        return kept.holds(connection)


def preview(
    actor: Actor, database: Database, hold: Hold, settings: Settings, schedule: Schedule | None, today: date
) -> Frozen:
    """What the hold would freeze if it were active now. Writes nothing."""
    ask(actor, Verb.VIEW_FIGURES)
    if hold.scope.people:
        ask(actor, Verb.SEARCH_PEOPLE)
    hold = replace(hold, status=HoldStatus.ACTIVE, ends_on=None)
    # Without rules and other holds nothing more is asked of an item than what this hold asks.
    bare = replace(schedule, rules=(), holds=()) if schedule else _no_schedule(today)
    grounds = Grounds(
        today, term_keys(settings), holds=(hold,), classes=classes.register(database), found=search(database, [hold])
    )
    judge = Judge(bare, grounds)
    frozen = Frozen()

    with considered(database, judge.asked) as estate:

        def held_by(one: Considered, _: Sequence[object]) -> tuple[Held, ...]:
            return judge.weigh(one, estate.folders[one.folder]).holds

        for one, found in judged(estate, [judge], held_by):
            service = estate.folders[one.folder].service
            frozen.count(service, found, Tally(1, one.size), is_due=one.standing[1] == State.DUE)
    return frozen


def _fingerprints(line: str, key: FingerprintKey) -> Iterable[bytes]:
    kind, colon, value = line.partition(":")
    if colon and kind.strip() in KINDS:
        return key.fingerprints(kind.strip(), value.strip())
    if not any(char.isdecimal() or char == "@" for char in line):
        return key.fingerprints("PERSON", line)
    kinds = (kind for kind, category in KINDS.items() if category in _OF_PEOPLE and kind != "PERSON")
    return (key.fingerprint(kind, line) for kind in kinds)


def _unknown(hold: Hold, settings: Settings, database: Database) -> Iterable[str]:
    inventory = Inventory(database)
    services = {*(one.name for one in settings.services), *(one.service for one in inventory.services())}
    sources = {*(one.name for one in settings.sources), *inventory.sources()}
    for words, name, known in (
        (hold.scope.services, "service", services), (hold.scope.sources, "source", sources),
        (hold.scope.terms, "term", {term.id for term in settings.terms}),
    ):  # fmt: skip
        folded = {word.casefold() for word in known}
        yield from (
            f'the hold: there is no {name} "{word}"; {did_you_mean(word, known)}'
            for word in words if (word not in known if name == "term" else word.casefold() not in folded)
        )  # fmt: skip


def _clashes(hold: Hold, schedule: Schedule | None) -> Iterable[str]:
    """Reasons name rules and holds by id alone."""
    if schedule is None:
        return
    taken = [*(rule.id for rule in schedule.rules), *(each.id for each in schedule.holds)]
    if hold.id.casefold() in map(str.casefold, taken):
        yield f'the hold: a rule or hold of the schedule has the id "{hold.id}"; choose another'
    known = [each.id for each in schedule.classes]
    for glob in hold.scope.classes:
        if not any(map(compile_glob(glob).matches, known)):
            yield f'the hold: no class of the schedule has the id "{glob}"; {did_you_mean(glob, known)}'


def _in_force(change: Change, name: str) -> Hold:
    hold = next((each for each in kept.holds(change.transaction) if each.id == name), None)
    if hold is None:
        raise ConfigurationError(f"There is no hold {name!r} in the inventory. See: muniment holds list")
    if hold.status is HoldStatus.RELEASED:
        raise ConfigurationError(f"The hold {name!r} was released already. Place a new one: muniment holds add")
    return hold


def _no_schedule(today: date) -> Schedule:
    return Schedule("none", "0", "none", today, Period(), (), (), "")


def _add(tallies: dict[str, Tally], name: str, tally: Tally) -> None:
    tallies[name] = tallies.get(name, Tally()) + tally


def _subject(hold: Hold) -> str:
    return f"hold:{hold.id}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
