"""How much one outer item may cost before it is stopped, and the limit named."""

from __future__ import annotations

from dataclasses import dataclass, replace

MIB = 1024 * 1024
GIB = 1024 * MIB
_SLOWEST = 20 * MIB
"""Bytes a second that any share gives."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits for one outer item and all that is inside it. Past one, the outcome is partial and names it.

    `seconds` (without a batch of parts done, so without progress) and `memory` (resident bytes of the reading process)
    are enforced from outside, by the parent, since a parser that hangs cannot stop itself. The rest is kept by the
    reader: `bytes` of one item or part that are read at all, or `store` where it is an item with nothing in it but
    parts, which is read where it lies; `depth` of nesting, `ratio` of a member's size to its packed size once it is
    larger than a mebibyte, `text` characters of one item, of which `stretch` are held at once. Of the whole tree:
    `all_seconds`, `expanded` bytes and number of `parts`, each for every gibibyte that the item takes up.
    """

    seconds: float = 60.0
    all_seconds: float = 3600.0
    memory: int = 2048 * MIB
    bytes: int = 1024 * MIB
    store: int = 100 * GIB
    expanded: int = 4096 * MIB
    parts: int = 100_000
    depth: int = 10
    ratio: int = 200
    text: int = 100_000_000
    stretch: int = 5_000_000
    batch_parts: int = 50
    batch_seconds: float = 5.0

    def over(self, taken: int) -> Budget:
        """The budget of an item that takes up so many bytes where it lies: a gibibyte that is begun counts whole.

        So the cost stays linear in what somebody had to store, whatever size a sparse file shows.
        """
        times = max(1, -(-taken // GIB))
        return replace(
            self, all_seconds=times * self.all_seconds, expanded=times * self.expanded, parts=times * self.parts
        )

    def clock(self, unhashed: int) -> float:
        """The seconds of a batch that has so many bytes to hash on its way: a large store has to be read for that."""
        return self.seconds + (unhashed / _SLOWEST if unhashed > self.bytes else 0)
