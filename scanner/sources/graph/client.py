"""Requests to Graph: signed, patient where it asks for patience, and never following it to another host with a token.

Nothing that Graph says is kept, printed or put into an error: it is people's mail and the names of their files.
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

import httpx

from domain.errors import ConfigurationError, ItemTroubleError, ProblemCode
from scanner.sources.graph.patience import retry_after
from scanner.sources.graph.rights import roles_in
from scanner.sources.graph.settings import GraphSettings
from scanner.sources.graph.tokens import Tokens
from scanner.sources.unreachable import SourceUnreachableError

# At INFO these write down addresses, with the names of people and files and the keys of downloads in them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

AT_ONCE = 4
"""Requests that a mailbox takes from one application at once ("Microsoft Graph service-specific throttling limits")."""
TRIES = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 900.0
_MOST_PAGES = 100_000
_MOST_HOPS = 5
_BYTES_OF_AN_ANSWER = 64 * 1024 * 1024
_AGAIN = frozenset({429, 500, 502, 503, 504, 509})
_NOT_DONE = frozenset({429, 503})
"""Of what is to be done: the same may be asked for again, since nothing was."""
_CODES = {
    401: ProblemCode.DENIED, 403: ProblemCode.DENIED, 404: ProblemCode.VANISHED, 410: ProblemCode.VANISHED,
    423: ProblemCode.LOCKED, 501: ProblemCode.UNSUPPORTED,
}  # fmt: skip
_PREFER = 'IdType="ImmutableId"'
_IDENTITY = {"Prefer": _PREFER, "Accept-Encoding": "identity"}

Told = Mapping[str, Any]


class ResyncError(ItemTroubleError):
    """Graph does not know any more what changed since a state: all is to be listed anew."""

    def __init__(self) -> None:
        super().__init__(ProblemCode.VANISHED)


class BrokenOffError(ItemTroubleError):
    """An answer ended before it was whole."""

    def __init__(self) -> None:
        super().__init__(ProblemCode.VANISHED)


class GraphClient:
    """Of the source that is named, for errors. Any number of threads may ask at once; a `lane` is a mailbox or drive.

    Every request raises ItemTroubleError where it is refused, or not answered in spite of patience, and
    SourceUnreachableError where nobody answers or the application is not let in.
    """

    def __init__(self, source: str, settings: GraphSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        self._source, self._sleep = source, sleep
        self._base = httpx.URL(settings.base.rstrip("/") + "/")
        limits = httpx.Limits(max_connections=4 * settings.connections + 4)
        self._http = httpx.Client(
            verify=_trust(settings.ca_file), limits=limits,
            timeout=httpx.Timeout(settings.timeout, pool=None),
        )  # fmt: skip
        self._tokens = Tokens(source, settings, self._http)
        self._lanes: defaultdict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(AT_ONCE))
        self._lock = Lock()

    def ask(self, lane: str, address: str, prefer: str = "") -> Told:
        """What is at an address below the base, or at a link that Graph gave. Raises ResyncError at one gone stale."""
        headers = {"Prefer": f"{_PREFER}, {prefer}" if prefer else _PREFER}
        return parsed(self.whole(lane, address, _BYTES_OF_AN_ANSWER, headers))

    def whole(self, lane: str, address: str, most: int, headers: Mapping[str, str] = _IDENTITY) -> bytes:
        """Bytes at an address, asked for again where they break off. Raises ItemTroubleError where there are more."""
        for tried in range(1, TRIES + 1):
            try:
                with self._lane(lane), self._answer(self._url(address), headers) as response:
                    if "Range" in headers and response.status_code != httpx.codes.PARTIAL_CONTENT:
                        raise ItemTroubleError(ProblemCode.UNSUPPORTED)
                    return whole_of(response, most)
            except BrokenOffError:
                if tried == TRIES:
                    raise
                self._sleep(_FIRST_PAUSE * 2 ** (tried - 1))
        raise AssertionError

    def pages(self, lane: str, address: str, prefer: str = "") -> Iterator[Told]:
        """The pages that begin at an address. Raises ItemTroubleError where they do not end."""
        for _ in range(_MOST_PAGES):
            page = self.ask(lane, address, prefer)
            yield page
            here, address = address, page.get("@odata.nextLink") or ""
            if not isinstance(address, str) or address == here:
                raise ItemTroubleError(ProblemCode.CORRUPT)
            if not address:
                return
        raise ItemTroubleError(ProblemCode.LIMIT, "pages")

    def values(self, lane: str, address: str) -> Iterator[Told]:
        """The values on all of the pages."""
        for page in self.pages(lane, address):
            yield from values_of(page)

    def piece(self, lane: str, address: str, start: int, length: int) -> bytes:
        """So many bytes from `start`, fewer at the end. Raises ItemTroubleError where only the whole is to be had."""
        return self.whole(lane, address, length, {**_IDENTITY, "Range": f"bytes={start}-{start + length - 1}"})

    def roles(self) -> tuple[str, ...] | None:
        """The permissions that this application was given; None where its token does not show them."""
        try:
            return roles_in(self._tokens.get())
        except httpx.TransportError as error:
            raise self._lost(error, is_graph=True) from error

    def close(self) -> None:
        self._http.close()

    def _lane(self, lane: str) -> BoundedSemaphore:
        with self._lock:
            return self._lanes[lane]

    def _url(self, address: str) -> httpx.URL:
        """Raises ItemTroubleError at a link that leads away from Graph: the token would go there too."""
        try:
            url = self._base.join(address)
        except httpx.InvalidURL:
            raise ItemTroubleError(ProblemCode.CORRUPT) from None
        if _origin(url) != _origin(self._base) or not url.path.startswith(self._base.path) or url.userinfo:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        return url

    @contextmanager
    def _answer(self, url: httpx.URL, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer, where it is one with content; redirects are followed without the token, by https alone."""
        response = self._persist(url, headers, is_signed=True)
        try:
            for _ in range(_MOST_HOPS):
                if not response.has_redirect_location:
                    break
                target = _target(response)
                response.close()
                plain = {name: value for name, value in headers.items() if name != "Prefer"}
                response = self._persist(target, plain, is_signed=False)
            if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
                raise refusal_of(response)
            yield response
        finally:
            response.close()

    def _persist(
        self, url: httpx.URL, headers: Mapping[str, str], *, is_signed: bool, order: bytes | None = None
    ) -> httpx.Response:  # fmt: skip
        is_renewed = False
        again = _AGAIN if order is None else _NOT_DONE
        for tried in range(1, TRIES + 1):
            pause = _FIRST_PAUSE * 2 ** (tried - 1)
            try:
                token = self._tokens.get() if is_signed else ""
                response = self._sent(url, headers, token, order)
            except httpx.TransportError as error:
                if tried == TRIES or order is not None:
                    raise self._lost(error, is_graph=is_signed) from error
            else:
                if response.status_code == httpx.codes.UNAUTHORIZED and is_signed and not is_renewed:
                    self._tokens.renew(token)
                    is_renewed, pause = True, 0.0
                elif response.status_code in again and tried < TRIES:
                    pause = max(pause, retry_after(response))
                else:
                    return response
                response.close()
            if pause:
                self._sleep(min(pause, _LONGEST_PAUSE))
        raise ItemTroubleError(ProblemCode.DENIED)

    def _sent(self, url: httpx.URL, headers: Mapping[str, str], token: str, order: bytes | None) -> httpx.Response:
        """A scan only ever asks; what has an order is disposal's own client (operations/disposal/graph_client.py)."""
        signed = {"Authorization": f"Bearer {token}"} if token else {}
        method = "GET" if order is None else "POST"
        sent = {**headers, **signed, "User-Agent": "Muniment"}
        request = self._http.build_request(method, url, headers=sent, content=order)
        return self._http.send(request, stream=True)

    def _lost(self, error: httpx.TransportError, *, is_graph: bool) -> Exception:
        if is_graph and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return SourceUnreachableError(self._source, "does not answer, or its certificate is not trusted here")
        return ItemTroubleError(ProblemCode.VANISHED)


def values_of(page: Told) -> Sequence[Told]:
    values = page.get("value")
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return values


def _trust(ca_file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigurationError(
            "The ca_file of a Graph source cannot be read: name a PEM file of authorities."
        ) from error


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or 443


def _target(response: httpx.Response) -> httpx.URL:
    try:
        target = response.url.join(response.headers["Location"])
    except httpx.InvalidURL:
        raise ItemTroubleError(ProblemCode.CORRUPT) from None
    if target.scheme != "https":
        raise ItemTroubleError(ProblemCode.DENIED)
    return target


def whole_of(response: httpx.Response, most: int) -> bytes:
    held = bytearray()
    for piece in _pieces(response):
        held += piece
        if len(held) > most:
            raise ItemTroubleError(ProblemCode.CORRUPT)
    return bytes(held)


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_bytes()
    except (httpx.TransportError, httpx.StreamError):
        raise BrokenOffError from None
    except httpx.DecodingError:
        raise ItemTroubleError(ProblemCode.CORRUPT) from None


def parsed(answer: bytes) -> Told:
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        raise ItemTroubleError(ProblemCode.CORRUPT) from None
    if not isinstance(told, dict):
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return told


def refusal_of(response: httpx.Response) -> Exception:
    status = response.status_code
    if status == httpx.codes.GONE or (status == httpx.codes.BAD_REQUEST and _is_stale(response)):
        return ResyncError()
    code = ProblemCode.LOCKED if status in _AGAIN else _CODES.get(status, ProblemCode.CORRUPT)
    return ItemTroubleError(code)


def _is_stale(response: httpx.Response) -> bool:
    """Exchange says so of a state with status 400 as well, by the code of the error."""
    try:
        error = parsed(whole_of(response, 64 * 1024)).get("error")
    except ItemTroubleError:
        return False
    code = str(error.get("code", "")).casefold() if isinstance(error, dict) else ""
    return code.endswith(("syncstatenotfound", "syncstateinvalid", "resyncrequired"))
