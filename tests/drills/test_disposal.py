"""A machine that stops in the middle of a disposal, at every step of it: each file is found, in one place."""

from __future__ import annotations

import itertools
import json
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from disposal_estate import ALEX, Estate, an_actor, an_estate, write_old
from disposal_shares import a_shared_estate
from disposal_trees import a_tree, on_its_way, planned_of, tokens

from domain.actor import Role
from domain.audit import verify
from domain.disposal import IN_QUARANTINE, UNDER_WAY, Fate, RefusedFileError, Step
from domain.review import Stage
from inventory import disposals as kept
from inventory.audit import entries
from inventory.certificates import certificates
from inventory.engine import reading
from operations.disposal.holding import Watch

pytestmark = pytest.mark.drill

RUN = (Step.INTENT, Step.OPENED, Step.RENAMED, Step.HASHED, Step.RECORDED, Step.PUT_BACK)
RESTORE = (Step.RESTORE_INTENT, Step.RETURNED, Step.RESTORED)
PURGE = (Step.PURGE_INTENT, Step.UNLINKED, Step.PURGED)
TWO = ((Stage.FIRST, ALEX), (Stage.SECOND, an_actor("willow", Role.RECORDS_MANAGER)))


@pytest.fixture(params=["sqlite", *(pytest.param(one, marks=pytest.mark.servers) for one in ("postgresql", "share"))])
def make_estate(request, tmp_path) -> Callable[..., Estate]:
    """On each kind of database a folder, and a share of a server."""
    if request.param == "share":
        return partial(a_shared_estate, tmp_path, request.getfixturevalue("samba"))
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return partial(an_estate, tmp_path, url=url)


def killed_at(step: Step, before: Callable[[Step], None] = lambda _: None) -> Watch:
    """Ends the process at a step as a power cut would: nothing runs after it."""

    def watch(taken: Step) -> None:
        before(taken)
        if taken is step:
            os.kill(os.getpid(), signal.SIGKILL)

    return watch


def in_a_process(estate: Estate, act: Callable[[], object]) -> int:
    """What ended it: a signal's number, or 0."""
    estate.trail.database.dispose()  # a connection that two processes have is neither's
    if (child := os.fork()) == 0:
        try:
            act()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def changed_when_opened(estate: Estate) -> Callable[[Step], None]:
    """Has the file that is just being taken be another, so that it is put back."""

    def change(step: Step) -> None:
        if step is Step.OPENED:
            with reading(estate.trail.database) as connection:
                (one,) = kept.under_way(connection)
            with estate.path(one.planned.ref.locator).open("ab") as file:
                file.write(b" and more")

    return change


def check(estate: Estate, manifest, names: dict[str, bytes], *, settled: bool) -> None:
    """Every file is in just one of its place, quarantine, and purged with proof; nothing else is in quarantine."""
    lying = estate.in_quarantine()
    files = estate.at(manifest)
    there = {path.read_bytes().split()[0]: path for path in (estate.root / "Housing").iterdir()}
    away = {(estate.quarantine / token).read_bytes().split()[0]: token for token in lying}
    for one in files:
        word = names[os.fsdecode(one.planned.ref.locator)].strip()
        places = (word in there, word in away)
        if places == (False, False):
            assert Step.PURGE_INTENT in estate.steps(one), one.fate
            assert one.fate in (Fate.PURGED, Fate.PURGING)
            continue
        assert sum(places) == 1, (one, places)
        if word in away:
            assert away[word] == one.token
            assert one.fate in (*IN_QUARANTINE, *UNDER_WAY)
        else:
            assert os.fsencode(there[word].name) == one.planned.ref.name
            assert one.fate not in (*IN_QUARANTINE, Fate.PURGED)
        if settled:
            assert one.fate not in UNDER_WAY
            assert (one.fate in IN_QUARANTINE) == (word in away)
    assert len(away) == len(lying)
    assert lying <= {one.token for one in files}


@pytest.mark.timeout(5_400)
def test_wherever_it_is_killed_each_file_is_in_one_place_and_the_next_run_goes_on(
    request, make_estate, drill_size, record_property
):
    kills = drill_size(12 if "share" in request.node.callspec.id else 24, 504)
    words = [f"file{number:04} ".encode() for number in range(kills * 2 // 3 + 12)]  # Some kills take no file.
    files = {f"Housing/{number:04}.txt".encode(): word for number, word in enumerate(words)}
    names = {os.fsdecode(name): word for name, word in files.items()}
    estate = make_estate(files=files, disposal="most_items = 10000")
    manifest = estate.planned(list(files), second=True, approvals=TWO)  # Of so many, two have to approve.

    def taken(step: Step) -> Callable[[], object]:
        before = changed_when_opened(estate) if step is Step.PUT_BACK else lambda _: None
        return lambda: estate.run(manifest, watch=killed_at(step, before))

    def restored(step: Step) -> Callable[[], object]:
        return lambda: estate.restore(estate.at(manifest, Fate.QUARANTINED)[0], watch=killed_at(step))

    def purged(step: Step) -> Callable[[], object]:
        return lambda: estate.purge(manifest, watch=killed_at(step))

    stages = ((RUN, taken, kills // 2), (RESTORE, restored, kills // 4), (PURGE, purged, kills // 4))
    for steps, act, times in stages:
        for step in itertools.islice(itertools.cycle(steps), times):
            assert in_a_process(estate, act(step)) == signal.SIGKILL, step
            check(estate, manifest, names, settled=False)
        if act is taken:
            estate.run(manifest)
            estate.run(manifest)  # what the one before gave back to be taken
        elif act is restored:
            estate.later()
    estate.purge(manifest)
    check(estate, manifest, names, settled=True)
    _is_proved(estate, manifest)
    estate.trail.database.dispose()
    record_property("drill", f"{kills} kills at every step of disposal ({request.node.callspec.id}): "
                             "each file in one place, 0 orphans, every purge certified")  # fmt: skip


def _is_proved(estate: Estate, manifest) -> None:
    """The trail is whole, and each purged file stands on just one certificate."""
    verdict = verify(entries(estate.trail.database), estate.trail.key)
    assert verdict.fault is None
    fates = [one.fate for one in estate.at(manifest)]
    with reading(estate.trail.database) as connection:
        bodies = [json.loads(one.body) for one in certificates(connection, manifest.number)]
    certified = [at for body in bodies for first, last in body["positions"] for at in range(first, last + 1)]
    assert sorted(certified) == [at for at, fate in enumerate(fates, start=1) if fate is Fate.PURGED]
    assert Fate.PURGED in fates


def test_a_thread_that_swaps_paths_loses_no_wrong_file(tmp_path, drill_size, record_property):
    """The files that are approved are `old`; whatever else gets under their names must survive, and does."""
    races = drill_size(300, 10_000)
    root = tmp_path / "share"
    write_old(root / "Housing" / "keep.txt", b"keep")
    place, aside = root / "Housing" / "f.txt", root / "Housing" / "aside.txt"
    over, swaps = threading.Event(), itertools.count()

    def swap() -> None:
        while not over.is_set():
            with suppress(FileNotFoundError):
                os.rename(place, aside)
            with suppress(FileNotFoundError, FileExistsError):
                os.link(root / "Housing" / "other.txt", place)
            with suppress(FileNotFoundError):
                os.rename(aside, place)
            next(swaps)

    lost, gone = 0, 0
    with a_tree(root) as tree:
        for race in range(races):
            write_old(place, b"old %d" % race)
            write_old(root / "Housing" / "other.txt", b"other %d" % race)
            planned = planned_of(root, b"Housing/f.txt")
            over.clear()
            swapper = threading.Thread(target=swap)
            swapper.start()
            try:
                with suppress(RefusedFileError):
                    gone += tree.take(on_its_way(planned, f"{race}")).refusal is None
            finally:
                over.set()
                swapper.join()
            found = _bytes_in(root)
            lost += b"other %d" % race not in found
            assert b"old %d" % race in found, race
            _clear(root)
    assert lost == 0
    record_property("drill", f"{races} disposals while a thread swapped paths: 0 wrong files lost, {gone} taken")


def _bytes_in(root: Path) -> set[bytes]:
    return {path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _clear(root: Path) -> None:
    for path in (*(root / "Housing").iterdir(), *(root / ".muniment-quarantine" / token for token in tokens(root))):
        path.unlink()
