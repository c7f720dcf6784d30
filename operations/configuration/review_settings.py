"""`[review]`: how long a review may take, what may be decided at once, and who is told of what waits."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints, model_validator

from domain.review_time import WorkingDays
from operations.configuration.section import Section

_Address = Annotated[str, StringConstraints(pattern=r"^[!-?A-~]+@[!-?A-~]+$", max_length=254)]
_Share = Annotated[float, Field(gt=0, lt=1)]


class ServiceReview(Section):
    """Who is told of what waits in a service: `mail_to` its reviewers, `escalate_to` its head, who approves."""

    name: Annotated[str, StringConstraints(min_length=1)]
    mail_to: tuple[_Address, ...] = ()
    escalate_to: tuple[_Address, ...] = ()


class ReviewSettings(Section):
    """An item is overdue `working_days` after it entered a queue; its reviewers are reminded every `remind_days`, the
    head of the service is told once it is overdue, and `siro` after `siro_working_days` more; `second` are told of what
    waits for a second approval. `suspended` stops all mails, as in a declared emergency; nothing is decided by that.
    `address` is where the application is, for mails. Nobody works on Saturdays, Sundays, `bank_holidays` and
    `closed_days`, such as a bank holiday proclaimed for one year or days between Christmas and New Year.

    `rot` puts what is redundant or trivial before people too. A bulk batch has `most_items`; batches that dispose of up
    to `without_sample` items need no sample, all others are drawn so large that, none being to keep, fewer than
    `share_low`, or `share` where the risk is not known to be low, are at 95 % confidence. From `second_items` items or
    `second_gb` on a second person approves, counted with what was approved without one within `second_days` of the same
    proposer, or in the service by the same rule. Nothing is kept for more than `most_years` without being looked at
    again.
    """

    working_days: PositiveInt = 20
    siro_working_days: PositiveInt = 20
    bank_holidays: Literal["england-and-wales", "none"] = "england-and-wales"
    closed_days: frozenset[date] = frozenset()
    remind_days: PositiveInt = 7
    suspended: bool = False
    siro: tuple[_Address, ...] = ()
    second: tuple[_Address, ...] = ()
    address: str = ""
    service: tuple[ServiceReview, ...] = ()
    rot: bool = False
    most_items: int = Field(default=1_000, ge=1, le=10_000)
    without_sample: NonNegativeInt = 1
    share: _Share = 0.01
    share_low: _Share = 0.03
    second_items: PositiveInt = 200
    second_gb: PositiveInt = 10
    second_days: NonNegativeInt = 30
    most_years: int = Field(default=10, ge=1, le=100)

    @model_validator(mode="after")
    def _is_understood(self) -> Self:
        names = [one.name for one in self.service]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"service: two are called {twice!r}; write one table for each service")
        return self

    @property
    def calendar(self) -> WorkingDays:
        return WorkingDays(self.bank_holidays != "none", self.closed_days)

    @property
    def second_bytes(self) -> int:
        return self.second_gb * 1_000_000_000
