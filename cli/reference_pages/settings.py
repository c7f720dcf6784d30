"""Every setting: the example configuration in its parts, and what the code lets each key be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from cli.reference_pages.markdown import block, code, page
from cli.reference_pages.schema import Schema, keys_of, tables_of
from operations.config import Settings

_INTRODUCTION = """\
The configuration is a TOML file, `muniment.toml`. What is not known in it, or cannot be, is refused with its file and
key. Relative paths are relative to the file. `MUNIMENT_SECTION__KEY` in the environment overrides a setting:
`MUNIMENT_LIMITS__WORKERS=4`. No secret is written into it: `password_file` and its like name a file that only its owner
can read. Below stands each part of the example that `muniment init` writes, and behind it what every key may be."""
_HEADER = re.compile(r"^(?:#\s+)?(\[\[?[\w.]+\]\]?)", re.MULTILINE)
_KEY = re.compile(r"^(?:#\s+)?(\w+) = ", re.MULTILINE)
_KIND = re.compile(r'^(?:#\s+)?kind = "(\w+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the example configuration: the headers of its tables, the kinds that it shows, its keys."""

    text: str

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_HEADER.findall(self.text)))

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(_KIND.findall(self.text))

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(_KEY.findall(self.text))


def settings_page() -> str:
    """The parts in the order of the example, each followed by its tables."""
    whole = Settings.model_json_schema()
    told = {(header, kind): keys_of(definition, whole) for header, kind, definition in tables(whole)}
    return page("Settings", _INTRODUCTION, *(_said(part, told) for part in parts()))


def parts() -> list[Part]:
    """Those paragraphs of the example that have a table; one without belongs to the next that has."""
    paragraphs = files("operations").joinpath("config.example.toml").read_text("utf-8").strip().split("\n\n")[1:]
    found: list[Part] = []
    waiting = ""
    for paragraph in paragraphs:
        waiting += paragraph
        if _HEADER.search(waiting):
            found.append(Part(waiting))
            waiting = ""
        else:
            waiting += "\n\n"
    return found


def tables(whole: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Each table of the configuration: its header, its kind where it is one of several, its definition."""
    for header, definition in tables_of(whole, whole):
        yield header, str(definition["properties"].get("kind", {}).get("const", "")), definition


def _said(part: Part, told: Mapping[tuple[str, str], str]) -> str:
    meant = [(header, kind) for header, kind in told if header in part.headers and (not kind or shows(part, kind))]
    title = " and ".join(map(code, part.headers))
    kinds = [kind for _, kind in meant if kind]
    heading = f"{title}, kind {code(kinds[0])}" if len(kinds) == 1 else title
    keys = [f"{_caption(one, len(meant))}{told[one]}" for one in meant if told[one]]
    return "\n\n".join((f"## {heading}", block(part.text, "toml"), *keys))


def shows(part: Part, kind: str) -> bool:
    """Whether the part is about the kind; one that names none is about folders of this machine."""
    return kind in (part.kinds or {"filesystem"})


def _caption(one: tuple[str, str], tables: int) -> str:
    header, kind = one
    return f"{code(header)}{f', kind {code(kind)}' if kind else ''}:\n\n" if tables > 1 else ""
