from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_CODE = r"[A-Z]{0,2}\d{4,6}[A-Z#*]{0,2}"
_LINES = regex.compile(rf"[^\n]*[ \t:=-](?P<value>{_CODE})[ \t]*(?=\n|$)")


class SecretList(DeclaredPattern):
    """Codes at the ends of lines under a title that calls them so: "Key safe numbers", "Voicemail PINs"."""

    kind = "CREDENTIAL"
    part_of_kind = "as a list"
    pattern = (
        r"(?<![^\n])[^\n]{0,30}(?i:\bPINs|key ?safe(?:s| codes| numbers| nos)|(?:door|alarm|entry|gate|access|safe"
        r"|keypad) (?:codes|numbers))"
        rf"[^\n]{{0,30}}\n(?P<value>(?:[^\n]{{1,60}}[ \t:=-]{_CODE}[ \t]{{0,4}}(?:\n|$)){{1,40}})"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The code at the end of each line."""
        start, end = match.span("value")
        return (line.span("value") for line in _LINES.finditer(match.string, start, end))
