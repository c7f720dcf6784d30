"""What the names of fields say, as programs write them: "strForename", "cust_surname", "applicant.dateOfBirth"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from classifiers.columns.vocabulary import NamePart, meaning_of

_LONGEST = 60
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
_RUN_IN = re.compile(
    r"\w{2,14}?(surname|forenames?|firstname|lastname|middlename|fullname|postcode|dateofbirth|birthdate|emailaddress|"
    r"telephone|mobile|nhsnumber|ninumber)(?:\d{0,2})"
)
_TYPED = frozenset((
    "str", "txt", "s", "c", "vc", "nvc", "dt", "dte", "date", "d", "int", "i", "n", "num", "lng", "fld", "f", "col",
    "field", "ctl", "tb", "txb", "lbl", "x", "p", "a", "an", "tbl", "att", "attr", "v",
))  # fmt: skip
"""What programmers put before the names of fields to say what they hold."""
_BEHIND_ANYTHING = frozenset({
    "UK_NHS", "UK_NINO", "UK_UTR", "UK_UPN", "DATE_OF_BIRTH", "EMAIL_ADDRESS", "UK_PHONE", "UK_POSTCODE", "ADDRESS",
})  # fmt: skip
"""Kinds whose cells are checked, so that any word may stand before their names: "emp_dob"."""

_NAMES = frozenset({"surname", "forename", "forenames", "firstname", "lastname", "initials"})


@lru_cache(maxsize=4096)
def heading_of(names: tuple[str, ...]) -> str:
    """The heading that the vocabulary knows, for a field by its names from the outermost in; the innermost where none
    is.
    """
    return next((heading for heading in _spellings(names) if meaning_of(heading).is_known), names[-1] if names else "")


def _spellings(names: Sequence[str]) -> Iterator[str]:
    words = [" ".join(_WORDS.sub(" ", name[:_LONGEST]).split()) for name in names[-3:]]
    for at in range(len(words)):
        yield " ".join(words[at:])
    yield from names[-1:]
    yield from _without_prefix(words[-1] if words else "")


def _without_prefix(name: str) -> Iterator[str]:
    words = name.split()
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        meaning = meaning_of(rest)
        of_people = meaning.part is not None and meaning.part is not NamePart.LOOSE and len(words) - at > 1
        if words[0].lower() in _TYPED or of_people or meaning.kind in _BEHIND_ANYTHING or rest.lower() in _NAMES:
            yield rest
    if name.endswith("s"):
        yield name[:-1]
    if len(words) == 1 and (found := _RUN_IN.fullmatch(name.lower())):
        yield found[1]
