from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class UniquePropertyReference(DeclaredPattern):
    """Unique Property Reference Numbers (GeoPlace: up to twelve digits, no check): ten to twelve, with context."""

    kind = "UK_UPRN"
    pattern = r"(?<![\w.£/+-])(?:[1-9]\d{9,11}|0\d{11})(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.8
    phrases = ("uprn", "uprns", "unique property reference", "property reference number")
