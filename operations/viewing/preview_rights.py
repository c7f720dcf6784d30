"""Who somebody is where items lie, and whether what is known of an item keeps it from them before it is opened."""

from __future__ import annotations

import os
import pwd
import socket
from collections.abc import Collection, Iterable
from typing import TypeAlias

from domain.access import Access
from domain.account import Account, Identity
from domain.admission import (
    admits,
    in_a_directory,
    in_a_domain,
    of_directory,
    of_mailbox,
    on_this_machine,
    rights_kept,
    vouched_for,
)
from domain.item import ItemRef, readable
from domain.preview import Withheld
from inventory.previewed import Kept
from operations.config import Settings
from operations.configuration.preview_settings import PreviewSettings
from operations.configuration.source_settings import (
    FolderSettings,
    MailFileSettings,
    MailServerSettings,
    MicrosoftSettings,
    ShareSettings,
    SourceSettings,
)

_Mail: TypeAlias = MailFileSettings | MailServerSettings | MicrosoftSettings


def principals_of(told: Iterable[str], account: Account, settings: PreviewSettings) -> frozenset[str]:
    """By what somebody is known to those who keep rights: what a provider told at sign-in, as far as it can vouch for
    it, what the configuration says of their account, and the user of this machine that it is bound to, with its groups.
    """
    mine = [one for one in settings.person if one.account == account.name]
    said = (
        one for person in mine
        for one in (*person.sids, *map(of_directory, person.ids), *map(of_mailbox, person.mailboxes))
    )  # fmt: skip
    return vouched_for(told).union(said, *map(_numbers, account.identities))


def withheld(found: Kept, settings: Settings, principals: Collection[str]) -> Withheld | None:
    """Why it is not even opened, by what is known already."""
    source = source_named(settings, found.item.ref.source)
    if found.gone:
        return Withheld.IS_GONE
    match source:
        case None:
            return Withheld.OUT_OF_REACH
        case FolderSettings():
            return _by_rights(found.access, on_this_machine(principals))
        case ShareSettings():
            may = source.name in settings.preview.shares
            return _by_rights(found.access, in_a_domain(principals)) if may else Withheld.IS_FAR
        case MicrosoftSettings() if is_in_a_drive(source, found.item.ref):
            may = source.name in settings.preview.drives
            return (None if in_a_directory(principals) else Withheld.NOBODY) if may else Withheld.IN_A_DRIVE
        case _:
            return _by_mailbox(_mailbox_of(source, found), principals)


def source_named(settings: Settings, name: str) -> SourceSettings | None:
    """None where it is not configured, or no longer."""
    return next((one for one in settings.sources if one.name == name), None)


def is_in_a_drive(source: SourceSettings, ref: ItemRef) -> bool:
    """A listing of it tells how wide rights are, and not whose: that is asked when it is fetched."""
    if not isinstance(source, MicrosoftSettings):
        return False
    return any(_lies_in(ref, one) for one in (*(f"OneDrive/{one}" for one in source.onedrives), *source.sites))


def _by_rights(access: Access | None, principals: Collection[str]) -> Withheld | None:
    if not principals:
        return Withheld.NOBODY
    rights = rights_kept(access)
    if rights is None:
        return Withheld.UNKNOWN
    return None if admits(rights, principals) else Withheld.REFUSED


def _by_mailbox(mailbox: str | None, principals: Collection[str]) -> Withheld | None:
    if mailbox is None:
        return Withheld.UNKNOWN
    return None if of_mailbox(mailbox) in principals else Withheld.NOT_YOURS


def _mailbox_of(source: _Mail, found: Kept) -> str | None:
    """The mailbox that a message lies in, as the configuration has it; None where that is not certain, as in drives."""
    if isinstance(source, MailFileSettings):
        return found.owner
    return next((one for one in source.mailboxes if _lies_in(found.item.ref, one)), None)


def _lies_in(ref: ItemRef, place: str) -> bool:
    names = readable(ref.locator).split("/")
    return names[: place.count("/") + 1] == place.split("/")


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
