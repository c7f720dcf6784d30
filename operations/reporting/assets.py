"""Makes the reports on information assets: the register, and the catalogue of what is released."""

from __future__ import annotations

from inventory.asset_figures import registered, registered_and_missing
from operations.reporting.wanted import Scope, Wanted
from reports.asset_register import asset_register_report
from reports.catalogue import catalogue_report
from reports.report import Report


def make_asset_register(wanted: Wanted) -> Report:
    return asset_register_report(wanted.provenance, *registered_and_missing(wanted.database))


def make_catalogue(wanted: Wanted) -> Report:
    """Of what is released; in the scope of drafts of all assets."""
    return catalogue_report(wanted.provenance, registered(wanted.database), drafts=wanted.scope is Scope.DRAFTS)
