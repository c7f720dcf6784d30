from __future__ import annotations

import pytest

from operations.config import default_settings
from operations.configuration.disposal_settings import DisposalSettings
from operations.configuration.source_settings import FolderSettings
from operations.health.check import Health
from operations.health.disposal_health import disposal_checks


def told(*, enabled: bool, **sources: FolderSettings):
    settings = default_settings().model_copy(update={"disposal": DisposalSettings(enabled=enabled)})
    settings = settings.over(sources.values())
    return {check.subject: check for check in disposal_checks(settings)}


def a_folder(path, *, dispose: bool = True) -> FolderSettings:
    return FolderSettings(name="shares", root=path, dispose=dispose)


def test_nothing_is_said_while_disposal_is_switched_off(tmp_path):
    assert told(enabled=False, shares=a_folder(tmp_path)) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("dispose", "health"), [(True, Health.GOOD), (False, Health.ADVICE)])
def test_each_source_says_whether_it_can(tmp_path, dispose, health):
    check = told(enabled=True, shares=a_folder(tmp_path, dispose=dispose))["disposal of shares"]
    assert check.health is health


def test_a_source_that_is_told_to_and_cannot_is_wrong_and_says_why(tmp_path):
    check = told(enabled=True, shares=a_folder(tmp_path / "not there"))["disposal of shares"]
    assert (check.health, bool(check.seen), "docs/disposal.md" in check.mend) == (Health.WRONG, True, True)
