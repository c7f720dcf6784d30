"""How a hold is described on the command line: as [[hold]] of a schedule is, over a template that is shipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.options import Day
from domain.errors import ConfigurationError
from domain.hold import HoldKind, RequestKind
from operations.config import Settings
from operations.keys import load_key
from operations.schedule import holds as operations

_F = TypeVar("_F", bound=Callable[..., Any])
LISTS = ("classes", "paths", "services", "sources", "terms")
_PLACES = ("classes", "paths")
"""Where either is given, it stands for both of a template's."""

_KEYS = {"id": "id_"} | {name: name for name in (
    "kind", "request", "reason", "authorised_by", "review_by", "answered", "ends_after",
)}  # fmt: skip
_NEEDED = ("id", "kind", "reason", "authorised_by")
_OPTIONS = (
    click.option("--template", help="Begin with a hold that is shipped: see muniment holds templates."),
    click.option("--id", "id_", help="What it is called: letters, digits, dots and dashes."),
    click.option("--kind", type=click.Choice([kind.value for kind in HoldKind]), help="What it is for."),
    click.option("--request", type=click.Choice([kind.value for kind in RequestKind]), help="Which kind of request."),
    click.option("--reason", help="Why, in a sentence that everybody may read who reads flags: without names."),
    click.option("--authorised-by", help="Who ordered it, such as role:monitoring-officer."),
    click.option("--review-by", type=Day(), help="When somebody looks whether it is still needed. Nothing ends then."),
    click.option(
        "--class", "classes", multiple=True, help="Record classes; may be given several times, as all of these."
    ),
    click.option("--path", "paths", multiple=True, help='Paths below a source\'s root, such as "Finance/**".'),
    click.option("--service", "services", multiple=True, help="Services."),
    click.option("--source", "sources", multiple=True, help="Sources."),
    click.option("--from", "begins", type=Day(), help="Records of that day or later."),
    click.option("--to", "ends", type=Day(), help="Records of that day or earlier."),
    click.option("--term", "terms", multiple=True, help="Configured terms, by their ids."),
    click.option("--people", is_flag=True, help="Ask for people: names or identifiers, of which only seals are kept."),
    click.option("--people-file", type=click.Path(path_type=Path), help="Take them from a file, one a line."),
    click.option("--answered", type=Day(), help="Of a request: the day of the answer. It ends by itself later."),
    click.option("--ends-after", help="Of a request: how long after the answer, such as P6M."),
)


def hold_options(command: _F) -> _F:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def hold_entry(settings: Settings, given: Mapping[str, Any]) -> dict[str, Any]:
    """The hold as a schedule would have it: what is given comes before the template.

    Raises ConfigurationError where neither says what a hold has to say.
    """
    template = _template(given["template"]) if given["template"] else {}
    scope: dict[str, Any] = {name: list(given[name]) for name in LISTS if given[name]}
    if days := {name: day for name, day in (("from", given["begins"]), ("to", given["ends"])) if day}:
        scope["created"] = days
    if people := _people(settings, given):
        scope["people"] = list(people)
    usual = template.get("scope", {})
    if not scope.keys().isdisjoint(_PLACES):
        usual = {name: each for name, each in usual.items() if name not in _PLACES}
    said = {key: given[name] for key, name in _KEYS.items() if given[name] is not None}
    if "request" in said:
        said.setdefault("kind", "request")
    entry = {**template, "status": "active", **said, "scope": {**usual, **scope}}
    if missing := [f"--{key.replace('_', '-')}" for key in _NEEDED if key not in entry]:
        raise ConfigurationError(f"A hold has to say more: {', '.join(missing)}. See: muniment holds add --help")
    return entry


def _template(name: str) -> Mapping[str, Any]:
    known = operations.templates()
    if name not in known:
        raise ConfigurationError(f"There is no template {name!r}. There are: {', '.join(known)}")
    return {key: value for key, value in known[name].items() if key not in ("id", "authorised_by")}


def _people(settings: Settings, given: Mapping[str, Any]) -> tuple[str, ...]:
    lines = operations.people_in(given["people_file"]) if given["people_file"] else ()
    if given["people"]:
        lines += (click.prompt("A name or identifier", err=True, hide_input=True),)
        while more := click.prompt("Another (empty to end)", default="", show_default=False, err=True, hide_input=True):
            lines += (more,)
    return operations.fingerprints_of(lines, load_key(settings.inventory.key_file)) if lines else ()
