"""What a site says of a recogniser of its own, refused with the reason where it cannot be searched for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Annotated, Any, Final, Self

import re2
import regex
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from classifiers.checksums import CHECKSUMS
from domain.finding import KINDS, Category

MOST_RECOGNISERS: Final = 100
LONGEST_PATTERN: Final = 500
LARGEST_PROGRAM: Final = 400
"""Instructions of RE2's program. It searches every text, so that it must stay small: `\\d{5,10}` has some twenty."""
LONGEST_CASE: Final = 2_000
_MEMORY: Final = 8 * 1024 * 1024
_COUNTED = re.compile(r"(\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\\.)|\{(\d+),\d+\}", re.DOTALL)
_OF_TERMS = (Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN)


def compiled(pattern: str) -> Any:
    """The pattern for RE2, over the bytes that `classifiers.weakened.as_bytes` makes. Raises `re2.error`."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.log_errors = False
    return re2.compile(pattern.encode("ascii"), options)


def without_upper_ends(pattern: str) -> str:
    """What is met wherever the pattern is, with {5,} for {5,10}: to count is slow, and all patterns share one gate."""
    if r"\Q" in pattern:
        return pattern
    return _COUNTED.sub(lambda found: found[1] or f"{{{found[2]},}}", pattern)


def _searchable(pattern: str) -> str:
    if not pattern.isascii():
        raise ValueError(r"write it in ASCII; letters beyond it are \pL")
    try:
        form = compiled(pattern)
        regex.compile(pattern)
    except re2.error as error:
        raise ValueError(f"RE2 refuses it: {_words(error)}") from error
    except regex.error as error:
        raise ValueError(f"Presidio's engine cannot read it: {error.msg}") from error
    if form.programsize > LARGEST_PROGRAM:
        raise ValueError(
            f"it is too large to search every text for: {form.programsize} instructions, at most {LARGEST_PROGRAM}; "
            "repeat less, as in {1,20} for {1,200}"
        )
    if form.search(b"") is not None:
        raise ValueError("it matches no text at all, and so would match everywhere")
    return pattern


def _words(error: Exception) -> str:
    (said,) = error.args
    return said.decode("ascii", "replace") if isinstance(said, bytes) else str(said)


def _known_check(name: str) -> str:
    if name not in CHECKSUMS:
        raise ValueError(f"there is no such check; choose from: {', '.join(CHECKSUMS)}")
    return name


def _kind_of_value(kind: str) -> str:
    allowed = [name for name, category in KINDS.items() if category not in _OF_TERMS]
    if kind not in allowed:
        raise ValueError(f"it cannot be found by a pattern of your own; choose from: {', '.join(allowed)}")
    return kind


def _phrase(written: str) -> str:
    phrase = " ".join(written.lower().split())
    if not phrase:
        raise ValueError("it is empty; write the words that stand near the value")
    return phrase


_Score = Annotated[float, Field(ge=0.1, le=0.95)]
_Phrase = Annotated[str, Field(max_length=60), AfterValidator(_phrase)]
_Case = Annotated[str, Field(min_length=1, max_length=LONGEST_CASE)]


class Definition(BaseModel):
    """A recogniser of the site's own: a `[[recogniser]]` of the configuration.

    `pattern` is in RE2's syntax, case-sensitive unless it begins with (?i); the group `value`, where there is one, is
    what is found, and the whole match must not be a piece of a longer word or number. The `checksum` is one of
    `CHECKSUMS`. A value is worth `score_with_context` where one of the `context` phrases stands near or heads its
    column, and `score_alone` elsewhere; without a `score_alone` it is then dropped. `kind` is one of the kinds that
    reports know, since rank, risk and wording go by it. `finds` and `ignores` are its own cases, texts of invented
    values, for `muniment classifiers test`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    kind: Annotated[str, AfterValidator(_kind_of_value)] = "COUNCIL_REF"
    pattern: Annotated[str, Field(max_length=LONGEST_PATTERN), AfterValidator(_searchable)]
    checksum: Annotated[str, AfterValidator(_known_check)] | None = None
    context: Annotated[tuple[_Phrase, ...], Field(max_length=100)] = ()
    score_alone: _Score | None = None
    score_with_context: _Score = 0.85
    finds: tuple[_Case, ...] = ()
    ignores: tuple[_Case, ...] = ()

    @model_validator(mode="after")
    def _sure_enough(self) -> Self:
        if self.score_alone is None and not self.context:
            raise ValueError("it would find nothing; give it a score_alone, or context")
        if self.context and (self.score_alone or 0) > self.score_with_context:
            raise ValueError("score_with_context is below score_alone; context makes surer, never less sure")
        return self


def version_of(definitions: Iterable[Definition]) -> str:
    """Eight digits that change with anything that decides what is found, and with nothing else."""
    said = sorted(one.model_dump_json(exclude={"title", "finds", "ignores"}) for one in definitions)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def reference_by_prefix(prefixes: Iterable[str]) -> Definition:
    """Council references that need no context, because they begin as only this council's do: TEN-0012345, TEN/12345."""
    prefixes = sorted(set(prefixes), key=lambda prefix: (-len(prefix), prefix))
    return Definition(
        id="reference-prefixes",
        title="Council references that begin as this council's do",
        pattern=rf"(?:{'|'.join(prefixes)})[-/ ]?\d{{5,10}}(?:[-/]\d{{1,6}})?",
        score_alone=0.85,
        finds=tuple(f"{prefix}{rest}" for prefix in prefixes for rest in ("-0012345", "0012345", "/12345")),
    )
