"""What of the words that Tika prints a file really has: rules by which two readings are compared as they were meant.

No rule knows a file. Some take from Tika's text what is not the file's; some count a word of Tika's as found where our
text has the same thing written otherwise. What neither does stays a miss, also where it is left out on purpose: the
numbers that a chart copies, phonetic readings, addresses of web pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from scanner.extractors.mail import HEADERS
from scanner.formats.tika_answer import LABELS

WORD = re.compile(r"[^\W_]{2,}")
_PICTURE = re.compile(r"\b\S+\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?|xml|bin|rels|vml)\b", re.IGNORECASE)
_LABEL = re.compile(rf"^(?:{'|'.join(sorted(LABELS))}): ", re.MULTILINE)
_OUTLOOK = re.compile(r"^\s*(?:From|To|Cc|Bcc|Recipients|Attachments)\s*$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:html|head|title|meta|link|style|script|body|div|span|p|br|table|tr|td|a|pre|b|i|font)\b[^<>]*>"
)
_ENVELOPE = re.compile(r"^From .*\b\d{1,2}:\d\d\b.*\b\d{4}\b.*$", re.MULTILINE)
_DIRECTORY = re.compile(r"/o=[^/\n<>]*(?:/(?:ou|cn)=[^/\n<>]*)+", re.IGNORECASE)
_SHEET_HEADER = re.compile(r"^(?=.*&[LCR])&.*$", re.MULTILINE)
_SHEET_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,3}|[A-Z])')
_HEADER = re.compile(r"([\x21-\x39\x3b-\x7e]+):.*\n(?:[ \t].*\n)*")
_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z\d])")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:E[+-]\d+)?%?(?![\w])")
_DATE = re.compile(r"\b(\d{1,2})([/-]?)(\d{1,2}|[A-Za-z]{3})\2(\d{4}|\d\d)(?!\w)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STRETCH = 8


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(_PICTURE.sub(" ", text))}


def recall(text: str, body: str, said: str) -> tuple[float, set[str]]:
    """The share of Tika's words that a text has too by the rules below, and those that it has not. `body` is what Tika
    has as text, `said` what it has as metadata, as our wrapper writes it down.
    """
    reference = the_files_own(body, said)
    if _is_broken(reference, text):
        return _recall_of_letters(reference, text), set()
    wanted, found = words(reference), words(text)
    for rule in (_glued, _dates, _numbers):
        found |= {word for written in rule(reference, text) for word in words(written)}
    return len(wanted & found) / max(1, len(wanted)), wanted - found


def the_files_own(body: str, said: str) -> str:
    """Tika's text less what the rules say is not the file's."""
    for rule in (_without_markup, _without_envelopes, _without_sheet_codes, _without_machines_headers):
        body = rule(body)
    return _without_directory_names(f"{_OUTLOOK.sub('', body)}\n{_without_labels(said)}")


def _without_labels(said: str) -> str:
    """Metadata gets a label from our own wrapper around Tika ("Last author: "), and the header of an Outlook message
    one from Tika ("Recipients"): no word of either is in the file.
    """
    return _LABEL.sub("", said)


def _without_markup(text: str) -> str:
    """Where Tika took a page for plain text its tags are in its text; they are words as little as elsewhere."""
    return _TAG.sub(" ", text)


def _without_envelopes(text: str) -> str:
    """The line that parts the messages of a mailbox (RFC 4155) belongs to the mailbox and is of no message."""
    return _ENVELOPE.sub("", text)


def _without_sheet_codes(text: str) -> str:
    """Headers of old sheets come with their codes for parts, fonts and fields (ECMA-376 part 1, 18.3.1.46)."""
    return _SHEET_HEADER.sub(lambda line: _SHEET_CODE.sub(" ", line[0]), text)


def _without_directory_names(text: str) -> str:
    """A distinguished name of X.500 is Exchange's own number for somebody whose name and address stand beside it."""
    return _DIRECTORY.sub(" ", text)


def _without_machines_headers(text: str) -> str:
    """Of a header Tika shows only what names people, as we do, except where it took a message for plain text."""
    kept, at = [], len(text) - len(text.lstrip())
    while field := _HEADER.match(text, at):
        kept += [field[0]] if field[1] in HEADERS else []
        at = field.end()
    return "".join(kept) + text[at:]


def _is_broken(reference: str, text: str) -> bool:
    """Whether the layout of a page (turned by a right angle, say) made Tika part letters: its words are then on average
    less than half as long as ours.
    """
    lengths = [[len(word) for word in re.findall(r"[^\W_]+", one)] or [0] for one in (reference, text)]
    theirs, our = (sum(one) / len(one) for one in lengths)
    return 2 * theirs < our


def _recall_of_letters(reference: str, text: str) -> float:
    """Of text whose words Tika broke: the share of all stretches of eight letters, white space left out."""
    wanted, found = (_stretches("".join(re.findall(r"[^\W_]+", one.lower()))) for one in (reference, text))
    return len(wanted & found) / max(1, len(wanted))


def _stretches(letters: str) -> set[str]:
    return {letters[at : at + _STRETCH] for at in range(len(letters) - _STRETCH + 1)}


def _glued(reference: str, text: str) -> Iterator[str]:
    """Words that Tika ran together ("www.example.comPage", "rather1"): a small letter and a capital or a digit meet
    there, and our text has each side as a word.
    """
    there = set(re.findall(r"[^\W_]+", text))
    for word in WORD.findall(reference):
        pieces = _SEAM.split(word)
        if len(pieces) > 1 and there.issuperset(pieces):
            yield word


def _dates(reference: str, text: str) -> Iterator[str]:
    """A date as a cell shows it ("3/9/17", "17-May-07", "01Jan60") where ours has that day in ISO 8601. A year of two
    digits is of any century, and day and month may stand either way.
    """
    there = {(int(year), int(month), int(day)) for year, month, day in _ISO.findall(text)}
    short = {(year % 100, month, day) for year, month, day in there}
    for found in _DATE.finditer(reference):
        first, _, second, year = found.groups()
        known = there if len(year) == 4 else short
        if any((int(year), month, day) in known for day, month in _day_and_month(first, second)):
            yield found[0]


def _day_and_month(first: str, second: str) -> Iterator[tuple[int, int]]:
    if second.lower() in _MONTHS:
        yield int(first), _MONTHS.index(second.lower()) + 1
    elif second.isdecimal():
        yield from permutations((int(first), int(second)))


def _numbers(reference: str, text: str) -> Iterator[str]:
    """A number as a cell shows it, rounded ("66.67%", "1.98E+08"), where ours has one that, so rounded, is the same."""
    there = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    rounded: dict[str, set[str]] = {}
    for found in _NUMBER.finditer(reference):
        shown = found[0].replace(",", "")
        form = _form(shown)
        if form not in rounded:
            rounded[form] = {f"{number:{form}}" for number in there}
        if shown in rounded[form]:
            yield found[0]


def _form(shown: str) -> str:
    """How such a number is written: with so many digits behind the point, an exponent, a sign of percentage."""
    digits, _, exponent = shown.rstrip("%").partition("E")
    kind = "%" if shown.endswith("%") else "E" if exponent else "f"
    return f".{len(digits.partition('.')[2])}{kind}"
