"""Options that several commands share: days, the schedule, and one's own sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from cli.terminal import Talk
from domain.actor import Actor, Role
from domain.errors import ConfigurationError
from operations.config import Settings
from operations.configuration.source_settings import secret_in
from operations.people.audit import Trail
from operations.people.sign_in import sign_in


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it like 2026-11-22", param, ctx)


a_schedule = click.option(
    "--schedule", type=click.Path(path_type=Path), help="Another schedule than the configured one."
)
a_day = click.option("--today", type=Day(), help="Decide as on this day.")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
an_account = click.option("--account", help="Sign in as this account. [default: that of the user of this machine]")
a_password_file = click.option(
    "--password-file", type=click.Path(path_type=Path, dir_okay=False),
    help="Take the password from a file that only its owner can read, instead of asking for it.",
)  # fmt: skip


def utc_today() -> date:
    return datetime.now(UTC).date()


def schedule_path(settings: Settings, named: Path | None) -> Path:
    path = named or settings.retention.schedule
    if path is None:
        raise ConfigurationError("No schedule is configured. Name one: muniment retention evaluate --schedule FILE")
    return path


@contextmanager
def signed_in(talk: Talk, settings: Settings, account: str | None, file: Path | None) -> Iterator[tuple[Actor, Trail]]:
    """The one at the terminal by their own sign-in, as what answers for a decision needs it.

    In an inventory without accounts its owner, who may not do such a thing, and is told so when asked.
    """
    with talk.acting(settings) as (actor, trail):
        if Role.OWNER in actor.roles:
            yield actor, trail
            return
        name = account or actor.account
        password = secret_in(file) if file else click.prompt(f"Password of {name}", hide_input=True, err=True)
        yield sign_in(trail, name, password, "terminal"), trail
