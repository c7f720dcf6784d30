"""Machines on one: network namespaces joined by a bridge, where this account may make them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

_MOST = 200


@dataclass(frozen=True, slots=True)
class Network:
    """Places, each with a network interface of its own; `address` is where all of them reach this machine."""

    number: int
    places: int

    @property
    def address(self) -> str:
        return f"10.213.{self.number}.1"

    def at(self, place: int) -> Sequence[str]:
        """What a command is begun with to run at a place. It becomes the command: it has its number."""
        return "ip", "netns", "exec", _name(self.number, place)

    def cut_off(self, place: int) -> None:
        """As somebody does who pulls the cable: nobody is told."""
        _ip("link", "set", f"{_name(self.number, place)}o", "down")

    def connect(self, place: int) -> None:
        _ip("link", "set", f"{_name(self.number, place)}o", "up")


@contextmanager
def network_of(places: int) -> Iterator[Network | None]:
    """A network that is taken down at the end; None where this machine allows none."""
    with ExitStack() as undone:
        number = next((one for one in range(1, _MOST) if _has_made_bridge(one)), None)
        if number is None:
            yield None
            return
        undone.callback(_ip, "link", "del", f"mun{number}")
        for place in range(places):
            _ip("netns", "add", _name(number, place))
            undone.callback(_ip, "netns", "del", _name(number, place))
            _join(number, place)
        yield Network(number, places)


def _has_made_bridge(number: int) -> bool:
    """A bridge whose number is taken by another run of the tests cannot be made; nor can any without the right to."""
    bridge = f"mun{number}"
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("addr", "add", f"10.213.{number}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _join(number: int, place: int) -> None:
    """The inner end of a cable goes with its namespace, and the outer end with the inner one."""
    name = _name(number, place)
    _ip("link", "add", f"{name}o", "type", "veth", "peer", "name", "eth0", "netns", name)
    _ip("link", "set", f"{name}o", "master", f"mun{number}", "up")
    _ip("-n", name, "addr", "add", f"10.213.{number}.{place + 2}/24", "dev", "eth0")
    for own in ("eth0", "lo"):
        _ip("-n", name, "link", "set", own, "up")


def _name(number: int, place: int) -> str:
    return f"mun{number}h{place}"


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
