"""The texts as templates: whole papers, and single statements that are carried by short papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from random import Random

from benchmarks.council_unseen.marked import Marked
from benchmarks.council_unseen.noise import weathered

from .language import Scene, written

PAPERS = (
    "letters",
    "casework",
    "office",
    "people_sheets",
    "special",
    "numbers",
    "varied",
    "long_papers",
    "meetings",
    "forms",
    "public",
    "registers",
    "technical",
    "public_special",
)
_PROSE = ("", "", "capitals", "scanned", "curly", "wrapped", "gappy")
_RULED = ("", "capitals", "curly")
_HABITS = {"sheet": _RULED, "printout": _RULED, "code": (), "log": (), "credential": ("curly", "")}
_ALSO = "{also}"
_TEXTS = files(__package__) / "texts"


@dataclass(frozen=True, slots=True)
class Template:
    """One way to write one paper; a statement has several carriers, and says what is also said beside it."""

    name: str
    family: str
    personal: bool
    carriers: tuple[tuple[str, str], ...]
    says: str = ""
    besides: tuple[str, ...] = ()

    def draw(self, rng: Random) -> tuple[str, Marked]:
        """The family of the paper, and the paper."""
        family, text = rng.choice(self.carriers)
        for also in rng.sample(self.besides, text.count(_ALSO)):
            text = text.replace(_ALSO, also, 1)
        marked = written(text.replace("{say}", self.says), Scene.of(rng))
        habits = _HABITS.get(family, _PROSE)
        return family, weathered(marked, habits, rng) if habits else marked


def papers(texts: Traversable = _TEXTS, names: Sequence[str] = PAPERS) -> tuple[Template, ...]:
    """Every whole paper of a folder, by its heading line `=== name | family | personal or other`."""
    return tuple(paper for name in names for paper in _papers(_text(name, texts)))


def statements() -> tuple[Template, ...]:
    """Every statement of a person or of nobody, by its line `CLASS text`; `-` is the class of nothing special."""
    public = _lines("said_publicly")
    return (
        *_statements("said", _lines("said"), _lines("besides"), "carriers"),
        *_statements("public", public, public, "carriers_public"),
    )


def _papers(text: str) -> list[Template]:
    found = []
    for piece in text.split("\n=== ")[1:]:
        heading, _, body = piece.partition("\n")
        name, family, side = (part.strip() for part in heading.split("|"))
        if side not in {"personal", "other"}:
            raise ValueError(f"{name}: neither personal nor other")
        found.append(Template(name, family, side == "personal", ((family, body.strip("\n")),)))
    return found


def _statements(prefix: str, lines: list[str], besides: list[str], carriers: str) -> list[Template]:
    bearing = _papers(_text(carriers))
    ways = tuple(way for paper in bearing for way in paper.carriers)
    also = tuple(line.partition(" ")[2] for line in besides)
    found = []
    for number, line in enumerate(lines, start=1):
        flags, _, said = line.partition(" ")
        classes = [flag for flag in flags.split("+") if flag != "-"]
        says = said + "".join(f"{{!{flag}}}" for flag in classes)
        name = f"{prefix}_{number:03d}_{'_'.join(classes).lower() or 'nothing'}"
        found.append(Template(name, prefix, bearing[0].personal, ways, says, also))
    return found


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).split("\n") if line and not line.startswith("#")]


def _text(name: str, texts: Traversable = _TEXTS) -> str:
    return "\n" + (texts / f"{name}.txt").read_text(encoding="utf-8")
