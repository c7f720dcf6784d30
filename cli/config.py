"""`muniment config`: what is configured."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

import click

from cli.terminal import Talk, pass_talk, print_table
from operations.config import find_config, load_settings, tables_in
from operations.configuration.shown import Origin, settings_shown


@click.group()
def config() -> None:
    """What is configured, and where each setting comes from."""


@config.command()
@click.option("--changed", is_flag=True, help="Only what the file or the environment says.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_talk
def show(talk: Talk, changed: bool, as_json: bool) -> None:
    """List the settings in force, each with where it comes from: the file, the environment, or the default.

    Relative paths are shown as they are understood. Secrets are in files of their own, which are named and not read;
    what may be one, and the phrases of terms, is not shown.
    """
    path = find_config(talk.config)
    shown = settings_shown(load_settings(path), tables_in(path), os.environ)
    wanted = [each for each in shown if not changed or each.origin is not Origin.DEFAULT]
    talk.say(f"{path}, and over it the environment:")
    if as_json:
        for each in wanted:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
        return
    print_table(
        ("setting", "value", "from"),
        [(each.key, json.dumps(each.value, ensure_ascii=False), each.origin) for each in wanted],
    )
