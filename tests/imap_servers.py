"""What stands between a client and an IMAP server in tests: it counts commands, and cuts, bends or plays answers."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

Bend = Callable[[bytes], bytes | None]
"""What becomes of a piece of an answer; None cuts the connection."""

_COMMAND = re.compile(rb"^[A-Z]{4}\d+ ([A-Z]+(?: [A-Z]+)?)", re.MULTILINE)


@dataclass(slots=True)
class Between:
    """Passes on what client and server say. `commands` are those sent, `said` all that the client said, `connections`
    how often it was connected to.
    """

    port: int
    bend: Bend | None = None
    commands: list[str] = field(default_factory=list)
    said: bytearray = field(default_factory=bytearray)
    connections: int = 0


@contextmanager
def between(port: int) -> Iterator[Between]:
    """A port that leads to another."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener, _ending() as ended:
        middle = Between(listener.getsockname()[1])

        def passed(client: socket.socket) -> None:
            with closing(client), closing(socket.create_connection(("127.0.0.1", port))) as server:
                sending = threading.Thread(target=_passes, args=(client, server, middle, _counted))
                sending.start()
                _passes(server, client, middle, _bent)
                sending.join()

        with _accepting(listener, ended, middle, passed):
            yield middle


@contextmanager
def played(*turns: Callable[[bytes, bytes], Sequence[bytes]]) -> Iterator[Between]:
    """A server that is played: each connection takes the next turn, the last again and again. A turn gives the lines
    that answer a command, of which it is told tag and text; an empty line ends the connection.
    """
    with closing(socket.create_server(("127.0.0.1", 0))) as listener, _ending() as ended:
        middle = Between(listener.getsockname()[1])

        def answered(client: socket.socket) -> None:
            turn = turns[min(middle.connections, len(turns)) - 1]
            with closing(client), closing(client.makefile("rb")) as lines, suppress(OSError):
                client.sendall(b"* OK ready\r\n")
                for line in lines:
                    tag, _, text = line.strip().partition(b" ")
                    middle.commands.append(text.partition(b" ")[0].decode())
                    said = turn(tag, text)
                    client.sendall(b"".join(said))
                    if b"" in said:
                        return

        with _accepting(listener, ended, middle, answered):
            yield middle


@contextmanager
def _ending() -> Iterator[threading.Event]:
    ended = threading.Event()
    try:
        yield ended
    finally:
        ended.set()


@contextmanager
def _accepting(
    listener: socket.socket, ended: threading.Event, middle: Between, serve: Callable[[socket.socket], None]
) -> Iterator[None]:
    threads: list[threading.Thread] = []
    clients: list[socket.socket] = []

    def accepts() -> None:
        while not ended.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            middle.connections += 1
            clients.append(client)
            threads.append(threading.Thread(target=serve, args=(client,)))
            threads[-1].start()

    accepting = threading.Thread(target=accepts)
    accepting.start()
    try:
        yield
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        accepting.join()
        for client in clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def _counted(piece: bytes, middle: Between) -> bytes:
    middle.said += piece
    middle.commands += [command.decode() for command in _COMMAND.findall(piece)]
    return piece


def _bent(piece: bytes, middle: Between) -> bytes | None:
    return piece if middle.bend is None else middle.bend(piece)


def _passes(
    source: socket.socket, target: socket.socket, middle: Between, turn: Callable[[bytes, Between], bytes | None]
) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            turned = turn(piece, middle)
            if turned is None:
                break
            target.sendall(turned)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
