from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern

_WEIGHTS = (7, 3, 1)


class PassportZone(DeclaredPattern):
    """The second machine-readable line of a passport.

    ICAO Doc 9303 part 4: number, birth, expiry each with a check digit by the weights 7, 3, 1; letters count from
    A = 10, the filler 0.
    """

    kind = "UK_PASSPORT"
    part_of_kind = "in its zone"
    pattern = r"(?<![\w<])[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[\d<]\d(?![\w<])"
    score_alone = 0.95
    score_with_context = 0.95

    def valid(self, value: str) -> bool:
        return all(_check_digit(value[start:end]) == value[end] for start, end in ((0, 9), (13, 19), (21, 27)))


def _check_digit(field: str) -> str:
    worth = (0 if char == "<" else int(char, 36) for char in field)
    return str(sum(number * _WEIGHTS[index % 3] for index, number in enumerate(worth)) % 10)
