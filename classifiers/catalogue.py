"""The recognisers in force, for people to read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from presidio_analyzer import EntityRecognizer

from classifiers.models import model_version
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.recognizers.person_model import PersonByModel
from classifiers.recognizers.user_defined import UserDefined
from classifiers.registry import registry
from classifiers.user_defined import Definition

_END_OF_SENTENCE = re.compile(r"(?<![A-Z])\. ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One recogniser: the kinds it finds, what that is in a line, and whether words near a value count.

    `context` is "needed", "makes surer" or "none"; `source` is "built in" or "site"; `model` is the language model
    with its version where it asks one, "none installed" where there is none.
    """

    recogniser: str
    kinds: tuple[str, ...]
    finds: str
    context: str
    source: str
    model: str = ""


def catalogue(model: str | None, of_site: Iterable[Definition] = ()) -> tuple[Entry, ...]:
    """Every recogniser, by the first kind it finds."""
    entries = (_entry(recognizer, model) for recognizer in registry(of_site).recognizers)
    return tuple(sorted(entries, key=lambda entry: (entry.kinds, entry.recogniser)))


def _entry(recognizer: EntityRecognizer, model: str | None) -> Entry:
    kinds = tuple(sorted({_kind(entity) for entity in recognizer.supported_entities}))
    if isinstance(recognizer, UserDefined):
        definition = recognizer.definition
        return Entry(definition.id, kinds, definition.title, _context(recognizer), "site")
    asks = isinstance(recognizer, PersonByModel)
    named = (model_version(model) if model else "none installed") if asks else ""
    return Entry(type(recognizer).__name__, kinds, _first_line(recognizer), _context(recognizer), "built in", named)


def _kind(entity: str) -> str:
    """The kind of what Presidio is asked for, which may name a part of it: "PERSON:by echo"."""
    return entity.partition(":")[0]


def _context(recognizer: EntityRecognizer) -> str:
    if not isinstance(recognizer, DeclaredPattern) or not recognizer.phrases:
        return "none"
    return "needed" if recognizer.needs_context else "makes surer"


def _first_line(recognizer: EntityRecognizer) -> str:
    """The first sentence of what its class says of itself; the full stop behind an initial ends none."""
    paragraph = " ".join((inspect.getdoc(type(recognizer)) or "").split("\n\n")[0].split())
    return _END_OF_SENTENCE.split(paragraph)[0].rstrip(".")
