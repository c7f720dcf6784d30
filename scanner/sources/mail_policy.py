"""Which folders of correspondence stay closed, by their names, in English and Welsh.

Mail is people's correspondence: what they file as private, their dealings with a trade union, with occupational health
and with lawyers is not opened by a scan, nor is it listed message by message (UK GDPR art. 5(1)(c) and 9; legal
professional privilege; ICO, "Employment practices and data protection: monitoring workers").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.disposal import MAIL_QUARANTINE
from domain.errors import Problem, ProblemCode

CLOSED = Problem(ProblemCode.LIMIT, "mail-policy")
"""Of a folder that a name keeps closed."""
EXCLUDED = Problem(ProblemCode.LIMIT, "mail-excluded")
"""Of a folder that the configuration leaves out."""
QUARANTINED = Problem(ProblemCode.LIMIT, "mail-quarantine")
"""Of the folder into which what was approved for disposal is moved, in whatever mailbox."""
CONTENT_OFF = Problem(ProblemCode.LIMIT, "mail-content")
"""Of a message that is asked for while the policy allows headers and sizes alone."""

_PRIVATE = (
    "private", "privately", "personal", "preifat", "breifat", "phreifat", "personol", "bersonol", "phersonol",
)  # fmt: skip
_UNION = (
    "union", "unions", "unison", "gmb", "nasuwt", "naht", "ucac", "undeb", "hundeb", "undebau", "hundebau", "undebol",
)  # fmt: skip
_OCCUPATIONAL_HEALTH = (
    "occupational health", "occ health", "occhealth", "oh referral", "oh referrals", "iechyd galwedigaethol",
)  # fmt: skip
_LEGAL = (
    "legal", "legally", "privileged", "litigation", "solicitor", "solicitors", "cyfreithiol", "gyfreithiol",
    "chyfreithiol", "nghyfreithiol", "cyfreithiwr", "gyfreithiwr", "cyfreithwyr", "gyfreithwyr", "cyfreitha",
    "braint gyfreithiol",
)  # fmt: skip
_INNOCENT = (
    "private sector", "private hire", "private rented", "private rental", "private landlord", "private landlords",
    "private finance", "private fostering", "private water", "private school", "private schools", "private street",
    "sector preifat", "hurio preifat", "rhentu preifat", "personal budget", "personal budgets", "personal licence",
    "personal licences", "personal protective", "personal assistant", "personal assistants", "personal data",
    "data personol", "credit union", "credit unions", "undeb credyd", "undebau credyd", "european union",
    "undeb ewropeaidd", "non privileged", "not privileged", "under privileged", "less privileged", "non legal",
    "non private", "non personal",
)  # fmt: skip
"""Council services and common terms that only look like a closed name."""

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 512
_LEADING = re.compile(r"top of .*|root - .*|ipm_subtree", re.IGNORECASE)
"""Folders of Outlook's above those that people see."""


@dataclass(frozen=True, slots=True)
class MailPolicy:
    """`also` are further words or phrases of this site's; `excluded` are whole paths of folders, parted by "/", or
    special uses ("\\Junk", RFC 6154), left out in every mailbox with what lies below them.
    """

    content: bool = False
    also: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def problem_of(self, path: Sequence[str], uses: Iterable[str] = ()) -> Problem | None:
        """Why a folder stays closed, or None. `path` are the names of the folder and of those that it lies in."""
        if any(name.startswith(MAIL_QUARANTINE) for name in path):
            return QUARANTINED
        if any(self.closes(name) for name in path):
            return CLOSED
        shut = {wanted.casefold() for wanted in self.excluded}
        places = {"/".join(path[:depth]).casefold() for depth in range(1, len(path) + 1)}
        return EXCLUDED if shut & (places | {use.casefold() for use in uses}) else None

    def problem_in_store(self, path: Sequence[str]) -> Problem | None:
        """The same of a folder in a file that holds a mailbox (PST, OST), below those that only lead to its own."""
        own = next((at for at, name in enumerate(path) if not _LEADING.fullmatch(name)), len(path))
        return self.problem_of(path[own:])

    def closes(self, name: str) -> bool:
        """Whether a name says, in whole words, that what is filed under it is closed."""
        return _closes(name, self.also)


_PHRASES = tuple(f" {phrase} " for phrase in (*_PRIVATE, *_UNION, *_OCCUPATIONAL_HEALTH, *_LEGAL))


@lru_cache(maxsize=4096)
def _closes(name: str, also: tuple[str, ...]) -> bool:
    words = spaced(name)
    for innocent in _INNOCENT:
        words = words.replace(f" {innocent} ", "  ")
    return any(phrase in words for phrase in (*_PHRASES, *map(spaced, also)))


def spaced(name: str) -> str:
    """The name's words with a space round each: folded, without accents, `OccHealth-Old` as two words and one."""
    plain = unicodedata.normalize("NFKD", name[:_LONGEST])
    text = "".join(char for char in plain if not unicodedata.combining(char))
    parted = " ".join(_WORD.findall(_HUMP.sub(" ", text))).casefold()
    return f" {parted} "
