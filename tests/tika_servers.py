"""Apache Tika servers for tests: a real one, and one that is played and does on purpose what servers do in anger."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from domain.errors import MunimentError
from operations.tika_jar import TikaJar, cached_jar, fetch_tika
from scanner.formats.tika_client import TikaServer

SAFE_VERSION = "Apache Tika 3.3.2"
_START_SECONDS = 120.0
_TRIES = 3


@pytest.fixture(scope="session")
def real_tika(tmp_path_factory) -> Iterator[str]:
    """The address of a server fetched as the product fetches it, started for the tests and ended behind them."""
    jar = cached_jar()
    try:
        fetch_tika(jar)
    except MunimentError as error:
        pytest.skip(f"The Tika server jar cannot be had: {error}")
    if shutil.which("java") is None:
        pytest.skip("The Tika server jar needs Java")
    temporary = f"-Djava.io.tmpdir={tmp_path_factory.mktemp('tika')}"
    with ExitStack() as stack:
        for _ in range(_TRIES):
            with suppress(MunimentError):
                yield stack.enter_context(_running(jar, temporary))
                return
    pytest.fail(f"No Tika server came up in {_TRIES} tries.")


@contextmanager
def _running(jar: TikaJar, temporary: str) -> Iterator[str]:
    """Raises MunimentError where something else has taken its port meanwhile."""
    port = free_port()
    # Its own group, since it has a child that does the work.
    server = subprocess.Popen(
        jar.command(port=port), env=os.environ | {"JAVA_TOOL_OPTIONS": temporary},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        TikaServer(url).version(patience=_START_SECONDS)
        yield url
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture(scope="session")
def recorded_tika() -> Iterator[str]:
    """The address of a played server that gives the one recorded answer, "panel", to whatever it is sent."""
    with played_tika(answers(200, recorded("panel"))) as server:
        yield server.url


def free_port() -> int:
    """A port of this machine's own that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def recorded(name: str) -> bytes:
    """What the real server answered once to a document of that name."""
    return recording_of(name).read_bytes()


def recording_of(name: str) -> Path:
    return Path(__file__).parent / "cases" / "rmeta" / f"{name.replace(' ', '-')}.json"


class Request(BaseHTTPRequestHandler):
    """One request to a played server."""

    protocol_version = "HTTP/1.1"
    server: PlayedTika
    body = b""

    def do_GET(self) -> None:
        self.server.version(self)

    def do_PUT(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self)
        turns = self.server.turns
        (turns.pop(0) if len(turns) > 1 else turns[0])(self)

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


Turn = Callable[[Request], None]


class PlayedTika(ThreadingHTTPServer):
    """Takes one turn a document, the last again and again; `asked` are the requests so far."""

    def __init__(self, turns: Sequence[Turn], version: Turn) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.turns, self.version, self.asked = list(turns), version, []
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """A client that goes away in the middle is what some tests are about."""


@contextmanager
def played_tika(*turns: Turn, version: Turn | None = None) -> Iterator[PlayedTika]:
    with PlayedTika(turns, version or answers(200, SAFE_VERSION.encode())) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


def answers(status: int, content: bytes = b"", **headers: str) -> Turn:
    return lambda request: request.answer(status, content, **headers)


def drops(request: Request) -> None:
    """End the connection without a word."""
    request.close_connection = True


def hangs(request: Request) -> None:
    """Say nothing as long as the test runs."""
    request.server.ended.wait()
    request.close_connection = True


def never_ends(request: Request) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    piece = b" " * 1024 * 1024
    while not request.server.ended.is_set():
        request.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def stops_halfway(content: bytes) -> Turn:
    def turn(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content[: len(content) // 2])
        request.close_connection = True

    return turn
