"""Logs as lines of JSON: when, how bad, who says it, and what. They name no path and nobody: codes and numbers."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from operations.scanning.telling import process_name


class JsonLines(logging.Formatter):
    """One object a line. Of an error only its kind is told: what foreign code says of it may quote what it read."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "process": process_name(), "logger": record.name,
            "message": record.getMessage(),
        }  # fmt: skip
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """Have this process log so, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("operations").setLevel(logging.INFO)
