"""Workers on a system that refuses the call seccomp, as a unit of systemd may; run as a program of its own."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

from builders import an_item
from fakes import MakeTools

from operations.config import Settings
from operations.executor import Task
from operations.executors.alone import alone
from operations.executors.processes import ProcessExecutor
from operations.health.seclusion_health import seclusion_check

_CALL = {"x86_64": 317, "aarch64": 277}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


def refuse() -> None:
    """For good, to this process and those that it begins; prctl(2) goes on."""
    steps = [
        (_LOAD, 0, 0, 0), (_EQUAL, 0, 1, _CALL[platform.machine()]), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    told = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(program)))
    libc = ctypes.CDLL(None)
    assert not libc.prctl(38, 1, 0, 0, 0)
    assert not libc.prctl(22, 2, told, 0, 0)


if __name__ == "__main__":
    refuse()
    for _ in range(2):
        alone(bytes, 60, 2**30)
    sys.stderr.write("--\n")
    tools = MakeTools(dict.fromkeys((b"a.txt", b"b.txt", b"c.txt", b"d.txt"), b"text"))
    tasks = [Task(an_item(name, 4)) for name in tools.files]
    sys.stdout.write(f"{ProcessExecutor(tools, 2, tools.budget).run(tasks, lambda *_: None).batches}\n")
    sys.stdout.write(seclusion_check(Settings()).seen)
