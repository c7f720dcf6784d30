from __future__ import annotations

import pytest

from classifiers.columns.settling import settle_columns
from classifiers.columns.verdict import judged_tables
from classifiers.overlap import Hit

TEXT = "Invoice no\tSupplier\tNI No\n9434765919\tMartin Stone\tAB123456C\nsee NHS 943 476 5919\tMrs Stone\tAB123457C\n"


def remains(value: str, kind: str, score: float) -> bool:
    start = TEXT.index(value)
    return bool(list(settle_columns([Hit(start, start + len(value), kind, score)], TEXT, judged_tables(TEXT))))


@pytest.mark.parametrize(
    ("value", "kind", "score", "stays"),
    [
        ("9434765919", "UK_NHS", 0.95, False),
        ("943 476 5919", "UK_NHS", 0.95, True),
        ("Martin Stone", "PERSON", 0.6, False),
        ("Mrs Stone", "PERSON", 0.8, True),
        ("AB123456C", "UK_NINO", 0.95, True),
        ("AB123456C", "COUNCIL_REF", 0.85, False),
        ("Invoice no", "UK_NHS", 0.95, True),
    ],
)
def test_a_column_denies_what_it_never_holds_where_that_is_all_of_a_cell(value, kind, score, stays):
    assert remains(value, kind, score) is stays


def test_hits_outside_of_tables_stay():
    hit = Hit(0, 5, "PERSON", 0.3)
    assert list(settle_columns([hit], "Ivy M.", ())) == [hit]
