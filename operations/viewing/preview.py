"""What is in one item, for somebody who may see it and whom its own rights let read it: asked, written down, shown."""

from __future__ import annotations

import os
import pwd
import socket
from collections.abc import Collection, Iterable
from threading import BoundedSemaphore

from domain.account import Identity
from domain.actor import About, Actor, Authority, Verb
from domain.admission import admits, rights_kept, vouched_for
from domain.audit import Act
from domain.errors import ItemTroubleError
from domain.preview import Preview, Withheld
from inventory.previewed import Kept, kept
from operations.access import allowed, ask
from operations.config import Settings
from operations.configuration.source_settings import FolderSettings
from operations.executors.alone import alone
from operations.people.audit import Trail
from operations.viewing.preview_reading import Order, understood

_AT_ONCE = BoundedSemaphore(2)
"""Each takes a language model's memory for some seconds."""


def may_preview(actor: Actor, trail: Trail, number: int) -> bool:
    """Whether somebody's role lets them see what is in the item of this number; not where there is none."""
    found = kept(trail.database, number)
    return found is not None and allowed(actor, Verb.VIEW_CONTENT, _about(found))


def preview(actor: Actor, trail: Trail, settings: Settings, number: int, principals: Collection[str]) -> Preview | None:
    """The beginning of an item's text as it is now, for an actor who is these principals; None where there is no item.

    It is read in a process of its own. The trail says of each that was asked for whether anything was shown, and says
    so before it is. Raises RefusedError where the actor's role does not let them.
    """
    found = kept(trail.database, number)
    if found is None:
        return None
    authority = ask(actor, Verb.VIEW_CONTENT, _about(found))
    shown = _shown(found, settings, principals)
    _note(trail, authority, number, shown)
    return shown


def principals_of(told: Iterable[str], identities: Iterable[Identity]) -> frozenset[str]:
    """By what somebody is known to those who keep rights: what a provider told at sign-in, as far as it can vouch for
    it, and the user of this machine that their account is bound to, with its groups.
    """
    return vouched_for(told).union(*map(_numbers, identities))


def _shown(found: Kept, settings: Settings, principals: Collection[str]) -> Preview:
    if why := _withheld(found, settings, principals):
        return Preview(why=why)
    if not _AT_ONCE.acquire(blocking=False):
        return Preview(why=Withheld.IS_BUSY)
    try:
        limits = settings.limits.budget()
        order = Order(settings, found.item, frozenset(principals))
        return understood(alone(order, limits.seconds, limits.memory))
    except ItemTroubleError as trouble:
        return Preview(why=trouble.problem)
    finally:
        _AT_ONCE.release()


def _withheld(found: Kept, settings: Settings, principals: Collection[str]) -> Withheld | None:
    """Why it is not even opened, by what is known already."""
    source = next((one for one in settings.sources if one.name == found.item.ref.source), None)
    rights = rights_kept(found.access)
    reasons = {
        Withheld.IS_GONE: found.gone,
        Withheld.IS_PART: bool(found.item.ref.part),
        Withheld.OUT_OF_REACH: source is None,
        Withheld.IS_FAR: not isinstance(source, FolderSettings),
        Withheld.NOBODY: not principals,
        Withheld.UNKNOWN: rights is None,
        Withheld.REFUSED: not admits(rights or (), principals),
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _note(trail: Trail, authority: Authority, number: int, shown: Preview) -> None:
    if shown.why is None:
        trail.note(authority, Act.CONTENT_VIEWED, f"item:{number}", changed=shown.changed)
    else:
        trail.note(authority, Act.CONTENT_WITHHELD, f"item:{number}", why=shown.code)


def _about(found: Kept) -> About:
    return About(frozenset({found.service}))


def _numbers(identity: Identity) -> frozenset[str]:
    """None of a user of another host, nor of one that is gone: its number may be another's by now."""
    number, _, login = identity.subject.partition(":")
    if identity.kind != "operating-system" or identity.issuer != socket.gethostname() or not number.isdecimal():
        return frozenset()
    try:
        known = pwd.getpwuid(int(number))
    except (KeyError, OverflowError):
        return frozenset()
    if known.pw_name != login:
        return frozenset()
    groups = os.getgrouplist(login, known.pw_gid)
    return frozenset({f"uid:{known.pw_uid}", *(f"gid:{group}" for group in groups)})
