"""What a file's name says of its version, and what is left of it without that: "Plan FINAL2 (3).docx" is "plan"."""

from __future__ import annotations

import calendar
import os
import re
from dataclasses import dataclass
from enum import IntEnum

from domain.family import Family, family_of


class State(IntEnum):
    """How far a document has come, by its name or its folder's."""

    SUPERSEDED = -2
    DRAFT = -1
    UNSAID = 0
    FINAL = 1
    SIGNED = 2


@dataclass(frozen=True, slots=True)
class VersionName:
    """`stem` is what versions of one document have in common, `family` what their formats have. `numbers` are those
    of the version; `copied` says that a program or a person made it a copy, `bracket` the number that the copy has;
    `day` is a date in it, as digits. `is_bare`: its number stands alone, as those of chapters do; `is_revised`: a word
    says that somebody went over it.
    """

    stem: str
    family: str
    state: State = State.UNSAID
    numbers: tuple[int, ...] = ()
    copied: bool = False
    day: str = ""
    bracket: str = ""
    is_bare: bool = False
    is_revised: bool = False

    @property
    def is_marked(self) -> bool:
        return self.copied or self.is_revised or bool(self.numbers) or self.state is not State.UNSAID


_LONGEST = 255
_TOKEN = re.compile(
    r"\([^()]*\)|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?!\d)|(?<![^\W_])(?<!\d[-./])\d{1,2}\.\d{1,2}(?![-./]?\w)"
    r"|(?:v|ver|version|rev)[ ._]?\d{1,3}(?:[.-]\d{1,3})*(?![^\W_])|[^\W_]+",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\(|copy|copies|ver|v[ ._]?\d|rev|final|draft|dft|wip|working|track|clean|latest|publish|issued|printed|sent"
    r"|submitted|signed|approved|adopted|sealed|executed|agreed|old|superseded|previous|obsolete|archive|new|updated"
    r"|amend|revised|edit|comment|change|mark|use this|do not use|backup|\d{6}|\d[-./]\d",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:v|ver|version|rev|final|draft)[ ._]?(\d{1,3}(?:[.-]\d{1,3})*)", re.IGNORECASE)
# With more digits, or a zero before one, it is an amount, a day or a time of day.
_BARE = re.compile(r"\d\.\d")
_OF_A_WHOLE = frozenset({
    "annex", "appendix", "chapter", "clause", "fig", "figure", "grade", "item", "level", "no", "paper", "para", "part",
    "phase", "schedule", "section", "stage", "step", "table", "unit", "week", "wk",
})  # fmt: skip
"""What a bare number behind counts, and is no version of."""
_DAY = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|(?:19|20)\d{2}[01]\d[0-3]\d")
_INITIALS = re.compile(r"[A-Z]{2,3}")
_STATES = {
    State.SUPERSEDED: ("superseded", "old", "previous", "obsolete", "archive", "archived"),
    State.DRAFT: ("draft", "drafts", "dft", "wip", "working", "tracked"),
    State.FINAL: ("final", "finals", "clean", "latest", "published", "issued", "printed", "sent", "submitted"),
    State.SIGNED: ("signed", "approved", "adopted", "sealed", "executed", "agreed"),
}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words}
_NO_STATE = frozenset({
    "copy", "new", "updated", "amended", "amends", "amendments", "revised", "edited", "edits", "comments", "changes",
    "markup", "version", "versions", "backup",
})  # fmt: skip
_NUMBERED_BY = _STATE_OF.keys() | _NO_STATE | {"rev", "ver"}
"""What a number of up to three digits behind is one of a version."""
_OF_SOMEBODY = frozenset({"comments", "edits", "changes", "version", "amends", "amendments", "markup"})
_PHRASES = {
    ("use", "this", "one"): State.FINAL,
    ("use", "this"): State.FINAL,
    ("do", "not", "use"): State.SUPERSEDED,
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.IGNORECASE)
_MONTHS = frozenset(month.casefold() for month in calendar.month_name[1:])
_PLACES = frozenset({"copies", "backups", "bak"}) | _NO_STATE | _STATE_OF.keys()
_STEPS = frozenset({
    "approval", "board", "cabinet", "comment", "comments", "committee", "consultation", "publication", "review",
    "signature", "signing",
})  # fmt: skip
_PRESENTATIONS = frozenset({"ppt", "pptx", "pptm", "odp", "ppsx"})


def version_of(name: str) -> VersionName:
    """Read a file's name, without its folder."""
    written, extension = os.path.splitext(name[:_LONGEST])
    found = _Marks()
    tokens = _TOKEN.findall(written)
    if may_be_marked(written):
        tokens = found.taken_from(tokens)
    return VersionName(
        " ".join(token.casefold() for token in tokens), _family(extension), found.state, found.numbers, found.copied,
        found.day, found.bracket, found.is_bare, found.is_revised,
    )  # fmt: skip


def may_be_marked(name: str) -> bool:
    """Whether there is any need to read a name: most say nothing of a version."""
    return _MARK.search(name[:_LONGEST]) is not None


def is_version_folder(name: str) -> bool:
    """Whether a folder's name says nothing but which versions lie in it: "Old", "Drafts", "v2", "For approval"."""
    tokens = [match.group().casefold() for match in _TOKEN.finditer(name[:_LONGEST])]
    if tokens[:1] == ["for"] and len(tokens) == 2:
        return tokens[1] in _STEPS
    return bool(tokens) and all(token in _PLACES or _NUMBERED.fullmatch(token) for token in tokens)


def state_of_folder(name: str) -> State:
    tokens = (match.group().casefold() for match in _TOKEN.finditer(name[:_LONGEST]))
    return next((_STATE_OF[token] for token in tokens if token in _STATE_OF), State.UNSAID)


def both(one: State, other: State) -> State:
    """What two words come to: "final draft" is a draft, "old signed" superseded, "final signed" is signed."""
    return min(one, other) if min(one, other) < State.UNSAID else max(one, other)


def _family(extension: str) -> str:
    plain = extension[1:].casefold()
    known = family_of(None, b"x" + extension.encode("utf-8", "replace"))
    if known is not Family.OTHER:
        return known.value
    return "presentations" if plain in _PRESENTATIONS else plain


class _Marks:
    """Takes marks off the two ends of a name, token by token, for as long as there are any."""

    def __init__(self) -> None:
        self.state, self.numbers, self.copied = State.UNSAID, tuple[int, ...](), False
        self.day = self.bracket = ""
        self.is_bare = self.is_revised = self._met = False

    def taken_from(self, tokens: list[str]) -> list[str]:
        tokens = self._from_the_front(tokens)
        year = tokens[-1:] if len(tokens) > 2 and _YEAR.fullmatch(tokens[-1]) else []
        tokens = tokens[: len(tokens) - len(year)]
        while tokens and (count := self._at_the_end(tokens)):
            del tokens[-count:]
            self._met = True
        return tokens + year

    def _from_the_front(self, tokens: list[str]) -> list[str]:
        words = [token.casefold() for token in tokens[:3]]
        if words[:2] == ["copy", "of"] or (words[:1] == ["copy"] and words[2:] == ["of"]):
            self.copied = self._met = True
            return self._from_the_front(tokens[words.index("of") + 1 :])
        phrase = next((phrase for phrase in _PHRASES if tuple(words[: len(phrase)]) == phrase), ())
        if phrase and len(tokens) > len(phrase):
            self._say(phrase)
            return self._from_the_front(tokens[len(phrase) :])
        if len(tokens) > 1 and (_STATE_OF.get(words[0]) is not None or _DAY.fullmatch(words[0])):
            self._note(words[0])
            return self._from_the_front(tokens[1:])
        return tokens

    def _at_the_end(self, tokens: list[str]) -> int:
        """How many tokens at the end are one mark."""
        last = tokens[-1]
        before = tokens[-2].casefold() if len(tokens) > 1 else ""
        if last.startswith("("):
            return self._in_brackets(last[1:-1].strip(), tokens)
        if self._is_number(last, before):
            return 1
        if phrase := next((phrase for phrase in _PHRASES if _end_with(tokens, phrase)), ()):
            self._say(phrase)
            return len(phrase)
        if self._note(last.casefold()):
            return 1 + self._belongs(before, last.casefold())
        if before == "rev" and len(last) == 1 and last.isalpha():
            self.numbers = self.numbers or (ord(last.casefold()) - ord("a") + 1,)
            return 2
        return int(self._are_initials(last, tokens))

    def _is_number(self, last: str, before: str) -> bool:
        """Whether it numbers a version: "draft 3", "Plan 0.2"."""
        if _BARE.fullmatch(last) and before and before not in _OF_A_WHOLE and not self.numbers:
            self.numbers, self.is_bare = tuple(map(int, last.split("."))), True
            return True
        if last.isdecimal() and len(last) <= 3 and before in _NUMBERED_BY:
            self.numbers = self.numbers or (int(last),)
            return True
        return False

    def _say(self, phrase: tuple[str, ...]) -> None:
        self.state = both(self.state, _PHRASES[phrase])
        self._met = True

    def _belongs(self, before: str, mark: str) -> bool:
        """Whether the word before a mark is of it: "as printed", "2nd draft", "June version"."""
        if mark in ("draft", "version") and (ordinal := _ORDINAL.fullmatch(before)):
            self.numbers = self.numbers or (int(ordinal[1]),)
            return True
        if before == "my":
            return mark in _OF_SOMEBODY
        return before == "as" or (mark == "version" and before in _MONTHS)

    def _are_initials(self, written: str, tokens: list[str]) -> bool:
        """Whether they are of somebody who went over a version: alone they say whose a letter is."""
        if _INITIALS.fullmatch(written) is None:
            return False
        return self._met or (len(tokens) > 1 and self._at_the_end(tokens[:-1]) > 0)

    def _in_brackets(self, inside: str, tokens: list[str]) -> int:
        if (inside.isdecimal() and len(inside) <= 3) or "conflicted copy" in inside.casefold():
            self.copied, self.bracket = True, self.bracket or inside
            return 1
        words = inside.split()
        marks = [self._note(word.casefold()) for word in words]
        said = any(marks) and all(
            mark or word.isdecimal() or _INITIALS.fullmatch(word) for mark, word in zip(marks, words, strict=True)
        )
        return int(said or self._are_initials(inside, tokens))

    def _note(self, word: str) -> bool:
        if numbered := _NUMBERED.fullmatch(word):
            self.numbers = self.numbers or tuple(map(int, re.split("[.-]", numbered[1])))
            word = word.rstrip("0123456789. _-")
        word = "final" if word == "vfinal" else word
        if word in _STATE_OF:
            self.state = both(self.state, _STATE_OF[word])
        elif _DAY.fullmatch(word):
            self.day = self.day or re.sub(r"\D", "", word)
        elif word in _NO_STATE:
            self.copied |= word in ("copy", "backup")
            self.is_revised |= word not in ("copy", "backup")
        elif not numbered:
            return False
        return True


def _end_with(tokens: list[str], phrase: tuple[str, ...]) -> bool:
    return len(tokens) > len(phrase) and tuple(token.casefold() for token in tokens[-len(phrase) :]) == phrase
