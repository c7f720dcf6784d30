"""Records whose fields stand on lines of their own, each behind its label: blocks, YAML, INI, LDIF and vCards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from classifiers.columns.fields import heading_of
from classifiers.columns.records import Gathering
from classifiers.columns.vocabulary import meaning_of

_LINE = re.compile(
    r"^[ \t>|]{0,40}(-[ \t]{1,3})?[\"']?(?=[\w .'()/\"\t-]*+[;:=])"
    r"([^\W\d_][\w .'()/-]{0,40}?)[\"']?[ \t]{0,9}((?:;[\w=,\"-]{1,40}){0,6})"
    r"[ \t.]{0,40}[:=](?![:=/])[ \t]{0,40}(\S[^\n]{0,400})?$",
    re.MULTILINE,
)
_FEWEST_RECORDS, _FEWEST_FIELDS, _FEWEST_MEANT = 3, 2, 2
_OF_CARDS = {
    "fn": "full name", "cn": "full name", "n": "surname", "sn": "surname", "givenname": "given name",
    "nickname": "known as", "bday": "date of birth", "tel": "telephone", "email": "email", "mail": "email",
}  # fmt: skip
"""What vCard (RFC 6350) and LDIF (RFC 4519) call their fields."""
_QUOTES = "\"'"


def gather(text: str, found: Gathering) -> None:
    """Take in the records of a text: three or more that have a label of the vocabulary in common, and two such labels.

    A record ends at an empty line, where a list goes on, and where a label returns.
    """
    lines = list(_LINE.finditer(text)) if ":" in text or "=" in text else []
    counts = Counter(_label(line) for line in lines)
    fewest = 1 if "BEGIN:VCARD" in text else _FEWEST_RECORDS
    common = {label for label, count in counts.items() if count >= fewest}
    if sum(meaning_of(_heading(label)).is_known for label in common) < _FEWEST_MEANT:
        return
    kind = found.kind("labelled")
    for record in _records(text, [line for line in lines if _label(line) in common]):
        if len(record) >= _FEWEST_FIELDS:
            number = found.begin(kind, record[0].start())
            for line in record:
                _field(found, kind, number, line)


def _records(text: str, lines: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    record: list[re.Match[str]] = []
    labels: set[str] = set()
    for line in lines:
        label = _label(line)
        is_apart = bool(record) and (line[1] is not None or text.startswith(("\n\n", "\n\r\n"), record[-1].end()))
        if record and (is_apart or label in labels):
            yield record
            record, labels = [], set()
        record.append(line)
        labels.add(label)
    yield record


def _field(found: Gathering, kind: int, record: int, line: re.Match[str]) -> None:
    if line[4] is None:
        return
    label, value, start = _label(line), line[4].rstrip().rstrip(",;"), line.start(4)
    if label.lower() == "n" and ";" in value:
        for part, heading in zip(value.split(";"), ("surname", "forename", "middle name"), strict=False):
            found.cell(record, found.column(kind, heading, heading), start, start + len(part))
            start += len(part) + 1
        return
    bare = value.strip(_QUOTES)
    start += len(value) - len(value.lstrip(_QUOTES))
    found.cell(record, found.column(kind, label, _heading(label)), start, start + len(bare))


def _label(line: re.Match[str]) -> str:
    return line[2].strip().lower() if line[2].islower() or line[2].isupper() else line[2].strip()


def _heading(label: str) -> str:
    return _OF_CARDS.get(label.lower()) or heading_of((label,))
