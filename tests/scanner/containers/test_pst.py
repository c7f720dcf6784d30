from __future__ import annotations

import struct
from email import message_from_bytes
from io import BytesIO
from itertools import islice

import pytest
from fakes import FakeEntry, FakeItem, FakeStore

from domain.content import DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.containers.mail import MailContainer
from scanner.containers.pst import PstContainer
from scanner.extractors.mail import MailExtractor
from scanner.sources.mail_policy import CLOSED, EXCLUDED, MailPolicy

CORRUPT = Problem(ProblemCode.CORRUPT)


def text(tag: int, value: str) -> FakeEntry:
    return FakeEntry(tag, 0x1F, value.encode("utf-16-le"))


def number(tag: int, value: int) -> FakeEntry:
    return FakeEntry(tag, 3, struct.pack("<i", value))


def a_message(identifier: int, *more: FakeEntry, **parts) -> FakeItem:
    subject = text(0x0037, f"\x01\x01Rates {identifier}")
    return FakeItem(identifier, properties=(subject, text(0x1000, "The panel met."), *more), **parts)


def a_folder(identifier: int, name: str | None = None, announced: int | None = None, **parts) -> FakeItem:
    count = len(parts.get("messages", ())) if announced is None else announced
    return FakeItem(identifier, name, (number(0x3602, count),), **parts)


def walk(store: FakeStore, after: int = 0):
    return PstContainer(lambda blob: store).parts(Blob(BytesIO(), 0, b""), after)


def walked(root: FakeItem, after: int = 0, **store) -> list:
    return list(walk(FakeStore(root, **store), after))


def read(part) -> bytes:
    with part.open() as file:
        return file.read()


def test_every_item_of_every_folder_is_a_part_named_by_path_and_number():
    inner = a_folder(0x8042, "2024/25", messages=[a_message(8), a_message(9)])
    root = a_folder(0x122, folders=(
        a_folder(0x8022, "Inbox", messages=[a_message(5)], folders=(inner,)),
        a_folder(0x8062, "Sent", messages=[a_message(6)]),
        a_folder(0x80A2, "Sent", messages=[a_message(7)]),
    ))  # fmt: skip
    assert [(part.name, part.next) for part in walked(root)] == [
        ("Inbox/5", 1), ("Inbox/2024_25/8", 2), ("Inbox/2024_25/9", 3), ("Sent/6", 4), ("Sent (2)/7", 5),
    ]  # fmt: skip


def test_items_that_share_an_identifier_are_told_apart():
    root = a_folder(0x122, folders=(a_folder(0x8022, "Inbox", messages=[a_message(5), a_message(6), a_message(5)]),))
    assert [part.name for part in walked(root)] == ["Inbox/5", "Inbox/6", "Inbox/5 (3)"]


def test_a_message_is_made_of_its_properties_and_read_by_the_reader_of_mail(files):
    person = FakeItem(properties=(text(0x3001, "Ann Example"), text(0x39FE, "ann@example.org"), number(0x0C15, 1)))
    blind = FakeItem(properties=(text(0x3001, "Bob Example"), text(0x3003, "/O=COUNCIL/CN=BOB"), number(0x0C15, 3)))
    sent = FakeEntry(0x0039, 0x40, struct.pack("<Q", 133_485_408_000_000_000))
    whole = a_message(
        5,
        text(0x0042, "Zoë Example"),
        text(0x5D02, "zoe@example.org"),
        sent,
        FakeEntry(0x1013, 0x102, b"<p>The panel met. <b>Ring 01632 960001</b></p>"),
        inner=(person, blind),
        attachments=(FakeItem(properties=(text(0x3707, "café.txt"), number(0x3705, 1)), content=b"hello"),),
    )
    (part,) = walked(a_folder(0x122, messages=[whole]))
    with files.blob_of(read(part)) as blob:
        content = MailExtractor().extract(blob, "message/rfc822", 10_000)
        attached = {inner.name: read(inner) for inner in MailContainer().parts(blob, 0)}
    assert content.text.startswith(
        "From: Zoë Example <zoe@example.org>\nTo: Ann Example <ann@example.org>\n"
        "Bcc: Bob Example </O=COUNCIL/CN=BOB>\nSubject: Rates 5\n"
    )
    assert "Ring 01632 960001" in content.text
    assert [(dated.source, dated.on.isoformat()) for dated in content.dates] == [(DateSource.SENT, "2024-01-01")]
    assert attached == {"café.txt": b"hello"}


def test_the_headers_that_came_with_a_message_are_kept_and_only_those_missing_are_made():
    came = "Received: from a by b\r\nFrom: z@example.org\r\nTo: ANN@example.org,\r\n\tx@y.org\r\n"
    known = FakeItem(properties=(text(0x39FE, "ann@example.org"), number(0x0C15, 1)))
    blind = FakeItem(properties=(text(0x39FE, "bob@example.org"), number(0x0C15, 3)))
    headers = came + "Content-Type: multipart/mixed; boundary=old\r\n"
    (part,) = walked(a_folder(0x122, messages=[a_message(5, text(0x007D, headers), inner=(known, blind))]))
    message = message_from_bytes(read(part))
    assert message.get_all("from") == ["z@example.org"]
    assert "".join(message.get_all("to")).split() == ["ANN@example.org,", "x@y.org"]
    assert message.get_all("bcc") == ["bob@example.org"]
    assert message.get_boundary() != "old"


def test_the_same_message_gives_the_same_bytes():
    root = a_folder(0x122, messages=[a_message(5)])
    assert read(walked(root)[0]) == read(walked(root)[0])


def test_a_message_in_a_message_is_a_message_with_attachments_of_its_own(files):
    deep = a_message(
        7, attachments=(FakeItem(properties=(text(0x3704, "deep.txt"), number(0x3705, 1)), content=b"deep"),)
    )
    held = FakeItem(properties=(text(0x3001, "A subject"), number(0x3705, 5)), folders=(deep,))
    (part,) = walked(a_folder(0x122, messages=[a_message(5, attachments=(held,))]))
    with files.blob_of(read(part)) as blob:
        (nested,) = MailContainer().parts(blob, 0)
        assert nested.name == "attachment-1.eml"
        with files.blob_of(read(nested)) as inner:
            assert {leaf.name: read(leaf) for leaf in MailContainer().parts(inner, 0)} == {"deep.txt": b"deep"}


@pytest.mark.parametrize(("copies", "said"), [(1, b"too-deep"), (2, b"limit")])
def test_messages_nested_beyond_reason_end_in_a_part_that_says_so(copies, said):
    message = a_message(1)
    for identifier in range(2, 60):
        held = FakeItem(properties=(number(0x3705, 5),), folders=(message,))
        message = a_message(identifier, attachments=(held,) * copies)
    (part,) = walked(a_folder(0x122, messages=[message]))
    content = read(part)
    assert b"x-muniment-problem: " + said in content
    assert len(content) < 2_000_000


@pytest.mark.parametrize("broken", ["identifier", "number_of_record_sets", "get_record_set", None])
def test_one_that_cannot_be_opened_is_a_corrupt_part_and_costs_no_neighbour(broken):
    bad = None if broken is None else a_message(6, breaks=frozenset({broken}))
    parts = walked(a_folder(0x122, "x", messages=[a_message(5), bad, a_message(7)]))
    assert len(parts) == 3
    outcomes = []
    for part in parts:
        try:
            outcomes.append(b"Rates" in read(part))
        except ItemTroubleError as trouble:
            outcomes.append(trouble.problem)
    assert outcomes == [True, CORRUPT, True]


def test_what_of_a_message_cannot_be_read_is_said_in_it_and_the_rest_is_there(files):
    attached = FakeItem(properties=(text(0x3707, "a.txt"), number(0x3705, 1)), content=b"hello")
    short = FakeItem(
        properties=(text(0x3707, "b.txt"), number(0x3705, 1)), content=b"x", breaks=frozenset({"read_buffer"})
    )
    gone = FakeItem(properties=(text(0x370D, "\\\\server\\share\\c.doc"), number(0x3705, 2)))
    whole = a_message(5, attachments=(attached, short, gone), breaks=frozenset({"recipients"}))
    (part,) = walked(a_folder(0x122, messages=[whole]))
    with files.blob_of(read(part)) as blob:
        content = MailExtractor().extract(blob, "message/rfc822", 10_000)
        parts = {inner.name: inner.problem for inner in MailContainer().parts(blob, 0)}
    assert (content.problem, "The panel met." in content.text) == (CORRUPT, True)
    assert parts == {"a.txt": None, "b.txt": CORRUPT, "c.doc": Problem(ProblemCode.PLACEHOLDER)}


def test_as_many_parts_as_the_folders_announce_and_a_count_that_lies_hides_nothing():
    root = a_folder(0x122, folders=(
        a_folder(0x8022, "Inbox", announced=10, messages=[a_message(number) for number in range(7)]),
        a_folder(0x8042, "Huge", announced=2**31 - 1, messages=[]),
        a_folder(0x8062, "Sent", messages=[a_message(99)]),
        a_folder(0x8083, "A search", announced=50),
    ))  # fmt: skip
    parts = list(islice(walk(FakeStore(root), 0), 30))
    assert [part.name for part in parts[:8]] == [*(f"Inbox/{number}" for number in range(7)), "Sent/99"]
    assert [(part.name, part.problem) for part in parts[8:12]] == [
        ("Inbox/missing-1", CORRUPT), ("Inbox/missing-2", CORRUPT), ("Inbox/missing-3", CORRUPT),
        ("Huge/missing-1", CORRUPT),
    ]  # fmt: skip
    with pytest.raises(ItemTroubleError):
        parts[8].open()


@pytest.mark.parametrize("broken", [None, a_folder(0x8042, "x", breaks=frozenset({"name"}))])
def test_a_folder_that_cannot_be_read_is_a_corrupt_part_and_costs_no_neighbour(broken):
    sound = a_folder(0x8022, "Sound", messages=[a_message(5)])
    root = a_folder(
        0x122, folders=(broken, sound, a_folder(0x8062, "Shut", breaks=frozenset({"number_of_sub_folders"})))
    )
    assert [(part.name, part.problem) for part in walked(root)] == [
        ("Sound/5", None), ("folder-1/missing-1", CORRUPT), ("Shut/folders/missing-1", CORRUPT),
    ]  # fmt: skip


def test_what_no_folder_leads_to_is_walked_too():
    parts = walked(a_folder(0x122), orphans=(a_message(5), None, a_message(6)))
    assert [(part.name, part.problem) for part in parts] == [
        ("orphans/5", None), ("orphans/unreadable-2", CORRUPT), ("orphans/6", None),
    ]  # fmt: skip


def test_folders_that_lead_back_to_themselves_or_reach_beyond_reason_end():
    loop = a_folder(0x8022, "Loop", messages=[a_message(5)])
    object.__setattr__(loop, "folders", (loop, loop))
    assert [part.name for part in walked(a_folder(0x122, folders=(loop,)))] == ["Loop/5"]
    deep = a_folder(0x9002, "bottom", messages=[a_message(5)])
    for identifier in range(3000):
        deep = a_folder(0x10002 + identifier * 32, "down", folders=(deep,))
    (part,) = walked(deep)
    assert part.name.endswith("/bottom/5")
    assert len(part.name) < 1100


def test_a_walk_resumed_opens_no_message_that_is_behind_it():
    sent = a_folder(0x8042, "Sent", messages=[a_message(number) for number in range(100, 120)])
    inbox = a_folder(0x8022, "Inbox", messages=[a_message(number) for number in range(50)])
    root = a_folder(0x122, folders=(inbox, sent))
    whole = [(part.name, part.next) for part in walked(root)]
    for folder in (inbox, sent):
        folder.opened.clear()
    assert [(part.name, part.next) for part in walked(root, after=60)] == whole[60:]
    assert (inbox.opened, sent.opened) == ([], list(range(10, 20)))


class _Many:
    """Messages that are made when they are asked for; every thousandth cannot be."""

    def __len__(self) -> int:
        return 5_000

    def __getitem__(self, index: int) -> FakeItem | None:
        return None if index % 1000 == 999 else a_message(index)


def test_a_store_of_twenty_thousand_messages_is_walked_and_counted_in_batches():
    root = a_folder(0x122, folders=tuple(a_folder(0x8002 + 32 * n, f"F{n}", messages=_Many()) for n in range(4)))
    seen = []
    after = 0
    while batch := list(islice(walk(FakeStore(root), after), 1500)):
        seen += [(part.name, part.problem) for part in batch]
        after = batch[-1].next
    assert len(seen) == len({name for name, _ in seen}) == 20_000
    assert sum(problem is not None for _, problem in seen) == 20


def test_what_is_no_store_is_corrupt(files):
    with files.blob_of(b"!BDN" + bytes(2000)) as blob, pytest.raises(ItemTroubleError) as caught:
        list(PstContainer().parts(blob, 0))
    assert caught.value.problem == CORRUPT


def under(policy: MailPolicy | None, root: FakeItem, after: int = 0) -> list:
    store = FakeStore(root)
    return list(PstContainer(lambda blob: store, policy).parts(Blob(BytesIO(), 0, b""), after))


def a_mailbox() -> tuple[FakeItem, list[FakeItem]]:
    """Folders as Outlook has them, and of these the ones that stay closed."""
    old = a_folder(0x8102, "2019", messages=[a_message(30)])
    private = a_folder(0x80E2, "Preifat", messages=[a_message(10), a_message(11)], folders=(old,))
    union = a_folder(0x8122, "UNISON branch", messages=[a_message(20)])
    empty = a_folder(0x8142, "Legal advice")
    inbox = a_folder(0x8062, "Inbox", messages=[a_message(5)], folders=(private,))
    junk = a_folder(0x8162, "Junk E-mail", messages=[a_message(40)])
    top = a_folder(0x8022, "Top of Outlook data file", folders=(inbox, union, empty, junk))
    return a_folder(0x122, folders=(top,)), [old, private, union, empty]


def test_folders_that_are_closed_by_their_names_are_named_and_nothing_in_or_below_them_is_opened():
    root, closed = a_mailbox()
    parts = under(MailPolicy(content=True), root)
    top = "Top of Outlook data file"
    assert [(part.name, part.problem) for part in parts] == [
        (f"{top}/Inbox/5", None), (f"{top}/Inbox/Preifat", CLOSED), (f"{top}/UNISON branch", CLOSED),
        (f"{top}/Junk E-mail/40", None),
    ]  # fmt: skip
    assert [folder.opened for folder in closed] == [[]] * 4
    with pytest.raises(ItemTroubleError) as caught:
        parts[1].open()
    assert caught.value.problem == CLOSED


def test_excluded_folders_are_told_by_their_path_below_those_that_only_lead_there_and_sites_have_words_of_their_own():
    root, _ = a_mailbox()
    policy = MailPolicy(content=True, also=("inbox",), excluded=("Junk E-mail", "Inbox/Preifat"))
    found = {part.name.rpartition("/")[2]: part.problem for part in under(policy, root)}
    assert found == {"Inbox": CLOSED, "UNISON branch": CLOSED, "Junk E-mail": EXCLUDED}


def test_a_walk_goes_on_in_the_same_place_under_another_policy():
    root, _ = a_mailbox()
    open_walk = {part.name: part.next for part in under(None, root)}
    shut_walk = {part.name: part.next for part in under(MailPolicy(content=True), root)}
    assert {name: shut_walk[name] for name in open_walk.keys() & shut_walk.keys()} == {
        name: open_walk[name] for name in open_walk.keys() & shut_walk.keys()
    }
    for after in range(max(open_walk.values())):
        rest = under(MailPolicy(content=True), root, after)
        assert all(part.next > after for part in rest)
        assert [part.name for part in rest if part.problem is None] == [
            name for name, following in shut_walk.items() if following > after and name in open_walk
        ]
