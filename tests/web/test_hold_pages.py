"""Legal holds in pages: nothing is placed unseen, late reviews nag, names of people stay nowhere."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from reviewed_estate import an_estate, settings_with_schedule
from web_clients import posted

from domain.hold import Hold, HoldKind, HoldScope
from inventory import holds as kept
from inventory.audit import entries
from inventory.engine import reading, writing
from operations.keys import make_key

TODAY = datetime.now(UTC).date()
SOON = TODAY + timedelta(days=200)
FIELDS = {
    "id": "CLAIM-7", "kind": "litigation", "reason": "Claim 7", "authorised_by": "role:solicitor",
    "review_by": str(SOON), "paths": "Planning/Letters/**",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    made = settings_with_schedule(tmp_path)
    make_key(made.inventory.key_file)
    return made


@pytest.fixture
def estate(trail):
    return an_estate(trail)


@pytest.fixture
def ivan(estate, signed_in):
    """Information Governance, which places holds."""
    return signed_in("ivan.gale")


def held(trail) -> dict[str, Hold]:
    with reading(trail.database) as connection:
        return {one.id: one for one in kept.holds(connection)}


def add(trail, name="OLD-1", services=(), **said) -> None:
    scope = HoldScope(paths=("HR/**",), services=services)
    hold = Hold(name, HoldKind.LITIGATION, "A claim", "counsel", scope, placed=date(2026, 1, 1), **said)
    with writing(trail.database) as connection:
        kept.add_hold(connection, hold)


def errors(answer) -> str:
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found.group(1))).strip() if found else ""


def looked_at(client, **fields):
    """The form as it comes back once what it would freeze was shown."""
    answer = posted(client, "/holds/new", **FIELDS, **fields)
    assert answer.status_code == 200, errors(answer)
    return answer, re.search(r'name="seen" value="(\w+)"', answer.text).group(1)


def test_nothing_is_placed_before_what_it_freezes_was_seen(ivan, trail):
    answer, seen = looked_at(ivan)
    assert "It would freeze 4 files" in answer.text
    assert "Of these 4 are put forward now" in answer.text
    assert held(trail) == {}
    other = posted(ivan, "/holds/new", **FIELDS | {"paths": "**"}, seen=seen)
    assert "It would freeze 12 files" in other.text
    assert held(trail) == {}
    assert posted(ivan, "/holds/new", **FIELDS, seen=seen).headers["location"] == "/holds"
    assert held(trail)["CLAIM-7"].scope.paths == ("Planning/Letters/**",)
    assert "CLAIM-7" in ivan.get("/holds").text
    assert ivan.get("/holds/CLAIM-7.json").json()["state"] == "Active"
    assert ivan.get("/holds.csv").text.splitlines()[1].startswith("CLAIM-7,Litigation,Active,no,Claim 7")


def test_it_is_the_same_for_programs(ivan, trail):
    draft = posted(ivan, "/api/v1/holds/new", **FIELDS).json()
    assert draft["frozen"]["total"]["items"] == 4
    assert posted(ivan, "/api/v1/holds/new", **FIELDS, seen=draft["seen"]).json()["to"] == "/holds"
    assert set(held(trail)) == {"CLAIM-7"}


def test_of_people_only_seals_come_back(ivan, trail):
    answer, _ = looked_at(ivan, people="Amy Marsh\nQQ123456C")
    assert "Amy" not in answer.text
    assert "QQ123456C" not in answer.text
    sealed = re.search(r'name="sealed" value="([0-9a-f ]+)"', answer.text).group(1)
    seen = re.search(r'name="seen" value="(\w+)"', answer.text).group(1)
    assert posted(ivan, "/holds/new", **FIELDS, sealed=sealed, seen=seen).status_code == 303
    assert set(held(trail)["CLAIM-7"].scope.people) == set(sealed.split())
    assert "Marsh" not in str([*entries(trail.database)])


def test_so_much_that_nobody_would_wait_is_not_counted(ivan, trail, monkeypatch):
    monkeypatch.setattr("operations.viewing.holds.MOST_COUNTED", 3)
    answer, seen = looked_at(ivan)
    assert "is not counted here" in answer.text
    assert posted(ivan, "/holds/new", **FIELDS, seen=seen).status_code == 303


@pytest.mark.parametrize(
    ("said", "told"),
    [({"id": ""}, "Say what the hold is called"), ({"kind": "whim"}, "Choose what kind of hold it is."),
     ({"review_by": ""}, "Enter the day on which somebody looks at it again"),
     ({"begins-day": "32"}, "Enter a day, such as 31 5 2027, or leave it empty."),
     ({"paths": ""}, "Say what it freezes"), ({"services": "Plannig"}, "Planning"),
     ({"terms": "asbestos"}, 'there is no term "asbestos"'), ({"id": "PL"}, 'has the id "PL"'),
     ({"id": "a b"}, "id")],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_what_was_typed(ivan, trail, said, told):
    answer = posted(ivan, "/holds/new", **FIELDS | said)
    assert answer.status_code == 422
    assert told in errors(answer).replace("&#34;", '"')
    assert re.findall(r'href="#([^"]+)"', answer.text)[-1] in re.findall(r'id="([^"]+)"', answer.text)
    assert held(trail) == {}


def test_a_name_is_given_once(ivan, trail):
    add(trail, "Claim-7")
    assert "a hold of that name already" in errors(posted(ivan, "/holds/new", **FIELDS))


def test_a_late_review_nags_until_somebody_looked(ivan, trail):
    add(trail, review_by=TODAY - timedelta(days=3))
    add(trail, "A-LATER", review_by=SOON)
    page = ivan.get("/holds")
    assert "The review of 1 hold is late" in page.text
    assert page.text.index("OLD-1") < page.text.index("A-LATER")
    assert "Enter the day" in errors(posted(ivan, "/holds/OLD-1/review"))
    assert "lies in the future" in errors(posted(ivan, "/holds/OLD-1/review", until="2001-01-01"))
    assert posted(ivan, "/holds/OLD-1/review", until=str(SOON)).status_code == 303
    assert held(trail)["OLD-1"].review_by == SOON
    assert "Review late" not in ivan.get("/holds").text


def test_only_a_request_ends_by_its_answer(ivan, trail):
    add(trail)
    assert "only a request ends by itself" in errors(posted(ivan, "/holds/OLD-1/answer", answered="2026-01-05"))
    asked = FIELDS | {"kind": "sar", "id": "SAR-1"}
    seen = re.search(r'name="seen" value="(\w+)"', posted(ivan, "/holds/new", **asked).text).group(1)
    assert posted(ivan, "/holds/new", **asked, seen=seen).status_code == 303
    assert "P6M" in errors(posted(ivan, "/holds/SAR-1/answer", answered="2026-01-05", ends_after="soon"))
    assert posted(ivan, "/holds/SAR-1/answer", answered="2026-01-05", ends_after="P6M").status_code == 303
    assert held(trail)["SAR-1"].ends_on == date(2026, 7, 5)


def test_a_release_needs_a_reason_and_is_kept(ivan, trail):
    add(trail)
    assert "A release needs a reason" in errors(posted(ivan, "/holds/OLD-1/release", why=" "))
    assert posted(ivan, "/holds/OLD-1/release", why="Settled, letter of 3 March").status_code == 303
    assert "There is no hold in force" in ivan.get("/holds").text
    assert ivan.get("/holds.json?everything=true").json()["holds"][0]["state"] == "Released"
    assert "was released already" in errors(posted(ivan, "/holds/OLD-1/release", why="Again"))
    assert [one.act for one in entries(trail.database)][-1] == "hold.released"


def test_a_reviewer_sees_the_holds_that_name_their_services_alone(estate, signed_in, trail):
    add(trail, "EVERYWHERE")
    add(trail, "OURS", services=("Planning",))
    add(trail, "BOTH", services=("Planning", "Highways"))
    rosa = signed_in("rosa.lind")
    assert [one["id"] for one in rosa.get("/holds.json").json()["holds"]] == ["OURS"]
    assert rosa.get("/holds/EVERYWHERE").status_code == rosa.get("/holds/BOTH.json").status_code == 404
    assert "Release" not in rosa.get("/holds/OURS").text
    assert posted(rosa, "/holds/OURS/release", why="Mine").status_code == 403
    assert rosa.get("/holds/new").status_code == 403


def test_a_template_fills_the_form(ivan):
    page = ivan.get("/holds/new?template=iicsa")
    assert "the instruction of 2 July 2015" in page.text
    assert '<option value="inquiry" selected>' in page.text
    assert ivan.get("/holds/new?template=none").status_code == 200
