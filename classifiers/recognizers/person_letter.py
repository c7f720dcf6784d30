from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.names import (
    ANY_NAME,
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    is_a_name_word,
    is_first_name,
    is_relation,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern

_GREETING = r"(?:Dear|DEAR|Hi|Hello|Hiya|Hey|Good (?:morning|afternoon|evening)|Annwyl|Bore da|Prynhawn da)"
_CLOSE = (
    r"(?i:yours (?:sincerely|faithfully|truly|ever)?|(?:kind |best |warm |with |kindest )?regards|(?:best |kind )wishes"
    r"|(?:many )?thanks(?: again)?|thank you|cheers|yn gywir|cofion(?: cynnes| gorau)?|diolch)"
)
_THANKS = (
    "Thanks|THANKS|Thank you|Many thanks|Cheers|Sorry|Morning|Afternoon|Evening|Hey|Ta|OK|Okay|Regards|Kind regards"
    "|Best|Best wishes"
    "|Diolch|Cofion|Yours|Love|Yes|No|Hi all|Rgds"
)

_OPENINGS = frozenset(
    [
        "dear",
        "hi",
        "hello",
        "hiya",
        "hey",
        "good",
        "annwyl",
        "bore",
        "prynhawn",
        "yours",
        "kind",
        "best",
        "warm",
        "with",
        "kindest",
        "regards",
        "many",
        "thanks",
        "thank",
        "cheers",
        "yn",
        "cofion",
        "diolch",
        "sorry",
        "morning",
        "afternoon",
        "evening",
        "ta",
        "ok",
        "okay",
        "love",
        "yes",
        "no",
        "rgds",
    ]
)


_OF_A_TEAM = regex.compile(
    r"(?i:ing|ings|ions?|ments?|ances?|ences?|ies|ships?|ways|fits|nues|tax|ices?|roll|ties|als|ics|care|desk|team|hub"
    r"|unit|office|admin|sales|support|help|helpline|centre|library|reception|enquiry|committee|council|highways|ict|hr)$"
)
"""How the names of teams and services end, of those that are one word: "Communications", "Licensing", "Revenues"."""


class PersonByLetter(DeclaredPattern):
    """A name behind a greeting or a close: "Dear Ivy,", "Bore da Siân", "Yours sincerely / pp J. Sikora"."""

    kind = "PERSON"
    part_of_kind = "by letter"
    pattern = (
        rf"(?<![\w-]){_GREETING},?[ ](?P<value>(?:{TITLES}\.?[ ])?{ANY_NAME})(?=[ ]?[,\n\r!-]|[ ](?:and|&)[ ]|$)"
        rf"|{_CLOSE}[,.!]?[ \t]*(?:\r?\n[ \t]*){{1,4}}(?i:p\.?p\.? ?)?"
        rf"(?P<signed>{FULL_NAME}|{INITIALS}|{WORD})(?=[ \t]*(?:[\n\r,|(-]|$))"
        rf"|(?<![\w-])(?:{_THANKS})[, ][ ]?(?P<last>{WORD})(?=[,.!]|[ \t]*(?:[\r\n]|\Z))"
        rf"|\n[ \t]*\r?\n[ \t]*(?P<last>{WORD})[ \t]*(?=\s*\Z|\r?\n[ \t]*(?:>|-{{3,}}|_{{3,}}|(?:From|Sent|On)\b))"
        rf"|[.!?\n][ ]?[-\u2013\u2014~][ ]?(?P<last>{WORD})[ \t]*(?=[\r\n]|\Z)"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def is_promising(self, text: str, low: int, high: int) -> bool:
        """A paragraph's first word is looked at only where it could close a letter."""
        words = text[low:high].split()
        return len(words) > 1 or (bool(words) and (is_first_name(words[0]) or words[0].lower() in _OPENINGS))

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """A name that stands alone at the end only where it is a common first name; no team that signs for itself."""
        group = next(group for group in ("value", "signed", "last") if match[group] is not None)
        if group == "value" or (_signs if group == "signed" else is_first_name)(match[group]):
            yield match.span(group)

    def valid(self, value: str) -> bool:
        return (names_a_person(value) or is_first_name(value)) and not is_relation(value)

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the form is DeclaredPattern's
        return self.score_alone if names_a_person(value) else HINT


HINT = 0.55


def _signs(name: str) -> bool:
    return " " in name or is_a_name_word(name) or not _OF_A_TEAM.search(name)
