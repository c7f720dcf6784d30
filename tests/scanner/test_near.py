from __future__ import annotations

from array import array

import numpy as np
import pytest

from scanner.near import around, linked, named_alike, near_pictures, near_texts
from scanner.similarity import PLACES, Similarity


def sketches(*texts: str) -> np.ndarray:
    found = []
    for text in texts:
        one = Similarity()
        one.add(text)
        found.append(np.frombuffer(one.minhash, np.uint8))
    return np.stack(found)


WORDS = [f"word{number}" for number in range(400)]


def edited(every: int) -> str:
    return " ".join("other" + word if place % every == 0 else word for place, word in enumerate(WORDS))


def test_nearly_the_same_texts_are_found_among_many_others():
    others = [" ".join(f"{word}of{number}" for word in WORDS) for number in range(40)]
    found = near_texts(sketches(" ".join(WORDS), *others, edited(100), edited(5)), 0.8)
    assert found.tolist() == [[0, 41]]


def test_many_of_one_text_hang_together_without_each_being_compared_with_each():
    found = near_texts(sketches(*[edited(100)] * 300), 0.8)
    assert len(found) < 300 * 20
    assert [len(group) for group in linked(found, 300)] == [300]


def test_a_chain_is_no_group_where_its_ends_have_little_in_common():
    chain = sketches(*(" ".join(WORDS[start : start + 300]) for start in (0, 12, 24, 36, 48)))
    assert max(len(group) for group in around(chain, range(5), 0.8)) < 5
    assert sum(len(group) for group in around(chain, range(5), 0.8)) == 5


def test_names_that_stand_several_times_are_found_where_one_of_them_is_marked():
    names = array("Q", [7, 2**64 - 1, 7, 3, 2**64 - 1, 5, 3])
    assert list(named_alike(names, bytearray([0, 0, 1, 0, 1, 1, 0]))) == [[0, 2], [1, 4]]
    assert list(named_alike(array("Q"), bytearray())) == []


@pytest.mark.parametrize("bits", [(), (0,), (63,), (12, 13, 40, 63), (0, 20, 21, 50)])
def test_pictures_are_found_whichever_bits_differ(bits):
    one = 0x123456789ABCDEF0
    other = one ^ sum(1 << bit for bit in bits)
    far = one ^ 0x00FF00FF00FF00FF
    assert near_pictures([far, one, other], 4).tolist() == [[1, 2]]


def test_nothing_is_near_where_there_is_nothing():
    assert near_texts(np.empty((0, PLACES), np.uint8), 0.8).tolist() == []
    assert near_pictures([], 4).tolist() == []
    assert list(linked([], 0)) == []
