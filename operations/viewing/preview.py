"""What is in one item, for somebody who may see it and whom its own rights let read it: asked, written down, shown."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from dataclasses import replace
from threading import BoundedSemaphore

from domain.actor import About, Actor, Authority, Verb
from domain.audit import Act
from domain.errors import ItemTroubleError
from domain.preview import Preview, Withheld
from inventory.previewed import Kept, kept
from operations.access import allowed, ask
from operations.config import Settings
from operations.configuration.source_settings import FolderSettings, MailFileSettings
from operations.executors.alone import alone
from operations.executors.seclusion import Seclusion
from operations.people.audit import Trail
from operations.viewing.preview_fetching import Errand, fetched
from operations.viewing.preview_reading import Order
from operations.viewing.preview_rights import source_named, withheld
from operations.viewing.preview_words import understood

_AT_ONCE = BoundedSemaphore(2)
"""Each takes a language model's memory for some seconds."""

_WAY_OUT = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy")
_FETCHING = Seclusion(network=True, variables=(*_WAY_OUT, "KRB5"))
"""Who fetches goes the way that a scan goes: by the same proxies, and with the same tickets."""


def may_preview(actor: Actor, trail: Trail, number: int) -> bool:
    """Whether somebody's role lets them see what is in the item of this number; not where there is none."""
    found = kept(trail.database, number)
    return found is not None and allowed(actor, Verb.VIEW_CONTENT, _about(found))


def preview(
    actor: Actor, trail: Trail, settings: Settings, number: int, principals: Collection[str], *, picture: bool = False
) -> Preview | None:  # fmt: skip
    """The beginning of an item's text as it is now, or with `picture` a small copy of one, for an actor who is these
    principals; None where there is no item.

    It is read in a process of its own. The trail says of each that was asked for whether anything was shown, and says
    so before it is. Raises RefusedError where the actor's role does not let them.
    """
    found = kept(trail.database, number)
    if found is None:
        return None
    authority = ask(actor, Verb.VIEW_CONTENT, _about(found))
    shown = _shown(found, settings, principals, picture=picture)
    _note(trail, authority, number, shown)
    return shown


def _shown(found: Kept, settings: Settings, principals: Collection[str], *, picture: bool) -> Preview:
    if why := withheld(found, settings, principals):
        return Preview(why=why)
    if not _AT_ONCE.acquire(blocking=False):
        return Preview(why=Withheld.IS_BUSY)
    try:
        return _read(Order(settings, found.item, frozenset(principals), picture))
    except ItemTroubleError as trouble:
        return Preview(why=trouble.problem)
    finally:
        _AT_ONCE.release()


def _read(order: Order) -> Preview:
    """By one process; or of a network source by two: what parses what came from there has not its password."""
    settings, limits = order.settings, order.settings.limits.budget()
    reading = Seclusion(settings.tika.server is not None)
    if isinstance(source_named(settings, order.item.ref.source), FolderSettings | MailFileSettings):
        return understood(alone(order, limits.seconds, limits.memory, reading))
    # Without a name; only the two look into it.
    with tempfile.TemporaryFile(prefix="muniment-") as file:
        path = f"/proc/{os.getpid()}/fd/{file.fileno()}"
        errand = Errand(settings, order.item, order.principals, path)
        carried = fetched(alone(errand, limits.seconds, limits.memory, _FETCHING), path)
        if isinstance(carried, Preview):
            return carried
        return understood(alone(replace(order, carried=carried), limits.seconds, limits.memory, reading))


def _note(trail: Trail, authority: Authority, number: int, shown: Preview) -> None:
    if shown.why is None:
        trail.note(authority, Act.CONTENT_VIEWED, f"item:{number}", changed=shown.changed)
    else:
        trail.note(authority, Act.CONTENT_WITHHELD, f"item:{number}", why=shown.code)


def _about(found: Kept) -> About:
    return About(frozenset({found.service}))
