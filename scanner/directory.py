"""The port of a directory: what an organisation keeps of its own people and groups, by their accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from domain.errors import MunimentError
from domain.person import Principal


class DirectoryError(MunimentError):
    """A directory cannot be asked, or what it holds cannot be read. Its message quotes nothing of what it holds."""


class Directory(Protocol):
    """Asked for some hundreds of accounts at a time. It is only ever read."""

    def people(self, accounts: Collection[str]) -> Mapping[str, Principal]:
        """What it knows of accounts, by their account; those that it cannot speak of are left out.

        Raises DirectoryError, and then none of the answer counts: what is missing from half an answer has not left.
        """

    def close(self) -> None:
        """End its connection, where it has one."""
