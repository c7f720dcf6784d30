from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.similarity import FEWEST_WORDS, Similarity, jaccard, simhash_distance

EXPECTED_SIMHASH = 0x006CD2485F0AE824
EXPECTED_MINHASH = bytes.fromhex(
    "5006f5d2147db4d82e2bbce60aed253edf447c6a39d8d5f832074cdef2341e146c9f514373c047b9fcd94dc99832f6d73d1c22a3"
    "8cc5d711a23d4a7d38ca3ee9f773c419fcc22d81cef81b6b039fc35ad4082181675a41d4a466c4b5cd9d329bd9b44f9d5f561734"
    "852f33d1b9a58601157e6a6c7d7db5fb904f7b6eb0f17f81"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
TEXTS = st.text(st.sampled_from("ab é\u0301\u0300ßŒ1 \n.,ﬁ𐐀\u4e2d_-"), max_size=400)


def hashes(*stretches: str) -> tuple[int | None, bytes | None]:
    similarity = Similarity()
    for stretch in stretches:
        similarity.add(stretch)
    return similarity.simhash, similarity.minhash


def words(count: int, seed: int) -> list[str]:
    drawn = random.Random(seed)
    return ["".join(drawn.choices(_LETTERS, k=drawn.randint(2, 9))) for _ in range(count)]


def shingles(text: list[str]) -> set[tuple[str, ...]]:
    return {tuple(text[at : at + 3]) for at in range(len(text) - 2)}


def test_the_same_text_gives_the_same_hashes_in_every_process_and_release():
    text = " ".join(words(300, seed=1))
    code = "import sys; from scanner.similarity import Similarity as S; s = S(); s.add(sys.argv[1]); print(s.simhash)"
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code, text], env=environment, capture_output=True, check=True)
        assert int(run.stdout) == hashes(text)[0]
    assert hashes("The panel met on Tuesday and Zoë Example chaired it.") == (EXPECTED_SIMHASH, EXPECTED_MINHASH)


@pytest.mark.parametrize(
    "written",
    [
        "THE PANEL met on Tuesday, and Zoë Example chaired it",
        "the panel met\n\non Tuesday - and (Zoë) Example\tchaired it!",
        "The panel met on Tuesday and Zoe\u0308 Example chaired it.",
    ],
)
def test_case_white_space_punctuation_and_the_way_an_accent_is_written_make_no_difference(written):
    assert hashes(written) == hashes("The panel met on Tuesday and Zoë Example chaired it.")


def test_digits_make_a_difference():
    letter = "We write about your council tax account {} which is now overdue by more than thirty days."
    assert hashes(letter.format(1001)) != hashes(letter.format(1002))


@settings(max_examples=150)
@given(TEXTS, st.lists(st.integers(0, 400), max_size=4))
def test_a_text_cut_anywhere_has_the_hashes_of_the_whole(text, cuts):
    text = "eight words that every one of them has " + text
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scanner.similarity._WORTH_A_PASS", 1)
        pieces = hashes(*(text[low:high] for low, high in pairwise(edges)))
    assert pieces == hashes(text)


@pytest.mark.parametrize("step", [999, 30_000, 300_000])
def test_a_long_text_in_overlapping_stretches_is_counted_once(step):
    text = " ".join(words(60_000, seed=2))
    similarity = Similarity()
    for start in range(0, len(text), step):
        fresh_from = min(start, 500)
        similarity.add(text[start - fresh_from : start + step], fresh_from)
    assert (similarity.simhash, similarity.minhash) == hashes(text)


def test_a_word_without_an_end_is_counted_alike_however_it_is_cut():
    text = "head of the text " + "x" * 500_000 + " and its very last words"
    assert hashes(text[:17_000], text[17_000:300_001], text[300_001:]) == hashes(text)


def test_a_short_text_has_no_hashes():
    few = words(FEWEST_WORDS, seed=3)
    assert hashes(" ".join(few[1:])) == (None, None)
    assert hashes("") == (None, None)
    simhash, minhash = hashes(" ".join(few))
    assert simhash is not None
    assert len(minhash or b"") == 128


def test_asking_in_between_changes_nothing():
    text = " ".join(words(100, seed=4))
    similarity = Similarity()
    similarity.add(text[:301])
    before = similarity.simhash
    similarity.add(text[301:])
    assert (similarity.simhash, similarity.minhash) == hashes(text)
    assert before == hashes(text[:301])[0]


def test_one_word_changed_in_five_hundred_leaves_two_texts_alike():
    for seed in range(20):
        text = words(500, seed)
        changed = [*text[:250], "otherwise", *text[251:]]
        (simhash, minhash), (other, its) = hashes(" ".join(text)), hashes(" ".join(changed))
        assert simhash_distance(simhash, other) <= 8
        assert jaccard(minhash, its) > 0.9


def test_texts_with_nothing_in_common_are_far_apart():
    apart = [(hashes(" ".join(words(500, seed))), hashes(" ".join(words(500, seed + 100)))) for seed in range(20)]
    assert all(simhash_distance(one[0], other[0]) >= 16 for one, other in apart)
    assert all(jaccard(one[1], other[1]) < 0.05 for one, other in apart)


@pytest.mark.parametrize("length", [10, 60, 400, 4_000])
def test_the_estimate_errs_no_more_than_is_promised(length):
    errors = []
    for seed in range(60):
        shared = words(length * seed // 60, seed)
        one, other = (shared + words(length - len(shared), seed + by) for by in (1_000, 2_000))
        true = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        estimate = jaccard(hashes(" ".join(one))[1], hashes(" ".join(other))[1])
        errors.append(estimate - true)
    assert math.sqrt(sum(error * error for error in errors) / len(errors)) < 0.045
    assert sum(abs(error) <= 0.1 for error in errors) >= 0.95 * len(errors)


def test_a_short_text_within_a_long_one_is_measured_in_the_same_places():
    long = words(3_000, seed=5)
    assert jaccard(hashes(" ".join(long))[1], hashes(" ".join(long[:1_500]))[1]) == pytest.approx(0.5, abs=0.1)


def test_hashes_of_another_length_are_refused():
    with pytest.raises(ValueError, match="128 bytes"):
        jaccard(bytes(128), bytes(64))


def test_accents_heaped_without_end_on_one_letter_are_read_in_one_pass():
    heap = "word " * 10 + "a" + "\u0300\u0316" * 400_000
    assert hashes(heap) == hashes("word " * 10 + "a")
