"""The demo estate scanned into both databases."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import ServiceSettings, load_settings
from operations.demo.estate import build_estate
from operations.people.audit import open_trail
from operations.people.sign_in import actor_here
from operations.scanning.scan import scan_sources
from operations.schedule.evaluate import evaluate
from operations.setup import Workspace, initialise
from retention.schedule import load_schedule

pytestmark = [pytest.mark.servers, pytest.mark.slow]

SERVICES = (ServiceSettings(name="Finance", paths=("Finance/**",)),)


def test_the_demo_estate_is_the_same_in_both_databases(tmp_path, postgres_url):
    build_estate(tmp_path / "estate")
    config = initialise(tmp_path / "work", Workspace("Council", "shares", tmp_path / "estate", SERVICES))
    settings = load_settings(config)
    detection = settings.detection.model_copy(update={"model": "none"})
    said = []
    for url in (settings.inventory.url, postgres_url):
        inventory_settings = settings.inventory.model_copy(update={"url": url})
        here = settings.model_copy(update={"inventory": inventory_settings, "detection": detection})
        scan_sources(actor_here(here), here, here.sources, lambda progress: None)
        said.append(everything(here, load_schedule(settings.retention.schedule)))
    assert said[0] == said[1]
    assert len(said[0][0]) > 100


def everything(settings, schedule) -> tuple[object, ...]:
    with open_trail(settings) as trail:
        evaluate(actor_here(settings), trail, schedule, date(2026, 11, 1))
    database = open_inventory(settings.inventory.url, create=False)
    inventory = Inventory(database)
    held = sorted(inventory.held(), key=lambda one: repr(one.record.ref))
    held = [(one.record, one.flag, one.owner, one.breadth) for one in held]
    coverage = inventory.coverage()
    told = held, coverage.outcomes, coverage.problems, inventory.services(), inventory.ownership(), inventory.kinds()
    database.dispose()
    return told
