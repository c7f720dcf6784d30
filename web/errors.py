"""What goes wrong on the way to a page, each with the sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import MunimentError


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


class WebError(MunimentError):
    """An error with a status of HTTP."""

    status = 500


class SignedOutError(WebError):
    """Nobody is signed in, or no longer."""

    status = 401


class ForgedError(WebError):
    """A form that this page did not hand out."""

    status = 403


class NotFoundError(WebError):
    """There is nothing here, or nothing that this account may see: which of the two is not told."""

    status = 404


class UnreadableError(WebError):
    """A request that is not what programs that mean well send."""

    status = 400


class NoFormError(WebError):
    """A body that is no form, or not in UTF-8."""

    status = 415


class StaleError(WebError):
    """What was decided on has changed since it was shown. The message says what."""

    status = 409


class TooLargeError(WebError):
    status = 413


class TooManyError(WebError):
    """Too many tries. `seconds` is when to come back."""

    status = 429

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
