"""How much one outer item may cost before it is stopped, and the limit named."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits for one outer item and all that is inside it. Past one, the outcome is partial and names it.

    `seconds` (without a batch of parts done, so without progress) and `memory` (resident bytes of the reading process)
    are enforced from outside, by the parent, since a parser that hangs cannot stop itself. The rest is kept by the
    reader: `all_seconds` of the whole tree, `bytes` of one item or part that are read at all, `expanded` bytes and
    number of `parts` in the whole tree, `depth` of nesting, `ratio` of a member's size to its packed size once it is
    larger than a mebibyte, `text` characters of one item, of which `stretch` are held at once.
    """

    seconds: float = 60.0
    all_seconds: float = 3600.0
    memory: int = 2048 * MIB
    bytes: int = 1024 * MIB
    expanded: int = 4096 * MIB
    parts: int = 100_000
    depth: int = 10
    ratio: int = 200
    text: int = 100_000_000
    stretch: int = 5_000_000
    batch_parts: int = 50
    batch_seconds: float = 5.0
