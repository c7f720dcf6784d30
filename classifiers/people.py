"""How many people a text names: "Ivy Marsh", "Mrs Marsh" and "I. Marsh" are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from domain.privacy import normal_form


def distinct_people(names: Iterable[str]) -> int:
    """The least number of people that could bear these names, which carry no title."""
    return people_of(normal_form("PERSON", name) for name in names)


def people_of(forms: Iterable[str]) -> int:
    """As `distinct_people`, of names in their normal form.

    A single word is nobody new where a longer name has it; an initial and a surname are nobody new where a name
    written out has that surname and a word with that initial. Names written out are one only where all words agree.
    """
    words_of = {tuple(form.split()) for form in forms}
    full = {words for words in words_of if len([word for word in words if len(word) > 1]) > 1}
    initials = {words for words in words_of - full if len(words) > 1}
    single = {words for words in words_of if len(words) == 1}
    beside = _beside(full)
    new = {words for words in initials if not _is_of(words, beside)}
    known = {word for words in full | new for word in words}
    return len(full) + len(new) + len({words[0] for words in single} - known)


def _beside(names: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """For each word of the names, the initials of the words that stand with it."""
    initials: dict[str, set[str]] = defaultdict(set)
    for words in names:
        for word in words:
            initials[word].update(other[0] for other in words if other != word)
    return initials


def _is_of(words: tuple[str, ...], beside: dict[str, set[str]]) -> bool:
    """Whether the initials and the surname in `words` could be short for a name written out."""
    surname = max(words, key=len)
    return surname in beside and {word[0] for word in words if word != surname} <= beside[surname]
