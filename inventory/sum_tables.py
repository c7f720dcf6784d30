"""Tables of sums that are kept with every change (`inventory/sums.py`), or of a day, and of what was measured."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base, BigId


class PeriodRow(Base):
    """What a measure of `domain.figures.Measure` came to in a service on a day; written once a day at the most.

    Of the last day alone also what it breaks down into (`domain.figures.Breakdown`): "theme:contact:3".
    """

    __tablename__ = "period"
    day: Mapped[date] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)


class SampledRow(Base):
    """What a sample that people labelled said of the detector, as `domain.summary.Sampled`: each share with the ends of
    its 95 % interval, None where it could not be told.
    """

    __tablename__ = "sampled"
    at: Mapped[datetime] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    detector: Mapped[str]
    labelled: Mapped[int] = mapped_column(Integer)
    flagged: Mapped[int] = mapped_column(Integer)
    precision: Mapped[float | None]
    precision_low: Mapped[float | None]
    precision_high: Mapped[float | None]
    recall: Mapped[float | None]
    recall_low: Mapped[float | None]
    recall_high: Mapped[float | None]


class SummaryRow(Base):
    """How many items there are of a kind in a service, and their bytes: triggers keep it (`inventory/sums.py`).

    `outcome` and `problem_code` are "" for none; `band` is -1 for what nobody has looked into, 0 without personal data,
    then by risk, twenty to a band.
    """

    __tablename__ = "summary"
    service_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    is_file: Mapped[bool] = mapped_column(primary_key=True)
    is_part: Mapped[bool] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    problem_code: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)


class SummaryDeltaRow(Base):
    """What is to be added to `summary`, where adding at once would have writers wait for each other."""

    __tablename__ = "summary_delta"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(Integer)
    is_file: Mapped[bool]
    is_part: Mapped[bool]
    outcome: Mapped[str]
    problem_code: Mapped[str]
    family: Mapped[str]
    band: Mapped[int] = mapped_column(Integer)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)


class FacetRow(Base):
    """The same apart, by what seldom changes together: the `year` of last change, and the `state` of those with a flag.

    `value` is "" for a year that no calendar has, or none.
    """

    __tablename__ = "facet"
    service_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    facet: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    is_part: Mapped[bool] = mapped_column(primary_key=True)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)


class FacetDeltaRow(Base):
    """What is to be added to `facet`."""

    __tablename__ = "facet_delta"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(Integer)
    facet: Mapped[str]
    value: Mapped[str]
    is_part: Mapped[bool]
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)
