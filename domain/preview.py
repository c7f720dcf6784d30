"""What is in one item, shown to one person once: never kept, and told to nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import Problem


class Withheld(StrEnum):
    """Why nothing is shown, where it is no trouble of the item itself."""

    IS_FAR = "far"
    IN_A_DRIVE = "drive"
    BY_OTHERS = "others"
    IS_GONE = "gone"
    NOBODY = "nobody"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_YOURS = "not-yours"
    IS_PICTURE = "picture"
    HAS_NO_TEXT = "no-text"
    IS_BUSY = "busy"
    OUT_OF_REACH = "out-of-reach"

    @property
    def sentence(self) -> str:
        """Why, and what to do instead."""
        return _SENTENCES[self]


_SENTENCES = {
    Withheld.IS_FAR: "It lies on a file server from which nothing is shown here. Open it there, with your own account; "
                     "or ask an administrator, who can allow it: preview.shares in the configuration.",
    Withheld.IN_A_DRIVE: "It lies in OneDrive or SharePoint, and nothing from there is shown here. Open it there, with "
                         "your own account; or ask an administrator, who can allow it: preview.drives in the "
                         "configuration.",
    Withheld.BY_OTHERS: "Its permissions name neither you nor a group that your sign-in tells of. Others may read it "
                        "by a link, or as members of a group of its site, and who these are is not told here. If you "
                        "are one of them, open it where it lies.",
    Withheld.IS_GONE: "It was not there when its folder was listed last, so there is nothing to show.",
    Withheld.NOBODY: "Your sign-in does not say who you are where it lies, so nobody can tell here whether you may "
                     "read it. Sign in with your work account, or open it where it lies. An administrator can say who "
                     "you are there: muniment users bind NAME --login LOGIN, or [[preview.person]] in the "
                     "configuration.",
    Withheld.UNKNOWN: "Who may read it is not known for certain, so it is shown to nobody. Open it where it lies.",
    Withheld.REFUSED: "Where it lies, you are not among those who may read it, or a group that you may be in is kept "
                      "out. Ask its owner, or somebody of your service who may.",
    Withheld.NOT_YOURS: "It lies in a mailbox that is not known to be yours, and whose delegate you are not known to "
                        "be. Ask whose it is.",
    Withheld.IS_PICTURE: "It is a picture. You can look at that.",
    Withheld.HAS_NO_TEXT: "It has no text of its own that could be shown. Open it where it lies.",
    Withheld.IS_BUSY: "As many are being opened just now as this machine can. Try again in a minute.",
    Withheld.OUT_OF_REACH: "The folder of its source cannot be reached now, or is no longer configured. Try again "
                           "later, or ask an administrator.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and the kinds of what was found that it belongs to."""

    text: str = field(repr=False)
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of an item's text, or `why` there is nothing to show of it. `longer`: there is more of it behind.

    `picture` is a small copy of one as PNG, in the place of text, where that was asked for. `changed`: it is another
    than was scanned last. `partly` is what kept its reader from some of it, if anything did.
    """

    pieces: tuple[Piece, ...] = ()
    why: Withheld | Problem | None = None
    longer: bool = False
    changed: bool = False
    partly: Problem | None = None
    picture: bytes = field(default=b"", repr=False)

    @property
    def sentence(self) -> str:
        """Why nothing is shown; empty where something is."""
        if self.why is None:
            return ""
        return self.why.message if isinstance(self.why, Problem) else self.why.sentence

    @property
    def code(self) -> str:
        """The same in a word; empty where something is shown."""
        return str(self.why.code if isinstance(self.why, Problem) else self.why or "")


def in_pieces(text: str, spans: Mapping[str, Iterable[tuple[int, int]]]) -> tuple[Piece, ...]:
    """The whole text, cut wherever other kinds of what was found begin or end; they may overlap."""
    edges: dict[int, list[tuple[int, str]]] = {}
    for kind, found in spans.items():
        for start, end in found:
            if 0 <= start < min(end, len(text)):
                edges.setdefault(start, []).append((1, kind))
                edges.setdefault(min(end, len(text)), []).append((-1, kind))
    pieces, depth, begun = [], dict.fromkeys(spans, 0), 0
    kinds: tuple[str, ...] = ()
    for edge, steps in (*sorted(edges.items()), (len(text), ())):
        for step, kind in steps:
            depth[kind] += step
        now = tuple(kind for kind, deep in depth.items() if deep)
        if edge > begun and (now != kinds or edge == len(text)):
            pieces.append(Piece(text[begun:edge], kinds))
            begun = edge
        kinds = now
    return tuple(pieces)
