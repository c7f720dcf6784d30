"""`muniment users`: who may do what."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.options import Day, utc_today
from cli.terminal import Talk, pass_talk, print_table
from domain.account import Account, Delegation, Identity
from domain.actor import ROLES, Actor, Role
from domain.errors import ConfigurationError
from domain.item import printable
from operations.access import TABLE
from operations.configuration.source_settings import secret_in
from operations.people import accounts
from operations.people.audit import Trail
from operations.people.sign_in import SystemUser, renew_password
from reports.wording import plural

_ROLE = click.Choice([role.value for role in ROLES])
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def users() -> None:
    """Accounts: who may do what, for which services, and who stands in for whom.

    An inventory without accounts is its owner's, who may scan, evaluate and report; nobody can approve anything. The
    first account is an administrator's, bound to the user of this machine who makes it:

    \b
        muniment users add amy.marsh --administrator
        muniment users add j.thornbury --role approver --service Planning --password
        muniment users delegate approver --of j.thornbury --to p.lake --until 2026-12-18

    From then on everybody needs an account, the timetable too (role operator). At a terminal the account is the one
    that the user of the operating system is bound to; approvals need its password or single sign-on besides. What each
    role may do: muniment users roles
    """


@users.command()
@click.argument("name")
@click.option("--administrator", is_flag=True, help="Keeps accounts, configuration and machines; sees no content.")
@click.option("--role", "roles", multiple=True, type=_ROLE, help="What the account is for; may be given several times.")
@click.option("--service", "services", multiple=True, help="A service that it belongs to, as [[service]] names it.")
@click.option("--person", default="", help="Whose it is, in words.")
@click.option("--login", help="The user of this machine's operating system who acts as it.")
@click.option("--password", is_flag=True, help="Ask for a first password, which the person then changes.")
@click.option("--password-file", type=_FILE, help="Take that from a file that only its owner can read.")
@pass_talk
def add(
    talk: Talk, name: str, administrator: bool, roles: tuple[str, ...], services: tuple[str, ...], person: str,
    login: str | None, password: bool, password_file: Path | None,
) -> None:  # fmt: skip
    """Make the account NAME, such as amy.marsh.

    The first account of an inventory must be an administrator's; without --login it is bound to the user who makes it.
    """
    with _acting(talk) as (actor, trail):
        chosen = frozenset(map(Role, roles)) | ({Role.ADMINISTRATOR} if administrator else frozenset[Role]())
        if not chosen:
            raise click.UsageError("Say what the account is for: --role ROLE, or --administrator.")
        user = SystemUser.present() if Role.OWNER in actor.roles and login is None else None
        user = user if login is None else SystemUser.named(login)
        identities = () if user is None else (user.identity,)
        account = Account(name, person, chosen, frozenset(services), identities=identities)
        broken = talk.settings().web.broken_passwords
        accounts.add_account(actor, trail, account, _password(password, password_file), broken)
    bound = f", bound to the user {user.login!r} of this machine" if user else ""
    talk.say(f"Made {name!r} ({', '.join(sorted(chosen))}){bound}.")
    if not user and not (password or password_file):
        talk.say(
            f"Nobody can act as it yet: muniment users bind {name} --login USER, or muniment users password {name}"
        )


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def list_(talk: Talk, as_json: bool) -> None:
    """List accounts with their roles, services and users of operating systems, and what is lent to whom."""
    with _acting(talk) as (actor, trail):
        known, lent = accounts.list_accounts(actor, trail)
    if as_json:
        click.echo(json.dumps({"accounts": list(map(_object, known)), "delegations": list(map(_lent, lent))}))
        return
    headings = ("account", "person", "roles", "services", "acts by", "state")
    print_table(headings, [_row(account) for account in known])
    if lent:
        click.echo()
        rows = [(one.role, one.giver, one.taker, str(one.begins), str(one.ends)) for one in lent]
        print_table(("role", "of", "lent to", "from", "until"), rows)
    if not known:
        talk.say("There are no accounts: the inventory is its owner's. Make the first: muniment users add NAME "
                 "--administrator")  # fmt: skip


@users.command()
def roles() -> None:
    """Print what each role is for, and which role may do what.

    x: may; o: within its own services; signed: after one's own sign-in alone; apart: not who took part before.
    """
    print_table(("role", "for whom"), [(role.value, words) for role, words in ROLES.items()])
    click.echo(TABLE.rstrip("\n"))


@users.command()
@click.argument("name")
@click.argument("roles", nargs=-1, required=True, type=_ROLE, metavar="ROLE...")
@pass_talk
def role(talk: Talk, name: str, roles: tuple[str, ...]) -> None:
    """Give the account NAME just these ROLES."""
    _change(talk, name, lambda account: replace(account, roles=frozenset(map(Role, roles))))


@users.command()
@click.argument("name")
@click.argument("services", nargs=-1)
@pass_talk
def services(talk: Talk, name: str, services: tuple[str, ...]) -> None:
    """Let the account NAME belong to just these SERVICES, or to none."""
    _change(talk, name, lambda account: replace(account, services=frozenset(services)))


@users.command()
@click.argument("name")
@pass_talk
def disable(talk: Talk, name: str) -> None:
    """Let the account NAME act no more. What it did stays in its name; what it lent ends."""
    _change(talk, name, lambda account: replace(account, disabled=True))


@users.command()
@click.argument("name")
@pass_talk
def enable(talk: Talk, name: str) -> None:
    """Let the account NAME act again."""
    _change(talk, name, lambda account: replace(account, disabled=False))


def _bound(command: Callable[..., None]) -> Callable[..., None]:
    return click.argument("name")(
        click.option("--login", help="A user of this machine's operating system.")(
            click.option("--host", help="Another machine, with --uid.")(
                click.option("--uid", type=click.IntRange(0), help="The user's number there.")(
                    click.option("--subject", help="What the provider of [web.oidc] calls a person.")(command)
                )
            )
        )
    )


@users.command()
@_bound
@pass_talk
def bind(talk: Talk, /, name: str, **whom: Any) -> None:
    """Let a user of this machine's operating system act as the account NAME, in everything but approvals; or one of
    the organisation's accounts, as the sign-in page of the web application calls them.
    """
    with _acting(talk) as (actor, trail):
        accounts.bind(actor, trail, name, _identity(talk, **whom))


@users.command()
@_bound
@pass_talk
def unbind(talk: Talk, /, name: str, **whom: Any) -> None:
    """Let that user act as the account NAME no more."""
    with _acting(talk) as (actor, trail):
        accounts.unbind(actor, trail, name, _identity(talk, **whom))


@users.command()
@click.argument("name")
@click.option("--own", is_flag=True, help="It is your own account: show it by its present password.")
@click.option("--password-file", type=_FILE, help="Take the new one from a file that only its owner can read.")
@pass_talk
def password(talk: Talk, name: str, own: bool, password_file: Path | None) -> None:
    """Set the password of the account NAME: your own, or as an administrator one that its person then changes.

    With a password that somebody else has set nothing can be approved.
    """
    settings = talk.settings()
    if own:
        from operations.people.audit import open_trail  # noqa: PLC0415  nobody is known at the door yet

        with open_trail(settings) as trail:
            old = click.prompt("Present password", hide_input=True, err=True)
            new = _password(True, password_file) or ""
            renew_password(trail, name, old, new, broken=settings.web.broken_passwords)
    else:
        with talk.acting(settings) as (actor, trail):
            new = _password(True, password_file) or ""
            accounts.set_password(actor, trail, name, new, settings.web.broken_passwords)
    talk.say(f"The password of {name!r} is set.")


@users.command()
@click.argument("name")
@pass_talk
def unlock(talk: Talk, name: str) -> None:
    """Let the account NAME sign in again, that too many wrong passwords have locked."""
    with _acting(talk) as (actor, trail):
        accounts.unlock(actor, trail, name)


@users.command("sign-out")
@click.argument("name", required=False)
@click.option("--all", "everybody", is_flag=True, help="Of every account, as after an intrusion.")
@pass_talk
def sign_out(talk: Talk, name: str | None, everybody: bool) -> None:
    """End every session of the account NAME in the web application. It may sign in again: `disable` keeps it out."""
    if everybody is (name is not None):
        raise click.UsageError("Name an account, or --all.")
    with _acting(talk) as (actor, trail):
        talk.say(f"{plural(accounts.sign_out(actor, trail, name), 'session')} ended.")


@users.command()
@click.argument("role", type=_ROLE, metavar="ROLE")
@click.option("--to", "taker", required=True, help="The account that acts.")
@click.option("--of", "giver", help="The account that it acts for. [default: your own]")
@click.option("--from", "begins", type=Day(), help="The first day. [default: today]")
@click.option("--until", "ends", type=Day(), help="The last day, at most 92 days after the first.")
@click.option("--end", is_flag=True, help="End it now.")
@pass_talk
def delegate(
    talk: Talk, role: str, taker: str, giver: str | None, begins: date | None, ends: date | None, end: bool
) -> None:
    """Lend ROLE to another account for some days: your own, or as an IG officer that of somebody who is away.

    Who acts on another's behalf is named with both names. What was lent cannot be lent on, and nobody approves on
    behalf of who proposed.
    """
    if (ends is None) is not end:
        raise click.UsageError("Name the last day, --until YYYY-MM-DD, or --end it now.")
    with _acting(talk) as (actor, trail):
        day = utc_today()
        lent = Delegation(giver or actor.account, taker, Role(role), begins or day, ends or day)
        if end:
            accounts.take_back(actor, trail, lent)
        else:
            accounts.lend(actor, trail, lent, day)


def _acting(talk: Talk) -> AbstractContextManager[tuple[Actor, Trail]]:
    return talk.acting(talk.settings())


def _change(talk: Talk, name: str, change: Callable[[Account], Account]) -> None:
    with _acting(talk) as (actor, trail):
        accounts.change_account(actor, trail, name, change)


def _identity(talk: Talk, login: str | None, host: str | None, uid: int | None, subject: str | None) -> Identity:
    if (login is None) is (subject is None):
        raise click.UsageError("Name either --login or --subject.")
    if login is None:
        oidc = talk.settings().web.oidc
        if oidc is None:
            raise ConfigurationError("web.oidc: no provider is configured that anybody could be known to.")
        return Identity("oidc", oidc.issuer, str(subject))
    if (host is None) is not (uid is None):
        raise click.UsageError("Of a user of another machine name both: --host and --uid.")
    if host is None or uid is None:
        return SystemUser.named(login).identity
    return Identity.of_system_user(host, uid, login)


def _password(asked: bool, file: Path | None) -> str | None:
    """From a file, or typed twice; never from the command line, which every user of the machine can read."""
    if file is not None:
        return secret_in(file)
    if not asked:
        return None
    typed = click.prompt("New password", hide_input=True, confirmation_prompt="Once more", err=True)
    if not isinstance(typed, str):
        raise ConfigurationError("No password was typed.")
    return typed


def _row(account: Account) -> tuple[str, ...]:
    return (account.name, printable(account.person), ", ".join(sorted(account.roles)),
            printable(", ".join(sorted(account.services))), ", ".join(_acts_by(account)),
            "disabled" if account.disabled else "")  # fmt: skip


def _acts_by(account: Account) -> Iterable[str]:
    yield from (f"{one.subject.partition(':')[2]} on {one.issuer}" for one in account.identities)
    if account.has_password:
        yield "a password that another has set" if account.temporary else "password"


def _object(account: Account) -> dict[str, Any]:
    return {
        "name": account.name, "person": account.person, "roles": sorted(account.roles),
        "services": sorted(account.services), "disabled": account.disabled, "password": account.has_password,
        "temporary": account.temporary,
        "identities": [{"kind": one.kind, "issuer": one.issuer, "subject": one.subject} for one in account.identities],
    }  # fmt: skip


def _lent(one: Delegation) -> dict[str, str]:
    return {"role": one.role, "of": one.giver, "to": one.taker, "from": str(one.begins), "until": str(one.ends)}
