"""Who may do what: one table of verbs and roles, asked by every operation that changes anything, whatever its door.

An operation asks before it does anything else, and what it gets, an `Authority`, is what the audit trail takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.actor import OWN_SIGN_IN, About, Actor, Authority, Grant, Proof, Role, Verb
from domain.errors import MunimentError
from operations import access_words

TABLE = """
                         reviewer  records-manager  siro   auditor        operator
                            approver    ig-officer     dpo    administrator  owner
scan                        .    .      .    x         .   .   .   x         x   x
examine                     .    .      .    x         .   .   .   x         x   x
evaluate                    .    .      x    x         .   .   .   .         x   x
sample                      .    .      x    x         .   .   .   .         .   x
view-figures                o    o      x    x         x   x   x   x         .   x
view-list                   o    o      x    x         x   x   x   .         .   x
view-content                o    o      x    x         .   x   .   .         .   .
search-people               .    .      .    x         .   x   .   .         .   x
export                      o    o      x    x         x   x   x   .         x   x
draft-schedule              .    .      x    x         .   .   .   .         .   x
approve-schedule            .    .      x    x         .   .   .   .         .   .   signed apart
add-hold                    .    .      x    x         .   .   .   .         .   x
release-hold                .    .      x    x         .   .   .   .         .   x   signed
import-events               .    .      x    x         .   .   .   .         x   x
classify                    o    o      x    x         .   .   .   .         .   x
map-classes                 .    .      x    x         .   .   .   .         .   x
edit-asset                  o    o      x    x         .   .   .   .         .   x
confirm-asset               .    o      x    x         .   .   .   .         .   .
release-asset               .    o      .    x         .   .   .   .         .   .   signed
set-baseline                .    .      x    x         .   .   .   .         .   x
decide                      o    o      x    x         .   .   .   .         .   .
propose-disposal            o    o      x    x         .   .   .   .         .   .
approve-disposal            .    o      .    .         .   .   .   .         .   .   signed apart
second-approve-disposal     .    .      x    x         .   .   .   .         .   .   signed apart
run-disposal                .    .      x    x         .   .   .   .         .   .   signed apart
stop-disposal               o    o      x    x         x   x   .   x         .   x
restore                     .    o      x    x         .   .   .   .         .   .
purge                       .    .      x    x         .   .   .   .         .   .   signed apart
delegate                    x    x      x    x         .   .   .   .         .   .
arrange-cover               .    .      .    x         .   .   .   .         .   .
manage-users                .    .      .    .         .   .   .   x         .   x
configure                   .    .      .    .         .   .   .   x         .   x
maintain                    .    .      .    .         .   .   .   x         x   x
run-workers                 .    .      .    .         .   .   .   x         x   x
view-audit                  .    .      x    x         x   x   x   .         .   x
verify-audit                .    .      x    x         x   x   x   x         x   x
export-audit                .    .      x    x         x   x   x   x         x   x
"""
"""x: may; o: within the services that the account belongs to; signed: only after one's own sign-in, by password or
single sign-on, and not as a user of the operating system, but by the owner of an inventory without accounts, who has no
other sign-in; apart: not by anybody who took part in it before.
"""

_COLUMNS = (Role.REVIEWER, Role.APPROVER, Role.RECORDS_MANAGER, Role.IG_OFFICER, Role.SIRO, Role.DPO, Role.AUDITOR,
            Role.ADMINISTRATOR, Role.OPERATOR, Role.OWNER)  # fmt: skip


class RefusedError(MunimentError):
    """Somebody asked for what they may not do, or not so. Ends a command with 5.

    `plain` says it to who looks at a page, without verbs, commands and names of accounts.
    """

    def __init__(self, message: str, plain: str = "") -> None:
        super().__init__(message)
        self.plain = plain or message


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one thing: roles everywhere, roles `within` their services; and on which conditions."""

    everywhere: frozenset[Role]
    within: frozenset[Role]
    signed: bool = False
    apart: bool = False

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if role in self.everywhere | self.within)

    def covers(self, grant: Grant, services: frozenset[str] | None) -> bool:
        """Whether a grant is enough for what concerns these services, or with None the whole inventory."""
        if grant.role in self.everywhere:
            return True
        return grant.role in self.within and services is not None and services <= grant.services


def _rule(row: str) -> tuple[Verb, Rule]:
    verb, *cells = row.split()
    marks, conditions = cells[: len(_COLUMNS)], cells[len(_COLUMNS) :]
    of = {
        mark: frozenset(role for role, cell in zip(_COLUMNS, marks, strict=True) if cell == mark) for mark in ("x", "o")
    }
    return Verb(verb), Rule(of["x"], of["o"], "signed" in conditions, "apart" in conditions)


RULES: Mapping[Verb, Rule] = MappingProxyType(dict(map(_rule, TABLE.strip("\n").splitlines()[2:])))


def ask(actor: Actor, verb: Verb, about: About = About()) -> Authority:  # noqa: B008  a frozen value
    """The authority under which the actor may do this. Raises RefusedError that says why not, and who may."""
    judged = _judged(actor, verb, about)
    if isinstance(judged, RefusedError):
        raise judged
    return Authority(actor, verb, judged)


def allowed(actor: Actor, verb: Verb, about: About = About()) -> bool:  # noqa: B008  a frozen value
    """Whether `ask` would be answered: for a page that shows only what one may do."""
    return isinstance(_judged(actor, verb, about), Grant)


def own_services(actor: Actor, verb: Verb) -> frozenset[str] | None:
    """The services for which the actor may do this; None for all. What lists and counts are narrowed to."""
    rule = RULES[verb]
    if any(grant.role in rule.everywhere for grant in actor.grants):
        return None
    return frozenset[str]().union(*(grant.services for grant in actor.grants if grant.role in rule.within))


def _judged(actor: Actor, verb: Verb, about: About) -> Grant | RefusedError:
    """The grant under which, or why not. One's own grants come before those on behalf of others."""
    rule = RULES[verb]
    fitting = [grant for grant in actor.grants if rule.covers(grant, about.services)]
    if not fitting:
        return _lacking(actor, verb, rule, about)
    if rule.signed and actor.proof not in OWN_SIGN_IN and Role.OWNER not in actor.roles:
        return _unsigned(actor, verb)
    if not rule.apart:
        return fitting[0]
    free = [grant for grant in fitting if about.parties.isdisjoint({actor.account, grant.on_behalf_of} - {""})]
    return free[0] if free else _took_part(actor, verb)


def _lacking(actor: Actor, verb: Verb, rule: Rule, about: About) -> RefusedError:
    """Why no grant of the actor's is enough."""
    who = f"{actor.account!r} ({_listed(actor.roles) or 'no role'})"
    if rule.within.intersection(actor.roles):
        only = f"{who} may {verb} within their own services alone, and this"
        if about.services is None:
            return RefusedError(f"{only} concerns all. Name one of theirs.", access_words.of_all(verb))
        return RefusedError(f"{only} is another's. Ask somebody of that service.", access_words.another_s(verb))
    roles = [role for role in rule.roles if role is not Role.OWNER]
    return RefusedError(
        f"{who} may not {verb}. These roles may: {_listed(roles)}. An administrator gives them: muniment users role",
        access_words.no_role(verb, roles),
    )


def _unsigned(actor: Actor, verb: Verb) -> RefusedError:
    needs = f"{verb} needs the own sign-in of {actor.account!r}, since it answers for a decision. "
    temporary = bool(actor.account) and actor.proof is Proof.TEMPORARY
    if temporary:
        needs += "Its password was set by somebody else; set your own: muniment users password"
    else:
        needs += "Sign in with your password."
    return RefusedError(needs, access_words.unsigned(verb, temporary=temporary))


def _took_part(actor: Actor, verb: Verb) -> RefusedError:
    return RefusedError(
        f"{actor.account!r} took part in this before, and {verb} is for somebody else. Ask another who may.",
        access_words.took_part(verb),
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
