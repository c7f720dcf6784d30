"""The fourth draw: its own texts, in the language of the third and proved as the third's are."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from benchmarks.council_third import draw
from benchmarks.council_third.library import Template, papers

_TEXTS = files(__package__) / "texts"
_NAMES = sorted(text.name.removesuffix(".txt") for text in _TEXTS.iterdir() if text.name.endswith(".txt"))
TEMPLATES: tuple[Template, ...] = papers(_TEXTS, _NAMES)
POSITIVE = tuple(template for template in TEMPLATES if template.personal)
NEGATIVE = tuple(template for template in TEMPLATES if not template.personal)


def documents(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """`count` labelled documents, by turns personal and not, every template as often as the others of its side."""
    return draw.documents(count, seed, POSITIVE, NEGATIVE)
