"""The retention schedule as values: record classes, rules, what they run from and ask; parsed and checked elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from domain.hold import Hold


class Action(StrEnum):
    """What a rule says should become of an item. Muniment proposes; people decide."""

    KEEP = "keep"
    REVIEW = "review"
    EXTEND = "extend"
    ARCHIVE = "archive"
    TRANSFER_TO_ARCHIVES = "transfer-to-archives"
    TRANSFER_TO_OWNER = "transfer-to-owner"
    RETURN = "return"
    MERGE = "merge-into"
    REDACT = "redact"
    DISPOSE = "dispose"

    @property
    def is_transfer(self) -> bool:
        return self in (Action.TRANSFER_TO_ARCHIVES, Action.TRANSFER_TO_OWNER)

    @property
    def is_task(self) -> bool:
        """Whether it is work for a person, which Muniment never does itself."""
        return self in (Action.RETURN, Action.MERGE, Action.REDACT)


class DateSource(StrEnum):
    """A date of the item itself that a period can run from."""

    CREATED = "created"
    MODIFIED = "modified"
    ACCESSED = "accessed"
    SENT = "sent"
    RECEIVED = "received"
    FIRST_SEEN = "first-seen"
    SUPERSEDED = "superseded"


class PersonDate(StrEnum):
    """A date of the person that a record is about. Somebody has to report it: what a document says only suggests."""

    BIRTH = "dob"
    EIGHTEENTH_BIRTHDAY = "dob+18"
    DEATH = "dod"


class Basis(StrEnum):
    """What an authority is, as its citers read it; none of these makes an example law."""

    STATUTORY = "statutory"
    STATUTORY_GUIDANCE = "statutory-guidance"
    BUSINESS = "business"
    COMMON_PRACTICE = "common-practice"
    UNVERIFIED = "unverified"


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Status(StrEnum):
    """Only what is approved decides anything."""

    DRAFT = "draft"
    APPROVED = "approved"
    RETIRED = "retired"


class Purpose(StrEnum):
    """Whether a rule says how long a record is kept, or only proposes what is redundant, obsolete or trivial."""

    RECORD = "record"
    ROT = "rot"


class Mark(StrEnum):
    """What an examination may have marked a content as."""

    PERSONAL = "personal"
    SPECIAL = "special"
    CRIMINAL = "criminal"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar time: years and months first, then days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        named = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        return " and ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in named if n) or "no time"


@dataclass(frozen=True, slots=True)
class ByOutcome:
    """Periods by how the event ended. An outcome that is not among them has `otherwise`, where that is given."""

    periods: tuple[tuple[str, Period], ...]
    otherwise: Period | None = None

    def of(self, outcome: str) -> Period | None:
        return dict(self.periods).get(outcome.casefold(), self.otherwise if outcome else None)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The last day of a kind of year: the financial year ends on 31 March. A 29 February is the last of February."""

    name: str
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a period: one of a date of the item, a day, an event, or a date of a person.

    `key` says of what the event is, or by what the person is known ("employee_no"). `under`: a death counts only where
    it came before that age. `reopened_by`: an event after which the first one must happen again. `plus` is added to
    the day found, and with `end_of` the period runs from the end of that year.
    """

    date: DateSource | None = None
    on: dt.date | None = None
    event: str | None = None
    person: PersonDate | None = None
    key: str | None = None
    under: Period | None = None
    reopened_by: str | None = None
    plus: Period = Period()
    end_of: YearEnd | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A period and what it runs from."""

    trigger: Trigger
    period: Period | ByOutcome


class Choice(StrEnum):
    """Which of several ends counts. Of the first two all must be known; of the last, the first that is known."""

    LATER = "later_of"
    EARLIER = "earlier_of"
    FIRST_KNOWN = "first_known"


@dataclass(frozen=True, slots=True)
class Combined:
    choice: Choice
    of: tuple[Clock, ...]


Clock = Span | Combined
"""What says on which day a record's time is over."""


@dataclass(frozen=True, slots=True)
class Marked:
    mark: Mark


@dataclass(frozen=True, slots=True)
class HasKind:
    """At least so many values of a kind of finding, in the best of them at least so sure."""

    kind: str
    min_count: int = 1
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class HasTerm:
    """At least so many hits of a configured term, by its id. An item that was not tested for it is not known."""

    term: str
    min_count: int = 1


@dataclass(frozen=True, slots=True)
class DuplicateOf:
    """Another file of the same content stays at a path that the glob matches."""

    glob: str


@dataclass(frozen=True, slots=True)
class AllOf:
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    test: Test


Test = Marked | HasKind | HasTerm | DuplicateOf | AllOf | AnyOf | Not
"""What a rule asks of a content: yes, no, or not known where it was not read. A tree, for whoever compiles it."""


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A record class: what kind of record an item is, by the folders that were mapped to it (path globs).

    `labels` are what a document may say of itself; `words` of a path and `hints` of the content only infer the class.
    """

    id: str
    title: str
    paths: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    lgcs: str = ""
    risk: Risk | None = None
    owner: str = ""
    approver: str = ""
    function: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which items a rule is about: every condition that is given must hold; `exclude` takes paths out again.

    `types` are kinds of item ("file", "message"), `formats` media types or extensions (".docx"), sizes are bytes,
    `mailbox_folders` globs of the folder inside a mailbox.
    """

    classes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    mailbox_folders: tuple[str, ...] = ()
    min_size: int | None = None
    max_size: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of several actions in order. `target`: merge into which class, transfer or return to whom."""

    action: Action
    clock: Clock | None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Who looks, in which order, and when they are reminded and their seniors told."""

    first: str
    second: str = ""
    remind: Period | None = None
    escalate: Period | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the schedule. `clock` is None for a rule that keeps for ever.

    `action` is the last of its steps, `before` are those that come before it. `says` is the period in the words of the
    schedule that it was taken from. `effective_to` is the last day on which it decides.
    """

    id: str
    title: str
    scope: Scope
    action: Action
    clock: Clock | None
    authority: str
    justification: str = ""
    match: Test | None = None
    before: tuple[Step, ...] = ()
    target: str = ""
    purpose: Purpose = Purpose.RECORD
    basis: Basis | None = None
    says: str = ""
    apd_ref: str = ""
    owner: str = ""
    approver: str = ""
    review: Review | None = None
    risk: Risk | None = None
    status: Status = Status.APPROVED
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None

    def decides_on(self, day: dt.date) -> bool:
        begun = self.effective_from is None or self.effective_from <= day
        ended = self.effective_to is not None and self.effective_to < day
        return self.status is Status.APPROVED and begun and not ended


@dataclass(frozen=True, slots=True)
class KeyForm:
    """How references of a kind look in paths and names (RE2): they tie an item to the events reported of them."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A retention schedule in one version. `min_observed`: nothing is due until it was in the inventory so long."""

    id: str
    version: str
    title: str
    effective_from: dt.date
    min_observed: Period
    classes: tuple[RecordClass, ...]
    rules: tuple[Rule, ...]
    digest: str
    holds: tuple[Hold, ...] = ()
    keys: tuple[KeyForm, ...] = ()
    review_by: dt.date | None = None
    approved_by: tuple[str, ...] = ()
    owner: str = ""
    status: Status = Status.APPROVED
