"""A preview as it leaves the process that read it: plain, so that it can be read without trusting who wrote it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.preview import Piece, Preview, Withheld
from scanner.thumbnail import PNG


def written(preview: Preview) -> bytes:
    why = {"withheld": preview.why} if isinstance(preview.why, Withheld) else {"problem": _told(preview.why)}
    return json.dumps({
        "pieces": [(one.text, one.kinds) for one in preview.pieces], **why, "longer": preview.longer,
        "changed": preview.changed, "partly": _told(preview.partly), "picture": b64encode(preview.picture).decode(),
    }).encode("ascii")  # fmt: skip


def understood(told: bytes) -> Preview:
    """Raises ItemTroubleError (crashed) for what is not as `written` writes it."""
    try:
        said = json.loads(told)
        pieces = tuple(Piece(str(text), tuple(map(str, kinds))) for text, kinds in said["pieces"])
        why = Withheld(said["withheld"]) if "withheld" in said else _problem(said["problem"])
        picture = _picture(said["picture"])
        return Preview(pieces, why, bool(said["longer"]), bool(said["changed"]), _problem(said["partly"]), picture)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ItemTroubleError(ProblemCode.CRASHED) from error


def _picture(told: str) -> bytes:
    """Whoever wrote it, no browser is given it as anything else."""
    picture = b64decode(told, validate=True)
    if picture and not picture.startswith(PNG):
        raise ValueError("no PNG")
    return picture


def _told(problem: Problem | None) -> tuple[str, str | None] | None:
    return (problem.code, problem.limit) if problem else None


def _problem(told: Any) -> Problem | None:
    if told is None:
        return None
    code, limit = told
    return Problem(ProblemCode(code), None if limit is None else str(limit))
