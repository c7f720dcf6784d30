"""A share in the very act: what is held is nobody else's, what was not meant goes back, what is unsafe is refused."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from disposal_changes import grown, of_same_size_and_time, renamed_over, rewritten
from disposal_estate import at_step, write_old
from disposal_shares import give_to
from disposal_stands import TOKEN
from disposal_trees import on_its_way, planned_as_listed, standing, tokens
from samba_servers import Samba

from domain.disposal import MARKER, QUARANTINE, Disposal, Refusal, RefusedFileError, Step
from operations.access import RefusedError
from operations.disposal.holding import SourceLostError, Taken, Watch, unwatched
from operations.disposal.smb import SmbTree
from operations.disposal.smb_quarantine import open_share
from operations.disposal.smb_requests import rename
from scanner.sources.smb.messages import Message, close, create, query_file, query_security
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.source import SmbSource

pytestmark = pytest.mark.servers

FILE = "Housing/tief/Übersicht 😀.txt".encode()
WINDOWS = FILE.decode().replace("/", "\\")
READ, WRITE, DELETE, ATTRIBUTES, WRITE_ATTRIBUTES, RIGHTS = 0x1, 0x2, 0x10000, 0x80, 0x100, 0x20000
SHARED_BY_ALL, SHARED_BY_READERS = 0x7, 0x1
TO_BE_ARCHIVED = 0x20  # which moving a file marks it with
SHARING_VIOLATION = 0xC0000043


class Shelf:
    """The share "edge" with a file in it; `root` is its folder on the server."""

    def __init__(self, samba: Samba) -> None:
        self.samba, self.root = samba, samba.empty("edge")
        write_old(self.root / os.fsdecode(FILE), b"third")
        give_to(samba.boss, self.root)
        self.path = self.root / os.fsdecode(FILE)

    def settings(self, share: str = "edge", **changes: object) -> SmbSettings:
        told = {"username": self.samba.boss, "password": self.samba.password, "port": self.samba.port, "connections": 1}
        return SmbSettings("127.0.0.1", share, **told | changes)

    @contextmanager
    def tree(self, watch: Watch = unwatched, **changes: object) -> Iterator[SmbTree]:
        with open_share("shares", self.settings(**changes), QUARANTINE, watch, lambda _: None) as opened:
            yield opened

    def planned(self, locator: bytes = FILE, **changes: object) -> Disposal:
        source = SmbSource("shares", self.settings(**changes))
        try:
            return on_its_way(planned_as_listed(source, locator, b"third"), TOKEN)
        finally:
            source.close()

    @contextmanager
    def client(self) -> Iterator[SmbSession]:
        """Another client of the server, who may do all there."""
        session = SmbSession(self.settings(), "127.0.0.1")
        try:
            yield session
        finally:
            session.close()

    def marked(self, attributes: int) -> None:
        """Have the file be marked as read-only, hidden, or such (MS-FSCC 2.4.7)."""
        told = struct.pack("<4QLL", 0, 0, 0, 0, attributes, 0)
        message = Message(0x11, struct.pack("<HBBLH2xL16s", 33, 1, 4, len(told), 96, 0, b"\xff" * 16) + told)
        with self.client() as session:
            for answer in session.ask("edge", create(WINDOWS, WRITE_ATTRIBUTES, 0), message, close()):
                answer.expect_success()


@pytest.fixture
def shelf(samba) -> Shelf:
    return Shelf(samba)


def taken(tree: SmbTree, one: Disposal) -> Taken:
    try:
        return tree.take(one)
    except RefusedFileError as refused:
        return Taken(refusal=refused.refusal)


def refusal_of(act: Callable[[], object]) -> Refusal:
    with pytest.raises(RefusedFileError) as refused:
        act()
    return refused.value.refusal


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (rewritten, Refusal.CHANGED), (of_same_size_and_time, Refusal.CONTENT), (grown, Refusal.CHANGED),
        (renamed_over, Refusal.DENIED),
    ],
)  # fmt: skip
def test_what_is_changed_on_the_server_in_the_act_is_put_back_as_it_is(shelf, tmp_path, change, why):
    """By programs there: they ask no share. Samba sees for itself that another has the name by then."""
    one, after = shelf.planned(), []

    def changes() -> None:
        change(shelf.path, tmp_path)
        give_to(shelf.samba.boss, shelf.root)
        after.append(standing(shelf.root))

    with shelf.tree(at_step(Step.OPENED, changes)) as tree:
        assert taken(tree, one) == Taken(refusal=why)
    assert [standing(shelf.root)] == after
    assert tokens(shelf.root) == set()


@pytest.mark.parametrize("step", [Step.OPENED, Step.RENAMED])
def test_no_other_client_writes_moves_or_removes_what_is_held(shelf, step):
    one, seen = shelf.planned(), []
    place = WINDOWS if step is Step.OPENED else f"{QUARANTINE}\\{TOKEN}"

    def tries() -> None:
        with shelf.client() as session:
            for access in (WRITE, DELETE):
                answers = session.ask("edge", create(place, access, 0), rename("elsewhere.txt", b"\xff" * 16))
                seen.extend(answer.status for answer in answers[:1])

    with shelf.tree(at_step(step, tries)) as tree:
        assert tree.take(one).refusal is None
    assert seen == [SHARING_VIOLATION] * 2


@pytest.mark.parametrize(
    ("access", "share", "why"),
    [
        (READ, SHARED_BY_ALL, None), (READ, SHARED_BY_READERS, Refusal.BUSY), (WRITE, SHARED_BY_ALL, Refusal.BUSY),
    ],
)  # fmt: skip
def test_what_somebody_has_open_waits_unless_he_reads_and_minds_nobody(shelf, access, share, why):
    one = shelf.planned()
    with shelf.client() as session, shelf.tree() as tree:
        (opened,) = session.ask("edge", create(WINDOWS, access, 0, share))
        opened.expect_success()
        assert taken(tree, one).refusal is why
        assert why is None or why.passing


def test_what_somebody_reads_in_quarantine_is_not_purged(shelf):
    one = shelf.planned()
    with shelf.client() as session, shelf.tree() as tree:
        one = replace(one, kept=tree.take(one).kept)
        (opened,) = session.ask("edge", create(f"{QUARANTINE}\\{TOKEN}", READ, 0))
        opened.expect_success()
        assert refusal_of(lambda: tree.purge(one, lambda: None)) is Refusal.BUSY
        assert not tree.is_gone(one)


def test_what_is_marked_read_only_is_refused(shelf):
    shelf.marked(0x1)
    with shelf.tree() as tree:
        assert taken(tree, shelf.planned()) == Taken(refusal=Refusal.READ_ONLY)
    assert shelf.path.exists()


def test_what_was_marked_read_only_in_quarantine_is_not_purged(shelf):
    with shelf.tree() as tree:
        one = shelf.planned()
        one = replace(one, kept=tree.take(one).kept)
        (shelf.root / QUARANTINE / TOKEN).write_bytes(b"meddled with")
        assert refusal_of(lambda: tree.purge(one, lambda: None)) is Refusal.CHANGED
        assert not tree.give_back(one, FILE)
    assert shelf.path.read_bytes() == b"meddled with"


def test_what_is_changed_on_the_server_while_it_is_decided_on_is_not_purged(shelf):
    lying = shelf.root / QUARANTINE / TOKEN
    with shelf.tree() as tree:
        one = shelf.planned()
        one = replace(one, kept=tree.take(one).kept)
        assert refusal_of(lambda: tree.purge(one, lambda: lying.write_bytes(b"meddled with"))) is Refusal.CHANGED
        assert not tree.is_gone(one)
    assert lying.read_bytes() == b"meddled with"


def test_marks_times_rights_and_streams_come_back(shelf):
    shelf.marked(0x2)  # hidden
    os.setxattr(shelf.path, "user.DosStream.Zone.Identifier:$DATA", b"[ZoneTransfer]\0")

    def facts() -> tuple[object, ...]:
        with shelf.client() as session:
            opened, basic, rights, _ = session.ask(
                "edge", create(WINDOWS, ATTRIBUTES | RIGHTS, 0), query_file(4), query_security(), close()
            )
            opened.expect_success()
            times, marks = struct.unpack("<32sL4x", basic.output)
            return times, marks & ~TO_BE_ARCHIVED, rights.output

    before, names = facts(), sorted(os.listxattr(shelf.path))
    with shelf.tree() as tree:
        one = shelf.planned()
        one = replace(one, kept=tree.take(one).kept)
        assert tree.give_back(one, FILE)
    assert facts() == before
    assert sorted(os.listxattr(shelf.path)) == names
    assert os.getxattr(shelf.path, "user.DosStream.Zone.Identifier:$DATA") == b"[ZoneTransfer]\0"
    assert shelf.path.read_bytes() == b"third"


@pytest.mark.parametrize("locator", [b"../out.txt", b"Housing/../../out.txt", b"..", b"", b"a\0b", b"a:b", b"a\\..\\b"])
def test_no_way_leads_out_of_the_root(shelf, locator):
    with shelf.tree() as tree:
        one = shelf.planned()
        one = replace(one, kept=tree.take(one).kept)
        assert refusal_of(lambda: tree.give_back(one, locator)) in (Refusal.FOLDER_GONE, Refusal.GONE)
    assert tokens(shelf.root) == {TOKEN}


def test_where_the_folder_is_gone_it_stays_in_quarantine(shelf):
    with shelf.tree() as tree:
        one = shelf.planned()
        one = replace(one, kept=tree.take(one).kept)
        shutil.rmtree(shelf.root / "Housing")
        assert refusal_of(lambda: tree.give_back(one, FILE)) is Refusal.FOLDER_GONE
        (shelf.root / "Housing").write_bytes(b"no folder")
        assert refusal_of(lambda: tree.give_back(one, FILE)) in (Refusal.FOLDER_LINK, Refusal.FOLDER_GONE)
    assert tokens(shelf.root) == {TOKEN}


@pytest.mark.parametrize("changes", [{"path": "Housing"}, {"share": "dfs", "path": "link/Housing"}])
def test_a_source_below_the_top_of_a_share_and_one_behind_a_link_have_their_own_quarantine(shelf, samba, changes):
    (samba.share("dfs") / "link").symlink_to("msdfs:127.0.0.1\\edge")
    locator = FILE.removeprefix(b"Housing/")
    one = shelf.planned(locator, **changes)
    with shelf.tree(**changes) as tree:
        one = replace(one, kept=tree.take(one).kept)
        assert tokens(shelf.root / "Housing") == {TOKEN}
        assert tree.give_back(one, locator)
    assert shelf.path.read_bytes() == b"third"


@pytest.mark.parametrize(("step", "away"), [(Step.OPENED, False), (Step.RENAMED, True), (Step.HASHED, True)])
def test_a_server_that_is_lost_in_the_act_is_said_so_and_the_next_finds_the_file(shelf, samba, step, away):
    one = shelf.planned()
    with shelf.tree(at_step(step, samba.stop)) as tree:
        if step is Step.HASHED:
            tree.take(one)
        else:
            with pytest.raises(SourceLostError, match="does not answer any more"):
                tree.take(one)
        assert refusal_of(lambda: tree.finish(one)) is Refusal.UNREADABLE
        assert refusal_of(lambda: tree.is_gone(one)) is Refusal.UNREADABLE
    samba.start()
    with shelf.tree() as tree:
        found = tree.finish(one)
        assert (found is not None) == away == (not shelf.path.exists())
        assert found is None or found.refusal is None


def test_a_server_that_is_lost_while_a_file_is_packed_is_that_files_trouble(shelf, samba):
    planned = shelf.planned().planned
    with shelf.tree() as tree, tree.open(planned) as file:
        samba.stop()
        with pytest.raises(OSError, match="Input/output error"):
            file.read()
        assert refusal_of(lambda: tree.open(planned)) is Refusal.UNREADABLE


def test_a_server_that_is_lost_before_the_end_of_purging_has_purged_or_not(shelf, samba):
    with shelf.tree() as tree:
        one = shelf.planned()
        one = replace(one, kept=tree.take(one).kept)
        with pytest.raises(SourceLostError):
            tree.purge(one, samba.stop)
    samba.start()
    with shelf.tree() as tree:
        assert tree.is_gone(one) == (tokens(shelf.root) == set())


def test_a_source_that_cannot_be_disposed_of_says_why(shelf, samba):
    for changes, why in (
        ({"username": samba.crawl}, "may not write below its root"), ({"password": "no"}, "does not take the account"),
        ({"share": "hr", "username": samba.crawl}, "may not use its share"), ({"share": "dfs"}, "DFS namespace"),
        ({"path": "not there"}, "its root is not there"), ({"port": 1}, "does not answer"),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match=why), shelf.tree(**changes):
            pytest.fail("it was opened")


def test_a_quarantine_that_is_not_the_disposers_alone_is_refused(shelf):
    with shelf.tree():
        pass
    (shelf.root / QUARANTINE).chmod(0o755)
    with pytest.raises(RefusedError, match="Others than the account that disposes"), shelf.tree():
        pytest.fail("it was opened")


def test_a_quarantine_that_belongs_to_another_account_is_refused(shelf, samba):
    """Its owner lets himself in whenever he likes. The disposer gets in as an administrator of the server."""
    write_old(shelf.root / QUARANTINE / MARKER, b"")
    give_to(samba.crawl, shelf.root / QUARANTINE)
    (shelf.root / QUARANTINE).chmod(0o700)
    samba.stop()
    samba.configure(shares="[edge]\n  path = {folder}/shares/edge\n  read only = no\n  admin users = {boss}\n")
    samba.start()
    try:
        with pytest.raises(RefusedError, match="belongs to another account"), shelf.tree():
            pytest.fail("it was opened")
    finally:
        samba.stop()
    assert [path.name for path in (shelf.root / QUARANTINE).iterdir()] == [MARKER]


@pytest.mark.parametrize("is_there", [False, True], ids=["not there", "empty"])
def test_a_quarantine_that_files_are_known_in_is_not_made_anew(shelf, is_there):
    quarantine = shelf.root / QUARANTINE
    if is_there:
        quarantine.mkdir()
        shutil.chown(quarantine, shelf.samba.boss)
    opened = open_share("shares", shelf.settings(), QUARANTINE, sleep=lambda _: None, is_known=True)
    with pytest.raises(RefusedError, match="by the journal files lie in it"), opened:
        pytest.fail("it was opened")
    assert (list(quarantine.iterdir()) if is_there else quarantine.exists()) == ([] if is_there else False)


def test_somebody_elses_folder_or_file_of_that_name_is_left_alone(shelf):
    theirs = shelf.root / QUARANTINE
    theirs.mkdir()
    (theirs / "mine.txt").write_bytes(b"mine")
    with pytest.raises(RefusedError, match="somebody else's folder"), shelf.tree():
        pytest.fail("it was opened")
    assert [path.name for path in theirs.iterdir()] == ["mine.txt"]
    shutil.rmtree(theirs)
    theirs.write_bytes(b"a file")
    with pytest.raises(RefusedError, match="is a link or no folder"), shelf.tree():
        pytest.fail("it was opened")
    assert theirs.read_bytes() == b"a file"
