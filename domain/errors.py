"""What can go wrong: with one item (a value that is reported) or with the whole run (an exception that ends it)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MunimentError(Exception):
    """Ends the run. Its message says what is wrong and what to do next, and names nobody."""


class ConfigurationError(MunimentError):
    """The configuration, the schedule or the command line asks for something that cannot be done."""


class ProblemCode(StrEnum):
    """Why an item was not read, or not wholly: the codes of the command-line contract."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    LIMIT = "limit"
    DENIED = "denied"
    LOCKED = "locked"
    NO_TEXT = "no-text"
    UNSUPPORTED = "unsupported"
    PLACEHOLDER = "placeholder"
    NOT_A_FILE = "not-a-file"
    LINK = "link"
    VANISHED = "vanished"
    CHANGED = "changed"
    TOO_DEEP = "too-deep"


_SENTENCES = {
    ProblemCode.ENCRYPTED: "It is encrypted or protected by a password, so its content was not read, or not wholly.",
    ProblemCode.CORRUPT: "It is damaged or not what its type says, so its content could not be read, or not wholly.",
    ProblemCode.TIMEOUT: "Reading it took longer than the time limit, so it was stopped.",
    ProblemCode.MEMORY: "Reading it took more memory than the limit, so it was stopped.",
    ProblemCode.CRASHED: "The program that read it crashed, twice, so it was left.",
    ProblemCode.LIMIT: "It is larger than a limit allows, so it was not read, or only in part.",
    ProblemCode.DENIED: "This account may not read it.",
    ProblemCode.LOCKED: "Another program holds it open, so it could not be read.",
    ProblemCode.NO_TEXT: "It has content but no text could be read from it, so it may hold what was not seen.",
    ProblemCode.UNSUPPORTED: "Content of this type cannot be read, or not wholly.",
    ProblemCode.PLACEHOLDER: "Its content is kept elsewhere and reading it would bring it back, so it was not opened.",
    ProblemCode.NOT_A_FILE: "It is a pipe, socket or device, which is never opened.",
    ProblemCode.LINK: "It is a link, which is not followed.",
    ProblemCode.VANISHED: "It was listed but was gone when it was to be read.",
    ProblemCode.CHANGED: "It changed while it was being read.",
    ProblemCode.TOO_DEEP: "It is nested deeper than the limit.",
}

_WITHHELD = {
    "mail-policy": "Its name keeps it closed by the policy for mail: it was not opened.",
    "mail-excluded": "The configuration leaves it out of what is read in mailboxes.",
    "mail-quarantine": "It is the quarantine of what was approved for disposal, which is never listed.",
    "mail-content": "The policy for mail ([mail] content) allows headers and sizes alone: its content was not read.",
}
"""Limits that somebody set on purpose, by name."""

PASSING = frozenset({
    ProblemCode.DENIED, ProblemCode.LOCKED, ProblemCode.VANISHED, ProblemCode.CHANGED,
    ProblemCode.TIMEOUT, ProblemCode.MEMORY, ProblemCode.CRASHED,
})  # fmt: skip
"""Problems that may be gone at the next scan though the item looks unchanged: such items are tried again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The trouble of one item. `limit` names the limit that was passed, where one was."""

    code: ProblemCode
    limit: str | None = None

    @property
    def message(self) -> str:
        """One plain sentence, made of the code and the limit alone: it can name nobody."""
        sentence = _WITHHELD.get(self.limit or "", _SENTENCES[self.code])
        return f"{sentence} (limit: {self.limit})" if self.limit else sentence


class ItemTroubleError(Exception):
    """Raised inside the scanner where one item cannot be read; becomes that item's `Problem`."""

    def __init__(self, code: ProblemCode, limit: str | None = None) -> None:
        self.problem = Problem(code, limit)
        super().__init__(self.problem.message)
