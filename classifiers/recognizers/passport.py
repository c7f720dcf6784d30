from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern


class Passport(DeclaredPattern):
    """Passport numbers (HM Passport Office: nine digits, or two letters and seven digits), only with context."""

    kind = "UK_PASSPORT"
    pattern = r"(?<![\w.£/+-])(?:\d{9}|\d{3} \d{3} \d{3}|[A-Z]{2} ?\d{7})(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.85
    phrases = ("passport", "passport no", "passport number", "passports", "passport_number", "ppt", "ppt no", "pasbort",
               "travel document", "passport details")  # fmt: skip
    before = 80
    after = 20

    def valid(self, value: str) -> bool:
        return len(set(value)) > 2
