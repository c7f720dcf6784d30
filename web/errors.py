"""What goes wrong on the way to a page, each with the sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.errors import MunimentError
from operations.access import RefusedError


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of a form, by the field's name, in a sentence that says how to mend it."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a program is told of a request that came to nothing."""

    status: int
    title: str
    sentence: str
    faults: tuple[Fault, ...] = ()


def in_plain_words(error: Exception) -> str:
    """What an error says to who looks at a page."""
    return error.plain if isinstance(error, RefusedError) else str(error)


class WebError(MunimentError):
    """An error with a status of HTTP."""

    status: ClassVar[int] = 500

    def __init_subclass__(cls, status: int) -> None:
        cls.status = status


class SignedOutError(WebError, status=401):
    """Nobody is signed in, or no longer."""


class ForgedError(WebError, status=403):
    """A form that this page did not hand out."""


class NotFoundError(WebError, status=404):
    """There is nothing here, or nothing that this account may see: which of the two is not told."""


class PageAloneError(WebError, status=406):
    """What is shown to people as a page was asked for in a shape for programs."""


class UnreadableError(WebError, status=400):
    """A request that is not what programs that mean well send."""


class NoFormError(WebError, status=415):
    """A body that is no form, or not in UTF-8."""


class StaleError(WebError, status=409):
    """What was decided on has changed since it was shown. The message says what."""


class TooManyError(WebError, status=429):
    """Too many tries. `seconds` is when to come back."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
