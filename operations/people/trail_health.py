"""What the doctor says of those who may act, and of the trail of what they did."""

from __future__ import annotations

from domain.actor import Role
from domain.audit import BEFORE_THE_FIRST, AuditKey, Entry
from domain.errors import ConfigurationError
from inventory.accounts import accounts
from inventory.audit import audit_key_id, latest
from inventory.engine import Database, open_inventory, reading
from operations.config import Settings
from operations.health.check import Check, Health
from operations.keys import kept_secret
from reports.wording import plural

_LOOKED_AT = 1_000
"""Entries from the end of the trail: whoever altered what was done of late is seen, and it takes no time."""


def audit_check(settings: Settings) -> Check:
    """Whether the key is there and for its owner alone, is that of the trail, and sealed the trail's last entries."""
    database = open_inventory(settings.inventory.url, create=False)
    try:
        return _of_trail(settings, database)
    finally:
        database.dispose()


def accounts_check(settings: Settings) -> Check:
    """Who may act: without accounts only the inventory's owner, who can approve nothing."""
    database = open_inventory(settings.inventory.url, create=False)
    with reading(database) as connection:
        known = [account for account in accounts(connection).values() if not account.disabled]
    database.dispose()
    if not known:
        seen = "none: the inventory is its owner's, who can scan and report and approve nothing"
        return Check("accounts", Health.ADVICE, seen, "Once others take part: muniment users add NAME --role ROLE")
    roles = sorted({role for account in known for role in account.roles})
    lacking = [role for role in (Role.REVIEWER, Role.APPROVER) if role not in roles]
    seen = f"{len(known):,} in use, as {', '.join(roles)}"
    if lacking:
        mend = "Nothing can be approved without them: muniment users add NAME --role ROLE"
        return Check("accounts", Health.ADVICE, f"{seen}; no {' and no '.join(lacking)}", mend)
    return Check("accounts", Health.GOOD, seen)


def _of_trail(settings: Settings, database: Database) -> Check:
    known, path = audit_key_id(database), settings.inventory.audit_key_file
    if known is None and not path.exists():
        return Check("audit", Health.GOOD, "no trail yet; the first command that changes something makes its key")
    key = AuditKey(kept_secret(path))
    if known not in (None, key.id):
        raise ConfigurationError(f"The key {path} is not the one that this inventory's trail is sealed with.")
    entries = latest(database, _LOOKED_AT + 1)
    if altered := first_altered(entries, key):
        mend = "Keep the inventory's file as it is, and see: muniment audit verify"
        return Check("audit", Health.WRONG, f"entry {altered:,} of the trail is not what was written", mend)
    last = entries[-1].number if entries else 0
    whole = "all whole" if last <= _LOOKED_AT else f"the last {_LOOKED_AT:,} whole (all: muniment audit verify)"
    return Check(
        "audit", Health.GOOD, f"key for its owner alone (id {key.id}); {plural(last, 'entry', 'entries')}, {whole}"
    )


def first_altered(entries: tuple[Entry, ...], key: AuditKey) -> int | None:
    """The number of the first entry that does not follow from the one before; the oldest looked at is only followed."""
    if not entries:
        return None
    is_first = entries[0].number == 1
    previous, number = (BEFORE_THE_FIRST, 0) if is_first else (entries[0].mac, entries[0].number)
    for entry in entries if is_first else entries[1:]:
        if entry.number != number + 1 or entry.mac != key.mac(previous, entry.content):
            return entry.number
        previous, number = entry.mac, entry.number
    return None
