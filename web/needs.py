"""What one must be allowed to open a page."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from domain.actor import Verb


class Open(StrEnum):
    """What is no verb: pages for whoever comes, and what everybody who signed in may do about their own sign-in."""

    PUBLIC = "public"
    OWN = "own"


Needs: TypeAlias = Verb | Open
