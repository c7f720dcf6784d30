"""Muniment left to itself: scans every minute of a share that changes, with processes killed at random, for an hour.

usage: python -m benchmarks.soak [--minutes N] [--database sqlite|postgresql] [--seed N]

`muniment timetable run` scans and evaluates a share in which files are made, rewritten, renamed and removed all the
time, and a mailbox grows. On PostgreSQL it leases to two hosts (`muniment worker`). Killed with -9 meanwhile: reading
processes of those that stay; scans begun by hand, which the timetable carries on; and one of the two hosts, which is
started again. The timetable and the other host are never killed: of them memory and open descriptors are measured, the
least of each minute, when they are idle. At the end everything is stopped; what lies in the temporary folder is
counted, and the inventory compared with that of a scan of the same share into a new one. Detection by the language
model is left out. Ends with 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.measure import PROGRAM, machine
from inventory.engine import connect, open_inventory, reading
from operations.executors.watch import workers_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from builders import a_zip, an_mbox
from postgres_servers import running_postgres

GROWTH = 0.10
"""The most that the memory of a process may grow by, from the second quarter of the time to the last."""

_LOOK_SECONDS = 2.0
_STOP_SECONDS = 90.0
_MIB = 1024 * 1024
_LETTER = "Dear Mrs Thornbury,\n\nyour National Insurance number is AB{:06}C.\n"
_TIMETABLE = """
[[timetable]]
name = "every minute"
every = "1m"
then = ["evaluate", "families", "rot", "summarise"]
"""


@dataclass
class Share:
    """A share that never stands still."""

    root: Path
    chance: random.Random
    made: int = 0

    def fill(self) -> None:
        for _ in range(200):
            self._make()
        members = {f"{number}.txt": _LETTER.format(number).encode() for number in range(20)}
        (self.root / "all.zip").write_bytes(a_zip({**members, "inner.zip": a_zip(members)}))
        self._grow()

    def change(self) -> None:
        """Something that people do, chosen by chance."""
        self.chance.choice((self._make, self._make, self._rewrite, self._rename, self._remove, self._grow))()

    def _make(self) -> None:
        folder = self.root / f"Folder {self.chance.randrange(12)}"
        folder.mkdir(exist_ok=True)
        self.made += 1
        (folder / f"{self.made}.txt").write_text(_LETTER.format(self.made % 1_000_000))

    def _rewrite(self) -> None:
        self._any().write_text(_LETTER.format(self.chance.randrange(1_000_000)) * self.chance.randrange(1, 9))

    def _rename(self) -> None:
        one = self._any()
        self.made += 1
        one.rename(one.with_name(f"{self.made} renamed.txt"))

    def _remove(self) -> None:
        if len(list(self.root.glob("*/*.txt"))) > 100:
            self._any().unlink()

    def _grow(self) -> None:
        (self.root / "team.mbox").write_bytes(an_mbox(20 + self.made // 20, "Dear Mr Oakenshawe"))

    def _any(self) -> Path:
        return self.chance.choice(sorted(self.root.glob("*/*.txt")))


@dataclass
class Watched:
    """A process that is to stay as it is: the least memory and descriptors of each minute."""

    name: str
    process: psutil.Process
    memory: dict[int, int] = field(default_factory=dict)
    descriptors: dict[int, int] = field(default_factory=dict)

    def look(self, minute: int) -> None:
        for kept, now in ((self.memory, self.process.memory_full_info().uss),
                          (self.descriptors, self.process.num_fds())):  # fmt: skip
            kept[minute] = min(now, kept.get(minute, now))

    def verdicts(self) -> Iterator[tuple[str, bool]]:
        before, after = _quarters(self.memory)
        growth = after / before - 1
        yield (
            f"{self.name}: {before / _MIB:.1f} MiB of its own, then {after / _MIB:.1f}: {growth:+.1%}",
            growth < GROWTH,
        )
        before, after = _quarters(self.descriptors)
        yield f"{self.name}: {before:.0f} open descriptors, then {after:.0f}", after <= before


def _quarters(by_minute: dict[int, int]) -> tuple[float, float]:
    """The medians of the second and of the last quarter."""
    all_of_it = [by_minute[minute] for minute in sorted(by_minute)]
    quarter = max(1, len(all_of_it) // 4)
    return statistics.median(all_of_it[quarter : 2 * quarter] or all_of_it), statistics.median(all_of_it[-quarter:])


@dataclass
class Soak:
    """A workspace over a share, and what runs there. `counted` is what was done to it."""

    work: Path
    share: Share
    environment: dict[str, str]
    stack: ExitStack
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.environment["MUNIMENT_INVENTORY__URL"]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with open(self.work / "said.log", "ab") as said:
            started = subprocess.Popen(
                [PROGRAM, "-q", *arguments], cwd=self.work, env=self.environment, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip
        self.stack.callback(_end, started)
        return started

    def run(self, minutes: float) -> list[Watched]:
        """Have all this happen for so long, then stop it in order."""
        hosts = [self.start("worker"), self.start("worker")] if self.is_cluster else []
        stays = [self.start("timetable", "run"), *hosts[:1]]
        names = ("the timetable", "the host")
        watched = [Watched(name, psutil.Process(one.pid)) for name, one in zip(names, stays, strict=False)]
        began, by_hand = time.monotonic(), None
        while (passed := time.monotonic() - began) < minutes * 60:
            for one in watched:
                one.look(int(passed // 60))
            for _ in range(self.share.chance.randrange(4)):
                self._count("changes")
                self.share.change()
            by_hand = self._trouble(stays, hosts, by_hand)
            time.sleep(_LOOK_SECONDS)
        for process in (*stays, *hosts[1:], *([by_hand] if by_hand else [])):
            process.send_signal(signal.SIGTERM)
            process.wait(_STOP_SECONDS)
        return watched

    def _trouble(
        self, stays: list[subprocess.Popen[bytes]], hosts: list[subprocess.Popen[bytes]],
        by_hand: subprocess.Popen[bytes] | None,
    ) -> subprocess.Popen[bytes] | None:  # fmt: skip
        """Kill something, now and then. Returns the scan by hand that is under way."""
        chance = self.share.chance.random()
        if chance < 0.01 and hosts:
            self._count("hosts killed")
            _end(hosts[1])
            hosts[1] = self.start("worker")
        elif chance < 0.05:
            for process in stays:
                with suppress(psutil.NoSuchProcess):
                    for child in workers_of(psutil.Process(process.pid))[:1]:
                        child.kill()
                        self._count("reading processes killed")
        elif chance < 0.08 and by_hand is None:
            return self.start("scan")
        elif chance < 0.15 and by_hand is not None:
            self._count("scans by hand killed" if by_hand.poll() is None else "scans by hand that had ended")
            _end(by_hand)
            return None
        return by_hand

    def _count(self, what: str) -> None:
        self.counted[what] = self.counted.get(what, 0) + 1

    @property
    def is_cluster(self) -> bool:
        return self.url.startswith("postgresql")

    def slots(self) -> str:
        """What came of the timetable's slots."""
        came = _ask(self.url, "SELECT state, count(*) FROM slot GROUP BY state ORDER BY state")
        return ", ".join(f"{count} {state}" for state, count in came) or "none"

    def inventory(self, url: str) -> list[tuple[object, ...]]:
        """What there is, in a scan's own words: whatever is gone is gone."""
        return _ask(url, _HELD)


_HELD = """
SELECT dir.path, item.name, item.part, item.kind, item.size, item.modified, item.outcome, item.problem_code,
       content.digest, content.outcome, content.text_chars, content.personal, content.special, content.risk,
       (SELECT count(*) FROM finding WHERE finding.content_id = content.id)
  FROM item JOIN dir ON dir.id = item.dir_id LEFT JOIN content ON content.id = item.content_id
 WHERE item.gone IS NULL ORDER BY 1, 2, 3
"""


def _ask(url: str, statement: str) -> list[tuple[object, ...]]:
    database = connect(url)
    with reading(database) as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql(statement)]
    database.dispose()
    return rows


def _end(process: subprocess.Popen[bytes]) -> None:
    """As a power cut does: with all its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def a_soak(database: str, seed: int) -> Iterator[tuple[Soak, str]]:
    """A workspace that has never scanned, and the address of an empty inventory for the scan it is compared with."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        root, work, temporary = (folder / name for name in ("share", "work", "temporary"))
        for one in (root, work, temporary):
            one.mkdir()
        urls = [f"sqlite:///{work}/inventory.db", f"sqlite:///{work}/fresh.db"]
        if database == "postgresql":
            server = stack.enter_context(running_postgres())
            urls = [server.fresh(), server.fresh()]
        environment = os.environ | {
            "MUNIMENT_DETECTION__MODEL": "none", "TMPDIR": str(temporary), "MUNIMENT_INVENTORY__URL": urls[0],
            "MUNIMENT_EXECUTOR__KIND": "cluster" if database == "postgresql" else "local",
            "MUNIMENT_LIMITS__WORKERS": "1", "MUNIMENT_EXECUTOR__SILENT_SECONDS": "10",
        }  # fmt: skip
        share = Share(root, random.Random(seed))
        share.fill()
        subprocess.run([PROGRAM, "-q", "init", "--root", root], cwd=work, env=environment, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        with open(work / "muniment.toml", "a") as configuration:
            configuration.write(_TIMETABLE)
        yield Soak(work, share, environment, stack), urls[1]


def soaked(database: str, minutes: float, seed: int, said: Path | None) -> bool:
    """Do it all and print what came of it; whether all of it holds."""
    with a_soak(database, seed) as (soak, fresh):
        watched = soak.run(minutes)
        left = [one.name for one in Path(soak.environment["TMPDIR"]).iterdir()]
        open_inventory(fresh, create=True).dispose()
        for url in (soak.url, fresh):
            alone = soak.environment | {"MUNIMENT_EXECUTOR__KIND": "local", "MUNIMENT_INVENTORY__URL": url}
            subprocess.run([PROGRAM, "-q", "scan"], cwd=soak.work, env=alone, check=True, stdout=subprocess.DEVNULL)
        if said:
            shutil.copy(soak.work / "said.log", said)
        kept, new = soak.inventory(soak.url), soak.inventory(fresh)
        done = ", ".join(f"{count} {what}" for what, count in sorted(soak.counted.items()))
        print(f"\n{database}, {minutes:g} minutes. Slots of the timetable: {soak.slots()}; {done}.\n")
        verdicts = [verdict for one in watched for verdict in one.verdicts()]
        verdicts.append((f"temporary folder: {len(left)} left", not left))
        differ = len(set(kept) ^ set(new))
        told = f"inventory: {len(kept):,} items, {len(new):,} in a new one, {differ} differ"
        verdicts.append((told, kept == new))
    for verdict, holds in verdicts:
        print(f"- {'holds' if holds else 'FAILS'}: {verdict}")
    return all(holds for _, holds in verdicts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--said", type=Path, help="a file to keep what the processes said in")
    asked = parser.parse_args()
    print(f"Machine: {machine()}")
    sys.exit(0 if soaked(asked.database, asked.minutes, asked.seed, asked.said) else 1)
