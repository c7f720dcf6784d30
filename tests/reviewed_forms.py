"""The forms of the review as a client sends them, and what came of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from reviewed_estate import HARMFUL, number
from web_clients import posted

from inventory.engine import reading
from inventory.review_groups import queued
from inventory.reviews import batch_numbered, current

ONE, TWO = b"Planning/Letters/1.txt", b"Planning/Letters/2.txt"
ODD = b"Planning/<b>Odd</b>/" + HARMFUL[0]
ROADS = b"Highways/Secret scheme.txt"
TODAY = datetime.now(UTC).date()
KEEP = {
    "kind": "keep", "reason-keep": "still-used", "until-keep-day": "31", "until-keep-month": "5",
    "until-keep-year": str(TODAY.year + 1), "note": "Wanted for the appeal",
}  # fmt: skip
DISPOSE = {"kind": "dispose", "reason": "period-over"}


def stamp(client, item: int) -> str:
    return client.get(f"/review/items/{item}.json").json()["stamp"]


def waits(trail, path: bytes) -> bool:
    with reading(trail.database) as connection:
        return bool(queued(connection, [number(trail, path)]))


def verdict(trail, path: bytes):
    with reading(trail.database) as connection:
        return current(connection, [number(trail, path)]).get(number(trail, path))


def batch(trail, of: int = 1):
    with reading(trail.database) as connection:
        return batch_numbered(connection, of)


def decided(client, trail, path: bytes, **fields: object):
    item = number(trail, path)
    return posted(client, f"/review/items/{item}", **{"stamp": stamp(client, item), **fields})


def errors(answer) -> str:
    """What the summary of errors says."""
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found.group(1))).strip() if found else ""
