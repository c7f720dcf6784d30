"""The words of review: what can be decided, for which reason, and what sets an item or a batch apart."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class VerdictKind(StrEnum):
    """What can be decided on an item. A referral says "not mine", and to whom it goes."""

    KEEP = "keep"
    EXTEND = "extend"
    RECLASSIFY = "reclassify"
    ARCHIVE = "archive"
    TRANSFER = "transfer"
    DISPOSE = "dispose"
    REFER = "refer"

    @property
    def is_proposal(self) -> bool:
        """Whether another has to approve it before anything comes of it; the rest takes effect at once."""
        return self in (VerdictKind.ARCHIVE, VerdictKind.TRANSFER, VerdictKind.DISPOSE)

    @property
    def needs_day(self) -> bool:
        """Whether it ends on a day, on which the item comes back: nothing is kept for ever by a click."""
        return self in (VerdictKind.KEEP, VerdictKind.EXTEND)


class ReasonCode(StrEnum):
    """Why a verdict was given, in a word that can be counted."""

    STILL_USED = "still-used"
    LAW = "law"
    CLAIM = "claim"
    REQUEST = "request"
    HISTORIC = "historic"
    DATE_WRONG = "date-wrong"
    CLASS_WRONG = "class-wrong"
    PERIOD_OVER = "period-over"
    COPY = "copy"
    SUPERSEDED = "superseded"
    TRIVIAL = "trivial"
    MOVED = "moved"
    NOT_OURS = "not-ours"
    CANNOT_TELL = "cannot-tell"

    @property
    def words(self) -> str:
        return _REASONS[self][0]

    @property
    def serves(self) -> frozenset[VerdictKind]:
        """The kinds of verdict that it can be the reason of."""
        return _REASONS[self][1]


_KEEPING = frozenset({VerdictKind.KEEP, VerdictKind.EXTEND})
_ENDING = frozenset({VerdictKind.DISPOSE})
_AWAY = frozenset({VerdictKind.ARCHIVE, VerdictKind.TRANSFER})
_REASONS: Mapping[ReasonCode, tuple[str, frozenset[VerdictKind]]] = MappingProxyType({
    ReasonCode.STILL_USED: ("It is still needed for current work.", _KEEPING),
    ReasonCode.LAW: ("A law, contract or grant asks for it longer.", _KEEPING),
    ReasonCode.CLAIM: ("It may be needed for a claim, complaint or dispute.", _KEEPING),
    ReasonCode.REQUEST: ("Somebody has asked for it, or an inquiry may.", _KEEPING),
    ReasonCode.HISTORIC: ("It may have historic value.", _KEEPING | _AWAY),
    ReasonCode.DATE_WRONG: ("The date that its period runs from is wrong.", _KEEPING),
    ReasonCode.CLASS_WRONG: ("It is a record of another class.", frozenset({VerdictKind.RECLASSIFY})),
    ReasonCode.PERIOD_OVER: ("Its period is over, and nothing speaks for keeping it.", _ENDING | _AWAY),
    ReasonCode.COPY: ("It is a copy, and the record is kept elsewhere.", _ENDING),
    ReasonCode.SUPERSEDED: ("A later version is kept.", _ENDING),
    ReasonCode.TRIVIAL: ("It never was a record.", _ENDING),
    ReasonCode.MOVED: ("Its work went to another organisation or place.", _AWAY),
    ReasonCode.NOT_OURS: ("It belongs to another service or person.", frozenset({VerdictKind.REFER})),
    ReasonCode.CANNOT_TELL: ("I cannot tell; somebody else has to.", _KEEPING | {VerdictKind.REFER}),
})  # fmt: skip


class WhySecond(StrEnum):
    """Why a second person has to approve a batch."""

    ITEMS = "items"
    BYTES = "bytes"
    LATELY = "lately"
    RISK = "risk"
    SPECIAL = "special"
    CHILDREN = "children"
    CRIMINAL = "criminal"

    @property
    def words(self) -> str:
        return _WHY_SECOND[self]


_WHY_SECOND = {
    WhySecond.ITEMS: "there are many of them",
    WhySecond.BYTES: "they are large together",
    WhySecond.LATELY: "they are many or large with what was approved lately of the same people, or by the same rule",
    WhySecond.RISK: "their class or rule is of high risk",
    WhySecond.SPECIAL: "special categories of personal data were found in some",
    WhySecond.CHILDREN: "some are about children",
    WhySecond.CRIMINAL: "some are about offences",
}


class Odd(StrEnum):
    """What sets an item apart from others of its group, so that somebody looks at it by itself."""

    DATE = "date"
    SPECIAL = "special"
    CHILDREN = "children"
    CRIMINAL = "criminal"
    PICTURE = "picture"
    LARGE = "large"
    UNREAD = "unread"

    @property
    def words(self) -> str:
        return _ODD[self]


_ODD = {
    Odd.DATE: "its date is missing, in the future or impossibly old",
    Odd.SPECIAL: "special categories of personal data were found in it",
    Odd.CHILDREN: "it is about children",
    Odd.CRIMINAL: "it is about offences",
    Odd.PICTURE: "it is a picture",
    Odd.LARGE: "it is very large",
    Odd.UNREAD: "it was not read, or not to its end",
}


class Aside(StrEnum):
    """Why an item is not decided on together with others of its group, besides what is odd about it."""

    HELD = "held"
    RISK = "risk"
    SCHEDULE = "schedule"
    BARRED = "barred"
    KEPT = "kept"
    BEYOND = "beyond"

    @property
    def words(self) -> str:
        return _ASIDE[self]


_ASIDE = {
    Aside.HELD: "a legal hold freezes it",
    Aside.RISK: "its class or rule is of high risk",
    Aside.SCHEDULE: "the schedule says that something else is to become of it",
    Aside.BARRED: "it cannot be decided on so",
    Aside.KEPT: "somebody opened it for another draft, and said that it is to be kept",
    Aside.BEYOND: "there are more than one batch may hold",
}


class Changed(StrEnum):
    """What of an item is not as somebody saw it any more."""

    GONE = "gone"
    ITEM = "item"
    FLAG = "flag"
    VERDICT = "verdict"
    HOLD = "hold"

    @property
    def words(self) -> str:
        return _CHANGED[self]


_CHANGED = {
    Changed.GONE: "it is gone, or waits for no verdict here any more",
    Changed.ITEM: "the item itself was changed",
    Changed.FLAG: "what the schedule says of it has changed",
    Changed.VERDICT: "somebody has decided on it meanwhile",
    Changed.HOLD: "the holds on it have changed",
}
