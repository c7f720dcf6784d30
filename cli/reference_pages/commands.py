"""Every command with its arguments and options, and what exit statuses mean."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from cli.exits import MEANINGS
from cli.reference_pages.markdown import block, code, page, table, words

_INTRODUCTION = """\
Data goes to standard output, talk and progress to standard error. `--json`, where a command has it, is for other
programs. The configuration is `muniment.toml` in the working folder, or `--config FILE`, or what `MUNIMENT_CONFIG`
names; `NO_COLOR` is honoured. Every command says what it takes: `muniment COMMAND --help`."""


def commands_page(root: click.Group) -> str:
    """All commands below the root, in its order."""
    exits = table(("status", "when"), ((str(status), meaning) for status, meaning in MEANINGS.items()))
    parts = [_said(context) for context in every_command(root)]
    return page("Commands", _INTRODUCTION, f"## Exit statuses\n\n{exits}", *parts)


def every_command(root: click.Group) -> Iterator[click.Context]:
    """The context of each command, a group before what is in it."""
    yield from _below(click.Context(root, info_name="muniment"))


def _below(context: click.Context) -> Iterator[click.Context]:
    yield context
    group = context.command
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            if (command := group.get_command(context, name)) and not command.hidden:
                yield from _below(click.Context(command, info_name=name, parent=context))


def _said(context: click.Context) -> str:
    command = context.command
    level = "##" if context.parent is None or context.parent.parent is None else "###"
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    rows = (_option(one, context) for one in options)
    told = (block(usage), prose(command.help or ""), table(("option", "what it does"), rows))
    return "\n\n".join((f"{level} {context.command_path}", *filter(None, told)))


def _option(one: click.Option, context: click.Context) -> tuple[str, str]:
    takes = "" if one.is_flag or isinstance(one.type, click.Choice) else f" {one.make_metavar(context)}"
    meaning = one.help or ""
    if isinstance(one.type, click.Choice):
        meaning += f" One of {words(one.type.choices)}."
    if one.show_default and one.default is not None:
        meaning += f" Otherwise {code(one.default)}."
    if one.multiple and "times" not in meaning:
        meaning += " May be given several times."
    return words(f"{name}{takes}" for name in (*one.opts, *one.secondary_opts)), _without_angles(meaning)


def prose(text: str) -> str:
    """A help text as Markdown: what it sets apart by click's mark is a block of its own."""
    parts = inspect.cleandoc(text.partition("\f")[0]).split("\n\n")
    return "\n\n".join(_block_of(part) if part.startswith("\b") else _without_angles(part) for part in parts)


def _block_of(part: str) -> str:
    return block(inspect.cleandoc("\n" + part.removeprefix("\b\n")))


def _without_angles(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*")
