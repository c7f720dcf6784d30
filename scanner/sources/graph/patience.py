"""How long Graph asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx


def retry_after(response: httpx.Response) -> float:
    """Seconds, told as a number or as a date (RFC 9110, 10.2.3), which is one of the server's clock."""
    told = response.headers.get("Retry-After", "").strip()
    if told.isdecimal() and len(told) < 10:
        return float(told)
    until, now = (_date(text) for text in (told, response.headers.get("Date", "")))
    return max((until - (now or datetime.now(UTC))).total_seconds(), 0.0) if until else 0.0


def _date(told: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return None
    return date if date.tzinfo else None
