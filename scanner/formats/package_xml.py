"""The XML of documents, read as it goes by: no tree, no entity, nothing fetched, and no more kept than is bounded.

Prefixes and namespaces do not count, so that strict Office Open XML reads as the transitional kind does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat  # It gets neither a DTD nor an entity, and what it would keep is bounded here.

from scanner.budget import MIB

_LONGEST = 4 * MIB  # A tag or a comment that is longer is no document's.
_DEEPEST = 10_000
_NAMES = 10_000  # Word's own vocabulary, with all its extensions, is a tenth of that.
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-", "windows-125")

Attributes = Mapping[str, str]


class PackageError(Exception):
    """A package, or a part of it, that cannot be read, or no further. `reason` is a word or two of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Handlers:
    """What is done where an element of a local name starts ("*": any other), where it ends, and with its text.

    Prefixes and namespaces do not count, so that strict Office Open XML reads as the transitional kind does. To be
    kept for all parts of a kind: each name is taken apart once.
    """

    def __init__(
        self,
        starts: Mapping[str, Callable[[Attributes], None]],
        ends: Mapping[str, Callable[[], None]],
        text: Callable[[str], None],
    ) -> None:
        self.starts, self.ends, self.text = _Known(starts), _Known(ends), text


def parse_xml(pieces: Iterable[bytes], handlers_for: Callable[[str], Handlers | None]) -> None:
    """Read XML from end to end; `handlers_for` is given the local name of the root, and None leaves it unread.

    Raises PackageError at what is malformed or absurd, when all that stands before has been handled.
    """
    reading = _Reading(handlers_for)
    try:
        for piece in pieces:
            reading.feed(piece)
        reading.end()
    except _Unwanted:
        return
    except expat.ExpatError as error:
        reading.flush()
        raise PackageError("malformed") from error
    except PackageError:
        reading.flush()
        raise


def value_of(attributes: Attributes, name: str) -> str:
    """The value of an attribute by its local name; "" where there is none."""
    for key, value in attributes.items():
        if key == name or key.rpartition(":")[2] == name:
            return value
    return ""


class _Known(dict[str, "Callable[..., None] | None"]):
    """Names as they are written, to handlers."""

    def __init__(self, handlers: Mapping[str, Callable[..., None]]) -> None:
        super().__init__()
        self._handlers, self._other = handlers, handlers.get("*")

    def __missing__(self, name: str) -> Callable[..., None] | None:
        if len(self) > _NAMES:
            raise PackageError("many names")
        handler = self[name] = self._handlers.get(name.rpartition(":")[2], self._other)
        return handler


class _Unwanted(Exception):  # noqa: N818  no error: a part that nobody wants to read
    pass


class _Reading:
    """One run of expat. What it would keep is bounded: open elements, different names, the length of a tag."""

    def __init__(self, handlers_for: Callable[[str], Handlers | None]) -> None:
        self._handlers_for = handlers_for
        self._fed = self._pending = 0
        self._held: list[bytes] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.XmlDeclHandler = _check_encoding
        parser.EntityDeclHandler = parser.SkippedEntityHandler = _refuse_entity
        parser.StartElementHandler = self._begin

    def feed(self, piece: bytes) -> None:
        """Parse as soon as there is as much as is pending of a tag: expat looks at all of it anew each time."""
        self._held.append(piece)
        if sum(map(len, self._held)) >= self._pending:
            self._parse(is_end=False)
        if self._pending > _LONGEST:
            raise PackageError("long tag")

    def end(self) -> None:
        self._parse(is_end=True)

    def _parse(self, *, is_end: bool) -> None:
        held = b"".join(self._held)
        self._held.clear()
        self._fed += len(held)
        self._parser.Parse(held, is_end)
        self._pending = self._fed - self._parser.CurrentByteIndex

    def flush(self) -> None:
        """Hand over the text that the parser held back to join it with what was to come."""
        self._parser.buffer_text = False

    def _begin(self, root: str, attributes: dict[str, str]) -> None:
        """At the root: put the handlers of its kind in place, then let them see it."""
        handlers = self._handlers_for(root.rpartition(":")[2])
        if handlers is None:
            raise _Unwanted
        start, end = _bounded(handlers)
        self._parser.StartElementHandler, self._parser.EndElementHandler = start, end
        self._parser.CharacterDataHandler = handlers.text
        start(root, attributes)


def _bounded(handlers: Handlers) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """Closures, not methods: they run for every element of every document."""
    starts, ends = handlers.starts, handlers.ends
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise PackageError("too deep")
        if handler := starts[name]:
            handler(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if handler := ends[name]:
            handler()

    return start, end


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and not encoding.lower().startswith(_ENCODINGS):
        raise PackageError("encoding")


def _refuse_entity(*_declaration: object) -> None:
    """Neither format has use for entities; what they are good for is to blow up, and to name files."""
    raise PackageError("entities")
