"""A file on a real share to which somebody writes while it is being read: it is read again, and named if that lasts."""

from __future__ import annotations

import pytest
from fakes import MakeTools
from samba_servers import smb_sources
from smb_proxy import READ, command_of, cutting, status_of

from domain.errors import ProblemCode
from operations.executor import Task
from operations.executors.carrying import CarryingExecutor
from operations.executors.serial import SerialExecutor
from scanner.budget import Budget

pytestmark = pytest.mark.servers


@pytest.mark.parametrize(("growing", "outcome"), [(2, "examined"), (9, ProblemCode.CHANGED)])
def test_what_grows_under_the_reader_is_read_twice_more(samba, growing, outcome):
    log = samba.share("public") / "log.txt"
    log.write_text("NAMED\n")
    reads, found = [], []

    def grow(message: bytes) -> bytes:
        if (command_of(message), status_of(message)) == (READ, 0):  # A slow server says first that it is at it.
            reads.append(log.stat().st_size)
            if len(reads) <= growing:
                log.write_text("NAMED\n" * (len(reads) + 1))
        return message

    with cutting(samba.port, None, change=grow) as proxy, smb_sources(samba, lambda _: None) as make:
        source = make(port=proxy.port)
        (item,) = next(source.list()).items
        executor = CarryingExecutor(SerialExecutor(MakeTools({})), {"share": source}, Budget())
        executor.run([Task(item)], lambda item, after, batch: found.extend(batch.examinations))
    assert [one.problem.code if one.problem else one.outcome for one in found] == [outcome]
    assert len(reads) == 3
