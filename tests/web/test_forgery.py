"""Forms that we did not hand out, and requests that are not for us."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from web_clients import csrf_of, posted

from web.guard import _Taken

OUT = "/sign-out"


@pytest.mark.parametrize("token", ["", "0" * 64, "é", None])
def test_a_form_without_the_right_token_does_nothing(signed_in, token):
    client = signed_in("rosa.lind")
    answer = client.post(OUT, data={} if token is None else {"csrf": token})
    assert answer.status_code == 403
    assert "from before you signed in" in answer.text
    assert client.get("/account").status_code == 200


def test_the_token_of_another_s_session_is_refused(signed_in):
    client, other = signed_in("rosa.lind"), signed_in("ada.frost")
    assert client.post(OUT, data={"csrf": csrf_of(other)}).status_code == 403


def test_a_token_from_before_signing_in_is_refused_after_it(client, signed_in):
    client.get("/sign-in")
    before = csrf_of(client)
    assert signed_in("rosa.lind").post(OUT, data={"csrf": before}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"origin": "http://localhost:81"},
     {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_a_form_that_another_site_sent_does_nothing_even_with_the_token(signed_in, headers):
    client = signed_in("rosa.lind")
    assert client.post(OUT, data={"csrf": csrf_of(client)}, headers=headers).status_code == 403


def test_a_program_may_carry_the_token_in_a_header(signed_in):
    client = signed_in("rosa.lind")
    assert client.post(OUT, headers={"x-csrf-token": csrf_of(client), "origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize(
    "name",
    [
        "elsewhere.example",
        "localhost.elsewhere.example",
        "",
        "127.0.0.1.nip.example:80",
        "localhost:80@elsewhere.example",
        "localhost:/x?",
        "localhost/x",
        "localhost:80:80",
    ],
)
def test_a_name_that_is_none_of_ours_is_not_answered_to(client, name):
    answer = client.get("/sign-in", headers={"host": name})
    assert (answer.status_code, "sign-in" in answer.text) == (421, False)


def test_what_is_too_large_is_refused_whether_it_says_so_or_not(signed_in):
    client = signed_in("rosa.lind")
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(OUT, content=b"a=" + b"x" * 5_000_000, headers=form).status_code == 413

    def pieces():
        for _ in range(80):
            yield b"x" * 65_536

    assert client.post(OUT, content=pieces(), headers=form).status_code == 413
    assert posted(client, OUT, note="x" * 100_000).status_code == 303


def test_a_method_is_what_it_is_whatever_else_is_said(signed_in):
    client = signed_in("rosa.lind")
    client.get("/account", params={"_method": "POST"}, headers={"x-http-method-override": "POST"})
    assert client.get(OUT, headers={"x-http-method-override": "POST"}).status_code == 405
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["application/json", "text/plain", "application/x-www-form-urlencoded; charset=utf-16", "",
     "multipart/form-data; boundary=x; charset=utf-7", "application/x-www-form-urlencodedx"],
)  # fmt: skip
def test_what_is_no_form_in_utf_8_is_told_so_and_does_nothing(signed_in, kind):
    client = signed_in("rosa.lind")
    headers = {"content-type": kind, "x-csrf-token": csrf_of(client), "accept": "application/json"}
    answer = client.post(OUT, content=b'{"a": 1}', headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (415, "Only forms are read here")
    assert client.get("/account").status_code == 200


def test_a_character_that_no_text_has_comes_no_further(signed_in):
    client = signed_in("rosa.lind")
    assert posted(client, OUT, note="a\0b").status_code == 400
    assert client.get("/items?service=a%00b").status_code == 400
    assert client.get("/items%00").status_code == 404
    assert client.get("/account").status_code == 200


def test_a_body_of_two_lengths_is_not_read(signed_in):
    client = signed_in("rosa.lind")
    headers = {"content-length": "3", "transfer-encoding": "chunked", "x-csrf-token": csrf_of(client)}
    assert client.post(OUT, content=b"a=1", headers=headers).status_code == 400
    assert client.get("/account").status_code == 200


def test_thousands_of_fields_are_read_and_more_are_refused(signed_in):
    client = signed_in("rosa.lind")
    form = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": csrf_of(client)}
    assert client.post(OUT, content=b"a=&" * 10_001, headers=form).status_code == 400
    assert client.post(OUT, content=b"a=&" * 9_999, headers=form).status_code == 303


def test_a_body_that_does_not_come_is_not_waited_for():
    async def never():
        await asyncio.Event().wait()

    taken = _Taken(never, 100, until=0.0)
    assert asyncio.run(taken.receive()) == {"type": "http.disconnect"}


def test_every_answer_tells_browsers_to_be_careful(client, signed_in):
    for answer in (client.get("/sign-in"), client.get("/nowhere"), signed_in("rosa.lind").get("/account.json")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert {"referrer-policy", "permissions-policy", "x-frame-options"} <= set(answer.headers)


def test_no_template_has_style_or_script_in_it_and_none_trusts_what_it_shows():
    for path in (Path(__file__).parents[2] / "web" / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert not re.search(r"\son[a-z]+=", text), path
        assert "|safe" not in text.replace(" ", ""), path
        assert "<script>" not in text, path
