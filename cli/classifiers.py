"""`muniment classifiers`: the recognisers in force, and a site's own against their own cases."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from cli.exits import DONE, FOUND_PROBLEMS
from cli.terminal import Talk, pass_talk, print_table
from domain.errors import ConfigurationError
from domain.privacy import FingerprintKey
from operations.config import load_recognisers
from operations.wiring import classifier_of, model_of, recognisers_of


@click.group()
def classifiers() -> None:
    """List the recognisers in force, and try those of your own, which the configuration has as [[recogniser]]."""


@classifiers.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each recogniser.")
@pass_talk
def list_(talk: Talk, as_json: bool) -> None:
    """List every recogniser: the kind it finds, whether that needs words near it, and where it comes from."""
    from classifiers.catalogue import catalogue  # noqa: PLC0415  seconds to import

    settings = talk.settings_if_any()
    entries = catalogue(model_of(settings), recognisers_of(settings))
    if as_json:
        click.echo("\n".join(json.dumps(asdict(entry)) for entry in entries))
        return
    rows = [
        (_some(entry.kinds), entry.recogniser, entry.context, f"{entry.source} {entry.model}".rstrip(), entry.finds)
        for entry in entries
    ]
    print_table(("kind", "recogniser", "context", "source", "finds"), rows)


@classifiers.command("test")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each failure.")
@pass_talk
def test(talk: Talk, file: Path | None, as_json: bool) -> int:
    """Run the cases of your own recognisers through the whole classifier, and say which fail and why.

    FILE holds [[recogniser]] tables and nothing else, to be tried in the place of the configured ones. Ends with 1
    where a case fails, with 2 where a recogniser is refused.
    """
    settings = talk.settings_if_any()
    if file:
        settings = settings.model_copy(update={"recogniser": load_recognisers(file)})
    tried = recognisers_of(settings)
    if not tried:
        raise ConfigurationError("No recogniser is configured. Add a [[recogniser]], or name a FILE that holds some.")
    from classifiers.trial import failures  # noqa: PLC0415  seconds to import

    classifier = classifier_of(settings, FingerprintKey(secrets.token_bytes(32)))
    failed = [failure for definition in tried for failure in failures(definition, classifier)]
    for failure in failed:
        click.echo(
            json.dumps(asdict(failure)) if as_json else f"{failure.recogniser}: {failure.case}: {failure.reason}"
        )
    cases = sum(len(definition.finds) + len(definition.ignores) for definition in tried)
    talk.say(f"Recognisers: {len(tried)}. Cases: {cases}. Failures: {len(failed)}.")
    return FOUND_PROBLEMS if failed else DONE


def _some(kinds: Sequence[str]) -> str:
    return ", ".join(kinds) if len(kinds) < 4 else f"{len(kinds)} kinds"
