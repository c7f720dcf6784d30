"""The draw: documents one after another for a seed, each proved before it is given."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from . import casework, forms, letters, meetings, public_words, registers, sensitive, sheets
from .document import Template
from .marked import Marked
from .noise import weathered
from .scene import Scene
from .selfcheck import faults

POSITIVE: tuple[Template, ...] = (
    *letters.TEMPLATES,
    *casework.TEMPLATES,
    *sheets.TEMPLATES,
    *sensitive.TEMPLATES,
    *forms.TEMPLATES,
    *meetings.TEMPLATES,
)
NEGATIVE: tuple[Template, ...] = (*registers.TEMPLATES, *public_words.TEMPLATES)
_SPECIAL = ("HEALTH", "ETHNICITY", "RELIGION", "POLITICS", "UNION", "SEXUALITY", "BIOMETRIC", "GENETIC")


def documents(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """`count` labelled documents, by turns personal and not, every template as often as the others of its side."""
    order = Random(seed)
    turns = (_in_rounds(POSITIVE, order), _in_rounds(NEGATIVE, order))
    for number in range(count):
        template = next(turns[number % 2])
        yield _labelled(template, number, _written(template, Random(f"{seed} {number}")))


def _in_rounds(templates: tuple[Template, ...], rng: Random) -> Iterator[Template]:
    while True:
        yield from rng.sample(templates, len(templates))


def _written(template: Template, rng: Random) -> Marked:
    marked = template.write(Scene(rng))
    marked = weathered(marked, template.noise, rng) if template.noise else marked
    if found := faults(marked):
        raise AssertionError(f"{template.name}: {'; '.join(found)}")
    return marked


def _labelled(template: Template, number: int, marked: Marked) -> dict[str, Any]:
    return {
        "id": f"{template.family}-{number:05d}",
        "template": template.name,
        "family": template.family,
        "text": marked.text,
        "entities": [
            {
                "type": span.kind,
                "start": span.start,
                "end": span.end,
                **({"origin": span.origin} if span.origin else {}),
            }
            for span in sorted(marked.spans, key=lambda span: span.start)
        ],
        "personal": template.personal,
        "special": [name for name in _SPECIAL if name in marked.flags],
        "children": "CHILD" in marked.flags,
        "criminal": "CRIME" in marked.flags,
    }
