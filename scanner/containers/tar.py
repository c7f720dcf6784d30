"""Tape archives. A member's name is only a name: nothing is ever written under it, and no link is followed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import tee
from typing import BinaryIO

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.tar_members import Sparse, TarMember, tar_members
from scanner.formats.tar_sparse import filled
from scanner.streams import as_file, stretch

_LINKS, _SPECIAL = b"12", b"346"


@dataclass(frozen=True, slots=True)
class TarContainer:
    """The members in their order, folders apart; a position is where the next header begins.

    Damage costs no more than it lies in: the walk goes on at the next sound header, and at its end raises
    ItemTroubleError (corrupt). Of a sparse file the size is that with its holes, and they are read as zeros.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        # From the beginning every time: a name is told apart from all before it, and headers alone are soon walked.
        members, same = tee(tar_members(blob))
        for member, name in zip(members, unique(member.name for member in same), strict=True):
            if member.at >= after:
                yield _part(blob, member, name)


def _part(blob: Blob, member: TarMember, name: str) -> Part:
    problem = _problem(member)
    opened = partial(_opened, blob, member, problem)
    return Part(name, member.following, opened, member.size, member.stored, member.modified, problem)


def _problem(member: TarMember) -> Problem | None:
    if member.kind in _LINKS:
        return Problem(ProblemCode.LINK)
    return Problem(ProblemCode.NOT_A_FILE) if member.kind in _SPECIAL else None


def _opened(blob: Blob, member: TarMember, problem: Problem | None) -> BinaryIO:
    if problem is not None:
        raise ItemTroubleError(problem.code)
    return as_file(_content(blob, member))


def _content(blob: Blob, member: TarMember) -> Generator[bytes, None, None]:
    if member.sparse is Sparse.NOT:
        yield from stretch(blob, member.start, member.start + member.stored)
    else:
        yield from filled(blob, member)
