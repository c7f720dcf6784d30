"""An LDAP directory, above all Active Directory: people by their SIDs, their mail and their logins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from domain.person import Principal, PrincipalKind, kind_by_form
from scanner.directories.ldap_connection import Attributes, LdapConnection, TooManyError
from scanner.directories.ldap_settings import LdapSettings
from scanner.directories.sid import DOMAIN_USERS, domain_of, is_of_a_domain, sid_bytes, sid_text
from scanner.directory import DirectoryError

_SIDS = ("objectSid", "sIDHistory")
_MAIL = ("mail", "userPrincipalName", "proxyAddresses")
_LOGINS = ("sAMAccountName", "uid")
_NAMES = ("displayName", "cn", "sAMAccountName")
_FACTS = ("objectClass", "userAccountControl", "msExchRecipientTypeDetails")
_GROUPS = frozenset({"group", "groupofnames", "posixgroup"})
_PEOPLE = frozenset({"user", "person", "inetorgperson"})
_DISABLED = 0x2
"""Of userAccountControl (MS-ADTS 2.2.16)."""
_OF_NOBODY = frozenset({4, 16, 32, 1 << 35, 1 << 36, 1 << 37})
"""Shared mailboxes, rooms and equipment, here and in the cloud: accounts that are disabled while in use."""
_LONGEST = 200
_UNSAFE = frozenset("\\*()\0")


class LdapDirectory:
    """Connects when it is first asked. An account that is disabled has left; so has a SID that is not found.

    That is said of a SID only where the same answer shows the users of its domain as a group, which every domain has:
    a machine's own accounts, and those of a domain that the base or this account's rights do not take in, are unknown.
    """

    def __init__(self, settings: LdapSettings) -> None:
        self._settings = settings
        self._connection: LdapConnection | None = None

    def people(self, accounts: Collection[str]) -> Mapping[str, Principal]:
        asked = {account: conditions for account in accounts if (conditions := _conditions(account))}
        if not asked:
            return {}
        users = {domain_of(account): _users_of(account) for account in asked if is_of_a_domain(account)}
        found = self._found([*asked.values(), *map(_conditions, sorted(users.values()))])
        whole = {domain for domain, group in users.items() if group.lower() in found}
        return {account: self._principal(account, found.get(account.lower()), whole) for account in asked}

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _found(self, conditions: list[str]) -> dict[str, Attributes]:
        """The entries by all that they are known by. What is too much at once is asked for by halves."""
        attributes = (*_SIDS, *_MAIL, *_LOGINS, *_NAMES, *_FACTS, self._settings.service)
        self._connection = self._connection or LdapConnection(self._settings)
        try:
            entries = self._connection.search(f"(|{''.join(conditions)})", tuple(dict.fromkeys(attributes)))
        except TooManyError:
            if len(conditions) == 1:
                raise DirectoryError(
                    "The directory gives more entries for one account than it lets be read. Ask for a larger limit of"
                    " size for the account that asks."
                ) from None
            half = len(conditions) // 2
            return self._found(conditions[:half]) | self._found(conditions[half:])
        except DirectoryError:
            self.close()
            raise
        return {key: entry for entry in entries for key in _keys(entry)}

    def _principal(self, account: str, entry: Attributes | None, whole: Collection[str]) -> Principal:
        """`whole` are the domains of which all is seen."""
        if entry is None:
            return Principal(account, kind_by_form(account), left=domain_of(account) in whole)
        kind = _kind(entry)
        service = next(_texts(entry, self._settings.service), "")
        name = next((text for attribute in _NAMES for text in _texts(entry, attribute)), "")
        return Principal(account, kind, name, service, kind is PrincipalKind.USER and _has_left(entry))


def _conditions(account: str) -> str:
    """The conditions that an account's entry fulfils one of; none where no directory keeps such accounts."""
    if is_of_a_domain(account):
        kept = "".join(f"\\{byte:02x}" for byte in sid_bytes(account))
        return "".join(f"({attribute}={kept})" for attribute in _SIDS)
    if ":" in account or account.startswith("S-1-"):
        return ""
    text = "".join(f"\\{ord(char):02x}" if char in _UNSAFE else char for char in account)
    if "@" in account:
        return f"(mail={text})(userPrincipalName={text})(proxyAddresses=smtp:{text})"
    return f"(sAMAccountName={text})(uid={text})"


def _users_of(account: str) -> str:
    """The group of all users of an account's domain."""
    return f"{domain_of(account)}-{DOMAIN_USERS}"


def _keys(entry: Attributes) -> Iterator[str]:
    """All that an entry is known by, in small letters."""
    for attribute in _SIDS:
        yield from (sid.lower() for kept in entry.get(attribute.lower(), ()) if (sid := sid_text(kept)))
    for attribute in (*_MAIL, *_LOGINS):
        yield from (text.lower().removeprefix("smtp:") for text in _texts(entry, attribute))


def _texts(entry: Attributes, attribute: str) -> Iterator[str]:
    """The values of an attribute that are text, not longer than a name may be."""
    for kept in entry.get(attribute.lower(), ()):
        text = " ".join(kept.decode("utf-8", "replace").split())[:_LONGEST]
        if text and text.isprintable():
            yield text


def _kind(entry: Attributes) -> PrincipalKind:
    classes = {text.lower() for text in _texts(entry, "objectClass")}
    if classes & _GROUPS:
        return PrincipalKind.GROUP
    return PrincipalKind.USER if classes & _PEOPLE else PrincipalKind.UNKNOWN


def _has_left(entry: Attributes) -> bool:
    return bool(_number(entry, "userAccountControl") & _DISABLED) and (
        _number(entry, "msExchRecipientTypeDetails") not in _OF_NOBODY
    )


def _number(entry: Attributes, attribute: str) -> int:
    text = next(_texts(entry, attribute), "")
    return int(text) if text.lstrip("-").isdecimal() else 0
