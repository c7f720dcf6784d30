"""Listing a share: ours against smbprotocol's own `smbclient.scandir`, over the same tree of the same server.

Then with the rights of each file, and reading its small files: many together against one by one.

usage: python benchmarks/smb_listing.py [FOLDERS] [FILES]

FOLDERS (400) folders of FILES (16) files each, by a real Samba on loopback, signed SMB 3.1.1; needs root. The two take
turns, seven rounds; the ratio is the median of the rounds'. Then what a second listing, of a share in which nothing has
changed since one that read the rights of all files, asks of the server.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import smbclient
from smbprotocol.header import Commands

from benchmarks.measure import machine
from domain.item import Item
from scanner.sources.smb.messages import Answer
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.source import SmbSource

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from samba_servers import Samba, running_samba

_ROUNDS = 7
_TARGET = 2.0
_READ = 1000


@dataclass(frozen=True, slots=True)
class Speed:
    """Files a second, of the clock and of this process's CPU."""

    wall: float
    cpu: float


def main(folders: int = 400, files: int = 16) -> int:
    print(machine())
    with running_samba() as server:
        _grow(server.share("public"), folders, files)
        bare = SmbSource("share", replace(_settings(server), file_rights=False))
        rounds = _rounds((lambda: _scandir(server), lambda: _listed(bare)), folders * files)
        bare.close()
        source = SmbSource("share", _settings(server))
        with_rights = _speed(lambda: _listed(source), folders * files)
        known = {listing.folder: listing.state for listing in source.list()}
        asked, listed = _asked(source, known), len(known)
        fetched = _fetched(source)
        source.close()
        smbclient.reset_connection_cache()
    for name, speeds in zip(("smbclient.scandir", "ours"), zip(*rounds, strict=True), strict=True):
        wall, cpu = median(speed.wall for speed in speeds), median(speed.cpu for speed in speeds)
        print(f"{name:<18}{wall:8.0f} files/s {cpu:8.0f} files/s of CPU")
    ratio = median(ours.wall / theirs.wall for theirs, ours in rounds)
    of_cpu = median(ours.cpu / theirs.cpu for theirs, ours in rounds)
    print(f"ratio {ratio:.1f} ({of_cpu:.1f} in CPU), to be at least {_TARGET:g}")
    print(f"with the rights of each file: {with_rights.wall:.0f} files/s, {with_rights.cpu:.0f} files/s of CPU")
    print(f"second listing: {asked['round trips']} round trips for {listed} folders, one of them to know the root by")
    print(f"security reads: {asked['security']}, of single files {asked['security'] - listed}")
    print(f"files of 1 KiB: {fetched[0]:.0f} a second together, {fetched[1]:.0f} one by one")
    return 0 if ratio >= _TARGET else 1


def _grow(root: Path, folders: int, files: int) -> None:
    for number in range(folders):
        folder = root / f"Service {number % 20:02}" / f"Case {number:05}"
        folder.mkdir(parents=True)
        for file in range(files):
            (folder / f"Letter to the applicant {file:03}.docx").write_bytes(bytes(1024))


def _settings(server: Samba) -> SmbSettings:
    return SmbSettings("127.0.0.1", "public", username=server.crawl, password=server.password, port=server.port)


def _scandir(server: Samba) -> int:
    found, pending = 0, ["\\\\127.0.0.1\\public"]
    while pending:
        for entry in smbclient.scandir(
            pending.pop(), username=server.crawl, password=server.password, port=server.port
        ):
            if entry.is_dir():
                pending.append(entry.path)
            else:
                found += 1
    return found


def _listed(source: SmbSource) -> int:
    return sum(len(listing.items) for listing in source.list())


def _rounds(ways: Sequence[Callable[[], int]], files: int) -> list[list[Speed]]:
    """The speed of each way, round by round: what else the machine does falls on both alike."""
    return [[_speed(way, files) for way in ways] for _ in range(_ROUNDS)]


def _speed(way: Callable[[], int], files: int) -> Speed:
    began, cpu = time.perf_counter(), time.process_time()
    if way() != files:
        raise SystemExit("Not all files were found")
    return Speed(files / (time.perf_counter() - began), files / (time.process_time() - cpu))


def _asked(source: SmbSource, known: Mapping[bytes, bytes]) -> Counter[str]:
    """What a listing asks: round trips, and security descriptors among them."""
    asked: Counter[str] = Counter()
    ask = SmbSession.ask_each

    def counted(session: SmbSession, share: str, compounds: Sequence[Sequence[Any]]) -> list[list[Answer]]:
        asked["round trips"] += 1
        asked["security"] += sum(_asks_for_security(message) for messages in compounds for message in messages)
        return ask(session, share, compounds)

    SmbSession.ask_each = counted  # type: ignore[assignment, method-assign]
    try:
        for _ in source.list(lambda folder: known.get(folder, b"")):
            pass
    finally:
        SmbSession.ask_each = ask  # type: ignore[method-assign]
    return asked


def _fetched(source: SmbSource) -> list[float]:
    """Files read a second, together and one by one."""
    items = list(islice((item for listing in source.list() for item in listing.items), _READ))
    rounds = _rounds((lambda: _together(source, items), lambda: _alone(source, items)), len(items))
    return [median(speed.wall for speed in speeds) for speeds in zip(*rounds, strict=True)]


def _together(source: SmbSource, items: list[Item]) -> int:
    groups = (items[start : start + 50] for start in range(0, len(items), 50))
    return sum(isinstance(content, bytes) for group in groups for _, content in source.fetch(group))


def _alone(source: SmbSource, items: list[Item]) -> int:
    read = 0
    for item in items:
        with source.open(item) as opened:
            read += len(opened.file.read()) == item.size
    return read


def _asks_for_security(message: Any) -> bool:
    return bool(message.COMMAND == Commands.SMB2_QUERY_INFO and message["additional_information"].get_value())


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
