"""The web application on a socket: where it may listen, and until when."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from domain.errors import ConfigurationError, MunimentError
from operations.config import Settings
from operations.configuration.web_settings import WebSettings, is_loopback
from operations.people.audit import Trail
from web.app import application

_MOST_AT_ONCE = 200
_LONGEST_END = 20
"""Seconds that answers under way have when the server is stopped."""


_LONGEST_HEAD = 15.0
"""Seconds in which the next request's head must have come in; each connection takes one of the places."""

_LARGEST_HEAD = 32 * 1024
_HERE = ("127.0.0.1", "::1")
"""What listens to this machine alone has its server before it here."""


@contextmanager
def server_at(settings: Settings, trail: Trail) -> Iterator[Server]:
    """One that listens, and answers once it runs. Raises MunimentError where it may not, or cannot, listen there."""
    refuse_open_wire(settings.web)
    with listening(settings.web) as bound:
        yield Server(bound, _Uvicorn(_config(settings, trail)), address_of(settings.web))


class Hasty(H11Protocol):
    """Closes connections that ask for nothing: some hundreds of them would leave no place for anybody else."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its own is
        super().connection_made(transport)
        self._look_again()

    def _look_again(self) -> None:
        seen = self.cycle
        self.loop.call_later(_LONGEST_HEAD, self.close_where_idle, seen)

    def close_where_idle(self, seen: RequestResponseCycle | None) -> None:
        """Close it, unless something was asked since `seen` or is being answered."""
        if self.transport.is_closing():
            return
        if self.cycle is seen and (seen is None or seen.response_complete):
            self.transport.close()
        else:
            self._look_again()


class _Uvicorn(uvicorn.Server):
    """Who runs it listens to signals: its own way would end the process by the signal, whatever was to come after."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(frozen=True, slots=True)
class Server:
    """`address` is what to type into a browser."""

    bound: socket.socket
    running: _Uvicorn
    address: str

    def run(self) -> None:
        """Answer until it is stopped."""
        self.running.run(sockets=[self.bound])

    def stop(self) -> None:
        """Finish what is under way, and end."""
        self.running.should_exit = True


def refuse_open_wire(web: WebSettings) -> None:
    """Raises ConfigurationError where passwords would go over a network in the clear."""
    if not is_loopback(web.host) and not web.tls:
        raise ConfigurationError(
            f"web.host {web.host} is reached from other machines, and without HTTPS passwords can be read on the way. "
            "Write web.certificate and web.certificate_key; or web.behind_tls = true, where a server before this one "
            "speaks HTTPS to browsers and nobody else reaches this port"
        )
    if not is_loopback(web.host) and web.behind_tls and not web.proxies:
        raise ConfigurationError(
            "web.proxies: name the addresses of the server before this one; without, everybody counts as one where "
            "tries to sign in are counted"
        )
    if not is_loopback(web.host) and not web.hosts:
        raise ConfigurationError("web.hosts: name what people will type, such as muniment.council.example")


def listening(web: WebSettings) -> socket.socket:
    """Raises MunimentError where something else listens there, or the address is no machine's of ours."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        raise MunimentError(
            f"Nothing can listen at {web.host}, port {web.port}: {error.strerror}. Name another: --port NUMBER"
        ) from error


def address_of(web: WebSettings) -> str:
    """What to type into a browser on this machine, or the first of the names that it is reached by."""
    if web.behind_tls and web.hosts:
        return f"https://{web.hosts[0]}/"
    scheme = "https" if web.certificate else "http"
    host = f"[{web.host}]" if ":" in web.host else web.host
    return f"{scheme}://{host if is_loopback(web.host) else web.hosts[0]}:{web.port}/"


def _config(settings: Settings, trail: Trail) -> uvicorn.Config:
    """Raises ConfigurationError where the certificate or its key cannot be used."""
    web = settings.web
    proxies = web.proxies or (_HERE if web.behind_tls else ())
    return uvicorn.Config(
        application(settings, trail), log_config=None, access_log=False, lifespan="off", server_header=False,
        limit_concurrency=_MOST_AT_ONCE, timeout_graceful_shutdown=_LONGEST_END,
        # By name: another reader of requests that happens to be installed has other limits.
        http=Hasty, ws="none", h11_max_incomplete_event_size=_LARGEST_HEAD,
        # Whoever is not named there could say that they are somebody else.
        proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies), ssl_context_factory=_context(web),
    )  # fmt: skip


def _context(web: WebSettings) -> Callable[..., ssl.SSLContext] | None:
    """What makes the TLS of the configured certificate: 1.2 at least. Raises ConfigurationError."""
    if web.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # The answer of nobody, where the key wants a password: nobody is at the terminal of a service.
        context.load_cert_chain(web.certificate, web.certificate_key, password="")
    except OSError as error:
        raise ConfigurationError(
            f"web.certificate and web.certificate_key cannot be used ({error.strerror or type(error).__name__}). They "
            "are files in PEM that belong together, of a key without a password, which this account may read"
        ) from error
    return lambda *_: context
