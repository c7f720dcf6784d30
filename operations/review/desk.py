"""What a review is made by: the inventory and its trail, the schedule in force, the settings, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from domain.event import EventRegister
from domain.rule import Risk, Rule, Schedule
from operations.config import Settings
from operations.configuration.review_settings import ReviewSettings
from operations.people.audit import Trail
from operations.schedule.evaluate import term_keys
from operations.schedule.events import event_register
from retention.decide import NO_EVENTS
from retention.glob import compile_glob
from retention.schedule import load_schedule


@dataclass(frozen=True, slots=True)
class Desk:
    """Without a `schedule` nothing can be given another class, and no rule is known to be of low risk."""

    trail: Trail
    settings: ReviewSettings
    schedule: Schedule | None
    today: date
    term_keys: tuple[str, ...] = ()
    events: EventRegister = NO_EVENTS

    def rule(self, name: str | None) -> Rule | None:
        """The rule of that id; None where the schedule has none, as of what is only ROT."""
        rules = self.schedule.rules if self.schedule else ()
        return next((rule for rule in rules if rule.id == name), None)

    def classes_of(self, rule: str | None) -> tuple[str, ...]:
        """The classes that a rule names, or that its globs mean; empty where it names none, as of any."""
        found = self.rule(rule)
        if found is None or self.schedule is None:
            return ()
        globs = tuple(map(compile_glob, found.scope.classes))
        return tuple(one.id for one in self.schedule.classes if any(glob.matches(one.id) for glob in globs))

    def risk_of(self, rule: str | None, record_class: str | None = None) -> Risk | None:
        """The highest of a rule's own risk, those of the classes that it names, and that of the item's class; None
        where nobody said.
        """
        found, classes = self.rule(rule), {*self.classes_of(rule), record_class}
        said = {one.risk for one in self.schedule.classes if one.id in classes} if self.schedule else set()
        said |= {found.risk} if found else set()
        return next((risk for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW) if risk in said), None)


def desk_of(settings: Settings, trail: Trail, today: date) -> Desk:
    """As it is configured. Raises ConfigurationError for a schedule that cannot be read."""
    path = settings.retention.schedule
    schedule = None if path is None else _loaded(path, _state(path))
    events = event_register(settings, trail.database)
    return Desk(trail, settings.review, schedule, today, term_keys(settings), events)


@lru_cache(maxsize=4)
def _loaded(path: Path, _state: tuple[int, int]) -> Schedule:
    """Read once, as long as its file is the same: pages ask for it at each request."""
    return load_schedule(path)


def _state(path: Path) -> tuple[int, int]:
    """Of a file that cannot be read (0, 0): loading it says why."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
