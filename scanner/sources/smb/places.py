r"""Where a locator leads: a path in a share and, where a DFS link lies on the way, a path in another (MS-DFSC 3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from domain.errors import ProblemCode
from scanner.sources.smb.referral import Referral, ask_referral, referral_of
from scanner.sources.smb.servers import SmbServers
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.status import (
    ACCESS_DENIED,
    BAD_NETWORK_NAME,
    BAD_NETWORK_PATH,
    NAME_TOO_LONG,
    PATH_NOT_COVERED,
    AccountRefusedError,
    ConnectionLostError,
    NtStatusError,
    ShareRefusedError,
)

_MOST_LINKS = 8  # one behind the other
_LONG = 4000  # characters; Unix takes paths of 4095 bytes
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A path below a share, its names parted by backslashes; empty at the share's own root."""

    server: str
    share: str
    path: str = ""

    @classmethod
    def of(cls, unc: str) -> Place:
        r"""Of `\server\share\path`. Raises NtStatusError where it is not as much as that."""
        names = [name for name in unc.split("\\") if name]
        if len(names) < 2:
            raise NtStatusError(PATH_NOT_COVERED)
        return cls(names[0], names[1], "\\".join(names[2:]))

    @property
    def unc(self) -> str:
        return "\\".join(("", self.server, self.share, *filter(None, (self.path,))))

    def below(self, path: str) -> Place:
        return replace(self, path="\\".join(filter(None, (self.path, path))))

    def request_path(self, session: SmbSession) -> str:
        """As the server wants it: in a share that holds links, with the names of server and share before it."""
        return self.unc[1:] if session.is_dfs(self.share) else self.path


class SmbPlaces:
    """Remembers the links that it has met. Threads may share it: at worst one link is asked for twice."""

    def __init__(self, settings: SmbSettings, servers: SmbServers) -> None:
        self._root = Place(settings.server, settings.share).below(settings.path.replace("/", "\\").strip("\\"))
        self._servers = servers
        self._links: dict[bytes, Place] = {}

    def at(self, locator: bytes, work: Callable[[SmbSession, str, str], T]) -> T:
        """What `work` gives for the session, the share and the path to which the locator leads; it must bear repeating.

        Raises NtStatusError. ShareRefusedError, AccountRefusedError and ConnectionLostError concern the root: where a
        link's target cannot be reached that is the trouble of what lies behind the link.
        """
        for _ in range(_MOST_LINKS):
            link, place = self._place(locator)
            try:
                return self._worked(place, work)
            except NtStatusError as error:
                if _leads_elsewhere(error, link):
                    self._follow(locator, place, error)
                elif error.problem.code is ProblemCode.VANISHED and len(place.unc) > _LONG:
                    raise NtStatusError(NAME_TOO_LONG) from error  # That is how servers on Unix put it.
                else:
                    raise _of_a_link(error) if link is not None else error from error
            except (AccountRefusedError, ConnectionLostError) as error:
                raise _of_a_link(error) if link is not None else error from error
        raise NtStatusError(PATH_NOT_COVERED)

    def each(
        self, locators: Iterable[bytes], work: Callable[[SmbSession, str, Sequence[str]], Sequence[T]]
    ) -> Iterator[tuple[bytes, T | Exception]]:
        """What `work` gives for all the paths in one share at a time, or why there is nothing."""
        groups: defaultdict[tuple[str, str], list[tuple[bytes, Place]]] = defaultdict(list)
        for locator in locators:
            _, place = self._place(locator)
            groups[place.server, place.share].append((locator, place))
        for (server, share), group in groups.items():
            found: Sequence[T | Exception]
            try:
                found = self._servers.tried(server, partial(_work_on, work, share, [place for _, place in group]))
            except (NtStatusError, AccountRefusedError, ConnectionLostError) as error:
                found = [error] * len(group)
            yield from zip((locator for locator, _ in group), found, strict=True)

    def _worked(self, place: Place, work: Callable[[SmbSession, str, str], T]) -> T:
        return self._servers.tried(
            place.server, lambda session: work(session, place.share, place.request_path(session))
        )

    def _place(self, locator: bytes) -> tuple[bytes | None, Place]:
        """The last link on the way, None where there is none, and the place."""
        link: bytes | None = locator
        while link is not None and link not in self._links:
            link = link.rpartition(b"/")[0] if link else None
        start = self._root if link is None else self._links[link]
        return link, start.below(_path(locator[len(link or b"") :].lstrip(b"/")))

    def _follow(self, locator: bytes, place: Place, error: NtStatusError) -> None:
        """Learn of the link on the way to a place. Raises the error again where the server knows of none."""
        try:
            referral = self._servers.tried(place.server, lambda session: _referred(session, place.unc))
        except NtStatusError:
            raise error from None
        rest = [name for name in place.unc[referral.consumed :].split("\\") if name]
        names = locator.split(b"/") if locator else []
        # The link may lie above the root of this source: then the root is some way behind it.
        above, below = rest[: max(len(rest) - len(names), 0)], max(len(names) - len(rest), 0)
        self._links[b"/".join(names[:below])] = self._reached(referral).below("\\".join(above))

    def _reached(self, referral: Referral) -> Place:
        """The first target whose share this account may use."""
        denied = False
        for place in map(Place.of, referral.targets):
            try:
                self._servers.tried(place.server, partial(SmbSession.is_dfs, share=place.share))
            except (NtStatusError, AccountRefusedError, ConnectionLostError) as error:
                denied |= isinstance(error, AccountRefusedError) or getattr(error, "status", 0) == ACCESS_DENIED
            else:
                return place
        raise NtStatusError(ACCESS_DENIED if denied else PATH_NOT_COVERED)


def is_listable(locator: bytes) -> bool:
    """Whether a listing could have given it: anything else might lead out of the root."""
    try:
        names = locator.decode("utf-8", "surrogatepass").split("/")
    except UnicodeDecodeError:
        return False
    return not any(name in ("", ".", "..") or "\\" in name for name in names)


def _work_on(
    work: Callable[[SmbSession, str, Sequence[str]], Sequence[T]],
    share: str,
    places: Sequence[Place],
    session: SmbSession,
) -> Sequence[T]:
    return work(session, share, [place.request_path(session) for place in places])


def _leads_elsewhere(error: NtStatusError, link: bytes | None) -> bool:
    """A link, or a whole namespace that this server only knows the way to (a share that is not there)."""
    if error.status == PATH_NOT_COVERED:
        return True
    return link is None and isinstance(error, ShareRefusedError) and error.status == BAD_NETWORK_NAME


def _of_a_link(error: Exception) -> NtStatusError:
    match error:
        case NtStatusError():
            return NtStatusError(error.status)
        case AccountRefusedError():
            return NtStatusError(ACCESS_DENIED)
    return NtStatusError(BAD_NETWORK_PATH)


def _referred(session: SmbSession, unc: str) -> Referral:
    (answer,) = session.ask("IPC$", ask_referral(unc))
    return referral_of(answer.controlled)


def _path(locator: bytes) -> str:
    return locator.decode("utf-8", "surrogatepass").replace("/", "\\")
