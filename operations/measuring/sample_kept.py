"""Keeps what a labelled sample came to, so that every report can say how good the detector was found to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

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
_MOST_TOLD = 10_000
"""Entries of one draw that are looked through for that of its drawing; the others are of its scores."""


def keep_score(
    actor: Actor, trail: Trail, drawn: Draw, measured: Mapping[str, Measured], now: datetime
) -> tuple[Sampled, ...]:
    """Keep what was measured of each question, which may be nothing, as of the day on which the trail says that it was
    drawn, or else of `now`: an old draw that is scored late does not take the place of a newer one.

    Raises RefusedError, and ConfigurationError for a draw that was not made of this inventory.
    """
    authority = ask(actor, Verb.SAMPLE)
    told = latest(trail.database, _MOST_TOLD, drawn.subject)
    if not told:
        raise ConfigurationError(_FOREIGN)
    moments = (datetime.fromtimestamp(entry.at / 1e6, UTC) for entry in told if entry.act == Act.SAMPLE_DRAWN)
    at = next(moments, now)
    kept = tuple(
        Sampled(question, one.answered, one.flagged, one.estimate.precision, one.estimate.recall, at, drawn.detector)
        for question, one in measured.items()
        if one.estimate.precision or one.estimate.recall
    )
    with trail.changing(authority) as change:
        write_sampled(change.transaction, kept)
        change.note(Act.SAMPLE_SCORED, drawn.subject, rows=len(drawn.rows), questions=[one.question for one in kept])
    return kept
