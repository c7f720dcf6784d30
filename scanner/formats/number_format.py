"""Number formats of spreadsheets, as far as they change which digits and words a reader sees.

After ECMA-376 part 1, 18.8.31. A format such as 00000000 is all that keeps the leading zeros of a reference number.
Dates, fractions and exponents are none of these: such cells are shown as they are stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|_.|\*.|\[[^\]]*\]'
    r"|(?P<place>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<end>;)|(?P<other>.)",
    re.DOTALL,
)
_LITERALS = frozenset(" -+():'!&~{}<>=$£€¥%")
_LONGEST = 255
_MOST_DECIMALS = 15
_POINT = "\0"
_IDENTIFIER = 1_000_000
_LARGEST = 1e12  # Of what is larger the decimals are not kept.


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """`tokens` are the places of whole digits and what stands between and around them: (True, "0") or (False, "-").

    Of `decimals` places behind the point `least` are always shown.
    """

    tokens: tuple[tuple[bool, str], ...]
    decimals: int = 0
    least: int = 0
    is_grouped: bool = False
    is_percent: bool = False

    @property
    def adds_zeros(self) -> bool:
        return sum(token == (True, "0") for token in self.tokens) > 1

    def shown(self, number: float) -> str | None:
        """The number as the format shows it; None where it is better left as it is stored: a whole number of seven
        digits or more may identify somebody, and is not to be taken apart.
        """
        if abs(number) > _LARGEST or (not self.adds_zeros and number == int(number) and abs(number) >= _IDENTIFIER):
            return None
        exact = Decimal(f"{abs(number):.15g}") * (100 if self.is_percent else 1)
        rounded = exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        whole, _, behind = f"{rounded:f}".partition(".")
        behind = behind.rstrip("0").ljust(self.least, "0")
        digits = f"{int(whole):,}" if self.is_grouped else whole
        return ("-" if number < 0 else "") + self._filled(digits, "." + behind if behind else "")

    def _filled(self, digits: str, behind: str) -> str:
        """Digits fill the places from the right; what is left goes before the first of them."""
        shown: list[str] = []
        places = sum(is_place for is_place, _ in self.tokens)
        left = "" if digits == "0" else digits
        for is_place, text in reversed(self.tokens):
            if not is_place:
                shown.append(behind if text == _POINT else text)
                continue
            places -= 1
            taken = len(left) if not places or self.is_grouped else 1
            shown.append(left[-taken:] if left else "0" * (text == "0"))
            left = left[:-taken] if left else ""
        return "".join(reversed(shown))


def number_format(code: str) -> NumberFormat | None:
    """The section of a format for positive numbers, where it is of the kind that this can show, else None.

    None, too, where it changes nothing but numbers that are not whole, which are better left as they are.
    """
    reading = _Reading()
    for found in _TOKEN.finditer(code[:_LONGEST]):
        kind = found.lastgroup
        if kind == "end":
            break
        if kind is not None and not reading.take(kind, found[kind]):
            return None
    return reading.format()


class _Reading:
    """A format as it is read from left to right."""

    def __init__(self) -> None:
        self._tokens: list[tuple[bool, str]] = []
        self._decimals: list[str] = []
        self._is_behind = self._has_comma = self._is_grouped = False

    def take(self, kind: str, text: str) -> bool:
        """Whether the token is one that can be shown."""
        if kind == "place":
            self._take_place(text)
        elif kind == "comma":
            self._has_comma = any(is_place for is_place, _ in self._tokens)
        elif kind == "point":
            self._tokens.append((False, _POINT))
            is_second, self._is_behind = self._is_behind, True
            return not is_second
        elif text:
            self._tokens.append((False, text))
            return kind != "other" or text in _LITERALS
        return True

    def _take_place(self, text: str) -> None:
        if self._is_behind:
            self._decimals.append(text)
        else:
            self._tokens.append((True, text))
            self._is_grouped, self._has_comma = self._is_grouped or self._has_comma, False

    def format(self) -> NumberFormat | None:
        """A comma behind all places divides by a thousand."""
        has_places = any(is_place for is_place, _ in self._tokens)
        if not has_places or len(self._decimals) > _MOST_DECIMALS or self._has_comma:
            return None
        if len(self._tokens) == 1:
            return None
        least = len("".join(self._decimals).rstrip("#?"))
        is_percent = (False, "%") in self._tokens
        return NumberFormat(tuple(self._tokens), len(self._decimals), least, self._is_grouped, is_percent)


BUILT_IN: dict[int, NumberFormat] = {
    number: shape
    for number, code in (
        (2, "0.00"), (3, "#,##0"), (4, "#,##0.00"), (9, "0%"), (10, "0.00%"), (37, "#,##0"), (38, "#,##0"),
        (39, "#,##0.00"), (40, "#,##0.00"), (41, "#,##0"), (42, "#,##0"), (43, "#,##0.00"), (44, "#,##0.00"),
    )
    if (shape := number_format(code))
}  # fmt: skip
"""Formats that files name by number only (18.8.30)."""
