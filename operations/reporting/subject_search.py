"""Searches for what a request for access concerns: people by keyed fingerprints, and configured terms.

What is typed is sealed at once and kept nowhere; that somebody searched, for how many and under which request, is
written in the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from classifiers.terms import Term
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.figures import Searched
from domain.finding import KINDS
from domain.privacy import FingerprintKey, name_forms
from inventory.subject import matches
from operations.access import ask
from operations.config import Settings
from operations.keys import load_key
from operations.people.audit import Trail
from operations.reporting.wanted import Wanted
from operations.schedule.holds import fingerprints_of
from reports.report import Report
from reports.subject_search import subject_search_report

_MOST_LISTED = 10_000


def search_people(
    actor: Actor, trail: Trail, settings: Settings, lines: Sequence[str], terms: Sequence[str], reference: str
) -> Searched:
    """What is met of people, a name or identifier a line, and of configured terms by their ids.

    Raises RefusedError, and ConfigurationError for a term that is not configured or where nothing is asked for.
    """
    authority = ask(actor, Verb.SEARCH_PEOPLE)
    keys = _keys(settings, terms)
    if not lines and not keys:
        raise ConfigurationError("Nothing is searched for. Write a name or identifier a line, or name a term.")
    key, prints = load_key(settings.inventory.key_file), dict[bytes, tuple[int, bool]]()
    for number, line in enumerate(lines, start=1):
        for seal, likely in _sealed(line, key).items():
            prints.setdefault(seal, (number, likely))
    found, matched, unsure = matches(trail.database, prints, keys, _MOST_LISTED)
    trail.note(
        authority, Act.PEOPLE_SEARCHED, f"request:{reference}" if reference else "", people=len(lines),
        terms=sorted(set(terms)), found=found, unsure=unsure,
    )  # fmt: skip
    return Searched(reference, len(lines), tuple(sorted(set(terms))), found, matched, unsure, datetime.now(UTC))


def make_subject_search(wanted: Wanted) -> Report:
    """Raises ConfigurationError where nobody searched."""
    if wanted.searched is None:
        raise ConfigurationError("Whom is it about? Write names and identifiers, a line each: --terms-file FILE")
    return subject_search_report(wanted.provenance, wanted.searched)


def _keys(settings: Settings, terms: Sequence[str]) -> dict[str, str]:
    known = {term.id: Term(term.id, term.phrases).key for term in settings.terms}
    if unknown := [term for term in terms if term not in known]:
        raise ConfigurationError(f"There is no term {unknown[0]!r}. There are: {', '.join(known) or 'none'}")
    return {known[term]: term for term in terms}


def _sealed(line: str, key: FingerprintKey) -> dict[bytes, bool]:
    """The fingerprints that a line is met by, and whether each is likely to be of that person: a word of a name alone
    is not.
    """
    name = line.removeprefix("PERSON:").strip()
    words = {key.of_form("PERSON", form) for form in name_forms(name) if " " not in form} if _is_name(line) else set()
    return {seal: seal not in words for seal in map(bytes.fromhex, fingerprints_of([line], key))}


def _is_name(line: str) -> bool:
    """As `fingerprints_of` tells names from identifiers."""
    kind, colon, _ = line.partition(":")
    if colon and kind.strip() in KINDS:
        return kind.strip() == "PERSON"
    return not any(char.isdecimal() or char == "@" for char in line)
