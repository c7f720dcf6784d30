from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scanner.sources.imap.responses import (
    GarbledError,
    Listed,
    fetched,
    foreign_prefixes,
    listed,
    number,
    personal_prefix,
    sequence_set,
    spans,
    statuses,
    vanished_earlier,
)  # fmt: skip


def test_what_was_fetched_is_told_by_name():
    answer = [
        (b'1 (UID 7 FLAGS (\\Seen "x" (a)) RFC822.SIZE 40 INTERNALDATE " 1-Mar-2019 09:00:00 +0000" '
         b"BODY[HEADER.FIELDS (MESSAGE-ID DATE)] {4}", b"a\r\n)"),
        (b" BODY[]<0> {3}", b"(]\xff"),
        b")",
        b'2 (UID 8 body[] "quo\\"ted" X NIL)',
    ]  # fmt: skip
    first, second = fetched(answer)
    assert first == {
        b"UID": b"7", b"RFC822.SIZE": b"40", b"INTERNALDATE": b" 1-Mar-2019 09:00:00 +0000",
        b"BODY[HEADER.FIELDS]": b"a\r\n)", b"BODY[]<0>": b"(]\xff",
    }  # fmt: skip
    assert second == {b"UID": b"8", b"BODY[]": b'quo"ted'}


@pytest.mark.parametrize(
    "answer",
    [
        [b"1"], [b""], [b"1 UID 7"], [b"1 (UID)"], [b"1 (UID 7"], [b"1 (UID 7) x"], [b"1 ((UID) 7)"], [b'1 (UID "7)'],
        [(b"1 (BODY[] {3}", b"abc")], [(b"1 (BODY[] {3}", b"abc"), b" and three more)"],
        [b"1 (FLAGS " + b"(" * 99 + b"a)"], [b"1 (" + b"a " * 1_000_001 + b")"],
    ],
)  # fmt: skip
def test_what_is_not_imap_is_garbled(answer):
    with pytest.raises(GarbledError) as caught:
        list(fetched(answer))
    assert str(caught.value) == ""


def test_folders_are_told_however_their_names_are_sent():
    answer = [b'(\\HasNoChildren) "/" INBOX', b'() NIL "a \\"b\\""', (b'(\\Noselect) "." {5}', b"a\r\nb."), b""]
    assert list(listed(answer)) == [
        Listed(b"INBOX", b"/", frozenset({"\\hasnochildren"})),
        Listed(b'a "b"', b"", frozenset()),
        Listed(b"a\r\nb.", b".", frozenset({"\\noselect"})),
    ]


def test_a_state_is_told_by_name():
    [(name, numbers)] = statuses([b'"a b" (MESSAGES 3 UIDNEXT 4 X y HIGHESTMODSEQ 99999999999999999999999)'])
    assert (name, numbers) == (b"a b", {b"MESSAGES": 3, b"UIDNEXT": 4, b"X": 0, b"HIGHESTMODSEQ": 0})


@pytest.mark.parametrize(
    ("answer", "own", "prefixes"),
    [
        (b'(("" "/")) (("~" "/")) (("#shared/" "/")("#public/" "/"))', b"", (b"~", b"#shared/", b"#public/")),
        (b'(("INBOX." ".")) NIL (("shared." "." "X" ("a")))', b"INBOX.", (b"shared.",)),
        (b'(("" "/")) NIL NIL', b"", ()),
        (b'NIL (("" "/")) NIL', b"", ()),
    ],
)
def test_the_prefixes_of_a_login_and_of_others_are_told(answer, own, prefixes):
    assert (personal_prefix([answer]), foreign_prefixes([answer])) == (own, prefixes)


def test_only_what_vanished_earlier_counts():
    assert vanished_earlier([b"(EARLIER) 41,43:116", b"405,407", b"(earlier) 9:7"]) == [(41, 41), (43, 116), (7, 9)]


@pytest.mark.parametrize("uids", ["1:*", "a", "1:2:3", "-1", "12345678901", "1;2"])
def test_a_set_that_is_none_is_garbled(uids):
    with pytest.raises(GarbledError):
        spans(uids)


@given(some.sets(some.integers(1, 200)))
def test_a_set_of_numbers_comes_back(numbers):
    told = spans(sequence_set(sorted(numbers)))
    assert [each for first, last in told for each in range(first, last + 1)] == sorted(numbers)


def test_a_number_longer_than_any_is_none():
    assert [number(told) for told in (b"12", b"", b"x", b"9" * 5000)] == [12, 0, 0, 0]
