"""The wheel: everything that the tree has is in it, and it runs where there is no tree."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from servers import free_port, kill, started

TREE = Path(__file__).parents[2]
BUILT = tomllib.loads((TREE / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
AMOUNTS = {
    ".toml": 30,  # lexicons, example schedules, what is trivial
    ".html": 45,  # pages and reports
    ".css": 3,
    ".js": 4,
}
"""How many of each kind the wheel has at least: a list that is empty on both sides would agree."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built without isolation, and so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=TREE, check=True, capture_output=True, timeout=120)
    [made] = folder.glob("muniment-*-py3-none-any.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A new environment with the wheel and, by their path, the locked packages; nothing in it knows the tree."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", symlinks=True)
    [packages] = (folder / "env" / "lib").glob("python3*/site-packages")
    # Read by its path alone: the links of editable packages in it, and so the tree, are not followed.
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [Path(sys.executable).with_name("uv"), "pip", "install", "--offline", "--no-deps", "--no-cache"]
    subprocess.run(
        [*install, "--python", folder / "env" / "bin" / "python", wheel],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "env" / "bin"


@pytest.fixture
def run(installed, tmp_path) -> Callable[..., str]:
    """What a command of the installed environment prints, in a folder that holds nothing else."""

    def done(program: str, *arguments: str | Path) -> str:
        told = subprocess.run(
            [installed / program, *arguments], cwd=tmp_path, env=surroundings(),
            check=False, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        return told.stdout

    return done


def surroundings() -> dict[str, str]:
    unsaid = ("MUNIMENT_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unsaid)}
    return kept | {"MUNIMENT_DETECTION__MODEL": "none", "MUNIMENT_LIMITS__WORKERS": "1"}


def in_the_tree() -> set[str]:
    """What git keeps, or is about to, of the packages; a test that is run from an archive has no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *BUILT["packages"]],
        cwd=TREE, check=True, capture_output=True, text=True, timeout=60,
    ).stdout.split("\0")  # fmt: skip
    return {name for name in listed if (TREE / name).is_file() and not name.startswith(tuple(BUILT["exclude"]))}


def test_what_is_in_the_tree_is_in_the_wheel_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}
    assert held == in_the_tree()
    for kind, amount in AMOUNTS.items():
        assert sum(name.endswith(kind) for name in held) >= amount, kind


def test_it_says_its_licence_and_its_command(wheel):
    with zipfile.ZipFile(wheel) as opened:
        told = {Path(name).name: opened.read(name).decode() for name in opened.namelist() if ".dist-info/" in name}
    assert "License-Expression: Apache-2.0" in told["METADATA"]
    assert "Apache License" in told["LICENSE"]
    assert "muniment = cli.main:main" in told["entry_points.txt"]


def test_it_is_run_from_where_it_was_installed(run, installed):
    assert run("muniment", "--version") == "muniment, version 0.1.0\n"
    places = run(
        "python",
        "-c",
        f"import {', '.join(BUILT['packages'])}; print({'.__file__, '.join(BUILT['packages'])}.__file__)",
    )
    assert places.count(str(installed.parent)) == len(BUILT["packages"])
    assert str(TREE) + "/cli" not in run("python", "-c", "import sys; print(sys.path)")


@pytest.mark.slow
def test_the_first_hour_of_somebody_who_has_the_wheel_alone(run, tmp_path, installed):
    """Made, scanned, reported, decided on and served: the migrations, lexicons, templates and pages are all there."""
    shares = tmp_path / "shares"
    shares.mkdir()
    (shares / "letter.txt").write_text("Dear Ms Thornbury,\nyour National Insurance number is AB 12 34 56 C.\n")
    (shares / "again.txt").write_text("Dear Ms Thornbury,\nyour National Insurance number is AB 12 34 56 C.\n")
    run("muniment", "init", "--root", shares)
    run("muniment", "scan")
    assert run("muniment", "items", "--kind", "UK_NINO", "--json").count('"path"') == 2
    run("muniment", "retention", "evaluate")
    run("muniment", "report", "gdpr-risk", "--format", "html,ods,xlsx", "--out", "reports")
    assert {path.suffix for path in (tmp_path / "reports").iterdir()} == {".html", ".ods", ".xlsx"}
    served(installed / "muniment", tmp_path)


def served(program: Path, folder: Path) -> None:
    """It answers its sign-in page, and every style sheet, script and picture that the page names."""
    port = free_port()
    command = ["env", "-C", str(folder), *(f"{name}={value}" for name, value in surroundings().items())]
    process = started([*command, str(program), "serve", "--port", str(port)], port, folder / "served.log")
    try:
        page = answer(port, "/sign-in")
        assert "Muniment" in page
        named = {part.split('"')[0] for part in page.split('="/assets/')[1:]}
        assert {"muniment.css", "vendor/govuk-frontend.min.css"} <= {name.split("?")[0] for name in named}
        for name in named:
            assert answer(port, f"/assets/{name}"), name
    finally:
        kill(process)


def answer(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as told:
        return told.read().decode()
