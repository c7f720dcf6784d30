"""Numbers drawn with valid check digits, each written from its published rule and not from the recognisers."""

from __future__ import annotations

from random import Random
from string import ascii_uppercase

_POSTCODE_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR
NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W
WA WC WD WF WN WR WS WV YO ZE
""".split()  # noqa: SIM905  as a list it is a hundred lines
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_NINO_LETTERS = "ABCEGHJKLMNOPRSTWXYZ"
_NINO_NEVER = {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN_AUTHORITIES = ("201", "302", "330", "380", "801", "811", "830", "845", "860", "878", "881", "908", "926", "935")
_PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"
_CHUNK = 9


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def nhs(rng: Random) -> str:
    """Ten digits, the last by modulus 11 (NHS Data Dictionary: NHS NUMBER)."""
    while True:
        body = rng.choice("4679") + digits(rng, 8)
        check = nhs_check(body)
        if check < 10:
            return body + str(check)


def nhs_check(body: str) -> int:
    """The check digit of nine digits; 10 where there can be none."""
    return (11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11) % 11


def nino(rng: Random) -> str:
    """Two letters, six digits, a letter from A to D (HMRC manual NIM39110)."""
    while True:
        prefix = rng.choice(_NINO_LETTERS) + rng.choice(_NINO_LETTERS.replace("O", ""))
        if prefix not in _NINO_NEVER:
            return prefix + digits(rng, 6) + rng.choice("ABCD")


def utr(rng: Random) -> str:
    """Ten digits, the first a check on the others (HMRC: weights 6 7 8 9 10 5 4 3 2, modulus 11)."""
    body = digits(rng, 9)
    return utr_check(body) + body


def utr_check(body: str) -> str:
    weights = (6, 7, 8, 9, 10, 5, 4, 3, 2)
    return "21987654321"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def upn(rng: Random) -> str:
    """A check letter and twelve digits (Department for Education: Unique Pupil Numbers)."""
    body = rng.choice(_UPN_AUTHORITIES) + digits(rng, 9)
    return upn_check(body) + body


def upn_check(body: str) -> str:
    return _UPN_LETTERS[sum(int(digit) * place for place, digit in enumerate(body, start=2)) % 23]


def uprn(rng: Random) -> str:
    return rng.choice(("10009", "10010", "10023", "20000", "10002")) + digits(rng, rng.choice((6, 7)))


def postcode(rng: Random) -> str:
    """An area that exists, a district of one or two digits and an inward code (Royal Mail PAF)."""
    area = rng.choice(_POSTCODE_AREAS)
    if area in {"EC", "WC"}:
        return f"{area}{rng.randint(1, 4)}{rng.choice('AMNR')} {_inward(rng)}"
    return f"{area}{rng.randint(1, 19)} {_inward(rng)}"


def mobile(rng: Random) -> str:
    return "07" + rng.choice("45789") + digits(rng, 8)


def landline(rng: Random) -> str:
    """A national number of an area with a four-digit code, or of London, Cardiff or Bristol (Ofcom numbering plan)."""
    area = rng.choice(("01206", "01245", "01268", "01279", "01376", "01621", "01702", "01473", "01792", "01633", "020",
                       "029", "0117"))  # fmt: skip
    return area + {"020": "79", "029": "20", "0117": "9"}.get(area, rng.choice("234567")) + _rest_of(rng, area)


def driving_licence(rng: Random, surname: str, first: str, born: tuple[int, int, int], *, woman: bool) -> str:
    """Sixteen characters made of name and birth (DVLA: driver number)."""
    letters = "".join(letter for letter in surname.upper() if letter in ascii_uppercase)
    year, month, day = born
    body = f"{letters[:5]:9<5}{year % 100 // 10}{month + 50 * woman:02}{day:02}{year % 10}"
    initials = first[0].upper() if first[0].upper() in ascii_uppercase else "M"
    return f"{body}{initials}{rng.choice('9JAME')}9{rng.choice(_PLATE_LETTERS)}{rng.choice(_PLATE_LETTERS)}"


def plate(rng: Random) -> str:
    """A mark of the present style, or of the prefix and suffix styles before (DVLA INF104)."""
    letters = "".join(rng.choices(_PLATE_LETTERS, k=5))
    style = rng.random()
    if style < 0.75:
        age = rng.choice(("05", "09", "12", "56", "57", "61", "64", "66", "17", "68", "19", "70", "21", "72", "23"))
        return f"{letters[:2]}{age} {letters[2:]}"
    if style < 0.9:
        return f"{rng.choice('HJKLMNPRSTVWXY')}{rng.randint(21, 999)} {letters[:3]}"
    return f"{letters[:3]} {rng.randint(21, 999)}{rng.choice('KLMNPRSTVWXY')}"


def sort_code(rng: Random) -> str:
    return f"{rng.choice(('20', '30', '40', '60', '77', '09', '11'))}-{digits(rng, 2)}-{digits(rng, 2)}"


def iban(rng: Random) -> str:
    """A British IBAN (ISO 13616; check digits by ISO 7064 mod 97-10)."""
    account = "".join(rng.choices("ABCDEHKLMNPRSTW", k=4)) + digits(rng, 14)
    number = "".join(str(int(letter, 36)) for letter in account + "GB00")
    return f"GB{98 - int(number) % 97:02}{account}"


def card(rng: Random) -> str:
    """Sixteen digits with the check digit of ISO/IEC 7812-1 (Luhn)."""
    body = rng.choice(("4539", "4929", "4716", "5188", "5301", "5425")) + digits(rng, 11)
    return body + str(luhn_check(body))


def luhn_check(body: str) -> int:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    return -sum(value - _CHUNK if value > _CHUNK else value for value in doubled) % 10


def spoilt(rng: Random, number: str) -> str:
    """The number with another last digit, so that no check on it holds."""
    return number[:-1] + str((int(number[-1]) + rng.choice((1, 2, 3, 7, 8))) % 10)


def _inward(rng: Random) -> str:
    return rng.choice("123456789") + rng.choice(_INWARD) + rng.choice(_INWARD)


def _rest_of(rng: Random, area: str) -> str:
    return digits(rng, {"020": 6, "029": 6, "0117": 6}.get(area, 5))
