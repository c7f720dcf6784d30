"""npm's oidc-provider on loopback: installed from its lock once in a run, a process for each test that wants one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest

_HERE = Path(__file__).parent / "web" / "provider"
CLIENT, SECRET = "muniment", "a secret of a client in a test"


@pytest.fixture(scope="session")
def provider_folder(tmp_path_factory) -> Path:
    """oidc-provider and what starts it."""
    folder = tmp_path_factory.mktemp("provider")
    for name in ("package.json", "package-lock.json", "provider.mjs"):
        shutil.copy(_HERE / name, folder)
    npm_ci(folder)
    return folder


def npm_ci(folder: Path) -> None:
    """Install just what the lock says, and run nothing of it."""
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)


@contextmanager
def a_provider(folder: Path, returns_to: str, people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The issuer of a provider that knows these people, with their claims."""
    told = {"client_id": CLIENT, "client_secret": SECRET, "returns_to": [returns_to], "people": people}
    command = ["node", "provider.mjs", json.dumps(told)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def signed_in_there(address: str, name: str) -> str:
    """Go to the provider as a browser does, sign in, agree: the address that one is sent back to."""
    with httpx2.Client(follow_redirects=False, trust_env=False) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                goes_to = str(answer.url.join(answer.headers["location"]))
                if not goes_to.startswith(str(answer.url.join("/"))):
                    return goes_to
                answer = browser.get(goes_to)
                continue
            action = unescape(re.search(r'<form[^>]* action="([^"]+)"', answer.text)[1])
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)[1]
            answer = browser.post(str(answer.url.join(action)), data={"prompt": prompt, "login": name, "password": "x"})
    raise AssertionError(answer.text)
