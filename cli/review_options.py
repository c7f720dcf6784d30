"""What the commands of `muniment review` share: somebody at a desk, and the options that say what is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from cli.options import Day, a_password_file, signed_in, utc_today
from cli.terminal import Talk, pass_talk
from domain.actor import Actor
from domain.review import ReasonCode, VerdictKind
from operations.review.desk import Desk, desk_of
from operations.review.ruling import Ruling

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_KINDS, _REASONS = (click.Choice([one.value for one in every]) for every in (VerdictKind, ReasonCode))
_AS_ANOTHER = "Sign in as this account. [default: that of the user of this machine]"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody at a desk, at the terminal."""

    talk: Talk
    actor: Actor
    desk: Desk


def at_a_desk(
    *, signed: bool = False
) -> Callable[[Callable[Concatenate[Sitting, Given], Answer]], Callable[..., Answer]]:
    """A command that somebody gives who is known: by their own sign-in where it is to be `signed`, or they name
    themselves; else as the user of this machine.
    """

    def opened(command: Callable[Concatenate[Sitting, Given], Answer]) -> Callable[..., Answer]:
        @click.option("--account", help=_AS_ANOTHER)
        @a_password_file
        @pass_talk
        @wraps(command)
        def run(talk: Talk, /, account: str | None, password_file: Path | None, *args: Any, **given: Any) -> Answer:
            with _sitting(talk, account, password_file, signed=signed or account is not None) as sitting:
                return command(sitting, *args, **given)

        return run

    return opened


@contextmanager
def _sitting(talk: Talk, account: str | None, file: Path | None, *, signed: bool) -> Iterator[Sitting]:
    settings = talk.settings()
    with signed_in(talk, settings, account, file) if signed else talk.acting(settings) as (actor, trail):
        yield Sitting(talk, actor, desk_of(settings, trail, utc_today()))


def a_ruling(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """The options that say what is decided, put together as a `ruling`."""

    @click.option("--as", "kind", type=_KINDS, required=True, help="What is decided.")
    @click.option("--reason", type=_REASONS, required=True, help="Why, as a word to be counted.")
    @click.option("--note", default="", help="More on why, for those who look at it later; in no audit entry.")
    @click.option("--until", type=Day(), help="Of keep and extend: the day to look at it again.")
    @click.option("--target", default="", help="The class, the receiver, or service:NAME or account:NAME.")
    @click.option("--again", is_flag=True, help="Send it back although it came from there.")
    @wraps(command)
    def run(
        *args: Any, kind: str, reason: str, note: str, until: date | None, target: str, again: bool, **given: Any
    ) -> Answer:
        ruling = Ruling(VerdictKind(kind), ReasonCode(reason), note, until, target, again)
        return command(*args, ruling=ruling, **given)

    return run
