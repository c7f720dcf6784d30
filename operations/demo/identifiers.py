"""Invented identifiers that pass their published checks. Where a range is reserved for tests or drama, it is used."""

from __future__ import annotations

from random import Random
from string import ascii_uppercase

_NINO_FIRST = "ABCEGHJKLMNOPRSTWXYZ"
_NINO_SECOND = "ABCEGHJKLMNPRSTWXYZ"
_NINO_NEVER = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
_UPN_CHECK = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UTR_CHECK = "21987654321"
_OUTWARD = ("EX46", "EX47", "EX48", "TQ31", "TQ32", "PL46", "PL47", "TA31")
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def nhs_number(rng: Random) -> str:
    """999 xxx xxxx, the range that the NHS keeps for tests; check digit modulus 11 (NHS Data Dictionary)."""
    while True:
        body = "999" + digits(rng, 6)
        check = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), body, strict=True)) % 11
        if check < 10:
            return f"{body[:3]} {body[3:6]} {body[6:]}{check}"


def nino(rng: Random) -> str:
    """National Insurance number (HMRC manual NIM39110): allowed prefix, six digits, suffix A to D."""
    prefix = "GB"
    while prefix in _NINO_NEVER:
        prefix = rng.choice(_NINO_FIRST) + rng.choice(_NINO_SECOND)
    body = digits(rng, 6)
    return f"{prefix} {body[:2]} {body[2:4]} {body[4:]} {rng.choice('ABCD')}"


def utr(rng: Random) -> str:
    """Unique Taxpayer Reference: nine digits behind a check digit modulus 11 (HMRC)."""
    body = digits(rng, 9)
    total = sum(weight * int(digit) for weight, digit in zip((6, 7, 8, 9, 10, 5, 4, 3, 2), body, strict=True))
    return _UTR_CHECK[total % 11] + body


def upn(rng: Random) -> str:
    """Unique Pupil Number: a check letter modulus 23 (DfE guide), a local authority's code, school, year, serial."""
    body = rng.choice(("878", "880", "908")) + digits(rng, 4) + f"{rng.randrange(6, 24):02}" + digits(rng, 3)
    return _UPN_CHECK[sum(weight * int(digit) for weight, digit in enumerate(body, 2)) % 23] + body


def sort_code(rng: Random) -> str:
    """Three pairs of digits that begin with 00, which no bank on the clearing list has."""
    return f"00-{digits(rng, 2)}-{digits(rng, 2)}"


def account_number(rng: Random) -> str:
    return str(rng.randrange(10_000_000, 99_999_999))


def iban(rng: Random, sort: str, account: str) -> str:
    """GB, two check digits modulus 97 (ISO 13616), four letters of an invented bank, sort code and account."""
    bban = "".join(rng.choice(ascii_uppercase) for _ in range(4)) + sort.replace("-", "") + account
    number = int("".join(str(int(char, 36)) for char in bban + "GB00"))
    plain = f"GB{98 - number % 97:02}{bban}"
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def payment_card(rng: Random) -> str:
    """Sixteen digits that pass the Luhn check (ISO/IEC 7812-1) behind 4000 00, a prefix of test cards."""
    body = "400000" + digits(rng, 9)
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::2])
    number = body + str(-(doubled + sum(map(int, body[1::2]))) % 10)
    return " ".join(number[start : start + 4] for start in range(0, 16, 4))


def ean13(rng: Random) -> str:
    """An article number with its check digit (GS1); no identifier of a person, though it looks like many."""
    body = "50" + digits(rng, 10)
    return body + str(-(sum(map(int, body[::2])) + 3 * sum(map(int, body[1::2]))) % 10)


def postcode(rng: Random) -> str:
    """Areas of the south west with district numbers that do not exist there, so that nobody lives at one."""
    return f"{rng.choice(_OUTWARD)} {rng.randrange(1, 10)}{rng.choice(_INWARD)}{rng.choice(_INWARD)}"


def mobile(rng: Random) -> str:
    """Ofcom's range for drama."""
    return f"07700 900{rng.randrange(1000):03}"


def landline(rng: Random) -> str:
    """Ofcom's ranges for drama."""
    return f"01632 960{rng.randrange(1000):03}" if rng.random() < 0.8 else f"020 7946 0{rng.randrange(1000):03}"


def vehicle_registration(rng: Random) -> str:
    letters = "".join(rng.choice("ABCDEFGHJKLMNOPRSTUVWXY") for _ in range(3))
    return f"W{rng.choice('ABDEFGHJKLMN')}{rng.randrange(10, 25)} {letters}"
