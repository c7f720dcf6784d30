from __future__ import annotations

from email.message import EmailMessage

import pytest
from builders import a_zip
from scan_driver import NOW, a_recorder, held, scan
from sqlalchemy import insert, update

from benchmarks.copied_tree import copied_tree
from benchmarks.family_accuracy import pairs_of, together
from domain.actor import Actor, Grant, Proof, Role
from domain.copies import CopyKind, Why
from domain.copies import Role as Part
from inventory.engine import writing
from inventory.families import Written
from inventory.family_pages import family_numbered, page_of_families
from inventory.places import Place
from inventory.queries import Inventory, Narrowing
from inventory.tables import DirRow, SourceRow
from operations.access import RefusedError
from operations.families.find import FOUND_BY, find_families
from operations.families.staged_hashing import hash_unread
from scanner.ends import END
from scanner.sources.memory import MemorySource

OWNER = Actor("owner", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
AUDITOR = Actor("auditor", (Grant(Role.AUDITOR),), Proof.OPERATING_SYSTEM)
WORDS = " ".join(f"word{number}" for number in range(200))
LETTER = WORDS.replace("word7 ", "NAMED ")


def shown(trail, kind: CopyKind) -> list[tuple[str | None, set[str], dict[str, Part]]]:
    families, _ = page_of_families(trail.database, None, 1000, kind)
    found = [family_numbered(trail.database, one.number) for one in families]
    return [
        (family.record, set(family.reasons), {one.ref.path: one.role for one in members}) for family, members in found
    ]


def paths(trail, kind: CopyKind) -> list[set[str]]:
    return [set(members) for _, _, members in shown(trail, kind)]


def a_mail(**attached: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "someone@example.org", "A note"
    message["Message-ID"], message["Date"] = "<1@example.org>", "Mon, 05 Mar 2018 09:00:00 +0000"
    message.set_content("See what is attached.")
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{name}.txt")
    return bytes(message)


def test_of_exact_copies_one_is_proposed_to_stay(trail):
    scan(trail.database, {b"Finance/a.txt": b"one", b"Finance/b.txt": b"two", b"Housing/Old Backups/c.txt": b"one"})
    find_families(OWNER, trail)
    assert shown(trail, CopyKind.COPY) == [
        ("Finance/a.txt", {Why.PLACE}, {"Finance/a.txt": Part.RECORD, "Housing/Old Backups/c.txt": Part.COPY})
    ]


def test_an_attachment_that_is_a_file_is_told_and_frees_nothing(trail):
    scan(trail.database, {b"Mail/m.eml": a_mail(plan=b"the plan itself"), b"Finance/plan.txt": b"the plan itself"})
    find_families(OWNER, trail)
    ((record, _, members),) = shown(trail, CopyKind.ATTACHMENT)
    assert (record, len(members)) == ("Finance/plan.txt", 2)
    assert page_of_families(trail.database, None, 9, CopyKind.ATTACHMENT)[0][0].goes == 0


@pytest.mark.parametrize(("unpacked", "families"), [({"x": b"in", "y": b"too"}, 1), ({"x": b"in", "y": b"other"}, 0)])
def test_an_archive_is_told_where_all_that_it_holds_lies_beside_it(trail, unpacked, families):
    archive = a_zip({"x": b"in", "y": b"too"})
    files = {f"Finance/c/{name}".encode(): content for name, content in unpacked.items()}
    scan(trail.database, {b"Finance/c.zip": archive, b"Finance/c/more.txt": b"more", **files})
    find_families(OWNER, trail)
    found = shown(trail, CopyKind.ARCHIVE)
    assert len(found) == families
    if families:
        assert found[0][2] == {"Finance/c.zip": Part.COPY, "Finance/c/x": Part.RECORD, "Finance/c/y": Part.RECORD}


def test_nearly_the_same_letters_are_copies_only_where_they_are_about_the_same_people(trail):
    to_one = {b"A/first.txt": LETTER, b"B/second.txt": LETTER.replace("word150 ", "changed ")}
    to_none = {b"C/third.txt": LETTER.replace("NAMED ", "nobody ")}
    scan(trail.database, {path: text.encode() for path, text in (to_one | to_none).items()})
    find_families(OWNER, trail)
    assert paths(trail, CopyKind.NEAR) == [{"A/first.txt", "B/second.txt"}]


def test_versions_in_several_places_are_told_from_near_copies(trail):
    files = {b"A/plan.txt": WORDS, b"B/plan v2.txt": WORDS + " more"}
    scan(trail.database, {path: text.encode() for path, text in files.items()})
    find_families(OWNER, trail)
    assert paths(trail, CopyKind.APART) == [{"A/plan.txt", "B/plan v2.txt"}]
    assert paths(trail, CopyKind.NEAR) == paths(trail, CopyKind.VERSIONS) == []


HALF_NEW = " ".join([*(f"word{number}" for number in range(150)), *(f"other{number}" for number in range(50))])
"""Has three fifths of all runs of words of it and of WORDS in common with WORDS: too little for a near copy."""


def versions(trail, files: dict[str, str]) -> list[set[str]]:
    scan(trail.database, {path.encode(): text.encode() for path, text in files.items()})
    find_families(OWNER, trail)
    assert paths(trail, CopyKind.NEAR) == []
    return [*paths(trail, CopyKind.VERSIONS), *paths(trail, CopyKind.APART)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A/Desktop/Tree policy.txt", "B/Tree policy my comments.txt"),
        ("A/Tree policy.txt", "B/Drafts/Tree policy.txt"),
        ("A/Tree policy.txt", "Archive (old drive)/Tree policy.txt"),
        ("A/Tree policy.txt", "A/Tree policy.log"),
    ],
)
def test_versions_are_known_wherever_they_lie_and_in_whatever_format(trail, one, other):
    assert versions(trail, {one: WORDS, other: HALF_NEW}) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2019/Offer.txt", "2024/Offer.txt"),
        ("A/Appendix 3.1.txt", "A/Appendix 3.2.txt"),
        ("A/Rota 03.06.txt", "A/Rota 10.06.txt"),
        ("A/June/Rota 24.06.txt", "A/July/Rota 01.07.txt"),
        ("A/Invoice 12.50.txt", "A/Invoice 13.75.txt"),
        ("A/Tree policy 0.1.txt", "A/Tree policy 0.2.txt"),
        ("A/Tree policy 0.1.txt", "B/Tree policy 0.2.txt"),
        ("A/Tree policy.txt", "B/Grass policy v2.txt"),
        ("A/12 v1.txt", "B/12 v2.txt"),
    ],
)
def test_what_only_has_a_name_or_a_pattern_in_common_is_no_version(trail, one, other):
    assert versions(trail, {one: WORDS, other: HALF_NEW}) == []


QUARTER_NEW = " ".join([*(f"word{number}" for number in range(170)), *(f"other{number}" for number in range(30))])
"""Has three quarters of all runs of words of it and of WORDS in common with WORDS."""


@pytest.mark.parametrize("other", ["A/Tree policy 0.2.txt", "B/Tree policy 0.2.txt"])
@pytest.mark.parametrize(("named", "families"), [("word7 ", 1), ("NAMED ", 0)])
def test_bare_numbers_tell_versions_apart_only_of_texts_much_alike_about_the_same_people(trail, other, named, families):
    one = "A/Tree policy 0.1.txt"
    found = versions(trail, {one: WORDS, other: QUARTER_NEW.replace("word7 ", named)})
    assert found == [{one, other}] * families


NEARLY = WORDS.replace("word150 ", "changed ")
MANY_OTHERS = {f"{place:03}/Agenda.txt": " ".join(f"x{place}y{word}" for word in range(9)) for place in range(1, 131)}


@pytest.mark.parametrize(
    ("one", "other", "between"),
    [
        ("A/Tree policy.txt", "A/Tree-policy.txt", {}),
        ("A/1234 final.txt", "B/1234 final.txt", {}),
        ("000/Agenda v1.txt", "999/Agenda v2.txt", MANY_OTHERS),
    ],
)
def test_what_no_family_of_versions_has_is_a_near_copy_whatever_it_is_called(trail, one, other, between):
    files = {one: WORDS, **between, other: NEARLY}
    scan(trail.database, {path.encode(): text.encode() for path, text in files.items()})
    find_families(OWNER, trail)
    assert paths(trail, CopyKind.VERSIONS) == paths(trail, CopyKind.APART) == []
    assert paths(trail, CopyKind.NEAR) == [{one, other}]


def test_an_attachment_is_a_near_copy_of_the_file_beside_its_mail(trail):
    mail = a_mail(plan=NEARLY.encode())
    scan(trail.database, {b"Post/x.eml": mail, b"Post/x.txt": WORDS.encode()})
    find_families(OWNER, trail)
    assert shown(trail, CopyKind.NEAR) == [
        ("Post/x.txt", {Why.PLACE}, {"Post/x.txt": Part.RECORD, "Post/x.eml > plan.txt": Part.COPY})
    ]


def test_a_file_of_one_path_on_two_shares_is_a_near_copy(trail):
    scan(trail.database, {b"Plans/Policy.txt": WORDS.encode(), b"Other/Policy.txt": NEARLY.encode()})
    with writing(trail.database) as connection:
        values = {"name": "second", "root": b"/second"}
        second = connection.execute(insert(SourceRow).values(values).returning(SourceRow.id)).scalar_one()
        there = {"path": b"Plans", "source_id": second}
        connection.execute(update(DirRow).where(DirRow.path == b"Other").values(there))
    find_families(OWNER, trail)
    assert [one.items for one in page_of_families(trail.database, None, 9, CopyKind.NEAR)[0]] == [2]


def test_a_form_filled_in_elsewhere_for_somebody_is_no_version_of_the_form(trail):
    filled = HALF_NEW.replace("word7 ", "NAMED ")
    assert versions(trail, {"A/Claim form v2.txt": HALF_NEW, "B/Claim form v2.txt": filled}) == []


def test_versions_and_copies_are_told_from_what_only_looks_like_them(trail):
    documents = {one.path: one for one in copied_tree(6)}
    scan(trail.database, {path.encode(): one.text.encode() for path, one in documents.items()})
    where = {one.number: one.record.ref.path for one in Inventory(trail.database).held(Narrowing())}
    for kind, label, least in ((CopyKind.VERSIONS, "title", 0.95), (CopyKind.COPY, "text", 0.98)):
        wanted = together({path: getattr(one, label) for path, one in documents.items()})
        found = pairs_of(FOUND_BY[kind](trail.database), where)
        assert len(found & wanted) / len(found) >= least
        assert len(found & wanted) / len(wanted) >= 0.85


def test_minutes_and_letters_of_one_pattern_are_no_versions(trail):
    files = {
        f"Office/{name}.docx": LETTER.replace("word9 ", f"to{place} ")
        for place, name in enumerate(["Letter AB", "Letter CD", "Letter to A Jones", "Letter to B Smith"])
    }
    scan(trail.database, {path.encode(): text.encode() for path, text in files.items()})
    find_families(OWNER, trail)
    assert paths(trail, CopyKind.VERSIONS) == paths(trail, CopyKind.APART) == []


def test_the_night_after_writes_nothing_and_what_went_leaves_its_family(trail):
    files = {b"A/plan.txt": WORDS.encode(), b"A/plan v2.txt": (WORDS + " x").encode(), b"B/p.txt": WORDS.encode()}
    scan(trail.database, files)
    first = find_families(OWNER, trail)
    assert sum((one.changed for one in first.values()), 0) > 0
    assert {one.changed for one in find_families(OWNER, trail).values()} == {0}
    scan(trail.database, {path: text for path, text in files.items() if path != b"B/p.txt"})
    assert held(trail.database) == {"A/plan.txt": "examined", "A/plan v2.txt": "examined"}
    assert find_families(OWNER, trail)[CopyKind.COPY] == Written(0, 0, 0, 1)


def test_who_may_not_evaluate_may_not_look_for_families(trail):
    with pytest.raises(RefusedError):
        find_families(AUDITOR, trail)


def listed(trail, source: MemorySource) -> None:
    recorder = a_recorder(trail.database, place=Place("memory", b"/memory"))
    for listing in source.list():
        recorder.note(listing)
    recorder.settle()
    recorder.finish(NOW, complete=True)


BIG = bytes(range(256)) * 64


def test_files_that_were_only_listed_are_told_apart_by_as_few_bytes_as_will_do(trail):
    other_end, other_middle = BIG[:-1] + b"!", BIG[:8000] + b"!" + BIG[8001:]
    files = {
        b"a": BIG,
        b"b": BIG,
        b"c": other_end,
        b"d": other_middle,
        b"alone": BIG + b"longer",
        b"s": b"1",
        b"t": b"1",
    }
    source = MemorySource("memory", files)
    listed(trail, source)
    read = hash_unread(OWNER, trail, {"memory": source})
    assert (read.ends, read.whole, read.unread) == (6, 3, 0)
    assert read.bytes == 4 * 2 * END + 3 * len(BIG) + 2
    find_families(OWNER, trail)
    assert sorted(map(sorted, paths(trail, CopyKind.COPY))) == [["a", "b"], ["s", "t"]]
    assert hash_unread(OWNER, trail, {"memory": source}).bytes == 0


def test_copies_are_told_across_sources_and_what_was_read_is_not_read_again_for_it(trail):
    scan(trail.database, {b"read.txt": BIG})
    source = MemorySource("memory", {b"listed.bin": BIG})
    other = a_recorder(trail.database, place=Place("memory 2", b"/other"))
    for listing in MemorySource("memory 2", source.files).list():
        other.note(listing)
    far = MemorySource("memory 2", source.files)
    assert hash_unread(OWNER, trail, {"memory 2": far}).whole == 1
    find_families(OWNER, trail)
    assert paths(trail, CopyKind.COPY) == [{"read.txt", "listed.bin"}]


def test_a_file_that_vanished_is_counted_and_ends_nothing(trail):
    files = {b"a": BIG, b"b": BIG, b"c": BIG}
    listed(trail, MemorySource("memory", files))
    left = MemorySource("memory", {path: files[path] for path in (b"a", b"b")})
    read = hash_unread(OWNER, trail, {"memory": left})
    assert (read.unread, read.whole) == (1, 2)
