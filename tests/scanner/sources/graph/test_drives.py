"""Drives: one account of changes, turned into listings by which an inventory holds what the drive holds."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from graph_readings import ALICE, SITE, content_of, files_of, items_of, listing_of, states_of, trouble_of

from domain.access import EVERYONE, ORGANISATION, Access
from domain.errors import Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.sources.graph.drive_items import Node
from scanner.sources.graph.drive_state import DriveState, places
from scanner.sources.imap.messages import PIECE

LIBRARY = f"{SITE}/Documents".encode()
ONEDRIVE = f"OneDrive/{ALICE}".encode()


@pytest.fixture
def drive(graph) -> str:
    drive = graph.add_library(SITE)
    for path in ("plan.docx", "Housing/2019/tenancy.txt", "Housing/plan.docx", "Housing-old/plan.docx"):
        graph.put(drive, path, path.encode())
    return drive


class Inventory:
    """What holds after listings, by the rules of `Listing`: versions by locator, and states by folder."""

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}
        self.states: dict[bytes, bytes] = {}

    def state_of(self, folder: bytes) -> bytes:
        return self.states.get(folder, b"")

    def note(self, listings: Iterable[Listing], *, until: int | None = None) -> None:
        """Write down the listings, or only so many of them, as where a scan is killed."""
        met: set[bytes] = set()
        for number, listing in enumerate(listings):
            if number == until:
                return
            assert listing.complete
            met.add(listing.folder)
            self.states[listing.folder] = listing.state
            told = {item.ref.locator: item.version for item in listing.items}
            if listing.since_known:
                for name in listing.gone:
                    del self.held[listing.folder + b"/" + name]
            else:
                self._forget({listing.folder})
            self.held |= told
        everywhere = {locator.rpartition(b"/")[0] for locator in self.held}
        self._forget(everywhere - met)

    def _forget(self, folders: set[bytes]) -> None:
        self.held = {at: version for at, version in self.held.items() if at.rpartition(b"/")[0] not in folders}


def truth_of(source) -> dict[bytes, bytes]:
    return {item.ref.locator: item.version for item in items_of(source.list())}


def test_a_file_is_told_by_its_facets(graph, opened):
    drive = graph.add_onedrive(ALICE)
    graph.put(drive, "Rents/arrears.xlsx", b"12345")
    [item] = items_of(opened(onedrives=(ALICE,)).list())
    assert (item.ref.locator, item.size, item.kind) == (ONEDRIVE + b"/Rents/arrears.xlsx", 5, ItemKind.FILE)
    assert item.modified.isoformat() == "2020-02-03T04:05:06.789012+00:00"
    assert item.created.isoformat() == "2020-01-02T03:04:05+00:00"
    assert (item.owner, item.problem, len(item.version), len(item.file_id)) == (ALICE, None, 8, 16)


def test_folders_are_listed_before_what_lies_in_them_over_many_pages(graph, opened, drive):
    graph.page_size = 2
    folders = [listing.folder for listing in opened(sites=(SITE,)).list()]
    inside = [LIBRARY + b"/" + at for at in (b"Housing", b"Housing/2019", b"Housing-old")]
    host, sites, site = SITE.split("/")
    above = [b"", host.encode(), f"{host}/{sites}".encode(), f"{host}/{sites}/{site}".encode()]
    assert folders == [*above, LIBRARY, *inside]


def test_a_drive_in_which_nothing_changed_costs_one_request_and_brings_no_item(graph, opened, drive):
    source = opened(sites=(SITE,))
    listings = list(source.list())
    graph.asked.clear()
    again = list(source.list(states_of(listings)))
    assert [one.folder for one in again] == [one.folder for one in listings]
    again = [one for one in again if one.folder.startswith(LIBRARY)]
    assert {(one.items, one.gone, one.since_known) for one in again} == {((), (), True)}
    assert sum("delta" in asked for asked in graph.asked) == 1


def test_what_changed_left_and_came_is_told_by_folder(graph, opened, drive):
    source = opened(sites=(SITE,))
    listings = list(source.list())
    graph.put(drive, "Housing/plan.docx", b"another plan")
    graph.delete_entry(drive, "plan.docx")
    graph.put(drive, "Housing/new.docx", b"new")
    again = list(source.list(states_of(listings)))
    assert {one.folder for one in again if one.items or one.gone} == {LIBRARY, LIBRARY + b"/Housing"}
    assert (listing_of(again, LIBRARY).gone, listing_of(again, LIBRARY).items) == ((b"plan.docx",), ())
    names = [item.ref.name for item in listing_of(again, LIBRARY + b"/Housing").items]
    assert (names, listing_of(again, LIBRARY + b"/Housing").gone) == ([b"new.docx", b"plan.docx"], ())


def test_a_file_that_moved_is_the_same_file_elsewhere(graph, opened, drive):
    source = opened(sites=(SITE,))
    listings = list(source.list())
    [before] = listing_of(listings, LIBRARY + b"/Housing/2019").items
    graph.move_entry(drive, "Housing/2019/tenancy.txt", "Housing-old/agreement.txt")
    again = list(source.list(states_of(listings)))
    assert listing_of(again, LIBRARY + b"/Housing/2019").gone == (b"tenancy.txt",)
    [after] = listing_of(again, LIBRARY + b"/Housing-old").items
    assert replace(after, ref=before.ref) == before


def test_a_folder_that_was_renamed_takes_with_it_what_graph_does_not_mention(graph, opened, drive):
    source, inventory = opened(sites=(SITE,)), Inventory()
    inventory.note(source.list())
    graph.move_entry(drive, "Housing", "Homes")
    again = list(source.list(inventory.state_of))
    assert files_of(again) == [LIBRARY + b"/Homes/plan.docx", LIBRARY + b"/Homes/2019/tenancy.txt"]
    inventory.note(again)
    assert inventory.held == truth_of(source)


def test_a_folder_that_was_deleted_is_gone_with_all_in_it(graph, opened, drive):
    source, inventory = opened(sites=(SITE,)), Inventory()
    inventory.note(source.list())
    graph.delete_entry(drive, "Housing")
    inventory.note(source.list(inventory.state_of))
    assert sorted(inventory.held) == [LIBRARY + b"/Housing-old/plan.docx", LIBRARY + b"/plan.docx"]


def test_a_file_that_vanished_from_a_renamed_folder_meanwhile_is_not_listed(graph, opened, drive):
    source, inventory = opened(sites=(SITE,)), Inventory()
    inventory.note(source.list())
    graph.move_entry(drive, "Housing", "Homes")
    graph.fail("/children", 404, times=10)
    entry = graph.entry(drive, "Homes/plan.docx").id
    graph.fail(f"items/{entry}", 404, times=1)
    inventory.note(source.list(inventory.state_of))
    assert LIBRARY + b"/Homes/plan.docx" not in inventory.held
    assert LIBRARY + b"/Homes/2019/tenancy.txt" in inventory.held


@pytest.mark.parametrize("seed", range(6))
def test_an_inventory_kept_by_changes_holds_what_one_made_anew_holds(graph, opened, drive, seed):
    draw = random.Random(seed)
    source, inventory = opened(sites=(SITE,)), Inventory()
    inventory.note(source.list())
    for step in range(12):
        for _ in range(draw.randrange(4)):
            _change_something(graph, drive, draw)
        listings = list(source.list(inventory.state_of))
        is_killed = draw.random() < 0.3
        inventory.note(listings, until=draw.randrange(len(listings)) if is_killed else None)
        if draw.random() < 0.1:
            graph.forget_changes()
        if not is_killed:
            assert inventory.held == truth_of(source), f"after step {step}"


def _change_something(graph, drive: str, draw: random.Random) -> None:
    held = graph.drives[drive].entries
    alive = [one for one in held.values() if one.parent and not graph._is_lost(graph.drives[drive], one)]
    path = {one.id: "/".join(reversed(list(_way(held, one)))) for one in alive}
    folders = [path[one.id] for one in alive if "folder" in one.facets] + [""]
    one = draw.choice(alive)
    name = f"{draw.randrange(100)}.txt"
    match draw.randrange(4):
        case 0:
            graph.put(drive, f"{draw.choice(folders)}/new/{name}".lstrip("/"), name.encode())
        case 1:
            target = draw.choice(folders)
            if not f"{target}/".startswith(f"{path[one.id]}/"):
                graph.move_entry(drive, path[one.id], f"{target}/{name}".lstrip("/"))
        case 2:
            if len(alive) > 3:
                graph.delete_entry(drive, path[one.id])
        case 3:
            if "file" in one.facets:
                graph.put(drive, path[one.id], draw.randbytes(8))


def _way(held, one):
    while one.parent:
        yield one.name
        one = held[one.parent]


def test_a_scan_that_was_killed_before_all_was_written_down_lists_the_drive_anew(graph, opened, drive):
    source, inventory = opened(sites=(SITE,)), Inventory()
    inventory.note(source.list(), until=6)
    again = list(source.list(inventory.state_of))
    assert inventory.state_of(LIBRARY)
    assert not any(listing.since_known for listing in again)
    inventory.note(again)
    assert inventory.held == truth_of(source)


def test_where_graph_forgot_what_changed_the_drive_is_listed_whole(graph, opened, drive):
    source = opened(sites=(SITE,))
    listings = list(source.list())
    graph.forget_changes()
    assert [replace(one, state=b"") for one in source.list(states_of(listings))] == [
        replace(one, state=b"") for one in listings
    ]


@pytest.mark.parametrize(
    ("facets", "kind", "code"),
    [
        ({"remoteItem": {"id": "x"}}, ItemKind.OTHER, ProblemCode.LINK),
        ({"remoteItem": {"id": "x"}, "folder": {}}, ItemKind.OTHER, ProblemCode.LINK),
        ({"package": {"type": "oneNote"}}, ItemKind.OTHER, ProblemCode.UNSUPPORTED),
        ({"file": {"archiveStatus": "fullyArchived"}}, ItemKind.FILE, ProblemCode.PLACEHOLDER),
        ({"somethingNew": {}}, ItemKind.OTHER, ProblemCode.UNSUPPORTED),
    ],
)
def test_what_is_not_a_file_here_is_named_and_never_opened(graph, opened, facets, kind, code):
    drive = graph.add_library(SITE)
    graph.put(drive, "thing", b"x", **facets)
    source = opened(sites=(SITE,))
    [item] = items_of(source.list())
    assert (item.kind, item.problem) == (kind, Problem(code))
    assert trouble_of(source, item).problem.code is code
    assert not any("/download/" in asked for asked in graph.asked)


def test_the_sections_of_a_notebook_lie_in_it(graph, opened):
    drive = graph.add_library(SITE)
    graph.put(drive, "Notes", package={"type": "oneNote"})
    graph.put(drive, "Notes/Minutes.one", b"one")
    listings = list(opened(sites=(SITE,)).list())
    assert [item.ref.locator for item in items_of(listings)] == [LIBRARY + b"/Notes", LIBRARY + b"/Notes/Minutes.one"]


def test_an_item_in_a_folder_that_graph_does_not_show_is_named(graph, opened, drive):
    graph.entry(drive, "Housing").is_hidden = True
    listings = list(opened(sites=(SITE,)).list())
    strays = [item for item in items_of(listings) if item.problem]
    assert {item.problem.code for item in strays} == {ProblemCode.DENIED}
    assert sorted(item.ref.name.partition(b"~")[0] for item in strays) == [b"2019", b"plan.docx", b"tenancy.txt"]


def test_a_drive_without_a_root_is_no_empty_drive(graph, opened, drive):
    graph.fail("root/delta", 200, body=b'{"value": [], "@odata.deltaLink": "x"}')
    listing = listing_of(opened(sites=(SITE,)).list(), LIBRARY)
    assert (listing.complete, listing.problem.code) == (False, ProblemCode.CORRUPT)


@pytest.mark.parametrize(
    ("scope", "readers"),
    [
        ("anonymous", (EVERYONE,)),
        ("organization", (ORGANISATION,)),
        ("users", (f"site:{SITE}",)),
        (7, (f"site:{SITE}",)),
    ],
)
def test_a_folder_is_as_open_as_the_link_to_it_and_so_is_what_lies_in_it(graph, opened, drive, scope, readers):
    graph.facet(drive, "Housing", shared={"scope": scope})
    listings = list(opened(sites=(SITE,)).list())
    site = Access(None, (f"site:{SITE}",))
    assert listing_of(listings, LIBRARY).access == listing_of(listings, LIBRARY + b"/Housing-old").access == site
    assert listing_of(listings, LIBRARY + b"/Housing").access.readers == readers
    assert listing_of(listings, LIBRARY + b"/Housing/2019").access.readers == readers


def test_a_link_to_one_file_opens_its_folder_and_is_seen_when_it_is_made_and_unmade(graph, opened, drive):
    source = opened(sites=(SITE,))
    first = list(source.list())
    graph.facet(drive, "Housing/2019/tenancy.txt", shared={"scope": "anonymous"})
    second = list(source.list(states_of(first)))
    assert listing_of(second, LIBRARY + b"/Housing/2019").access.readers == (EVERYONE,)
    graph.facet(drive, "Housing/2019/tenancy.txt", shared=None)
    third = list(source.list(states_of(second)))
    assert listing_of(third, LIBRARY + b"/Housing/2019").access.readers == (f"site:{SITE}",)


def test_a_onedrive_is_its_persons(graph, opened):
    graph.put(graph.add_onedrive(ALICE), "a.txt", b"a")
    assert listing_of(opened(onedrives=(ALICE,)).list(), ONEDRIVE).access == Access(ALICE, (ALICE,))


def test_all_libraries_of_a_site_are_listed(graph, opened, drive):
    graph.put(graph.add_library(SITE, "Site / Pages"), "home.aspx", b"x")
    assert SITE.encode() + b"/Site %2F Pages/home.aspx" in files_of(opened(sites=(SITE,)).list())


def test_a_site_that_is_not_there_is_unknown(opened):
    *_, listing = opened(sites=(SITE,)).list()
    assert (listing.folder, listing.complete, listing.problem.code) == (SITE.encode(), False, ProblemCode.VANISHED)


def test_a_file_with_a_name_that_an_address_must_escape_is_read(graph, opened, drive):
    for name in ("100% #1?.txt", "caf\u00e9 \u2028.txt", "a+b&c=d.txt", "..txt"):
        graph.put(drive, name, name.encode())
    source = opened(sites=(SITE,))
    read = {content_of(source, item) for item in listing_of(source.list(), LIBRARY).items}
    assert {name.encode() for name in ("100% #1?.txt", "caf\u00e9 \u2028.txt", "a+b&c=d.txt", "..txt")} < read


def test_a_large_file_is_read_piece_by_piece_from_anywhere(graph, opened, drive):
    content = random.Random(1).randbytes(2 * PIECE)
    graph.put(drive, "large.bin", content)
    source = opened(sites=(SITE,))
    with source.open(Item(ItemRef("m365", LIBRARY + b"/large.bin"))) as opened_file:
        assert opened_file.file.read() == content
        assert (opened_file.file.seek(PIECE - 3), opened_file.file.read(9)) == (
            PIECE - 3,
            content[PIECE - 3 : PIECE + 6],
        )
    assert opened_file.taken == len(content)


def test_a_large_file_that_changes_under_the_reader_is_named(graph, opened, drive):
    graph.put(drive, "large.bin", bytes(PIECE + 1))
    source = opened(sites=(SITE,))
    with (
        pytest.raises(Exception, match="changed while") as caught,
        source.open(Item(ItemRef("m365", LIBRARY + b"/large.bin"))),
    ):
        graph.put(drive, "large.bin", b"other")
    assert caught.value.problem.code is ProblemCode.CHANGED


def test_a_state_of_another_form_is_as_none():
    for state in (
        b"",
        b"x",
        b"[]",
        b"[2,1,1]\n",
        b'[1,"link",""]\nnot compressed',
        b'[1,"link",""]',
        b"null\n",
        b"[1,2,3]",
    ):
        assert DriveState.read(state) is None


def test_a_state_reads_as_it_was_written():
    nodes = {
        "r": Node("", "root", True, False, 0),
        "f": Node("r", "\ud800", True, True, 3),
        "x": Node("f", "x", False, True, 0),
    }
    state = DriveState("https://graph/delta", b"caf\xe9", nodes)
    assert DriveState.read(state.written()) == state


def test_folders_that_lie_in_each_other_have_no_place():
    nodes = {
        "r": Node("", "root", True, False, 0),
        "a": Node("b", "a", True, False, 0),
        "b": Node("a", "b", True, False, 0),
    }
    assert places(nodes, b"root") == {"r": b"root"}
