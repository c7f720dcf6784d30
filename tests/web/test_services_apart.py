"""Nobody sees another service's items, assets or holds, by any address of any page, in any shape."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from registered_estate import registers
from viewed_estate import CASE, PART, ROADS
from web_clients import csrf_of

THEIRS = (
    "Case 7",
    "Letter copy",
    "Letter.txt",
    "Sealed.pdf",
    "Note.eml",
    "New.xlsx",
    "Case files",
    "Claim 7",
    "CLAIM-7",
)
"""What only names of Planning's items, folders, assets and holds hold."""
WORDS = {
    "service": "Planning", "folder": "Planning/Case files", "within": "Planning", "item": str(CASE), "key": "PL",
    "by": "rule", "account": "rosa.lind", "about": f"item:{CASE}", "q": "Case", "name": "Case",
}  # fmt: skip
PLACES = {"number": (str(CASE), str(PART), "A-1"), "name": ("CLAIM-7",), "item": (str(CASE),)}


@pytest.fixture
def trail(trail):
    registers(trail)
    return trail


def addresses(app) -> Iterator[tuple[str, dict[str, str]]]:
    """Of every page, its data, its table and its API, each with what is Planning's in every part that it takes."""
    for route in app.routes:
        if isinstance(route, APIRoute) and "GET" in route.methods:
            said = {one.alias: WORDS[one.alias] for one in route.dependant.query_params if one.alias in WORDS}
            yield from ((path, words) for path in _filled(route.path) for words in ({}, said))


def _filled(path: str) -> list[str]:
    named = [name for name in PLACES if f"{{{name}}}" in path]
    found = [path]
    for name in named:
        found = [one.replace(f"{{{name}}}", value) for one in found for value in PLACES[name]]
    return found


@pytest.mark.parametrize("who", ["piet.moor", "hugo.vale"])
def test_no_address_tells_of_what_is_another_service_s(app, trail, signed_in, who):
    client, told = signed_in(who), 0
    for path, words in dict.fromkeys((path, tuple(words.items())) for path, words in addresses(app)):
        answer = client.get(path, params=dict(words))
        assert answer.status_code < 500, path
        assert [one for one in THEIRS if one in answer.text] == [], (path, words)
        told += answer.status_code == 200
    assert told > 60
    assert "Secret road" in client.get(f"/items/{ROADS}").text


def test_one_of_the_service_is_told_all_of_these(app, trail, signed_in):
    """So that the names above are the right ones."""
    rosa = signed_in("rosa.lind")
    seen = "".join(rosa.get(path, params=words).text for path, words in addresses(app) if "/api/" not in path)
    assert [one for one in THEIRS if one not in seen] == ["Claim 7"]
    ivan = signed_in("ivan.gale").get("/holds").text
    assert "Claim 7" in ivan


def test_no_form_of_any_page_is_taken_without_its_token(app, signed_in):
    client = signed_in("rita.marsh")
    posts = [one.path for one in app.routes if isinstance(one, APIRoute) and "POST" in one.methods]
    assert len(posts) > 50
    for path in (found for one in posts for found in _filled(one)):
        for form in ({}, {"csrf": "0" * 64}):
            answer = client.post(path, data=form, headers={"accept": "application/json"})
            assert (answer.status_code, answer.json()["title"]) == (403, "This form was not taken"), path
        sent = {"data": {"csrf": csrf_of(client)}, "headers": {"accept": "application/json"}}
        sent["headers"]["origin"] = "https://elsewhere.example"
        assert client.post(path, **sent).json()["title"] == "This form was not taken", path
