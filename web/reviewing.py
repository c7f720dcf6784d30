"""What every page of the review begins with: the desk, and who sees what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from domain.errors import ConfigurationError
from operations.access import RefusedError
from operations.review.desk import Desk, desk_of
from operations.viewing.board import service_named
from operations.viewing.waiting import may_look_at
from web.asking import Asked
from web.errors import NotFoundError


def desk(asked: Asked) -> Desk:
    return desk_of(asked.settings, asked.trail, asked.today)


def own(asked: Asked, service: str) -> str:
    """The service that an address names. Raises NotFoundError where it is not one's own, there or not."""
    name = service_named(service)
    if not may_look_at(asked.actor, name):
        raise NotFoundError
    return name


@contextmanager
def hidden() -> Iterator[None]:
    """What is not there and what is another's look the same."""
    try:
        yield
    except (RefusedError, ConfigurationError) as error:
        raise NotFoundError from error


def address(path: str, **words: object) -> str:
    """An address with the words that say something."""
    said = {name: word for name, word in words.items() if word not in (None, "")}
    return f"{path}?{urlencode(said, doseq=True)}" if said else path


def way_back(asked: Asked, otherwise: str) -> str:
    """Where a form goes on to: a page of the review that it was opened from, and nothing else."""
    said = asked.form.one("back") or asked.request.query_params.get("back", "")
    return said if said.startswith("/review") and "\\" not in said and said.isprintable() else otherwise
