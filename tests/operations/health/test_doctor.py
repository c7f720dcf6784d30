"""What the doctor says of what reads documents and pictures."""

from __future__ import annotations

import pytest
from tika_servers import answers, drops, free_port, played_tika

from operations.config import OcrSettings, TikaSettings, default_settings
from operations.health.doctor import Check, Health, examine_health

A_SAMPLE = b'[{"X-TIKA:content": "A sample to read."}]'
WITH_DELETED = b'[{"X-TIKA:content": "A sample to read.A deleted sample."}]'


def tika_check(url: str | None) -> Check:
    return the_check("Tika", tika=TikaSettings(server=url))


def the_check(subject: str, **sections) -> Check:
    settings = default_settings().model_copy(update=sections)
    return next(check for check in examine_health(settings) if check.subject == subject)


@pytest.fixture(autouse=True)
def no_workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_without_a_server_it_is_native_code():
    check = tika_check(None)
    assert (check.health, "iscc-tika" in check.seen) == (Health.GOOD, True)


def test_a_safe_server_is_named_with_its_version():
    with played_tika(answers(200, WITH_DELETED)) as server:
        check = tika_check(server.url)
    assert (check.health, "3.3.2" in check.seen) == (Health.GOOD, True)


def test_a_server_without_its_configuration_is_advised_on():
    with played_tika(answers(200, A_SAMPLE)) as server:
        check = tika_check(server.url)
    assert (check.health, "deleted text" in check.seen) == (Health.ADVICE, True)


def test_a_server_that_does_not_read_is_wrong():
    with played_tika(answers(200, b'[{"X-TIKA:content": "Lorem ipsum"}]')) as server:
        assert tika_check(server.url).health is Health.WRONG


def test_an_old_server_is_wrong_and_the_line_says_how_to_get_a_safe_one():
    with played_tika(drops, version=answers(200, b"Apache Tika 2.9.2")) as server:
        check = tika_check(server.url)
    assert (check.health, "CVE-2025-54988" in check.seen) == (Health.WRONG, True)
    assert "--fetch-tika" in check.mend


def test_a_server_that_is_not_there_is_wrong():
    assert tika_check(f"http://127.0.0.1:{free_port()}").health is Health.WRONG


@pytest.mark.parametrize(("pictures", "health"), [(True, Health.WRONG), (False, Health.ADVICE)])
def test_missing_language_data_is_named_and_wrong_only_where_pictures_are_to_be_read(pictures, health):
    check = the_check("OCR", ocr=OcrSettings(pictures=pictures, languages=("eng", "xxx")))
    assert (check.health, "xxx" in check.mend) == (health, True)


def test_ocr_that_is_switched_on_and_has_its_data_is_good():
    assert the_check("OCR", ocr=OcrSettings(pictures=True)).health is Health.GOOD
    assert the_check("OCR", ocr=OcrSettings()).health is Health.ADVICE


@pytest.mark.servers
def test_the_real_server_is_good(real_tika):
    check = tika_check(real_tika)
    assert (check.health, check.mend) == (Health.GOOD, "")
