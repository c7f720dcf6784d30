"""What stands before every page: which host is asked for, how much may be sent, and what each answer tells browsers."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from operations.configuration.web_settings import WebSettings

_log = logging.getLogger("operations.web")

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LONGEST_BODY = 60.0
"""Seconds in which a body must have come in."""
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Refusal = Callable[[Request, int, str], Response]


@dataclass(frozen=True, slots=True)
class Guard:
    """Wraps the application. `refuse` makes the page that says why a request got no further."""

    app: ASGIApp
    refuse: Refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, answer = monotonic(), _Answer(send, _headers(scope))
        request, taken = Request(scope), _Taken(receive, _settings(scope).body_kb * 1024, begun + _LONGEST_BODY)
        if status := self._fault(request, taken.most):
            await self.refuse(request, status, "")(scope, receive, answer.send)
        else:
            await self._run(request, taken.receive, answer)
        milliseconds = round((monotonic() - begun) * 1000)
        method = request.method if request.method in _METHODS else "-"
        _log.info("web: %s %s %s %d ms", method, _route(request), answer.status, milliseconds)

    def _fault(self, request: Request, most: int) -> int:
        """The status of what no page is to see; 0 where nothing is wrong."""
        if not _is_ours(request):
            return 421
        if "\0" in request.url.path:
            return 404
        # Two lengths: a server before this one may have gone by the other, and sent us a part of somebody else's.
        if b"%00" in request.scope["query_string"] or {"content-length", "transfer-encoding"} <= {*request.headers}:
            return 400
        return 413 if _length(request.headers.get("content-length")) > most else 0

    async def _run(self, request: Request, receive: Receive, answer: _Answer) -> None:
        """Of an error of ours only its kind is logged: what it says may quote what it read."""
        try:
            await self.app(request.scope, receive, answer.send)
        except Exception as error:  # noqa: BLE001  the outermost: whatever is not foreseen, nobody is to see a traceback
            _log.error("web: %s failed: %s", _route(request), type(error).__name__)
            if not answer.status:
                await self.refuse(request, 500, "")(request.scope, receive, answer.send)


def _settings(scope: Scope) -> WebSettings:
    settings: WebSettings = scope["app"].state.site.settings.web
    return settings


def _is_ours(request: Request) -> bool:
    """Whether the name that was asked for is one of ours: a page elsewhere could lend us its own."""
    told = _HOST.fullmatch(request.headers.get("host", "").lower())
    hosts = {one.lower() for one in _settings(request.scope).hosts}
    return told is not None and told[1] in _LOOPBACK | hosts


def _headers(scope: Scope) -> dict[str, str]:
    is_asset = scope["path"].startswith("/assets/")
    kept = {"Cache-Control": "public, max-age=3600" if is_asset else "no-store"}
    tls = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if _settings(scope).tls else {}
    return _HEADERS | kept | tls


@dataclass(slots=True)
class _Answer:
    """What is sent, with our headers."""

    downstream: Send
    headers: dict[str, str]
    status: int = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self.headers.items():
                headers.setdefault(name, value)
        await self.downstream(message)


@dataclass(slots=True)
class _Taken:
    """What comes in, as far as it may: behind that, nobody reads on."""

    upstream: Receive
    most: int
    until: float
    taken: int = 0
    whole: bool = False

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout(None if self.whole else max(self.until - monotonic(), 0)):
                message = await self.upstream()
        except TimeoutError:
            return {"type": "http.disconnect"}
        self.taken += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.taken > self.most:
            return {"type": "http.disconnect"}
        return message


def _route(request: Request) -> str:
    """The route and not the path, which may name people."""
    return str(getattr(request.scope.get("route"), "path", "-"))


def _length(value: str | None) -> int:
    """Of a length that is none nothing is read; one of too many digits is long."""
    return int(value[:18]) if value is not None and value.isascii() and value.isdigit() else 0
