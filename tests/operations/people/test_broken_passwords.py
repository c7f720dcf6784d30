"""A list of broken passwords is asked as it is given out: words, or sorted digests."""

from __future__ import annotations

import gzip
import hashlib
import random

import pytest

from domain.errors import ConfigurationError
from operations.people.broken_passwords import form_of, refuse_broken

BROKEN = [f"kettle-{number}-harbour" for number in range(300)]


def is_refused(password, listed) -> bool:
    try:
        refuse_broken(password, listed)
    except ConfigurationError:
        return True
    return False


def digest_of(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def shuffled(lines: list[str]) -> list[str]:
    return random.Random(1).sample(lines, len(lines))


DIGESTS = sorted(map(digest_of, BROKEN))


@pytest.fixture(params=["words", "digests", "digests in small letters", "digests without counts", "marked words",
                        "marked digests", "digests and blank lines"])  # fmt: skip
def listed(request, tmp_path):
    path = tmp_path / "broken.txt"
    lines = {
        "words": [one.upper() for one in BROKEN],
        "digests": [f"{one}:{number * 37}" for number, one in enumerate(DIGESTS)],
        "digests in small letters": [one.lower() for one in DIGESTS],
        "digests without counts": DIGESTS,
        "marked words": ["\ufeff" + BROKEN[0], *BROKEN[1:]],
        "marked digests": ["\ufeff" + DIGESTS[0], *DIGESTS[1:]],
        "digests and blank lines": [*DIGESTS[:9], "", *DIGESTS[9:], "", ""],
    }[request.param]
    path.write_bytes("\r\n".join([*lines, ""]).encode())
    return path


def test_each_that_is_listed_is_refused_and_no_other(listed):
    assert [one for one in BROKEN if not is_refused(one, listed)] == []
    assert [one for one in (f"lantern-{number}-slate" for number in range(300)) if is_refused(one, listed)] == []


def test_without_a_list_none_is_refused():
    assert not is_refused(BROKEN[0], None)


def test_a_list_that_is_gone_lets_nobody_through_unasked(tmp_path):
    with pytest.raises(ConfigurationError, match="list cannot be used: it cannot be read"):
        refuse_broken(BROKEN[0], tmp_path / "gone.txt")


LATER = [*DIGESTS, digest_of("lantern-1-slate")]
MANY, LONG = (sorted(digest_of(str(number)) for number in range(lines)) for lines in (4_078, 20_000))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"), (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        ("\r\n".join(BROKEN).encode("utf-16"), "not UTF-8"), ("\n".join(BROKEN).encode("utf-16-be"), "not UTF-8"),
        ("\r".join(BROKEN).encode(), "not UTF-8"), (gzip.compress(BROKEN[0].encode(), mtime=0), "is packed"),
        ("\n".join(["# a heading", *DIGESTS]).encode(), "not every line"),
        ("\n".join([*DIGESTS, "kettle"]).encode(), "not every line"),
        ("\n".join(["kettle", DIGESTS[0]]).encode(), "not every line"),
        ("\r\n".join(f"{one}:9" for one in shuffled(DIGESTS)).encode(), "not in order"),
        ("\n".join(LATER).encode(), "not in order"),
        ("\n".join([*LONG, *DIGESTS[::3], "F" * 40]).encode(), "not in order"),
        ("\r\n".join(f"{one[:32]}:9" for one in DIGESTS).encode(), "NTLM"),
        ("\n".join(one[5:] for one in DIGESTS).encode(), "not SHA-1"),
    ],
)  # fmt: skip
def test_a_list_of_another_form_lets_nobody_through_and_says_what_to_do(tmp_path, content, why):
    listed = tmp_path / "broken.txt"
    listed.write_bytes(content)
    for ask in (lambda: refuse_broken("quite another one", listed), lambda: form_of(listed)):
        with pytest.raises(ConfigurationError, match=rf"web\.broken_passwords: .*{why}.*\. \w+ .*\.$"):
            ask()


def test_what_is_out_of_order_between_the_places_that_are_looked_at_is_met_by_halving(tmp_path):
    listed = tmp_path / "broken.txt"
    listed.write_text("".join(f"{one}\n" for one in [*MANY[:1020], "F" * 40, *MANY[1021:]]))
    assert form_of(listed) == "sorted SHA-1 digests, 167,198 bytes"
    low = next(one for one in BROKEN if digest_of(one) < MANY[900])
    with pytest.raises(ConfigurationError, match="not in order"):
        refuse_broken(low, listed)
