"""The glossary in docs/ is what the code says today."""

from __future__ import annotations

from pathlib import Path

from inventory.described import described
from inventory.views import VIEWS
from operations.reporting.glossary import glossary

_WRITTEN = Path(__file__).parents[3] / "docs" / "glossary.md"


def test_it_is_what_the_code_says():
    """Renewed by: muniment glossary > docs/glossary.md"""
    assert _WRITTEN.read_text("utf-8") == glossary()


def test_every_table_and_every_field_of_a_view_is_explained():
    assert [table.name for table in described() if not table.meaning] == []
    assert [field.name for view in VIEWS for field in view.fields if not field.meaning.endswith(".")] == []
