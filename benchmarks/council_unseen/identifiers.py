"""Numbers drawn with the check digits of their published rules, and look-alikes that fail them."""

from __future__ import annotations

from datetime import date
from random import Random

NINO_FIRST = "ABCEGHJKLMNOPRSTWXYZ"
NINO_SECOND = "ABCEGHJKLMNPRSTWXYZ"
NINO_NEVER = {"BG", "GB", "NK", "KN", "NT", "TN", "ZZ"}
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
LOCAL_AUTHORITIES = (
    "204",
    "301",
    "330",
    "341",
    "352",
    "373",
    "380",
    "801",
    "815",
    "830",
    "855",
    "881",
    "908",
    "925",
    "931",
)
AREAS = (  # noqa: SIM905 -- a list of words
    "B BD BN BS CB CF CH CV DE DH DN EX GL HD HR HU IP LA"
    " LD LE LL LN LS M NE NG NN NP NR OL OX PE PL PO RG S SA SE SO SR SY TA TN TR WF WR YO"
).split()
AGES = (2, 3, 4, 5, 6, 7, 8, 51, 53, 55, 57, 59, 60, 62, 64, 66, 67, 68, 69, 70, 71, 72, 73)
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
BANKS = ("NWBK", "BARC", "LOYD", "MIDL", "ABBY", "HLFX", "BUKB", "CPBK")


def nhs(rng: Random) -> str:
    """NHS Data Dictionary, NHS NUMBER: weights 10 to 2, 11 less the remainder, 11 is 0, 10 is never given."""
    while True:
        nine = f"4{_digits(rng, 8)}" if rng.random() < 0.6 else f"6{_digits(rng, 8)}"
        if (check := nhs_check(nine)) < 10:
            return f"{nine}{check}"


def nhs_check(nine: str) -> int:
    return (11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11) % 11


def nino(rng: Random) -> str:
    """HMRC manual NIM39110: letters never used, prefixes never given, suffix A to D."""
    while True:
        prefix = rng.choice(NINO_FIRST) + rng.choice(NINO_SECOND)
        if prefix not in NINO_NEVER:
            return f"{prefix}{_digits(rng, 6)}{rng.choice('ABCD')}"


def utr(rng: Random) -> str:
    """HMRC's modulus 11 of the unique taxpayer reference: the first digit checks the nine that follow."""
    nine = _digits(rng, 9)
    return utr_check(nine) + nine


def utr_check(nine: str) -> str:
    weights = (6, 7, 8, 9, 10, 5, 4, 3, 2)
    return "21987654321"[sum(int(digit) * weight for digit, weight in zip(nine, weights, strict=True)) % 11]


def upn(rng: Random) -> str:
    """DfE's guide to unique pupil numbers: a letter by modulus 23 over authority, school, year and serial."""
    twelve = f"{rng.choice(LOCAL_AUTHORITIES)}{rng.randint(2000, 5999)}{rng.randint(8, 22):02d}{_digits(rng, 3)}"
    return upn_check(twelve) + twelve


def upn_check(twelve: str) -> str:
    return UPN_LETTERS[sum(int(digit) * weight for digit, weight in zip(twelve, range(2, 14), strict=True)) % 23]


def uprn(rng: Random) -> str:
    """GeoPlace: up to twelve digits without meaning; authorities' blocks mostly start with 10 or 100."""
    return f"{rng.choice(('100', '10', '200'))}{_digits(rng, 9)}"[: rng.choice((11, 12, 12))]


def passport(rng: Random) -> str:
    return f"{rng.randint(1, 8)}{_digits(rng, 8)}"


def driving_licence(rng: Random, surname: str, initials: str, born: date, female: bool) -> str:
    """DVLA's driver number: five of the surname, the birth split round the month (women's plus 50), two initials."""
    five = "".join(letter for letter in surname.upper() if "A" <= letter <= "Z")[:5].ljust(5, "9")
    tail = rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") + rng.choice("ABCDEFGHJ")
    month = born.month + (50 if female else 0)
    birth = f"{born.year // 10 % 10}{month:02d}{born.day:02d}{born.year % 10}"
    return f"{five}{birth}{initials[:2].upper().ljust(2, '9')}9{tail}"


def vehicle(rng: Random) -> str:
    """DVLA INF104: two letters, age, three letters; before 2001 a year letter first."""
    tail = "".join(rng.choices("ABCDEFGHJKLMNOPRSTUVWXYZ", k=3))
    if rng.random() < 0.1:
        return f"{rng.choice('HJKLMNPRSTVWXY')}{rng.randint(21, 999)} {tail}"
    area = rng.choice("ABCDEFGHKLMNOPRSVWY") + rng.choice("ABCDEFGHJKLMNOPRSTUVWXY")
    return f"{area}{rng.choice(AGES):02d} {tail}"


def sort_code(rng: Random) -> str:
    return f"{rng.choice((20, 30, 40, 60, 77, 9, 11, 83)):02d}{_digits(rng, 4)}"


def account(rng: Random) -> str:
    return f"{rng.randint(1, 9)}{_digits(rng, 7)}"


def iban(rng: Random) -> str:
    """ISO 13616: modulus 97 of the number with the country at its end is 1."""
    tail = f"{rng.choice(BANKS)}{sort_code(rng)}{account(rng)}"
    return f"GB{98 - _as_number(f'{tail}GB00') % 97:02d}{tail}"


def iban_holds(value: str) -> bool:
    return _as_number(value[4:] + value[:4]) % 97 == 1


def card(rng: Random) -> str:
    """ISO/IEC 7812: a doubled-digits sum that ends in 0."""
    fifteen = f"{rng.choice(('4', '51', '53', '55', '4'))}{_digits(rng, 15)}"[:15]
    return next(number for last in range(10) if luhn_holds(number := f"{fifteen}{last}"))


def luhn_holds(number: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(number[::-1], start=1) if place % 2 == 0)
    single = (int(digit) for place, digit in enumerate(number[::-1], start=1) if place % 2)
    return (sum(value - 9 if value > 9 else value for value in doubled) + sum(single)) % 10 == 0


def postcode(rng: Random) -> str:
    district = str(rng.randint(1, 28))
    return f"{rng.choice(AREAS)}{district} {rng.randint(1, 9)}{rng.choice(INWARD)}{rng.choice(INWARD)}"


def false_nhs(rng: Random) -> str:
    """Ten digits that fail the check of NHS numbers."""
    while True:
        ten = f"4{_digits(rng, 9)}"
        if nhs_check(ten[:9]) != int(ten[9]):
            return ten


def false_nino(rng: Random) -> str:
    return f"{rng.choice(('BG', 'DA', 'QQ', 'ZZ', 'FU', 'AO', 'TN'))}{_digits(rng, 6)}{rng.choice('ABCD')}"


def false_card(rng: Random) -> str:
    number = card(rng)
    return f"{number[:15]}{(int(number[15]) + 3) % 10}"


def false_iban(rng: Random) -> str:
    value = iban(rng)
    return f"{value[:2]}{(int(value[2:4]) + 7) % 97:02d}{value[4:]}"


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _as_number(text: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in text))
