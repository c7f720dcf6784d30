"""The tables of a TOML file by its JSON Schema: each key, what it may be, and what it is when nobody says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from cli.reference_pages.markdown import code, table, words

Schema: TypeAlias = Mapping[str, Any]

_KINDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "exclusiveMaximum": "less than",
}
_FORMATS = {"path": "path", "date": "day", "date-time": "moment"}


def keys_of(definition: Schema, whole: Schema) -> str:
    """The keys of one table as a table of Markdown; `whole` is the schema that it stands in."""
    needed = definition.get("required", ())
    rows = (
        (code(name), may_be(one, whole), "must be given" if name in needed else _default(one.get("default")))
        for name, one in definition["properties"].items()
    )
    return table(("key", "what it may be", "otherwise"), rows)


def tables_of(
    whole: Schema, definition: Schema, name: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, Schema]]:
    """Each table below a definition by its header, such as `[limits]` or `[[source]]`, and what defines it.

    Kinds of one table (a source is of one of several) come under the same header. What stands in itself (a clock of
    clocks) comes once.
    """
    for key, one in definition["properties"].items():
        path = f"{name}.{key}" if name else key
        for several, inner in _tables_in(one, whole):
            if inner["title"] not in above:
                yield (f"[[{path}]]" if several else f"[{path}]"), inner
                yield from tables_of(whole, inner, path, (*above, inner["title"]))


def _tables_in(one: Schema, whole: Schema) -> Iterator[tuple[bool, Schema]]:
    if "$ref" in one:
        inner = resolved(one, whole)
        if "properties" in inner:
            yield False, inner
    for choice in (*one.get("anyOf", ()), *one.get("oneOf", ())):
        yield from _tables_in(choice, whole)
    if one.get("type") == "array" and isinstance(one.get("items"), Mapping):
        yield from ((True, inner) for _, inner in _tables_in(one["items"], whole))


def resolved(one: Schema, whole: Schema) -> Schema:
    found: Schema = whole["$defs"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
    return found


def may_be(one: Schema, whole: Schema) -> str:
    """What a value may be, in words."""
    one = resolved(one, whole)
    if "properties" in one:
        return "a table"
    if choices := [each for each in (*one.get("anyOf", ()), *one.get("oneOf", ())) if each.get("type") != "null"]:
        return " or ".join(dict.fromkeys(may_be(each, whole) for each in choices))
    if "enum" in one or "const" in one:
        return f"one of {words(one['enum'])}" if "enum" in one else code(one["const"])
    if one.get("type") in ("array", "object"):
        return _several(one, whole)
    return _plain(one)


def _plain(one: Schema) -> str:
    bounds = [f"{word} {one[bound]:,}" for bound, word in _BOUNDS.items() if bound in one]
    shape = [f"as {code(one['examples'][0])}"] if one.get("examples") else []
    return ", ".join(
        (_FORMATS.get(one.get("format", "")) or _KINDS.get(one.get("type", ""), "any value"), *bounds, *shape)
    )


def _several(one: Schema, whole: Schema) -> str:
    if one["type"] == "object":
        return f"a table of {_each(one.get('additionalProperties'), whole)}"
    count = f" of {len(one['prefixItems'])}" if "prefixItems" in one else ""
    return f"a list{count}: {_each(one['prefixItems'][0] if count else one.get('items'), whole)}"


def _each(one: Schema | bool | None, whole: Schema) -> str:
    return may_be(one, whole) if isinstance(one, Mapping) else "values"


def _default(value: object) -> str:
    """As TOML has it; a table's own keys have their own."""
    return (
        "" if value is None or isinstance(value, dict) or value == [] else code(json.dumps(value, ensure_ascii=False))
    )
