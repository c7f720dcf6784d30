"""An Apache Tika server, asked through the `tika` package as a mere client.

Left to itself the package downloads a server and starts it, writes a log, follows redirects and the environment's
proxies, checks no certificate and reads answers of any size. Here somebody else runs the server, under the one
address that the configuration names, and nothing is written.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from domain.errors import ConfigurationError

if TYPE_CHECKING:
    import requests

Body = bytes | BinaryIO
SAFE = (3, 2, 2)
"""Older ones give away files of their own machine to whoever sends them a PDF with an XFA form (CVE-2025-54988)."""

_VERSION = re.compile(r"Apache Tika (\d{1,4}(?:\.\d{1,4}){1,3})")
_PIECE = 64 * 1024
_VERSION_SECONDS = 5.0
_VERSION_BYTES = 1000
PAUSE = 0.25
"""Seconds between two looks whether a server is there."""


class UnreachableError(Exception):
    """Nobody takes the connection."""


class DroppedError(Exception):
    """The connection ended before the answer did."""


class OverlongError(Exception):
    """The answer is longer than anything that was asked for."""


@dataclass(frozen=True, slots=True)
class TikaServer:
    """Raises ConfigurationError where the address is more or less than scheme, host and port."""

    url: str

    def __post_init__(self) -> None:
        if not _is_address(self.url):
            raise ConfigurationError("tika.server must be an address such as http://127.0.0.1:9998 and no more.")

    def version(self, patience: float = 0.0) -> str:
        """The version of the server, which may take `patience` seconds to appear: it starts anew after some documents.

        Raises ConfigurationError where there is no Tika server.
        """
        until = time.monotonic() + patience
        while True:
            try:
                return self._version(_VERSION_SECONDS)
            except (UnreachableError, DroppedError, TimeoutError) as error:
                if time.monotonic() >= until:
                    raise ConfigurationError(
                        f"The Tika server at {self.url} does not answer. Start it; the same command then goes on."
                    ) from error
                time.sleep(PAUSE)

    def put(self, service: str, body: Body, headers: Mapping[str, str], until: float, most: int) -> tuple[int, bytes]:
        """Status and content of the answer to one request, in at most `most` bytes and before the clock says `until`.

        Raises UnreachableError, DroppedError, TimeoutError, OverlongError.
        """
        return self._call("put", service, body, headers, until, most)

    def _version(self, seconds: float) -> str:
        until = time.monotonic() + seconds
        try:
            status, content = self._call("get", "/version", None, {"Accept": "text/plain"}, until, _VERSION_BYTES)
        except OverlongError:
            status, content = 0, b""
        found = _VERSION.match(content.decode("utf-8", "replace"))
        if status == 200 and found:
            return found[1]
        if status == 503:
            raise UnreachableError
        raise ConfigurationError(f"What answers at {self.url} is no Tika server. Correct tika.server.")

    def _call(
        self,
        verb: str,
        service: str,
        body: bytes | BinaryIO | None,
        headers: Mapping[str, str],
        until: float,
        most: int,
    ) -> tuple[int, bytes]:
        # No answer comes packed: how far it unpacks would be the other side's to say.
        wanted = {**headers, "Accept-Encoding": "identity"}
        status, content = _package().callServer(
            verb, self.url.rstrip("/"), service, body, wanted, httpVerbs={verb: partial(_sent, verb, until, most)},
            rawResponse=True, requestOptions={"verify": True},
        )  # fmt: skip
        return status, content


def require_safe(url: str, patience: float = 0.0) -> str:
    """The version of the server at this address.

    Raises ConfigurationError where there is none, or one that is too old to be shown a stranger's document.
    """
    version = TikaServer(url).version(patience)
    if not is_safe(version):
        safe = ".".join(map(str, SAFE))
        raise ConfigurationError(
            f"The Tika server at {url} is of version {version}. Before {safe} a PDF can make it give away files of its "
            "machine (CVE-2025-54988). Get a newer one with: muniment doctor --fetch-tika"
        )
    return version


def is_safe(version: str) -> bool:
    return tuple(map(int, version.split("."))) >= SAFE


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    rest = (parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port is not None and not any(rest)


@cache
def _package() -> Any:
    """The client's module, which reads its settings when it is imported: no server of its own, and no log."""
    os.environ |= {"TIKA_CLIENT_ONLY": "yes", "TIKA_LOG_FILE": ""}
    from tika import tika  # noqa: PLC0415  only where there is a server to be asked

    logging.getLogger("tika.tika").disabled = True
    return tika


@dataclass(slots=True)
class _Answer:
    """As much of a response as the package looks at."""

    status_code: int
    content: bytes = field(repr=False)
    encoding: str = "utf-8"


def _sent(verb: str, until: float, most: int, url: str, body: Body | None, **options: Any) -> _Answer:
    """Send one request as the package would, but bounded in time and size, to this address and no other."""
    import requests  # noqa: PLC0415  likewise
    import urllib3  # noqa: PLC0415

    options |= {"timeout": _left(until), "allow_redirects": False, "stream": True}
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.request(verb, url, data=body, **options) as response:
                return _Answer(response.status_code, _bounded(response, until, most))
        except requests.ConnectionError as error:
            raise UnreachableError if _is_refused(error) else DroppedError from error
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise TimeoutError from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise DroppedError from error


def _bounded(response: requests.Response, until: float, most: int) -> bytes:
    content = bytearray()
    while piece := response.raw.read1(_PIECE):
        content += piece
        if len(content) > most:
            raise OverlongError
        _left(until)
    return bytes(content)


def _left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError where none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _is_refused(error: Exception) -> bool:
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError  # noqa: PLC0415  likewise

    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))
