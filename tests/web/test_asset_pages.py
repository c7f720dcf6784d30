"""Assets in pages: what is missing comes first, a sheet and a form are read by the same rules, others' stay unseen."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from viewed_estate import an_estate
from web_clients import csrf_of, posted

from domain.asset import TEXTS, Asset, Location
from inventory import asset_figures
from inventory.asset_holdings import keep_holdings
from inventory.assets import assets, write_asset
from inventory.audit import entries
from inventory.engine import reading, writing

PLACE = Location("shares", b"Planning/Case files")
FULL = Asset(
    "A-1", "Case files", "Planning", (PLACE,), owner="vera.holt", approver="hugo.vale", technical_officer="rosa.lind",
    purpose="Deciding", lawful_basis="6(1)(e)", condition="9(2)(g)",
)  # fmt: skip
ROADS = Asset("A-2", "Secret roads", "Highways", (Location("shares", b"Highways/Works"),))
FORM = {"title": "Case files", "service": "Planning", "owner": "vera.holt", "locations": "shares:Planning/Case files"}


@pytest.fixture(autouse=True)
def estate(trail):
    an_estate(trail.database)
    with writing(trail.database) as connection:
        write_asset(connection, FULL)
        write_asset(connection, ROADS)


@pytest.fixture
def rosa(signed_in):
    """A reviewer of Planning."""
    return signed_in("rosa.lind")


@pytest.fixture
def vera(signed_in):
    """An approver of Planning."""
    return signed_in("vera.holt")


def kept(trail, number: str = "A-1") -> Asset:
    with reading(trail.database) as connection:
        return assets(connection)[number]


def stamp(client, number: str = "A-1") -> str:
    return client.get(f"/information-assets/{number}.json").json()["stamp"]


def errors(answer) -> str:
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found.group(1))).strip() if found else ""


def sent(client, text: str, name: str = "assets.csv"):
    return client.post(
        "/information-assets/import", data={"csrf": csrf_of(client)}, files={"file": (name, text.encode())}
    )


def test_what_lacks_most_at_most_risk_comes_first(signed_in):
    told = signed_in("ivan.gale").get("/information-assets.json").json()
    assert told["assets"][0]["id"] == "A-1"
    assert told["assets"][0]["lacks"] == ["nobody has confirmed what it is and who answers for it"]
    assert {one["service"] for one in told["assets"]} == {"Planning", "Highways"}
    assert any(not one["id"] and one["lacks"] == ["it lies in no asset"] for one in told["assets"])
    page = signed_in("ivan.gale").get("/information-assets?service=Highways")
    assert "Secret roads" in page.text
    assert "Case files" not in page.text


@pytest.mark.parametrize("shape", ["", ".json", ".csv"])
def test_an_asset_of_another_service_is_not_there(rosa, shape):
    assert "Secret" not in rosa.get(f"/information-assets{shape}").text
    assert "Secret" not in rosa.get(f"/information-assets{shape}?service=Highways").text
    assert rosa.get(f"/information-assets/A-2{shape}").status_code == 404
    for verb in ("edit", "withdraw"):
        assert posted(rosa, f"/information-assets/A-2/{verb}", **FORM).status_code == 404
    assert rosa.get("/information-assets/A-2/edit").status_code == 404


def test_an_asset_is_shown_with_what_lies_in_it_and_what_that_leaves_out(rosa):
    page = rosa.get("/information-assets/A-1").text
    assert "not read to the end" in page
    assert "nothing in it may be disposed of" in page
    assert "Confirm it" not in page
    assert "Change what it says" in page
    assert rosa.get("/information-assets/A-1.json").json()["holding"]["personal"] == 4


def test_what_is_changed_is_said_and_no_longer_confirmed(rosa, vera, trail):
    assert posted(vera, "/information-assets/A-1/confirm", stamp=stamp(vera)).status_code == 303
    assert "purpose" in kept(trail).confirmed
    answer = posted(rosa, "/information-assets/A-1/edit", **FORM, purpose="Advising", stamp=stamp(rosa))
    assert answer.headers["location"] == "/information-assets/A-1"
    assert (kept(trail).purpose, "purpose" in kept(trail).confirmed) == ("Advising", False)
    assert "Advising" not in str([*entries(trail.database)])


def test_a_form_that_is_stale_changes_nothing(rosa, vera, trail):
    before = stamp(rosa)
    assert posted(rosa, "/information-assets/A-1/edit", **FORM, purpose="Advising", stamp=before).status_code == 303
    late = posted(vera, "/information-assets/A-1/edit", **FORM, purpose="Guessing", stamp=before)
    assert late.status_code == 409
    assert "Somebody has changed this asset" in errors(late)
    assert "Guessing" in late.text
    assert posted(vera, "/information-assets/A-1/confirm", stamp=before).status_code == 409
    assert (kept(trail).purpose, kept(trail).confirmed_on) == ("Advising", None)


@pytest.mark.parametrize(
    ("said", "told"),
    [({"service": ""}, "An asset needs one"), ({"locations": "shares:Nowhere"}, "no one folder"),
     ({"lawful_basis": "because"}, "is not one"), ({"title": ""}, "An asset needs one"),
     ({"update_frequency": "now and then"}, "is none")],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field(rosa, trail, said, told):
    answer = posted(rosa, "/information-assets/A-1/edit", **FORM | said, stamp=stamp(rosa))
    assert answer.status_code == 422
    assert told in errors(answer)
    assert f'href="#{next(iter(said))}"' in answer.text
    assert kept(trail) == FULL


def test_nobody_moves_an_asset_to_a_service_that_is_not_theirs(rosa, trail):
    answer = posted(rosa, "/information-assets/A-1/edit", **FORM | {"service": "Highways"}, stamp=stamp(rosa))
    assert answer.status_code == 403
    assert kept(trail) == FULL


def test_a_new_asset_is_a_draft_and_takes_no_name_that_is_taken(rosa, trail):
    new = FORM | {"id": "A-9", "locations": "shares:Planning/<b>Odd</b>"}
    assert posted(rosa, "/information-assets/new", **new).headers["location"] == "/information-assets/A-9"
    assert kept(trail, "A-9").released is None
    assert posted(rosa, "/information-assets/new", **new | {"title": "Other"}).status_code == 409


def test_only_what_has_all_it_needs_is_released_and_by_who_may(rosa, vera, trail):
    assert posted(rosa, "/information-assets/A-1/release", stamp=stamp(rosa)).status_code == 403
    refused = posted(vera, "/information-assets/A-1/release", stamp=stamp(vera))
    assert (refused.status_code, "nobody has confirmed" in errors(refused)) == (409, True)
    posted(vera, "/information-assets/A-1/confirm", stamp=stamp(vera))
    assert posted(vera, "/information-assets/A-1/release", stamp=stamp(vera)).status_code == 303
    assert kept(trail).released is not None
    assert posted(rosa, "/information-assets/A-1/withdraw").status_code == 303
    assert kept(trail).released is None


def test_a_sheet_goes_out_and_comes_back(rosa, trail):
    sheet = rosa.get("/information-assets.csv").text
    assert "Secret" not in sheet
    assert sent(rosa, sheet.replace("Deciding", "Advising")).status_code == 303
    assert kept(trail).purpose == "Advising"
    assert "1 changed" in rosa.get("/information-assets").text


def test_each_line_that_cannot_be_is_named_and_nothing_is_taken_in(rosa, trail):
    answer = sent(rosa, "id,title,lawful_basis\nA-1,New,because\nA 2,x,\n")
    assert answer.status_code == 422
    assert "file.csv:2: lawful_basis" in errors(answer)
    assert "file.csv:3: id" in errors(answer)
    assert "/tmp" not in answer.text
    assert kept(trail) == FULL
    assert sent(rosa, "id,purpose\nA-2,Mine\n").status_code == 403
    assert "Choose a file" in errors(sent(rosa, "x", "assets.exe"))
    assert "Choose a file" in errors(posted(rosa, "/information-assets/import"))


def test_of_much_it_is_said_of_which_day_the_counts_are_or_that_there_are_none_yet(signed_in, trail, monkeypatch):
    monkeypatch.setattr(asset_figures, "SMALL", 0)
    with writing(trail.database) as connection:
        write_asset(connection, replace(FULL, confirmed=frozenset({*TEXTS, "locations"})))
    rita = signed_in("rita.marsh")
    pages = ("/information-assets", "/information-assets/A-1")
    for page in pages:
        assert "was not added up yet" in rita.get(page).text
    assert "High risk" not in rita.get(pages[0]).text
    assert "Nothing that is known yet" in rita.get(pages[0]).text
    sheet = list(csv.DictReader(io.StringIO(rita.get(f"{pages[0]}.csv").text)))
    assert {one["lacks"].rpartition("; ")[2] for one in sheet} == {"what lies in it was not added up yet"}
    known, lying = asset_figures.added_up(trail.database)
    with writing(trail.database) as connection:
        keep_holdings(connection, date(2026, 11, 22), known, lying)
    for page in pages:
        assert "was added up on 22 November 2026." in rita.get(page).text
        assert "not added up yet" not in rita.get(page).text + rita.get(f"{pages[0]}.csv").text
    assert "Names of people" in rita.get(pages[1]).text
    with writing(trail.database) as connection:
        write_asset(connection, replace(ROADS, locations=(Location("shares", b"Highways"),)))
    for page in pages:
        assert "Assets have other folders since" in rita.get(page).text
