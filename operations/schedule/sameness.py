"""When files that a schedule can tell apart come to the same all the same: verdicts are found once for each of these.

Situations differ in what no rule made a difference of, such as marks of a content that no rule about it asks for; dates
in those that nothing is counted from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

from domain.rule import DateSource
from inventory.considered_records import long_type, written
from retention.decide import Situation
from retention.evidence import WITNESSES, format_since, heard
from retention.likeness import sources_of

Sources: TypeAlias = frozenset[DateSource] | None
"""The dates that are counted from; None where a hold looks at all that are known."""
_TEXTS_REMEMBERED = 50_000


def same_situation(situations: Iterable[Situation]) -> Hashable:
    """The same for situations that come to the same verdicts, in all their words; None where a hold still has to look
    at the item. Rules are told apart by which they are: to compare what they say takes longer than to decide.
    """
    found = []
    for each in situations:
        if each.holds:
            return None
        settled = tuple((id(claim.rule), *claim[1:3], claim.sentence, claim.rival) for claim in each.settled)
        counted = tuple((id(one.rule), one.specificity, one.rival) for one in each.counted)
        contending = tuple(one.rule.id for one in each.applicable.rules if one.contends)
        found.append((each.applicable.claims, each.applicable.reasons, each.references, settled, counted, contending))
    return tuple(found)


def counted_from(situations: Iterable[Situation]) -> Sources:
    """What any of them counts from."""
    found = frozenset[DateSource]()
    for each in situations:
        if any(hold.scope.begins or hold.scope.ends for hold in each.holds):
            return None
        found |= sources_of(scoped.rule for scoped in each.counted)
    return found


def seen_by(sources: Sources) -> Callable[[Sequence[Any]], Hashable]:
    """Gives of a file's dates (`Considered.dates`) what is the same where they come to the same."""
    return tuple if sources is None else DatesSeen(sources).of


class DatesSeen:
    """Of the dates of files what makes a difference to what is counted from some of them.

    It errs on the side of telling apart. What it remembers of texts is bounded.
    """

    def __init__(self, sources: frozenset[DateSource]) -> None:
        witnesses = heard(sources)
        self._columns = ("file-modified" in witnesses, "file-created" in witnesses, "file-accessed" in witnesses)
        self._said = frozenset(said for said, witness in WITNESSES.items() if witness in witnesses)
        self._is_dated = bool(witnesses)
        self._doubts_first_seen = DateSource.FIRST_SEEN in sources
        self._since: dict[str | None, int] = {}
        self._texts: dict[str | None, _Said] = dict(_NOTHING_SAID)

    def of(self, dates: Sequence[Any]) -> Hashable:
        """The same for dates that come to the same. Of a format it matters only whether it is younger than a date."""
        media_type, modified, created, accessed, first_seen, text = dates
        if not self._is_dated:
            return (first_seen,)
        by_change, by_creation, by_access = self._columns
        said = self._texts.get(text) or self._read(text)
        on = (modified if by_change else None, created if by_creation else None, accessed if by_access else None)
        since = self._since.get(media_type) or self._began(media_type)
        is_young = self._doubts_first_seen or min(said[0], *filter(None, on), _NEVER) < since
        return (first_seen, on, said[1], since if is_young else 0)

    def _began(self, media_type: str | None) -> int:
        found = self._since[media_type] = format_since(long_type(media_type)).toordinal()
        return found

    def _read(self, text: str) -> _Said:
        if len(self._texts) >= _TEXTS_REMEMBERED:
            self._texts = dict(_NOTHING_SAID)
        asked = tuple((str(dated.source), dated.on) for dated in written(text) if dated.source in self._said)
        earliest = min((on for _, on in asked), default=date.max)
        found = self._texts[text] = (earliest.toordinal(), asked)
        return found


_NEVER = date.max.toordinal()
_Said: TypeAlias = tuple[int, tuple[tuple[str, date], ...]]
"""The earliest of the dates in a text that are asked for, as its number, and all of them."""
_NOTHING_SAID: dict[str | None, _Said] = {None: (_NEVER, ())}
