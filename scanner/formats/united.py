"""One text of several that say nearly the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_WORDS = re.compile(r"\w+")


def united(texts: Sequence[str]) -> str:
    """The first text, and the lines of the others that hold a word which is not in any before: some senders put all
    that they have to say into the rich one, and "your reader cannot show this" into the plain.
    """
    if len(texts) == 1:
        return texts[0]
    said = words(texts[0])
    lines = [texts[0] if texts[0].endswith("\n") or not texts[0] else f"{texts[0]}\n"]
    for line in _all_lines(texts[1:]):
        if not (new := words(line)) <= said:
            said |= new
            lines.append(f"{line}\n")
    return "".join(lines)


def words(text: str) -> set[str]:
    """The words of a text in lower case."""
    return set(_WORDS.findall(text.lower()))


def _all_lines(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts for line in text.splitlines())
