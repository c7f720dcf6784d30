"""Who may read an item of a drive now, as far as its sharing permissions name them (Graph's permission resource).

What they inherit is among them, and nobody is denied anything by them. Who holds a link, and who is in a group that a
site keeps for itself, Graph does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from domain.access import UNTOLD, Right
from domain.admission import of_directory
from domain.errors import ItemTroubleError, ProblemCode
from domain.item import ItemRef
from scanner.sources.graph.client import GraphClient, Told
from scanner.sources.graph.drives import DriveTree
from scanner.sources.graph.names import text_of

_READING = frozenset({"read", "write", "owner"})
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def rights_now(client: GraphClient, tree: DriveTree, ref: ItemRef) -> tuple[Right, ...]:
    """Raises ItemTroubleError: (unsupported: rights) where this application is not told."""
    address = f"{tree.address_of(ref)}:/permissions"
    try:
        return rights_of(client.values(tree.title, address))
    except ItemTroubleError as trouble:
        if trouble.problem.code is ProblemCode.DENIED:
            raise ItemTroubleError(ProblemCode.UNSUPPORTED, "rights") from trouble
        raise


def rights_of(permissions: Iterable[Told]) -> tuple[Right, ...]:
    """Everything has an owner: where an application is told of no permission, it is not told of all."""
    return tuple(dict.fromkeys(right for one in permissions for right in _granted(one))) or (UNTOLD,)


def _granted(permission: Told) -> Iterator[Right]:
    roles = _listed(permission.get("roles"))
    if roles and not _READING.intersection(roles):
        return
    if not roles or permission.get("expirationDateTime") or not _is_for_some(permission.get("link")):
        yield UNTOLD
        return
    for identity in (permission.get("grantedToV2"), *_listed(permission.get("grantedToIdentitiesV2"))):
        if isinstance(identity, dict) and identity:
            key = _key(identity)
            yield Right(of_directory(key)) if key else UNTOLD


def _is_for_some(link: Any) -> bool:
    """Whether it is no link, or one for those whom it names, who may also keep what they see."""
    if link is None:
        return True
    return isinstance(link, dict) and link.get("scope") == "users" and not link.get("preventsDownload")


def _key(identity: dict[str, Any]) -> str:
    """The id of the one user or group of the directory that is meant; "" where that is not certain."""
    if "siteGroup" in identity:
        return ""
    user, group = (text_of(_facet(identity, name).get("id")).casefold() for name in ("user", "group"))
    if user and not group:
        return user if _ID.fullmatch(user) else ""
    # A claim for the owners of a group alone has its id too, with "_o" behind it.
    claim = text_of(_facet(identity, "siteUser").get("loginName")).casefold().rpartition("|")[2]
    return group if _ID.fullmatch(group) and claim == group and not user else ""


def _facet(identity: dict[str, Any], name: str) -> dict[str, Any]:
    found = identity.get(name)
    return found if isinstance(found, dict) else {}


def _listed(told: Any) -> list[Any]:
    return [one for one in told if isinstance(one, str | dict)] if isinstance(told, list) else []
