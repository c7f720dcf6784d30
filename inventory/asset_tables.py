"""Tables of information assets, and of pilots: scopes that are begun with, and what they came to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base


class AssetRow(Base):
    """What the register says of an information asset, as `domain/asset.py` tells it: "" is what nobody has said.

    `confirmed` is a list in JSON of the fields that `confirmed_by` vouched for; `released` is empty of a draft.
    """

    __tablename__ = "asset"
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    service: Mapped[str]
    owner: Mapped[str]
    technical_officer: Mapped[str]
    approver: Mapped[str]
    description: Mapped[str]
    purpose: Mapped[str]
    lawful_basis: Mapped[str]
    condition: Mapped[str]
    subjects: Mapped[str]
    recipients: Mapped[str]
    transfers: Mapped[str]
    security: Mapped[str]
    intended_use: Mapped[str]
    forbidden_use: Mapped[str]
    update_frequency: Mapped[str]
    quality_note: Mapped[str]
    reuse_risk: Mapped[str]
    licence: Mapped[str]
    successor_body: Mapped[str]
    confirmed: Mapped[str]
    confirmed_by: Mapped[str]
    confirmed_on: Mapped[date | None]
    released: Mapped[date | None]


class AssetLocationRow(Base):
    """A folder or mailbox, with all below it, that an asset is made of; of nested ones the deepest counts."""

    __tablename__ = "asset_location"
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    path: Mapped[bytes] = mapped_column(primary_key=True)
    asset_id: Mapped[str] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"))
    __table_args__ = (Index("asset_location_asset", "asset_id"),)


class AssetHoldingRow(Base):
    """What lay in an asset, of a service's folders, when it was added up last; with asset "" what lay in none.

    `files` and `going` count files, with their bytes; `kinds` is a JSON object of items by kind of finding. The setting
    `assets_added_up` says on which day that was, and over which locations.
    """

    __tablename__ = "asset_holding"
    asset_id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    files: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    going: Mapped[int]
    going_bytes: Mapped[int] = mapped_column(BigInteger)
    unread: Mapped[int]
    personal: Mapped[int]
    special: Mapped[int]
    children: Mapped[int]
    criminal: Mapped[int]
    high: Mapped[int]
    highest: Mapped[int]
    oldest: Mapped[date | None]
    newest: Mapped[date | None]
    kinds: Mapped[str]


class PilotRow(Base):
    """A part of the estate that is begun with. `scope` is JSON, as `domain/pilot.py` tells it; `baseline` is the day
    that later ones are compared with.
    """

    __tablename__ = "pilot"
    name: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    baseline: Mapped[date]


class PilotSumRow(Base):
    """What a measure came to in a service within a pilot's scope on a day."""

    __tablename__ = "pilot_sum"
    pilot: Mapped[str] = mapped_column(ForeignKey("pilot.name", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)
