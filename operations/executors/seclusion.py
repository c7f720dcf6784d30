"""What a process that parses may not do: open connections, look into other processes, see what its host was told.

By a filter of system calls (seccomp), which the process sets itself before it reads anything and which nobody lifts
again; it needs no right. Linux on x86-64 and ARM 64 alone. It stops the calls that attach to a process or copy its
memory; files below /proc are the file system's to guard, so what another process of the same account shows there, its
command line and environment, this one can read: ProtectProc of the units hides other accounts' alone.
"""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
import platform
import socket
import struct
from dataclasses import dataclass
from enum import StrEnum

_KEPT = frozenset({
    "HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "REGEX_TIMEOUT_SECONDS", "TESSDATA_PREFIX", "TMPDIR", "TZ", "USER",
    "XDG_CACHE_HOME",
})  # fmt: skip
_KEPT_FAMILIES = ("LC_", "LD_", "MALLOC_", "MKL_", "OMP_", "OPENBLAS_", "PYTHON", "SSL_CERT_", "TIKA_")
"""What a reader, a model or the interpreter goes by; nothing in them is secret."""

_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_FOREIGN_NUMBERS = 0x40000000
"""From here on x86-64 counts the calls of x32, which would be a way round."""

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _BY_FILTER = 38, 22, 2
"""Options of prctl(2), which units of systemd let through where they filter calls themselves."""
_SET_FILTER, _OF_ALL_THREADS = 1, 1
"""Operation and flag of seccomp(2)."""


class Reach(StrEnum):
    """What the filter holds for."""

    WHOLE = "whole process"
    NEWER_THREADS = "newer threads"
    NOTHING = "nothing"

    @property
    def warning(self) -> str:
        """What is to be said of it in the log of whoever began the process; nothing where it holds."""
        return _WARNINGS.get(self, "")


_WARNINGS = {
    Reach.NEWER_THREADS: (
        "Threads that libraries began in the processes that open documents are not kept from the network: the call "
        "seccomp is refused here. In a unit of systemd: SystemCallFilter=@system-service seccomp"
    ),
    Reach.NOTHING: (
        "Processes that open documents are not kept from the network: this system filters no calls. "
        "See: muniment doctor"
    ),
}


@dataclass(frozen=True, slots=True)
class Seclusion:
    """Whether it needs a server, and beginnings of names of variables that it needs besides."""

    network: bool = False
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers of calls: `looking` are those that reach into other processes or round this filter."""

    architecture: int
    socket: int
    looking: tuple[int, ...]
    seccomp: int


_MACHINES = {
    # ptrace, process_vm_readv, process_vm_writev, pidfd_getfd, io_uring_setup
    "x86_64": _Machine(0xC000003E, 41, (101, 310, 311, 438, 425), 317),
    "aarch64": _Machine(0xC00000B7, 198, (117, 270, 271, 438, 425), 277),
}

ALONE = Seclusion()


def seclude(seclusion: Seclusion = ALONE) -> Reach:
    """Give up, for good, what this process does not need, as far as this platform lets it."""
    _forget(seclusion.variables)
    machine = _MACHINES.get(platform.machine())
    if machine is None or struct.calcsize("P") != 8:
        return Reach.NOTHING
    return _filtered(_program(machine, network=seclusion.network), machine.seccomp)


def _forget(besides: tuple[str, ...]) -> None:
    """Drop the environment but for what is kept, in this process's memory too: /proc shows that."""
    gone = [name for name in os.environ if name not in _KEPT and not name.startswith((*_KEPT_FAMILIES, *besides))]
    places = _places()
    for name in gone:
        place = places.get(os.fsencode(name))
        if place is not None:
            value = place + len(os.fsencode(name)) + 1
            ctypes.memset(value, 0, len(ctypes.string_at(value)))
        del os.environ[name]


def _places() -> dict[bytes, int]:
    """Where each variable lies, by its name."""
    array = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    lies = itertools.takewhile(bool, (array[number] for number in itertools.count()))
    return {ctypes.string_at(place).partition(b"=")[0]: place for place in lies}


def _program(machine: _Machine, *, network: bool) -> bytes:
    """The filter as the kernel reads it: steps of code, jump if true, jump if not, value."""
    refused = machine.looking if network else (*machine.looking, machine.socket)
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, machine.architecture), (_RETURN, 0, 0, _REFUSE),
             (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _FOREIGN_NUMBERS), (_RETURN, 0, 0, _REFUSE)]  # fmt: skip
    for number in refused:
        is_socket = number == machine.socket
        # A socket to a program of this machine hands a worker its work.
        steps += [(_EQUAL, 0, 3 if is_socket else 1, number)]
        steps += [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 1, 0, socket.AF_UNIX)] if is_socket else []
        steps += [(_RETURN, 0, 0, _REFUSE)]
    steps += [(_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _filtered(program: bytes, call: int) -> Reach:
    """Libraries begin threads when they are loaded: those too, unless that call is kept from this process."""
    libc = ctypes.CDLL(None)
    steps = ctypes.create_string_buffer(program, len(program))
    told = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(steps)))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return Reach.NOTHING
    if not libc.syscall(call, _SET_FILTER, _OF_ALL_THREADS, told):
        return Reach.WHOLE
    return Reach.NOTHING if libc.prctl(_SET_SECCOMP, _BY_FILTER, told, 0, 0) else Reach.NEWER_THREADS
