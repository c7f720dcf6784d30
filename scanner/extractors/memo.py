"""The memos of dBase and FoxPro tables, whose rows are in another file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from domain.content import Content
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.decoding import charset_of_pieces, decoder_of
from scanner.formats.cell_bytes import Held, held_in
from scanner.formats.dbf_memo import memos
from scanner.tables import Passage, in_stretches

_BLOBS = Problem(ProblemCode.LIMIT, "blobs")
_LOOKED_AT = 10_000
_SOFT_RETURN = b"\x8d\n"  # Where dBase III broke a line for the screen.


@dataclass(frozen=True, slots=True)
class MemoExtractor:
    """Memo after memo under the place "memos". Where one is a picture or an object the content has `limit: blobs`."""

    version: str = "memo 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  told from the bytes
        texts = (memo for memo in islice(memos(blob), _LOOKED_AT) if held_in(memo) is Held.TEXT)
        charset = charset_of_pieces(texts)
        return in_stretches(_passages(blob, charset), limit, Content(reader="memo"))


def _passages(blob: Blob, charset: str) -> Iterator[Passage | Problem]:
    lost: set[Problem] = set()
    yield Passage("memos", lines=_lines(blob, charset, lost))
    yield from lost


def _lines(blob: Blob, charset: str, lost: set[Problem]) -> Iterator[str]:
    is_wide = charset.startswith(("utf-16", "utf-32"))
    for memo in memos(blob):
        held = held_in(memo)
        if held is Held.TEXT:
            text = decoder_of("cp1252" if is_wide else charset)(memo.replace(_SOFT_RETURN, b"\n"), True)
            yield from filter(None, map(str.strip, text.splitlines()))
        elif held in (Held.FILE, Held.OTHER):
            lost.add(_BLOBS)
