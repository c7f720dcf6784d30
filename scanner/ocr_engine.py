"""Tesseract, one for each process, and the language data that it needs. It runs in one thread and fetches nothing."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from itertools import groupby
from typing import Any

from PIL import Image

from domain.errors import MunimentError
from scanner.picture_filter import tilt, turned, without_speckle

_FOLDERS = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata")
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,30}")
_MILLISECONDS = 20_000
_SURE = 60
_LIKELY = 30
_CLEAR = 65
_ENOUGH_TO_TURN = 5
_LEAST = 3
_LEAST_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read in a picture, "" where there is no text in it; `is_cut` where time ran out."""

    text: str = field(repr=False)
    is_cut: bool = False


def ocr_health(languages: Sequence[str]) -> str | None:
    """What is missing for recognition in these languages and how to mend it, or None where nothing is."""
    if find_spec("tesserocr") is None:
        return "Text recognition is not installed here. Add it: pip install 'muniment[ocr]'"
    if wrong := [language for language in languages if not _LANGUAGE.fullmatch(language)]:
        return f"{', '.join(wrong)}: not the name of a language of Tesseract, such as eng. Correct [ocr] languages."
    if not languages:
        return "No language is named for text recognition. Name one in [ocr] languages, such as eng."
    missing = [language for language in languages if _data_of(language) is None]
    if not missing:
        return None
    packages = " ".join(f"tesseract-ocr-{language.lower().replace('_', '-')}" for language in missing)
    return (
        f"The language data for text recognition is missing: {', '.join(missing)}. On Debian, as root: "
        f"apt-get install {packages}; or name the folder that holds it in TESSDATA_PREFIX."
    )


def engine_version(languages: Sequence[str]) -> str:
    """Tesseract's version and the digests of its data: both decide what is read.

    Raises MunimentError where either is missing.
    """
    digests = [f"{language} {_digest(path, os.stat(path).st_mtime_ns)}" for language, path in _data(languages)]
    release = _tesserocr().PyTessBaseAPI.Version()
    return f"tesseract {release}, {', '.join(digests)}"


def recognised(picture: Image.Image, languages: Sequence[str]) -> Seen:
    """The text in a grey picture, however it is turned: lines first as they run, else on their head. To try is cheaper
    than to ask Tesseract how a page lies, which takes it twice as long as reading the page.

    Raises MunimentError where the language data is missing: then no picture could be read.
    """
    picture = without_speckle(picture)
    rise = tilt(picture)
    picture = turned(picture, -(rise or 0))
    best = _read(picture, languages)
    for degrees in (180,) if rise is not None else (180, 90, 270):
        if best.is_clear or len(best.words) < _ENOUGH_TO_TURN:
            break
        best = max(best, _read(turned(picture, degrees), languages), key=lambda reading: reading.mean)
    return Seen(best.text, best.is_cut)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    line: int


@dataclass(frozen=True, slots=True)
class _Reading:
    words: tuple[_Word, ...]
    is_cut: bool

    @property
    def mean(self) -> float:
        return sum(word.confidence for word in self.words) / max(1, len(self.words))

    @property
    def is_clear(self) -> bool:
        return self.mean >= _CLEAR

    @property
    def text(self) -> str:
        """Lines that are sure on the whole, and in them what is likely: so patterns and shadows do not become words.

        None where there are no three such words, or they are a small share of what looked like words.
        """
        lines = [list(words) for _, words in groupby(self.words, key=lambda word: word.line)]
        kept = [
            [word.text for word in line if word.confidence >= _LIKELY]
            for line in lines
            if sum(word.confidence for word in line) >= _SURE * len(line)
        ]
        is_text = sum(map(len, kept)) >= max(_LEAST, _LEAST_SHARE * len(self.words))
        return "".join(f"{' '.join(words)}\n" for words in kept) if is_text else ""


def _read(picture: Image.Image, languages: Sequence[str]) -> _Reading:
    engine = _engine(tuple(_data(languages)))
    try:
        engine.SetImage(picture)
        is_whole = engine.Recognize(_MILLISECONDS)
        return _Reading(tuple(_words(engine)), not is_whole)
    finally:
        engine.Clear()


def _words(engine: Any) -> Iterator[_Word]:
    tesserocr = _tesserocr()
    levels = tesserocr.RIL
    line = 0
    iterator = engine.GetIterator()
    for element in tesserocr.iterate_level(iterator, levels.WORD) if iterator else ():
        line += element.IsAtBeginningOf(levels.TEXTLINE)
        if element.Empty(levels.WORD):
            continue
        try:
            text = element.GetUTF8Text(levels.WORD).strip()
        except RuntimeError:  # A stretch without text, such as a picture in the picture.
            continue
        if text:
            yield _Word(text, element.Confidence(levels.WORD), line)


@lru_cache(maxsize=1)
def _engine(data: tuple[tuple[str, str], ...]) -> Any:
    """The one engine of this process, kept, since loading its data takes as long as reading half a page."""
    tesserocr = _tesserocr()
    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    folder = os.path.dirname(data[0][1])
    try:
        return tesserocr.PyTessBaseAPI(
            path=folder + os.sep, lang="+".join(language for language, _ in data), variables={"debug_file": os.devnull}
        )
    except RuntimeError as error:
        raise MunimentError(f"Tesseract cannot load the language data in {folder}. Install it again.") from error


def _tesserocr() -> Any:
    os.environ["OMP_THREAD_LIMIT"] = "1"  # Read once, when the library is loaded.
    import tesserocr  # noqa: PLC0415  not loaded where nothing is recognised

    return tesserocr


def _data(languages: Sequence[str]) -> list[tuple[str, str]]:
    if trouble := ocr_health(languages):
        raise MunimentError(trouble)
    return [(language, path) for language in languages if (path := _data_of(language))]


def _data_of(language: str) -> str | None:
    """The file of a language's data in the folder that TESSDATA_PREFIX names, else in Debian's."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [named, os.path.join(named, "tessdata")] if named else [*_debian_folders()]
    paths = (os.path.join(folder, f"{language}.traineddata") for folder in folders)
    return next((path for path in paths if os.path.isfile(path)), None)


def _debian_folders() -> Iterator[str]:
    for pattern in _FOLDERS:
        yield from sorted(glob.glob(pattern), reverse=True)


@lru_cache(maxsize=16)
def _digest(path: str, changed: int) -> str:  # noqa: ARG001  a changed file is another question
    with open(path, "rb") as file:
        return sha256(file.read()).hexdigest()[:12]
