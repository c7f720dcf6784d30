"""The text of an item in the browser: asked for by a form, shown once, escaped, to whom it may be; and its history."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from previewed import CANARY, LETTER, a_classifier, a_share, listed, settings_of, user
from sqlalchemy import update
from web_clients import csrf_of, posted

from inventory import accounts
from inventory.audit import latest
from inventory.engine import writing
from inventory.tables import ItemRow
from operations import wiring
from operations.viewing import preview


@pytest.fixture
def settings(tmp_path):
    a_share(tmp_path, letter__txt=LETTER.encode(), photo__png=a_photo())
    return settings_of(tmp_path, tmp_path / "i.db")


def a_photo() -> bytes:
    about = PngInfo()
    about.add_text("Author", CANARY)
    with io.BytesIO() as file:
        Image.new("RGB", (300, 200), "red").save(file, "PNG", pnginfo=about)
        return file.getvalue()


@pytest.fixture
def numbers(trail, tmp_path) -> dict[str, int]:
    """Of the files by their names; rosa.lind is a user of the machine."""
    found = listed(trail.database, tmp_path)
    with writing(trail.database) as transaction:
        accounts.bind(transaction, "rosa.lind", user())
    return found


@pytest.fixture
def page(numbers) -> str:
    """The address of the letter's page."""
    return f"/items/{numbers['letter.txt']}"


@pytest.fixture
def photo(numbers) -> str:
    """The address of the picture's page."""
    return f"/items/{numbers['photo.png']}"


@pytest.fixture
def _here(monkeypatch):
    """Read in this process: to begin another takes seconds."""
    monkeypatch.setattr(preview, "alone", lambda order, *_: order())
    monkeypatch.setattr(wiring, "classifier_of", lambda *_: a_classifier())


@pytest.mark.usefixtures("_here")
def test_it_is_shown_after_it_was_asked_for_escaped_and_kept_by_no_browser(signed_in, page):
    client = signed_in("rosa.lind")
    assert f'href="{page}/preview"' in client.get(page).text
    assert CANARY not in client.get(f"{page}/preview").text
    answer = posted(client, f"{page}/preview")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert CANARY in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<script>alert" not in answer.text
    assert "[National Insurance numbers]</span></mark>" in answer.text


@pytest.mark.usefixtures("_here")
def test_a_picture_is_shown_from_a_path_of_its_own_that_may_do_nothing(signed_in, photo):
    client = signed_in("rosa.lind")
    offered = posted(client, f"{photo}/preview").text
    assert "It is a picture" in offered
    assert f'action="{photo}/picture"' in offered
    answer = posted(client, f"{photo}/picture")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size, picture.info) == ("PNG", (300, 200), {})
    assert client.get(f"{photo}/picture").status_code == 405
    told = signed_in("ivan.gale").get(f"{photo}/history.json").json()["done"]
    assert [one["what"] for one in told] == ["It was shown", "It was asked for and not shown"]


@pytest.mark.usefixtures("_here")
def test_what_is_known_to_be_a_picture_is_offered_as_one_at_once(signed_in, trail, numbers, photo):
    with writing(trail.database) as transaction:
        transaction.execute(update(ItemRow).filter_by(id=numbers["photo.png"]).values(media_type="image/png"))
    offered = signed_in("rosa.lind").get(f"{photo}/preview").text
    assert f'action="{photo}/picture"' in offered
    assert "Show its text" not in offered


@pytest.mark.usefixtures("_here")
def test_what_is_no_picture_or_not_to_be_seen_is_a_page_that_says_so(signed_in, photo, page):
    assert CANARY in posted(signed_in("rosa.lind"), f"{page}/picture").text
    assert "Sign in with your work account" in posted(signed_in("vera.holt"), f"{photo}/picture").text
    assert posted(signed_in("piet.moor"), f"{photo}/picture").status_code == 404


@pytest.mark.usefixtures("_here")
def test_each_look_is_in_the_history_of_the_item(signed_in, page):
    posted(signed_in("rosa.lind"), f"{page}/preview")
    posted(signed_in("ivan.gale"), f"{page}/preview")
    told = signed_in("ivan.gale").get(f"{page}/history.json").json()
    assert [(one["what"], one["by"]) for one in told["done"]] == [
        ("It was asked for and not shown", "ivan.gale"), ("It was shown", "rosa.lind"),
    ]  # fmt: skip
    assert "It was shown" in signed_in("ivan.gale").get(f"{page}/history").text
    assert "It was shown,,rosa.lind" in signed_in("ivan.gale").get(f"{page}/history.csv").text


def test_who_may_not_see_the_trail_sees_what_was_decided(signed_in, page):
    told = signed_in("rosa.lind").get(f"{page}/history.json").json()
    assert (told["name"], told["decided"], told["done"]) == ("letter.txt", [], None)
    assert "to those who may see the audit trail" in signed_in("rosa.lind").get(f"{page}/history").text


def never(*_: object) -> bytes:
    raise AssertionError("it was opened")


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("vera.holt", 200, "Sign in with your work account"), ("rita.marsh", 200, "Sign in with your work account"),
        ("dora.penn", 200, "Sign in with your work account"), ("piet.moor", 404, ""), ("hugo.vale", 404, ""),
        ("sid.rowe", 403, ""), ("abel.quill", 403, ""), ("ada.frost", 403, ""),
    ],
)  # fmt: skip
def test_a_role_is_not_enough_and_without_one_nothing_is_told(signed_in, page, monkeypatch, name, status, said):
    monkeypatch.setattr(preview, "alone", never)
    client = signed_in(name)
    answer = posted(client, f"{page}/preview")
    assert answer.status_code == status
    assert said in answer.text
    assert client.get(f"{page}/preview").status_code == status
    if status == 404:
        assert client.get(f"{page}/history").status_code == 404


@pytest.mark.parametrize("form", ["application/json", "text/csv"])
@pytest.mark.parametrize("what", ["preview", "picture"])
def test_a_program_is_refused_before_anything_is_read_or_written_down(signed_in, trail, page, monkeypatch, form, what):
    monkeypatch.setattr(preview, "alone", never)
    client, before = signed_in("rosa.lind"), len(latest(trail.database, 100))
    answer = client.post(f"{page}/{what}", data={"csrf": csrf_of(client)}, headers={"accept": form})
    assert (answer.status_code, "shown as a page alone" in answer.text) == (406, True)
    assert len(latest(trail.database, 100)) == before


@pytest.mark.parametrize("number", ["99", "0", "-1", str(2**64)])
def test_of_what_there_is_not_there_is_no_page(signed_in, page, number):
    client = signed_in("rosa.lind")
    assert page
    assert posted(client, f"/items/{number}/preview").status_code == 404
    assert client.get(f"/items/{number}/history").status_code == 404


@pytest.mark.servers
@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_browser_it_is_accessible_and_does_nothing(visiting, page, scripts, tmp_path):
    seen = visiting("rosa.lind", scripts=scripts).new_page()
    said: list[str] = []
    seen.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    seen.on("console", lambda line: said.append(line.text))
    seen.goto(f"{page}/preview")
    accessible(seen, scripts=scripts)
    seen.get_by_role("button", name="Show its text").press("Enter")
    seen.locator(".muniment-text").wait_for()
    assert CANARY in seen.locator(".muniment-text").inner_text()
    assert seen.locator("main img, main script").count() == 0
    seen.screenshot(path=tmp_path / "preview.png", full_page=True)
    accessible(seen, scripts=scripts)
    seen.set_viewport_size({"width": 320, "height": 256})
    assert seen.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    accessible(seen, scripts=scripts)
    seen.goto(f"{page}/history")
    accessible(seen, scripts=scripts)
    assert said == []


@pytest.mark.servers
@pytest.mark.usefixtures("_here")
def test_in_a_browser_a_picture_is_seen_beside_its_page(visiting, photo):
    seen = visiting("rosa.lind").new_page()
    seen.goto(f"{photo}/preview")
    seen.get_by_role("button", name="Show its text").click()
    accessible(seen, scripts=True)
    with seen.context.expect_page() as opened:
        seen.get_by_role("button", name="Show the picture").click()
    opened.value.locator("img").wait_for()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 300
    assert seen.get_by_role("heading", name="What it shows").count() == 1


def accessible(seen, *, scripts: bool) -> None:
    """Axe is a script: where these are off it would never answer."""
    if not scripts:
        return
    found = Axe().run(seen)
    assert found.violations_count == 0, found.generate_snapshot()
