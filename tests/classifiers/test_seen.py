"""A text met before is not searched again, and its answer is the same."""

from __future__ import annotations

from classifiers.chunks import stretches_of
from classifiers.overlap import Hit
from classifiers.seen import MOST_HITS, MOST_TEXTS, Seen
from domain.content import Content, Table


def _stretch(text, tables=()):
    return next(stretches_of(Content(text, tables=tables)))


def _asker(answers):
    asked = []

    def ask(stretch):
        asked.append(stretch.content.text)
        return answers

    return ask, asked


def test_the_same_text_is_asked_once_a_question():
    seen, (ask, asked) = Seen(), _asker([Hit(0, 3, "PERSON", 0.8)])
    first, again = (seen.hits(_stretch("Ivy Marsh"), "rules", ask) for _ in range(2))
    assert first == again == (Hit(0, 3, "PERSON", 0.8),)
    assert len(asked) == 1
    seen.hits(_stretch("Ivy Marsh"), "people", ask)
    assert len(asked) == 2


def test_another_text_or_another_table_is_asked_anew():
    seen, (ask, asked) = Seen(), _asker([])
    for stretch in (_stretch("a"), _stretch("b"), _stretch("a", (Table(0, 1, ("Name",)),))):
        seen.hits(stretch, "rules", ask)
    assert asked == ["a", "b", "a"]


def test_memory_is_bounded_by_texts_and_by_hits():
    seen, (ask, asked) = Seen(), _asker([Hit(at, at + 1, "PERSON", 0.8) for at in range(MOST_HITS + 1)])
    for _ in range(2):
        seen.hits(_stretch("long"), "rules", ask)
    assert len(asked) == 2
    few, of_few = _asker([])
    for number in [*range(MOST_TEXTS + 1), 0]:
        seen.hits(_stretch(str(number)), "rules", few)
    assert len(of_few) == MOST_TEXTS + 2


def test_a_letter_in_another_format_has_the_same_findings(by_rules):
    letter = "Dear Mrs Adeyemi, your NHS number is 943 476 5919. Her diabetes is well controlled."
    assert by_rules.find(Content(letter)) == by_rules.find(Content(letter, reader="odf"))
