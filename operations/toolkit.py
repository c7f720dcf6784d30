"""What examining needs, and how the surprises of foreign code become the trouble of one item."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from classifiers.classifier import Classifier
from classifiers.risk import PROPOSED, Weights
from classifiers.terms import TermCounter
from domain.errors import ItemTroubleError, MunimentError, ProblemCode
from domain.item import ItemRef
from scanner.budget import Budget
from scanner.extractor import Extractor
from scanner.extractors import extractor_for
from scanner.source import Source
from scanner.sources.mail_policy import MailPolicy

_log = logging.getLogger(__name__)

_OUR_OWN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""What this process has run out of, which is no item's fault."""


@dataclass(frozen=True, slots=True)
class Toolkit:
    """All that examining needs, built once a process from the configuration.

    `extractor_for` gives the reader of a media type. `known` says whether content of this digest, read as this media
    type, was examined before by this `pipeline` (the versions of everything that decides what is found) and may be
    reused; `known_message` says so of a message by its fingerprint, however it came. `tag` names an item in logs,
    `fingerprint` makes of a kind and a value what may be kept of it.

    `mail` is what correspondence may be read; without it all of it.

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
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OUR_OWN:
            raise MunimentError(f"Reading cannot go on: {os.strerror(error.errno or 0)}.") from error
        # The type alone: a parser's message may quote what it read.
        _log.info("item %s: a reader failed: %s", tag, type(error).__name__)
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
