"""How two members of a family differ in words, read anew: how many came and went, and none of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain

from domain.content import Content
from domain.errors import ConfigurationError
from domain.examination import Batch, Cursor, Examination
from domain.finding import Finding
from domain.item import Item, ItemRef
from operations.config import Settings
from operations.executor import Task
from operations.scanning.sources import near, opened, policy_of
from operations.toolkit import Toolkit
from operations.wiring import executor_of, tika_of
from scanner.extractors import readers

_MOST_WORDS = 200_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Words of the other that are not in the first, and of the first that are not in the other: one that is moved is
    neither. `whole` is false where one of them was not read to its end.
    """

    added: int
    removed: int
    words: int
    whole: bool

    @property
    def changed(self) -> float:
        """The share of the words of both that only one of them has."""
        return (self.added + self.removed) / max(1, 2 * self.words + self.added - self.removed)


def word_difference(
    settings: Settings, first: tuple[ItemRef, Item], other: tuple[ItemRef, Item], key: bytes, *, serial: bool = False
) -> WordDifference | None:
    """Read two items, or parts of them, in processes that can be killed; None where one of them has no words.

    What comes back are hashes under a `key` that is thrown away, one for each time that a word stands there. Raises
    ConfigurationError for a source that is not configured.
    """
    known = {source.name for source in settings.sources}
    if unknown := {first[0].source, other[0].source} - known:
        raise ConfigurationError(
            f"The source {min(unknown)!r} is not in the configuration, so nothing of it can be read anew."
            " Name it there, or see the family without words: --no-words"
        )
    maker = _WordReader(settings, key)
    found: dict[ItemRef, Examination] = {}

    def keep(_item: Item, _after: Cursor | None, batch: Batch) -> None:
        found.update({one.item.ref: one for one in batch.examinations if one.item.ref in wanted})

    wanted = {first[0], other[0]}
    with opened(settings.sources, settings.mail) as sources:
        executor_of(settings, maker, sources, serial=serial).run((Task(item) for item in _once(first, other)), keep)
    said = [found.get(ref) for ref, _ in (first, other)]
    if any(one is None or not one.findings for one in said):
        return None
    return _compared([one for one in said if one is not None])


def _once(*places: tuple[ItemRef, Item]) -> Sequence[Item]:
    return list({item.ref: item for _, item in places}.values())


def _compared(said: Sequence[Examination]) -> WordDifference:
    one, other = (frozenset(chain.from_iterable(found.fingerprints for found in each.findings)) for each in said)
    whole = not any(each.problem or found.overflow for each in said for found in each.findings)
    return WordDifference(len(other - one), len(one - other), len(one), whole)


@dataclass(frozen=True, slots=True)
class _WordReader:
    """Makes the tools of a worker that reads as a scan does, and looks for nothing but words."""

    settings: Settings
    key: bytes

    def __call__(self) -> Toolkit:
        settings, mail = self.settings, self.settings.mail
        return Toolkit(
            near(settings.sources, mail), _Words(self.key), "words", readers(tika_of(settings)),
            budget=settings.limits.budget(), mail=replace(policy_of(mail), content=mail.content or mail.on_shares),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """A classifier that finds every word."""

    key: bytes
    version: str = "words"

    def find(self, content: Content) -> tuple[Finding, ...]:
        met = Counter[str]()
        prints: list[bytes] = []
        end = 0
        for stretch in chain((content,), content.rest):
            fresh = max(0, end - stretch.start)
            for word in _WORD.finditer(stretch.text, fresh):
                if len(prints) == _MOST_WORDS:
                    return (self._finding(prints, overflow=True),)
                said = word.group().casefold()
                met[said] += 1
                prints.append(_hashed(f"{met[said]} {said}", self.key))
            end = stretch.start + len(stretch.text)
        return (self._finding(prints, overflow=False),) if prints else ()

    @staticmethod
    def _finding(prints: Sequence[bytes], *, overflow: bool) -> Finding:
        # A kind that makes nothing personal: what is found here is neither judged nor kept.
        return Finding("IP_ADDRESS", len(prints), 0.0, fingerprints=tuple(prints), overflow=overflow)


def _hashed(word: str, key: bytes) -> bytes:
    return blake2b(word.encode("utf-8", "replace"), key=key, digest_size=8).digest()
