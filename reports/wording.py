"""Numbers, sizes and dates as people in the UK read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from reports.section import Cell, ColumnKind, Heat, Part

_UNITS = ("kB", "MB", "GB", "TB", "PB")
# Spelled out, because strftime follows whatever locale the process has.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def written(cell: Cell, kind: ColumnKind, absent: str = "not known") -> str:
    """A cell as it stands on a page."""
    if cell is None:
        return absent
    if isinstance(cell, Heat):
        return count(cell.items)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, str):
        return cell
    return _number(cell, kind)


def _number(value: float, kind: ColumnKind) -> str:
    if kind is ColumnKind.BYTES:
        return size(int(value))
    return share(value) if kind is ColumnKind.SHARE else count(int(value))


def count(number: int) -> str:
    return f"{number:,}"


def size(number: int) -> str:
    """Decimal (SI) units, as disks and suppliers count them.

    >>> size(999), size(1_234_567_890), size(999_960)
    ('999 bytes', '1.2 GB', '1.0 MB')
    """
    if number < 1000:
        return plural(number, "byte")
    value = number / 1000
    for unit in _UNITS:
        # Rounded first, so that 999,960 bytes are 1.0 MB and not 1,000.0 kB.
        if round(value, 1) < 1000:
            return f"{value:,.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} EB"


def exact(number: int) -> str:
    return plural(number, "byte")


def share(fraction: float) -> str:
    """A percentage with one decimal that never rounds something to nothing, nor a part to the whole.

    >>> share(0.1234), share(0.00001), share(0.99999), share(1)
    ('12.3%', 'under 0.1%', 'over 99.9%', '100.0%')
    """
    if 0 < fraction < 0.001:
        return "under 0.1%"
    if 0.999 < fraction < 1:
        return "over 99.9%"
    return f"{fraction:.1%}"


def part(number: int, whole: int) -> Part | None:
    """The fraction, or None where there is no whole to be a part of."""
    return Part(number, whole) if whole else None


def day(when: date | datetime) -> str:
    """
    >>> day(date(2018, 5, 4))
    '4 May 2018'
    """
    on = when.astimezone(UTC).date() if isinstance(when, datetime) else when
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(when: datetime) -> str:
    """
    >>> moment(datetime(2026, 5, 4, 9, 5, tzinfo=UTC))
    '4 May 2026 at 09:05 UTC'
    """
    utc = when.astimezone(UTC)
    return f"{day(utc)} at {utc:%H:%M} UTC"


def utc(when: datetime) -> str:
    """For programs: ISO 8601 in UTC, to the second.

    >>> utc(datetime(2026, 5, 4, 9, 5, tzinfo=UTC))
    '2026-05-04T09:05:00Z'
    """
    return f"{when.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()}Z"


def plural(number: int, one: str, many: str = "") -> str:
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def items_and_size(items: int, number: int) -> str:
    """
    >>> items_and_size(1, 2000)
    '1 item (2.0 kB)'
    """
    return f"{plural(items, 'item')} ({size(number)})"
