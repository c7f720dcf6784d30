"""Dashboards and lists as pages: the same as data, each number with the way to its list, never of another's."""

from __future__ import annotations

import csv
import io
import re

import pytest
from viewed_estate import CASE, COPY, HIGHWAYS, PLANNING, ROADS, an_estate, begin_scan

from operations.viewing.filters import FILTERS
from web.boards import PAGES
from web.pages.lists import ItemWords

BOARDS = [path for _, path in PAGES if path != "/"] + ["/overview"]
LINK = re.compile(r'href="(/[^"]*)"')


@pytest.fixture(autouse=True)
def estate(trail):
    return an_estate(trail.database)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("path", BOARDS)
def test_each_dashboard_is_data_too(signed_in, path):
    client = signed_in("ivan.gale")
    told = client.get(f"{path}.json").json()
    assert told["lead"]
    assert client.get(f"/api/v1{path}").json() == told
    for table in told["tables"]:
        heading, *lines = rows(client.get(f"{path}.csv", params={"table": table["name"]}).text)
        assert heading == table["columns"]
        assert len(lines) == len(table["rows"])
    assert client.get(f"{path}.csv").status_code == 200
    assert client.get(f"{path}.csv?table=tea").status_code == (200 if path == "/overview" else 404)


def test_every_way_on_from_a_dashboard_is_open(signed_in):
    for who in ("ivan.gale", "rosa.lind", "ada.frost"):
        client = signed_in(who)
        pages = ["/", *BOARDS, "/risk?service=Planning"]
        ways = {way for page in pages for way in LINK.findall(client.get(page).text.replace("&amp;", "&"))}
        assert any(way.startswith("/items?") for way in ways) is (who != "ada.frost")
        shut = {way: status for way in ways if (status := client.get(way).status_code) != 200}
        assert shut == {}, who


def test_a_number_is_as_large_as_the_list_that_it_leads_to(signed_in):
    client, compared = signed_in("ivan.gale"), 0
    for page in ("/due", "/risk", "/estate", "/coverage"):
        for way, number in re.findall(r'href="(/items\?[^"]*)">([\d,]+)<', client.get(page).text.replace("&amp;", "&")):
            if "theme=" in way or (page == "/due" and "state=due" in way):
                continue  # added up on a day that this estate makes up
            assert len(client.get(way.replace("?", ".json?")).json()["items"]) == int(number), way
            compared += 1
    assert compared > 30


def test_a_reviewer_is_shown_nothing_of_another_service(signed_in):
    client = signed_in("rosa.lind")
    for path in ("/", *BOARDS, "/items", "/rot/items", f"/items/{CASE}", f"/items/{COPY}", f"/items?copies_of={COPY}"):
        for shape in ("", ".json", ".csv"):
            place, _, asked = path.partition("?")
            if place == "/" and shape:
                continue
            answer = client.get(f"{place}{shape}?{asked}")
            assert answer.status_code == 200, path
            assert HIGHWAYS not in answer.text, path
            assert "Secret" not in answer.text, path


@pytest.mark.parametrize("shape", ["", ".json", ".csv"])
def test_anothers_items_and_services_cannot_be_asked_for(signed_in, shape):
    client = signed_in("rosa.lind")
    for path in (f"/items/{ROADS}", "/items/999"):
        assert client.get(f"{path}{shape}").status_code == 404
    for path in ("/items", "/rot/items"):
        assert client.get(f"{path}{shape}", params={"service": HIGHWAYS}).status_code == 403
    for path in BOARDS:
        if path != "/scans":
            assert client.get(f"{path}{shape}", params={"service": HIGHWAYS}).status_code == 404, path
    assert client.get(f"/api/v1/items/{ROADS}").status_code == 404


def test_a_list_goes_on_where_its_page_ended_in_every_shape(signed_in):
    client = signed_in("ivan.gale")
    first = client.get("/items.json", params={"service": PLANNING, "limit": 6}).json()
    rest = client.get("/items.json", params={"service": PLANNING, "after": first["following"]}).json()
    numbers = [one["number"] for one in first["items"] + rest["items"]]
    whole = rows(client.get("/items.csv", params={"service": PLANNING}).text)[1:]
    assert [str(number) for number in numbers] == [line[0] for line in whole]
    (following,) = re.findall(r'href="([^"]+)" rel="next"', client.get("/items?service=Planning&limit=6").text)
    answer = client.get(following.replace("&amp;", "&")).text
    assert f'href="/items/{numbers[6]}"' in answer
    assert f'href="/items/{numbers[0]}"' not in answer


def test_a_word_that_is_not_known_is_refused_beside_the_filters(signed_in):
    answer = signed_in("ivan.gale").get("/items?band=9")
    assert answer.status_code == 422
    assert 'href="#filters"' in answer.text
    assert "It can be 80, 60, 40, 20, 0" in answer.text


def test_the_address_knows_every_filter():
    assert set(ItemWords.model_fields) == {*FILTERS, "sort", "after", "limit"}


def test_a_spreadsheet_takes_no_name_for_a_formula(signed_in):
    assert "'=HYPERLINK(1).csv" in signed_in("ivan.gale").get("/items.csv?service=Planning").text


def test_a_page_of_what_runs_asks_again_by_itself_and_not_for_ever(signed_in, trail, clock):
    client = signed_in("ivan.gale")
    assert "hx-get" not in client.get("/scans").text
    begin_scan(trail.database, clock())
    assert 'hx-get="/scans?turn=1"' in client.get("/scans").text
    assert "hx-get" not in client.get("/scans?turn=60").text
    part = client.get("/scans?turn=1", headers={"hx-request": "true"}).text
    assert part.strip().startswith("<div")
    assert 'hx-get="/scans?turn=2"' in part


def test_who_sees_no_figures_is_greeted(app, signed_in, monkeypatch):
    monkeypatch.setattr("web.pages.home.home_board", None)
    monkeypatch.setattr("web.asking.Asked.may", lambda *_: False)
    assert "You are signed in as ada.frost" in signed_in("ada.frost").get("/").text
