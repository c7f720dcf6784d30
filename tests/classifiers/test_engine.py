"""The engine gives what Presidio's own road gives, for the recognisers that it is asked for."""

from __future__ import annotations

import pytest

from classifiers.engine import Engine
from classifiers.names_engine import NamesEngine
from classifiers.registry import registry

LETTER = """Dear Mrs Barraclough,
NHS number 943 476 5919, date of birth 12/03/1961. Tel 01632 960123, mobile 07700 900123.
14 Rowan Close, Thornhay DA3 7QX. National insurance number AB 12 34 56 C.

Name\tNHS number\tSort code
Ivy Marsh\t943 476 5919\t20-00-00
"""
PEOPLE = "PERSON", "PERSON:by title", "PERSON:by letter", "PERSON:by first name"
ASKED = [["UK_NHS", "UK_UTR", "UK_PHONE"], ["UK_POSTCODE", "ADDRESS", "UK_SORT_CODE", "UK_NINO"], PEOPLE]


def _facts(results):
    return sorted((result.entity_type, result.start, result.end, result.score) for result in results)


@pytest.mark.parametrize("names", ASKED)
def test_it_finds_what_presidio_finds_on_its_own_road(names):
    languages = NamesEngine(None)
    engine = Engine(registry(), languages)
    layout = languages.layout(())
    slowly = engine.analyze(LETTER, "en", entities=list(names), nlp_artifacts=layout)
    assert slowly
    assert _facts(engine.ask(LETTER, names, layout)) == _facts(slowly)
