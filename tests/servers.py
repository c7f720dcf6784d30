"""What the servers of tests have in common: a free port, a group of their own processes, a wait until they answer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from random import SystemRandom

_START_SECONDS = 30.0
_CHANCE = SystemRandom()


def free_port() -> int:
    """One that nobody listens at, below those that the system gives to connections: a server that is away for a moment
    finds it free when it comes back.
    """
    while True:
        port = _CHANCE.randrange(15_000, 32_768)
        with suppress(OSError), closing(socket.socket()) as listener:
            listener.bind(("127.0.0.1", port))
            return port


def started(command: Sequence[str], port: int, log: Path, greeting: bytes = b"") -> subprocess.Popen[bytes]:
    """The server, once it answers at a port; it has a group of its own, since most have a child for each connection."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )  # fmt: skip
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 5)) as tried:
            if not greeting or tried.recv(len(greeting)) == greeting:
                return process
        threading.Event().wait(0.05)
    kill(process)
    raise RuntimeError(f"{command[0]} did not start: {log.read_text(errors='replace')}")


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power cut does: with all its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def write_certificate(folder: Path) -> None:
    """A key and a certificate of this machine that nobody else vouches for."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
