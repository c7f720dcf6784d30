"""What is looked for: the kinds of finding, and the recognisers in force."""

from __future__ import annotations

from classifiers.catalogue import Entry, catalogue
from classifiers.risk import Weights
from cli.reference_pages.markdown import code, page, table, words
from domain.finding import KINDS

_KINDS = """\
Every finding is of one of these kinds. `weight` is what a kind counts in the risk score, 0 to 100, unless
`[risk.kinds]` of the [settings](settings.md) says otherwise."""
_RECOGNISERS = """\
`context` says whether words near a value, or the heading of its column, have to speak of it. `muniment classifiers
list` shows those in force with your configuration; what a site adds is `[[recogniser]]`
of the [settings](settings.md)."""


def recognisers_page() -> str:
    """The kinds with their weights, and each recogniser with what it finds."""
    weights = Weights().kinds
    kinds = ((code(kind), category.value, f"{weights[kind]:g}") for kind, category in KINDS.items())
    return page(
        "What is looked for", f"## Kinds\n\n{_KINDS}", table(("kind", "category", "weight"), kinds),
        f"## Recognisers\n\n{_RECOGNISERS}",
        table(("recogniser", "finds", "kinds", "context"), map(_row, catalogue(None))),
    )  # fmt: skip


def _row(entry: Entry) -> tuple[str, ...]:
    kinds = words(entry.kinds) if len(entry.kinds) < len(KINDS) // 2 else "most of them"
    return code(entry.recogniser), entry.finds, kinds, entry.context
