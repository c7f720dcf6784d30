"""The records in a text, of whatever form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from classifiers.columns import json_records, labelled, xml_records
from classifiers.columns.evidence import judged
from classifiers.columns.records import Gathering, Records
from classifiers.columns.sql import Dump
from domain.content import Table


def records_in(
    text: str, tables: Sequence[Table] = (), dump: Dump | None = None, latest: date | None = None
) -> list[Records]:
    """The records of a text outside of `tables`, judged. What `dump` remembers of the text before goes on here."""
    found: list[Records] = []
    for each in _forms(text, dump or Dump()):
        taken = sorted((other.start, other.end) for other in (*tables, *found))
        apart = [one for one in each.records() if _is_apart(one, taken)]
        kept = (judged(text, one, latest) for one in apart)
        found += (one for one in kept if any(verdict.kind for verdict in one.verdicts))
    return sorted(found, key=lambda one: one.start)


def _forms(text: str, dump: Dump) -> Iterator[Gathering]:
    for gather in (dump.gather, json_records.gather, xml_records.gather, labelled.gather):
        found = Gathering()
        gather(text, found)
        yield found


def _is_apart(one: Records, taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(taken, (one.end, one.end))
    return at == 0 or taken[at - 1][1] <= one.start
