"""A table of the configuration."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Knows its settings, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
