"""A proxy before an SMB server, which cuts connections where a test says so."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Change = Callable[[bytes], bytes]
SESSION_SETUP, CREATE, CLOSE, READ, READ_INFO = 1, 5, 6, 8, 16  # commands (MS-SMB2 2.2.1)


def command_of(message: bytes) -> int:
    return int.from_bytes(message[12:14], "little")


def status_of(message: bytes) -> int:
    return int.from_bytes(message[8:12], "little")


def every_command(message: bytes) -> list[int]:
    """Those of a compound, in which each says where the next begins."""
    commands, start, step = [], 0, 1
    while step:
        commands.append(command_of(message[start:]))
        step = int.from_bytes(message[start + 20 : start + 24], "little")
        start += step
    return commands


def silence(message: bytes) -> bytes:
    """A change to a message: it never arrives, and the connection stays."""
    return b""


class CuttingProxy:
    """Lets `allowed[n]` of the server's messages through on the nth connection and then half of one; None for all.

    Connections beyond those are cut at once. `change` may make another message of each, or none.
    """

    def __init__(self, target: int, allowed: list[int | None], change: Change) -> None:
        self._target, self._allowed, self._change = target, list(allowed), change
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self._threads = [threading.Thread(target=self._accept)]
        self._open: list[socket.socket] = []
        self._threads[0].start()

    def end(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join()
        for connection in self._open:
            _end(connection)
        for thread in self._threads[1:]:
            thread.join()
        for connection in self._open:
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(client)
            if not self._allowed:
                _end(client)
                continue
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open.append(server)
            for way in ((_pump, client, server), (_count, server, client, self._allowed.pop(0), self._change)):
                thread = threading.Thread(target=way[0], args=way[1:])
                self._threads.append(thread)
                thread.start()


@contextmanager
def cutting(target: int, *allowed: int | None, change: Change = bytes) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(target, list(allowed), change)
    try:
        yield proxy
    finally:
        proxy.end()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    _end(sink)


def _count(source: socket.socket, sink: socket.socket, allowed: int | None, change: Change) -> None:
    """Message by message: each stands behind its length, in four bytes (MS-SMB2 2.1)."""
    with suppress(OSError), source.makefile("rb") as messages:
        while len(head := messages.read(4)) == 4:
            message = change(messages.read(int.from_bytes(head, "big")))
            if allowed == 0:
                sink.sendall(head + message[: len(message) // 2])
                break
            sink.sendall(len(message).to_bytes(4, "big") + message if message else b"")
            allowed = allowed if allowed is None else allowed - 1
    _end(source)
    _end(sink)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
