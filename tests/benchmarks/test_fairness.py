"""The rules by which two readings are compared take away what they say and forgive nothing else."""

from __future__ import annotations

import pytest

from benchmarks.fairness import recall, the_files_own, words

FORGIVEN = {
    "a date as a cell shows it": ("born 3/9/17 and 17-May-07 and 01Jan60", "born and 2017-09-03 2007-05-17 1960-01-01"),
    "a number as a cell shows it": ("share 66.67% of 1.98E+08 at 1,599.99", "share of at 0.6666667 198356388 1599.987"),
    "two words run together": ("see www.example.comPage rather1", "see www.example.com Page rather 1"),
    "words broken letter by letter": ("A p a c h e T i k a p a g e s o n e", "Apache Tika pages one"),
}
MISSED = {
    "another date": ("born 3/9/17", "born 2018-09-03", {"17"}),
    "another number": ("share 66.67%", "share 0.6617", {"66", "67"}),
    "a word of which one side is not there": ("see comPage", "see com", {"compage"}),
    "small letters that two words would make": ("to inform", "to in form", {"inform"}),
    "a word": ("Zoe Example", "Zoe", {"example"}),
}


@pytest.mark.parametrize("case", FORGIVEN)
def test_what_is_the_same_written_otherwise_is_found(case):
    reference, text = FORGIVEN[case]
    assert recall(text, reference, "") == (1.0, set())


@pytest.mark.parametrize("case", MISSED)
def test_what_is_not_there_is_a_miss(case):
    reference, text, missed = MISSED[case]
    assert recall(text, reference, "")[1] == missed


@pytest.mark.parametrize(
    ("body", "said", "kept"),
    [
        ("", "Last author: Zoe Example\nCase officer: Ann\n", {"zoe", "example", "case", "officer", "ann"}),
        ("Recipients\nzoe\n", "", {"zoe"}),
        ("<html><meta content='x'>Zoe</html> <zoe@example.org>", "", {"zoe", "example", "org"}),
        ("From ann@example.org Mon Jan  1 10:00:00 2024\n\nFrom the road\n", "", {"from", "the", "road"}),
        ('&L&"Times New Roman,Bold"&12Pay&CRoll\nR&D and a&b', "", {"pay", "roll", "and"}),
        ("From: Zoe\nX-Mailer: Mill\nSubject: Pay\n\nX-Note\n", "", {"from", "zoe", "subject", "pay", "note"}),
        ("Ann </o=Council/ou=Group/cn=Recipients/cn=ann>", "", {"ann"}),
    ],
)  # fmt: skip
def test_of_tikas_text_only_what_is_the_files_own_counts(body, said, kept):
    assert words(the_files_own(body, said)) == kept
