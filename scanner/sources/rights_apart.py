"""Whether the rights of a file are worth telling beside those of its folder."""

from __future__ import annotations

from domain.access import EVERYONE, Access


def told_apart(own: Access, folder: Access) -> Access:
    """The folder's rights where a file's come to the same, else its own.

    The owners do not count, nor that fewer may write to it. A denial counts, even of somebody who has no right here.
    """
    is_read_by_the_same = _others(own.readers, own.owner) == _others(folder.readers, folder.owner)
    written = _others(folder.writers, folder.owner)
    is_safe = EVERYONE in written or _others(own.writers, own.owner) <= written
    return folder if is_read_by_the_same and is_safe and own.denied == folder.denied else own


def _others(names: tuple[str, ...], owner: str | None) -> set[str]:
    """Who they are besides the owner; that everyone is among them says it all."""
    return {EVERYONE} if EVERYONE in names else {*names} - {owner}
