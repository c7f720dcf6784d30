"""The JSON Schema of a schedule's files, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any

from retention.tables import ScheduleFile


def json_schema() -> dict[str, Any]:
    """Draft 2020-12. It knows every key; what only whole files can show (ids used twice) is left to `lint`."""
    schema = ScheduleFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "A retention schedule"}
