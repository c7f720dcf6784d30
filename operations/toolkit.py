"""What examining needs, and how the surprises of foreign code become the trouble of one item."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from classifiers.classifier import Classifier
from classifiers.risk import PROPOSED, Weights
from classifiers.terms import TermCounter
from domain.errors import ItemTroubleError, MunimentError, ProblemCode
from domain.item import ItemRef
from operations.scanning.self_told import NOTHING_ASKED, SelfTold
from scanner.budget import Budget
from scanner.extractor import Extractor
from scanner.extractors import extractor_for
from scanner.source import Source
from scanner.sources.mail_policy import MailPolicy

_log = logging.getLogger(__name__)

_MAKE_ROOM = "Make room in {folder}, or name another folder in TMPDIR"
_OPEN_FEWER = "Allow this account more open files (ulimit -n)"
_OUR_OWN = {
    errno.ENOSPC: _MAKE_ROOM, errno.EDQUOT: _MAKE_ROOM, errno.EFBIG: _MAKE_ROOM, errno.EMFILE: _OPEN_FEWER,
    errno.ENFILE: _OPEN_FEWER, errno.ENOMEM: "Set limits.workers lower",
}  # fmt: skip
"""What this process has run out of, which is no item's fault, and what is to be done about it."""


@dataclass(frozen=True, slots=True)
class Toolkit:
    """All that examining needs, built once a process from the configuration.

    `extractor_for` gives the reader of a media type. `known` says whether content of this digest, read as this media
    type, was examined before by this `pipeline` (the versions of everything that decides what is found) and may be
    reused; `known_message` says so of a message by its fingerprint, however it came. `tag` names an item in logs,
    `fingerprint` makes of a kind and a value what may be kept of it.

    `mail` is what correspondence may be read; without it all of it. `self_told` knows what the schedule asks of what
    documents say of themselves.

    With `recogniser` this is the second pass, which reads the text in pictures: only of content that `awaits_ocr`.
    """

    sources: Mapping[str, Source]
    classifier: Classifier
    pipeline: str
    extractor_for: Callable[[str], Extractor | None] = extractor_for
    known: Callable[[bytes, str], bool] = field(default=lambda digest, media_type: False)  # noqa: ARG005
    known_message: Callable[[bytes, str], bool] = field(default=lambda message, media_type: False)  # noqa: ARG005
    tag: Callable[[ItemRef], str] = field(default=lambda ref: "-")  # noqa: ARG005
    fingerprint: Callable[[str, str], bytes] = field(default=lambda kind, value: b"")  # noqa: ARG005
    weights: Weights = PROPOSED
    terms: TermCounter = field(default_factory=lambda: TermCounter(()))
    recogniser: Extractor | None = None
    awaits_ocr: Callable[[bytes, str], bool] = field(default=lambda digest, media_type: False)  # noqa: ARG005
    budget: Budget = field(default_factory=Budget)
    mail: MailPolicy | None = None
    self_told: SelfTold = NOTHING_ASKED


def run_out(error: OSError) -> MunimentError:
    """The end of a run that has not what it needs of its own machine."""
    advice = _OUR_OWN.get(error.errno or 0, "See muniment doctor").format(folder=tempfile.gettempdir())
    return MunimentError(
        f"Reading cannot go on: {os.strerror(error.errno or 0)}. {advice}, then run the same command again."
    )


@contextmanager
def surprises_named(tag: str) -> Iterator[None]:
    """Make any error of a parser that nobody foresaw the trouble of the one item that it met.

    Raises MunimentError where the trouble is our own: a run that cannot work must end, not name every item damaged.
    """
    try:
        yield
    except (ItemTroubleError, MunimentError):
        raise
    except MemoryError as error:
        raise ItemTroubleError(ProblemCode.MEMORY, "memory") from error
    except (Exception, SystemExit) as error:  # Parsers raise whatever they like, and one file must not end the run.
        if isinstance(error, OSError) and error.errno in _OUR_OWN:
            raise run_out(error) from error
        # The type alone: a parser's message may quote what it read.
        _log.info("item %s: a reader failed: %s", tag, type(error).__name__)
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
