"""Keeps what a labelled sample came to, so that every report can say how good the detector was found to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.summary import Sampled
from inventory.audit import latest
from inventory.sampled import write_sampled
from operations.access import ask
from operations.measuring.sample import Draw
from operations.measuring.sample_answers import Measured
from operations.people.audit import Trail

_FOREIGN = (
    "This inventory's audit trail does not know the draw: it is another inventory's, or was altered, or was drawn by a "
    "version that did not note it. Its figures are for no report here. To see them all the same: --apart"
)


def keep_score(
    actor: Actor, trail: Trail, drawn: Draw, measured: Mapping[str, Measured], now: datetime
) -> tuple[Sampled, ...]:
    """Keep what was measured of each question, which may be nothing.

    Raises RefusedError, and ConfigurationError for a draw that was not made of this inventory.
    """
    authority = ask(actor, Verb.SAMPLE)
    if not latest(trail.database, 1, drawn.subject):
        raise ConfigurationError(_FOREIGN)
    kept = tuple(
        Sampled(question, one.answered, one.flagged, one.estimate.precision, one.estimate.recall, now, drawn.detector)
        for question, one in measured.items()
        if one.estimate.precision or one.estimate.recall
    )
    with trail.changing(authority) as change:
        write_sampled(change.transaction, kept)
        change.note(Act.SAMPLE_SCORED, drawn.subject, rows=len(drawn.rows), questions=[one.question for one in kept])
    return kept
