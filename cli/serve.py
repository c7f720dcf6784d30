"""`muniment serve`: the review and reporting web application."""

from __future__ import annotations

import click

from cli.terminal import Talk, pass_talk
from cli.worker import stopped_by_signals
from domain.actor import Verb


@click.command()
@click.option("--host", help="The address to listen at. [default: web.host, or 127.0.0.1: this machine alone]")
@click.option("--port", type=click.IntRange(1, 65_535), help="[default: web.port, or 8580]")
@click.option("--log-json", is_flag=True, help="Log to standard error as lines of JSON.")
@pass_talk
def serve(talk: Talk, host: str | None, port: int | None, log_json: bool) -> None:
    """Let people review, approve and read in a browser, until stopped.

    Everybody needs an account of their own:

    \b
        muniment users add amy.marsh --administrator
        muniment users add j.thornbury --role reviewer --service Planning --password
        muniment serve

    It listens to this machine alone. To be reached from others it needs HTTPS: [web] certificate and certificate_key,
    or behind_tls = true behind a server that speaks it. Sign-in by the organisation's own accounts (Entra ID, or any
    OpenID Connect provider) is [web.oidc]; see config.example.toml. It scans, reports and disposes of nothing itself:
    that is asked of `muniment timetable run`, which must run as well.
    """
    from operations.hosts.structured_log import log_as_json  # noqa: PLC0415  the help needs no engine
    from operations.people.accounts import has_accounts  # noqa: PLC0415
    from operations.people.audit import open_trail  # noqa: PLC0415
    from web.server import server_at  # noqa: PLC0415

    settings = talk.settings()
    said = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update={"web": settings.web.model_copy(update=said)})
    if log_json or settings.log.json_lines:
        log_as_json()
    talk.asked(settings, Verb.RUN_WORKERS)
    with open_trail(settings) as trail:
        if not has_accounts(trail):
            talk.say("Nobody can sign in yet. Make the first account: muniment users add NAME --administrator")
        with server_at(settings, trail) as server, stopped_by_signals(server.stop):
            talk.say(f"Muniment answers at {server.address} - stop it with Ctrl-C.")
            server.run()
