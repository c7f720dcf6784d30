"""No secret is in anything that a command says or writes, nor on any command line, whatever goes wrong."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import click
import pytest
from pydantic import BaseModel

from cli.main import COMMANDS
from domain.errors import MunimentError
from inventory.copying import back_up
from operations.config import Settings, load_settings

CANARY = "Quillfeather-9943476591"
NO_SECRETS = {
    "broken_passwords", "ca_file", "certificate", "file", "folder", "head_folder", "root", "schedule", "stamp_roots",
}  # fmt: skip
"""Settings that name a file or folder with nothing secret in it."""

SECRETS = {
    "inventory.password_file", "inventory.key_file", "inventory.audit_key_file", "directory.password_file",
    "web.certificate_key", "web.oidc.client_secret_file", "source.password_file", "source.secret_file",
    "source.dispose_password_file", "source.dispose_secret_file", "source.dispose_certificate_file",
    "source.certificate_file", "smtp.password_file",
}  # fmt: skip
CONFIG = """
[inventory]
url = "{url}"

[directory]
kind = "ldap"
server = "127.0.0.1"
port = {port}
tls = "none"
base = "dc=averham"
username = "reader"
password_file = "directory.password_file"
seconds = 5

[web]
host = "0.0.0.0"
certificate = "certificate"
certificate_key = "web.certificate_key"

[web.oidc]
issuer = "http://127.0.0.1:{port}/issuer"
client_id = "muniment"
client_secret_file = "web.oidc.client_secret_file"
address = "http://127.0.0.1:8580"
seconds = 5

[smtp]
server = "127.0.0.1"
port = {port}
tls = "none"
sender = "muniment@averham.example"
username = "muniment"
password_file = "smtp.password_file"
seconds = 5

[[pack]]
name = "monthly"
reports = ["coverage"]
mail_to = ["siro@averham.example"]

[[source]]
name = "share"
kind = "smb"
server = "127.0.0.1"
port = {port}
share = "x"
username = "reader"
password_file = "source.password_file"
dispose_username = "mover"
dispose_password_file = "source.dispose_password_file"

[[source]]
name = "mail"
kind = "imap"
server = "127.0.0.1"
port = {port}
tls = "none"
username = "reader"
mailboxes = ["amy"]
password_file = "source.password_file"

[[source]]
name = "cloud"
kind = "graph"
tenant = "averham.example"
client = "muniment"
authority = "https://127.0.0.1:{port}"
base = "http://127.0.0.1:{port}"
mailboxes = ["amy@averham.example"]
secret_file = "source.secret_file"
dispose_client = "mover"
dispose_secret_file = "source.dispose_secret_file"

[[source]]
name = "cloud by certificate"
kind = "graph"
tenant = "averham.example"
client = "muniment"
authority = "https://127.0.0.1:{port}"
base = "http://127.0.0.1:{port}"
mailboxes = ["amy@averham.example"]
certificate_file = "source.certificate_file"
dispose_client = "mover"
dispose_certificate_file = "source.dispose_certificate_file"
"""


def test_every_setting_that_names_a_secret_is_tried_here():
    assert set(secret_settings(Settings)) == SECRETS


def secret_settings(section: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in section.model_fields.items():
        if name not in NO_SECRETS and Path in types_in(field.annotation):
            yield before + name
        for inner in types_in(field.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from secret_settings(inner, f"{before}{name}.")


def types_in(annotation: object) -> set[object]:
    return {annotation}.union(*map(types_in, get_args(annotation)))


@pytest.fixture
def closed_port() -> int:
    """One that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def work(tmp_path, muniment, closed_port) -> Path:
    """A workspace in which every setting is a canary's, and every server is away."""
    folder = tmp_path / "work"
    assert muniment("init").returncode == 0
    for name in SECRETS - {"inventory.key_file", "inventory.audit_key_file"}:
        (folder / name).write_text(CANARY + "\n")
        (folder / name).chmod(0o600)
    (folder / "certificate").write_text("no certificate")
    (folder / "muniment.toml").write_text(CONFIG.format(url="sqlite:///inventory.db", port=closed_port))
    return folder


FAILING = (
    ["doctor"], ["-v", "scan", "--json"], ["serve"], ["status", "--json"], ["timetable", "list"],
    ["users", "list", "--json"], ["audit", "export", "out"], ["inventory", "check"],
)  # fmt: skip


@pytest.mark.slow
def test_nothing_that_fails_says_one(work, muniment, tmp_path):
    shown = [["config", "show"], ["config", "show", "--json"]] if "config" in COMMANDS else []
    told = [muniment(*command) for command in (*FAILING, *shown)]
    assert {one.returncode for one in told} >= {1, 2}
    assert "source cloud" in told[0].stdout
    said = {str(number): one.stdout + one.stderr for number, one in enumerate(told)}
    kept = {path.name for path in work.iterdir()} & SECRETS
    said |= {
        str(path): path.read_bytes().decode("latin-1")
        for path in tmp_path.rglob("*") if path.is_file() and path.name not in kept
    }  # fmt: skip
    keys = [(work / name).read_text().strip() for name in ("muniment.key", "muniment-audit.key")]
    own = {str(work / name) for name in ("muniment.key", "muniment-audit.key")}
    leaks = [
        name for name, text in said.items() if CANARY in text or (name not in own and any(key in text for key in keys))
    ]
    assert leaks == []


@pytest.mark.parametrize(
    "text",
    [
        f'[inventory]\nurl = "postgresql://writer:{CANARY}@db.example/muniment"\n',
        f'[inventory]\npassword = "{CANARY}"\n',
        f'[smtp]\nsender = "a@b.example"\nusername = "a"\npassword = "{CANARY}"\n',
        f'[[source]]\nname = "s"\nkind = "smb"\nserver = "s"\nshare = "x"\nusername = "u"\npassword = "{CANARY}"\n',
        f'[web.oidc]\nissuer = "https://i.example"\nclient_id = "m"\nclient_secret = "{CANARY}"\n'
        'client_secret_file = "s"\naddress = "https://m.example"\n',
        f'[inventory]\nurl = "postgresql://writer@db.example/muniment?password={CANARY}"\n',
    ],
    ids=["in the URL", "of the inventory", "of mail", "of a source", "of a client", "in the URL's query"],
)
def test_a_secret_that_was_written_where_none_belongs_is_refused_and_not_repeated(muniment, tmp_path, text):
    (tmp_path / "work" / "muniment.toml").write_text(text)
    ended = muniment("status")
    assert ended.returncode == 2
    assert CANARY not in ended.stdout + ended.stderr


def test_a_file_that_is_open_to_others_is_refused_by_its_name(work):
    settings = load_settings(work / "muniment.toml")
    for name in ("source.password_file", "smtp.password_file", "web.oidc.client_secret_file"):
        (work / name).chmod(0o644)
    assert settings.smtp is not None
    assert settings.web.oidc is not None
    for read in (settings.smtp.password, settings.web.oidc.client_secret, settings.sources[0].password):
        with pytest.raises(MunimentError, match="chmod 600") as refused:
            read()
        assert CANARY not in str(refused.value)


def test_the_password_of_the_inventory_is_on_no_command_line(tmp_path, monkeypatch):
    """A backup is another program's work: it gets the password by its environment."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pg_dump"
    program.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ntest -n "$PGPASSWORD" && echo yes > {tmp_path}/told\nexit 1\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    secret = tmp_path / "password"
    secret.write_text(CANARY)
    secret.chmod(0o600)
    with pytest.raises(MunimentError) as refused:
        back_up(f"postgresql://writer@db.example/muniment?password_file={secret}", tmp_path / "backup")
    assert (tmp_path / "told").exists()
    assert CANARY not in (tmp_path / "arguments").read_text() + str(refused.value)


def options_of(command: click.Command, name: str) -> Iterator[tuple[str, click.Parameter]]:
    for option in command.params:
        yield name, option
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from options_of(inner, f"{name} {inner.name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_takes_a_secret(name):
    """`ps` shows command lines to everybody: a secret is asked for, or read from a file."""
    command = getattr(import_module(COMMANDS[name][0]), name)
    taking = [
        (place, option.name) for place, option in options_of(command, name)
        if any(word in (option.name or "") for word in ("password", "secret", "token"))
        and not (isinstance(option.type, click.Path) or getattr(option, "is_flag", False))
    ]  # fmt: skip
    assert taking == []
