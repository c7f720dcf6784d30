"""A list of staff as a CSV file, as personnel systems write it: who has an account, where they work, who has left."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from domain.person import Principal, PrincipalKind
from scanner.directory import DirectoryError

_MOST_BYTES = 64 * 1024 * 1024
_MOST_NAMED = 20
_LONGEST = 200
_DELIMITERS = ",;\t|"
_ACCOUNTS = frozenset({
    "account", "sid", "objectsid", "uid", "uidnumber", "login", "loginname", "logon", "user", "userid", "username",
    "samaccountname", "upn", "userprincipalname", "mail", "email", "emailaddress", "workemail",
})  # fmt: skip
_NUMBERS = frozenset({"uid", "uidnumber"})
_HEADINGS = {
    "name": ("name", "fullname", "displayname", "employeename", "staffname"),
    "first": ("firstname", "forename", "givenname", "knownas"),
    "last": ("lastname", "surname", "familyname"),
    "service": ("service", "servicearea", "department", "directorate", "section", "team"),
    "left": ("left", "leaver", "leavingdate", "dateleft", "leftdate", "leavedate", "leftservice", "enddate",
             "dateofleaving", "terminationdate"),
}  # fmt: skip
"""What a column holds by its heading, letters and digits alone; of several the first named wins."""
_YES = frozenset({"y", "yes", "true", "1", "left", "leaver"})
_NO = frozenset({"", "n", "no", "false", "0", "-", "current"})
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")
_TIME = re.compile(r"[T ]\d{1,2}:\d\d.*$")


@dataclass(frozen=True, slots=True)
class StaffList:
    """The people of a list as of a day. `faults` are sentences on what was left out of it, which quote nothing."""

    known: Mapping[str, Principal] = field(repr=False)
    faults: tuple[str, ...] = ()

    def people(self, accounts: Collection[str]) -> Mapping[str, Principal]:
        """A list knows nobody but those on it: who is not may be a group, or another's."""
        listed = {account: self.known.get(account.lower()) for account in accounts}
        return {account: replace(one, account=account) for account, one in listed.items() if one is not None}

    def close(self) -> None:
        """It holds nothing open."""


def read_staff(path: Path, today: date) -> StaffList:
    """Raises DirectoryError for a file that cannot be read, or has no column of accounts."""
    rows = _rows(path)
    _, headings = next(rows, (0, []))
    columns = _Columns.of(headings)
    if not columns.accounts:
        raise DirectoryError(
            f"The list of staff {path} has no column of accounts. Head one of its columns account, SID, login or mail."
        )
    known: dict[str, Principal] = {}
    bad: list[int] = []
    for line, row in rows:
        person = _person(columns, row, today)
        keys = _keys(columns, row)
        if person is None or not keys:
            bad += [line] if any(cell.strip() for cell in row) else []
            continue
        for key in keys:
            # Who is listed twice came back, or works in two places: they are here while one row says so.
            if key not in known or known[key].left > person.left:
                known[key] = person
    return StaffList(known, _faults(path, bad))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its last line."""
    text = _text(path)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise DirectoryError(f"The list of staff {path} is not CSV from line {reader.line_num} on.") from None
        if row is None:
            return
        yield reader.line_num, row


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise DirectoryError(f"The list of staff {path} cannot be read: {error.strerror}.") from error
    if len(content) > _MOST_BYTES:
        raise DirectoryError(f"The list of staff {path} is larger than {_MOST_BYTES >> 20} MB. Is it the right file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # as older spreadsheets save it


@dataclass(frozen=True, slots=True)
class _Columns:
    accounts: Sequence[tuple[int, bool]]
    """Place, and whether a bare number there is that of a Unix account."""
    others: Mapping[str, int]

    @classmethod
    def of(cls, headings: Sequence[str]) -> _Columns:
        plain = ["".join(filter(str.isalnum, heading.casefold())) for heading in headings]
        accounts = [(place, heading in _NUMBERS) for place, heading in enumerate(plain) if heading in _ACCOUNTS]
        named = {what: [word for word in words if word in plain] for what, words in _HEADINGS.items()}
        return cls(accounts, {what: plain.index(there[0]) for what, there in named.items() if there})

    def cell(self, row: Sequence[str], what: str) -> str:
        place = self.others.get(what)
        return "" if place is None else _cell(row, place)


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(row[place].split())[:_LONGEST] if place < len(row) else ""


def _keys(columns: _Columns, row: Sequence[str]) -> list[str]:
    """A person's accounts in small letters; of a login with its domain, the login."""
    cells = ((_cell(row, place).lower().rpartition("\\")[2], numbers) for place, numbers in columns.accounts)
    return [f"uid:{cell}" if numbers and cell.isdecimal() else cell for cell, numbers in cells if cell]


def _person(columns: _Columns, row: Sequence[str], today: date) -> Principal | None:
    """None where it is not told whether somebody has left."""
    left = _has_left(columns.cell(row, "left"), today)
    if left is None:
        return None
    name = columns.cell(row, "name") or f"{columns.cell(row, 'first')} {columns.cell(row, 'last')}".strip()
    return Principal("", PrincipalKind.USER, name, columns.cell(row, "service"), left)


def _has_left(cell: str, today: date) -> bool | None:
    """Of a date: whether it is past, since the last day of work is one of work."""
    word = _TIME.sub("", cell).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    for form in _DATES:
        try:
            return datetime.strptime(word, form).date() < today  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    return None


def _faults(path: Path, bad: Sequence[int]) -> tuple[str, ...]:
    if not bad:
        return ()
    more = len(bad) - _MOST_NAMED
    lines = ", ".join(map(str, bad[:_MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
    return (
        f"The list of staff {path} has no account, or a date of leaving that is no date, on line {lines}: what is there"
        " was left out. Correct it, and scan again.",
    )
