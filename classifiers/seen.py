"""What was found in texts met before in this process: a letter saved in three formats is searched once."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable

from classifiers.chunks import Stretch
from classifiers.overlap import Hit

MOST_TEXTS = 2_000
MOST_HITS = 1_000
"""In one text: of more, the hits are searched for again, so that memory stays bounded."""


class Seen:
    """The hits of the texts met last, by a digest of the text and its tables. A hit holds no character of the text."""

    def __init__(self) -> None:
        self._hits: OrderedDict[tuple[object, ...], tuple[Hit, ...]] = OrderedDict()

    def hits(self, stretch: Stretch, question: str, ask: Callable[[Stretch], Iterable[Hit]]) -> tuple[Hit, ...]:
        """The answer to the question, from memory where this text was asked it before."""
        key = (question, *_digest(stretch))
        if key in self._hits:
            self._hits.move_to_end(key)
            return self._hits[key]
        found = tuple(ask(stretch))
        if len(found) <= MOST_HITS:
            self._hits[key] = found
            if len(self._hits) > MOST_TEXTS:
                self._hits.popitem(last=False)
        return found


def _digest(stretch: Stretch) -> tuple[object, ...]:
    """What tells one text with its tables from another, and says nothing of either."""
    text = hashlib.blake2b(stretch.content.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return text, *((table.start, table.end, hash(table)) for table in stretch.tables)
