#!/usr/bin/env python3
"""What an installation carries and under which licence, told by the packages themselves.

python deploy/licences.py page > docs/licences.md
python deploy/licences.py bill < packages.cdx.json > muniment.cdx.json

The second adds to a bill of materials (CycloneDX, JSON) what is no package of Python. `make licences` and `make sbom`
run them, in an environment that holds what requirements/run.txt names.
"""

# ruff: noqa: T201  a program of one file, which prints what it finds

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TREE = Path(__file__).parents[1]
KNOWN: dict[str, Any] = tomllib.loads((TREE / "deploy" / "licences.toml").read_text("utf-8"))
_PROJECT: dict[str, Any] = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]
_INTRODUCTION = """\
# Licences

What an installation of Muniment carries and whose licence it is under, as the packages themselves say; Muniment's own
is Apache-2.0. Written by `make licences`; the versions are in `requirements/run.txt`, and with them in the bill of
materials that `make sbom` writes (CycloneDX). Debian's packages in a container image are under their own licences, in
`/usr/share/doc`.

Nothing in the default set is under the GPL or AGPL alone. The LGPL is among the licences: its libraries are files of
their own, which anybody can replace. Of a choice (`OR`) Muniment takes whichever is not the GPL; compilers' libraries
under the GPL with GCC's runtime exception bind nobody. What only an extra adds names it: `ocr` adds JBIG-KIT, a library
for fax pictures inside the wheel of tesserocr that is under the GPL, so whoever hands on an installation with it must
give its source as well.
"""


@dataclass(frozen=True, slots=True)
class Carried:
    """A package; `extras` are those that need it, and none where the default set does. `inside` are the libraries of
    others in its wheel, with their licences.
    """

    name: str
    licence: str
    extras: tuple[str, ...]
    inside: tuple[tuple[str, str], ...]

    @property
    def licences(self) -> tuple[str, ...]:
        return self.licence, *(licence for _, licence in self.inside)


def carried() -> list[Carried]:
    """Every package of an installation with all extras."""
    default = needed(_PROJECT["dependencies"])
    extras = {
        extra: needed(requirements)
        for extra, requirements in _PROJECT["optional-dependencies"].items()
        if extra != "dev"
    }
    return [
        Carried(
            name, licence_of(distribution(name)),
            () if name in default else tuple(extra for extra, names in extras.items() if name in names),
            tuple((library, licence_inside(library)) for library in libraries_inside(distribution(name))),
        )
        for name in sorted({*locked("run.txt"), *locked("model.txt")})
    ]  # fmt: skip


def locked(file: str) -> Iterator[str]:
    text = (TREE / "requirements" / file).read_text("utf-8")
    return map(canonicalize_name, re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==", text))


def needed(requirements: Iterable[str]) -> set[str]:
    """The packages that these need, and these again, on this machine. The language model is nobody's requirement."""
    names = set(locked("model.txt"))
    waiting = [(Requirement(each), "") for each in requirements]
    seen = set()
    while waiting:
        wanted, extra = waiting.pop()
        if (str(wanted), extra) in seen or (wanted.marker and not wanted.marker.evaluate({"extra": extra})):
            continue
        seen.add((str(wanted), extra))
        names.add(canonicalize_name(wanted.name))
        further = [Requirement(each) for each in distribution(wanted.name).requires or ()]
        waiting += [(each, asked) for each in further for asked in ("", *wanted.extras)]
    return names


def licence_of(package: Distribution) -> str:
    """As an SPDX expression; what the package itself says where it says nothing that is known."""
    metadata = package.metadata
    if said := KNOWN["said"].get(canonicalize_name(metadata["Name"])):
        return str(said)
    classified = [
        each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier", []) if each.startswith("License :: ")
    ]
    told = [metadata.get("License-Expression"), metadata.get("License"), *classified]
    spelled = [KNOWN["spelled"].get(each, each) for each in told if each]
    return next((each for each in spelled if is_allowed(each)), spelled[0] if spelled else "not said")


def is_allowed(expression: str) -> bool:
    """Whether it may come with the default set: of what is joined by AND each, of what is joined by OR any."""
    return all(
        any(one.strip("() ") in KNOWN["allowed"] for one in part.split(" OR ")) for part in expression.split(" AND ")
    )


def libraries_inside(package: Distribution) -> list[str]:
    return sorted(path.name for path in package.files or () if path.parent.name.endswith(".libs"))


def licence_inside(library: str) -> str:
    return next((told for start, told in KNOWN["inside"].items() if library.startswith(start)), "not known")


def page() -> str:
    packages = carried()
    rows = [f"| {one.name} | {one.licence} | {', '.join(one.extras)} |" for one in packages]
    beside = [f"| {one['name']} | {one['licence']} | {one['comes']} |" for one in KNOWN["beside"]]
    inside = [
        f"| {one.name} | {re.split(r'[-.]', library)[0]} | {licence} |"
        for one in packages for library, licence in one.inside
    ]  # fmt: skip
    return "\n".join([
        _INTRODUCTION, *table("Packages of Python", "package", "licence", "only with the extra", rows=rows),
        *table("Libraries inside their wheels (x86-64)", "wheel", "library", "licence", rows=inside),
        *table("What is no package of Python", "what", "licence", "where", rows=beside),
    ])  # fmt: skip


def table(title: str, *headings: str, rows: Iterable[str]) -> list[str]:
    once = dict.fromkeys(rows)
    return [f"## {title}", "", f"| {' | '.join(headings)} |", "| --- " * len(headings) + "|", *once, ""]


def whole(bill: dict[str, Any]) -> dict[str, Any]:
    """The bill, with what is no package of Python."""
    more = [
        {
            "type": "library", "bom-ref": (purl := f"{one['purl']}@{version_of(one['name'])}"), "name": one["name"],
            "version": version_of(one["name"]), "purl": purl, "scope": "required" if one["files"] else "optional",
            "licenses": [{"license": {"id": one["licence"]}}],
        }
        for one in KNOWN["beside"]
    ]  # fmt: skip
    return {**bill, "components": [*bill.get("components", ()), *more]}


def version_of(beside: str) -> str:
    """As the pages' packages are locked, else as the program fetches it."""
    packages = json.loads((TREE / "web" / "assets" / "package-lock.json").read_text("utf-8"))["packages"]
    if found := packages.get(f"node_modules/{beside}"):
        return str(found["version"])
    fetched = (TREE / "operations" / "tika_jar.py").read_text("utf-8")
    return re.findall(r'(?m)^VERSION = "(.+)"$', fetched)[0]


if __name__ == "__main__":
    if sys.argv[1:] == ["bill"]:
        print(json.dumps(whole(json.load(sys.stdin)), indent=1, ensure_ascii=False))
    else:
        print(page(), end="")
