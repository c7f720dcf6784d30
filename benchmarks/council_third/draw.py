"""The draw: documents one after another for a seed, each proved before it is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from benchmarks.council_unseen.marked import Marked
from benchmarks.council_unseen.selfcheck import faults

from .library import Template, papers, statements

TEMPLATES: tuple[Template, ...] = (*papers(), *statements())
POSITIVE = tuple(template for template in TEMPLATES if template.personal)
NEGATIVE = tuple(template for template in TEMPLATES if not template.personal)
SPECIAL = ("HEALTH", "ETHNICITY", "RELIGION", "POLITICS", "UNION", "SEXUALITY", "BIOMETRIC", "GENETIC")


def documents(
    count: int, seed: int, positive: Sequence[Template] = POSITIVE, negative: Sequence[Template] = NEGATIVE
) -> Iterator[dict[str, Any]]:
    """`count` labelled documents, by turns personal and not, every template as often as the others of its side."""
    order = Random(seed)
    turns = (_in_rounds(positive, order), _in_rounds(negative, order))
    for number in range(count):
        template = next(turns[number % 2])
        family, marked = template.draw(Random(f"{seed} {number}"))
        yield _labelled(template, family, number, _proved(template, marked))


def _in_rounds(templates: Sequence[Template], rng: Random) -> Iterator[Template]:
    while True:
        yield from rng.sample(templates, len(templates))


def _proved(template: Template, marked: Marked) -> Marked:
    found = faults(marked)
    found += [f"unknown class {flag}" for flag in marked.flags - {*SPECIAL, "CHILD", "CRIME"}]
    if marked.flags and not template.personal:
        found.append("something is said of somebody, but the paper is not personal")
    if found or any(sign in marked.text for sign in ("[[", "]]", "||", "@@", "¦", "%%")):
        raise AssertionError(f"{template.name}: {'; '.join(found) or 'markup left in the text'}")
    return marked


def _labelled(template: Template, family: str, number: int, marked: Marked) -> dict[str, Any]:
    return {
        "id": f"{family}-{number:05d}",
        "template": template.name,
        "family": family,
        "text": marked.text,
        "entities": [
            {"type": span.kind, "start": span.start, "end": span.end} | ({"origin": span.origin} if span.origin else {})
            for span in sorted(marked.spans, key=lambda span: span.start)
        ],
        "personal": template.personal,
        "special": [name for name in SPECIAL if name in marked.flags],
        "children": "CHILD" in marked.flags,
        "criminal": "CRIME" in marked.flags,
    }
