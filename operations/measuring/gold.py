"""Labelled texts, as people or a generator wrote them down: one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from domain.errors import ConfigurationError
from domain.finding import KINDS

SPECIAL_CLASSES = tuple(kind.removeprefix("SPECIAL_") for kind in KINDS if kind.startswith("SPECIAL_"))
_MOST_FAULTS = 20


def _known_kind(name: str) -> str:
    if name not in KINDS:
        raise ValueError(f"is none of {', '.join(KINDS)}")
    return name


def _known_class(name: str) -> str:
    if name not in SPECIAL_CLASSES:
        raise ValueError(f"is none of {', '.join(SPECIAL_CLASSES)}")
    return name


class _Labels(BaseModel):
    """Fields that are not named here are passed over."""

    model_config = ConfigDict(frozen=True, strict=True)


class Entity(_Labels):
    """A value in the text from character `start` up to `end`; of a name, which names it is one of."""

    type: Annotated[str, AfterValidator(_known_kind)]
    start: int = Field(ge=0)
    end: int
    origin: str | None = None


class Gold(_Labels):
    """A text with all that is to be found in it. What is None was not labelled and is not scored.

    `family` and `template` say what sort of document it is and, of an invented one, what it was made of.
    """

    id: str | int
    text: str = Field(repr=False)
    entities: tuple[Entity, ...]
    personal: bool | None
    special: tuple[Annotated[str, AfterValidator(_known_class)], ...] | None
    children: bool | None = None
    criminal: bool | None = None
    family: str = ""
    template: str = ""

    @model_validator(mode="after")
    def _within_the_text(self) -> Gold:
        for place, entity in enumerate(self.entities):
            if not entity.start < entity.end <= len(self.text):
                raise ValueError(
                    f"entities.{place} does not lie within the text, which has {len(self.text)} characters"
                )
        return self


def load_gold(path: Path) -> tuple[Gold, ...]:
    """Every labelled text of a file. Raises ConfigurationError that names each bad line and what is wrong with it."""
    texts: dict[str | int, Gold] = {}
    faults: list[str] = []
    for number, line in _lines(path):
        try:
            gold = Gold.model_validate_json(line)
        except ValidationError as error:
            faults.append(f"line {number}: {_fault(error)}")
            continue
        if gold.id in texts:
            faults.append(f"line {number}: id: another line has the same")
        texts[gold.id] = gold
    if faults:
        left = len(faults) - _MOST_FAULTS
        more = [f"... and {left} more lines"] if left > 0 else []
        raise ConfigurationError("\n".join([f"{path.name} cannot be used:", *faults[:_MOST_FAULTS], *more]))
    if not texts:
        raise ConfigurationError(f"{path.name} holds no labelled text. Write one JSON object a line.")
    return tuple(texts.values())


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            plain = line.removeprefix(b"\xef\xbb\xbf").strip()
            if plain:
                yield number, plain


def _fault(error: ValidationError) -> str:
    """What is wrong first, in words that quote nothing of the line: it holds text about people."""
    fault = next(islice(error.errors(include_input=False, include_context=False, include_url=False), 1))
    where = ".".join(map(str, fault["loc"]))
    said = fault["msg"].removeprefix("Value error, ").replace(" at line 1 column ", " at column ")
    return f"{where}: {said}" if where else said
