"""A preview is shown to whom role and rights let, as the source is now; everything else is an outcome with a name."""

from __future__ import annotations

import io
import os
import pwd
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from email.message import EmailMessage
from functools import cache

import pytest
from PIL import ExifTags, Image
from previewed import CANARY, LETTER, SOURCE, a_classifier, a_share, listed, settings_of, user
from sqlalchemy import insert, select, update

from domain.account import Account, Identity
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import ItemKind, part_key
from domain.preview import Piece, Preview, Withheld, in_pieces
from inventory.audit import latest
from inventory.engine import InventoryError, writing
from inventory.tables import AccessRow, ItemRow
from operations import wiring
from operations.access import RefusedError
from operations.config import Limits
from operations.configuration.preview_settings import PersonSettings, PreviewSettings
from operations.configuration.source_settings import MailFileSettings
from operations.viewing import preview as module
from operations.viewing.preview import may_preview, preview
from operations.viewing.preview_fetching import fetched
from operations.viewing.preview_reading import MOST
from operations.viewing.preview_rights import principals_of
from operations.viewing.preview_words import understood, written

REVIEWER = Actor("rosa.lind", (Grant(Role.REVIEWER, frozenset({"Planning"})),), Proof.PASSWORD)
SID = "S-1-5-21-1-2-3-1100"


@pytest.fixture
def share(tmp_path):
    return a_share(
        tmp_path, letter__txt=LETTER.encode(), long__txt=b"word " * 10_000, empty__txt=b"", scan__png=PNG,
        sealed__zip=a_sealed_zip(), photo__jpg=a_photo(), papers__zip=a_zip_of_mail(),
    )  # fmt: skip


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def a_photo() -> bytes:
    """With a word about who is seen, on its side, and larger than it is shown."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Orientation] = CANARY, 6
    with io.BytesIO() as file:
        Image.new("RGB", (2048, 512), "red").save(file, "JPEG", exif=exif)
        return file.getvalue()


@cache
def a_zip_of_mail() -> bytes:
    """A letter, a message with the letter attached, and a member that unpacks to more than it may."""
    message = EmailMessage()
    message["Subject"] = "The letter"
    message.set_content("It is attached.")
    message.add_attachment(LETTER.encode(), "text", "plain", filename="letter.txt")
    message.add_attachment(a_photo(), "image", "jpeg", filename="photo.jpg")
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Case/letter.txt", LETTER)
            archive.writestr("sent.eml", message.as_bytes())
            archive.writestr("swelling.txt", bytes(30_000_000))
        return file.getvalue()


def a_sealed_zip() -> bytes:
    """Each member says that it is encrypted, where the archive lists it and where it stands."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    told = bytearray(file.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        told[told.index(mark) + at] |= 1
    return bytes(told)


@pytest.fixture
def _here(monkeypatch):
    """Read in this process, with one classifier for all: to begin another takes seconds."""
    monkeypatch.setattr(module, "alone", lambda order, *_: order())
    monkeypatch.setattr(wiring, "classifier_of", lambda *_: a_classifier())


IN_A_PROCESS = pytest.mark.parametrize("real", [True])
"""Just as in the application."""


@pytest.fixture
def real() -> bool:
    return False


@pytest.fixture(autouse=True)
def _how(real, request):
    if not real:
        request.getfixturevalue("_here")


@pytest.fixture
def ask(share, trail, tmp_path):
    """Asks for the file of a name; what is to be otherwise is named."""
    numbers = listed(trail.database, tmp_path)

    def asked(name: str, actor: Actor = REVIEWER, principals=None, settings=None, *, picture=False) -> Preview:
        known = known_as(user()) if principals is None else principals
        order = settings or settings_of(tmp_path, tmp_path / "i.db")
        return preview(actor, trail, order, numbers[name], known, picture=picture)

    asked.numbers = numbers
    return asked


def known_as(*identities: Identity, told: Iterable[str] = (), **configured: object) -> frozenset[str]:
    account = Account("rosa.lind", identities=identities)
    return principals_of(told, account, PreviewSettings(**configured))


def text_of(shown: Preview) -> str:
    return "".join(one.text for one in shown.pieces)


def entries(trail) -> list[tuple[str, str, str]]:
    return [(one.act, one.subject, one.facts) for one in latest(trail.database, 10) if one.act.startswith("content.")]


def test_the_text_is_shown_whole_with_what_was_found_marked(ask, trail):
    shown = ask("letter.txt")
    assert text_of(shown) == LETTER
    marked = {kind: one.text for one in shown.pieces for kind in one.kinds}
    assert marked["UK_NINO"] == "AB123456C"
    assert marked["EMAIL_ADDRESS"] == "quillon@example.org"
    assert (shown.why, shown.longer, shown.changed) == (None, False, False)
    assert entries(trail) == [(Act.CONTENT_VIEWED, f"item:{ask.numbers['letter.txt']}", '{"changed":false}')]


def test_a_long_text_is_shown_from_its_beginning_and_says_so(ask):
    shown = ask("long.txt")
    assert (len(text_of(shown)), shown.longer) == (MOST, True)


def test_what_has_changed_since_the_scan_is_shown_as_it_is_now_and_says_so(ask, share):
    (share / "letter.txt").write_text("Quite another text")
    shown = ask("letter.txt")
    assert (text_of(shown), shown.changed) == ("Quite another text", True)


def test_what_has_gone_since_the_scan_is_named(ask, share, trail):
    (share / "letter.txt").unlink()
    assert ask("letter.txt").why == Problem(ProblemCode.VANISHED)
    assert entries(trail)[0][0] == Act.CONTENT_WITHHELD
    assert '"why":"vanished"' in entries(trail)[0][2]


@pytest.mark.parametrize(
    ("name", "why"),
    [("scan.png", Withheld.IS_PICTURE), ("empty.txt", Withheld.HAS_NO_TEXT),
     ("sealed.zip", Problem(ProblemCode.ENCRYPTED))],
)  # fmt: skip
def test_what_has_no_text_to_show_is_named(ask, name, why):
    assert ask(name).why == why


@pytest.mark.parametrize("become", [lambda file: file.symlink_to("/etc/passwd"), os.mkfifo], ids=["link", "pipe"])
def test_what_has_become_something_else_is_not_opened(ask, share, become):
    (share / "letter.txt").unlink()
    become(share / "letter.txt")
    assert ask("letter.txt").code in (ProblemCode.LINK, ProblemCode.NOT_A_FILE)


def test_too_large_a_file_is_named(ask, share, tmp_path):
    with (share / "letter.txt").open("r+b") as file:
        file.truncate(3 * 2**20)
    settings = settings_of(tmp_path, tmp_path / "i.db", limits=Limits(file_mb=1))
    assert ask("letter.txt", settings=settings).why == Problem(ProblemCode.LIMIT, "bytes")


@pytest.fixture
def inside(trail, ask):
    """Gives a part of the papers a row, as an examination writes it, and asks for it."""

    def asked(*part: str, **how: object) -> Preview:
        with writing(trail.database) as connection:
            outer = connection.execute(select(ItemRow).filter_by(id=ask.numbers["papers.zip"])).mappings().one()
            values = {
                **outer,
                "id": 7000,
                "part": part_key(part),
                "kind": ItemKind.PART,
                "version": b"",
                "file_id": None,
            }
            connection.execute(insert(ItemRow).values(**values))
        ask.numbers["part"] = 7000
        return ask("part", **how)

    return asked


@pytest.mark.parametrize("part", [("Case/letter.txt",), ("sent.eml", "letter.txt")], ids=["member", "attachment"])
def test_what_lies_in_a_file_is_shown_by_the_road_that_an_examination_takes(inside, trail, part):
    shown = inside(*part)
    assert (text_of(shown), shown.why, shown.changed) == (LETTER, None, False)
    assert [one[:2] for one in entries(trail)] == [(Act.CONTENT_VIEWED, "item:7000")]


def test_what_lies_in_a_file_is_shown_under_the_rights_of_that_file(inside, share):
    (share / "papers.zip").chmod(0o600)
    assert inside("Case/letter.txt").why is Withheld.REFUSED


@pytest.mark.parametrize(
    ("part", "why"),
    [(("Case/gone.txt",), Problem(ProblemCode.VANISHED)), (("Case/letter.txt", "a"), Problem(ProblemCode.VANISHED)),
     (("sent.eml", "photo.jpg"), Withheld.IS_PICTURE), (("swelling.txt",), Problem(ProblemCode.LIMIT, "ratio"))],
    ids=["not there", "in no container", "a picture", "a bomb"],
)  # fmt: skip
def test_what_does_not_lie_there_or_cannot_be_shown_is_named(inside, part, why):
    assert inside(*part).why == why


def test_what_lies_in_a_file_that_has_changed_says_so(inside, share):
    with (share / "papers.zip").open("ab") as file:
        file.write(b"\0")
    assert inside("Case/letter.txt").changed


@pytest.mark.parametrize("name", ["photo.jpg", "part"])
def test_a_picture_is_shown_small_upright_and_with_nothing_that_is_written_about_it(ask, inside, name):
    shown = ask(name, picture=True) if name == "photo.jpg" else inside("sent.eml", "photo.jpg", picture=True)
    assert (shown.why, shown.pieces) == (None, ())
    with Image.open(io.BytesIO(shown.picture)) as picture:
        assert (picture.format, picture.size, picture.info) == ("PNG", (256, 1024), {})
    assert CANARY.encode() not in shown.picture


def test_a_picture_that_is_none_is_named(ask):
    assert ask("scan.png", picture=True).code in (ProblemCode.UNSUPPORTED, ProblemCode.CORRUPT)


def test_who_asks_for_a_picture_of_what_is_text_is_shown_the_text(ask):
    assert text_of(ask("letter.txt", picture=True)) == LETTER


def never(*_: object) -> bytes:
    raise AssertionError("it was opened")


@pytest.fixture
def unopened(monkeypatch):
    """Whatever is asked for, no process may be begun for it."""
    monkeypatch.setattr(module, "alone", never)


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    ("principals", "why"),
    [((), Withheld.NOBODY), ({"uid:65501", "gid:65501"}, Withheld.REFUSED), ({SID}, Withheld.REFUSED)],
    ids=["nobody", "another", "a group elsewhere"],
)
def test_whom_the_kept_rights_do_not_let_in_is_refused_before_it_is_opened(
    ask, share, trail, tmp_path, principals, why
):  # fmt: skip
    (share / "letter.txt").chmod(0o600)
    listed(trail.database, tmp_path)
    assert ask("letter.txt", principals=principals).why is why
    assert [one[0] for one in entries(trail)] == [Act.CONTENT_WITHHELD]


def test_rights_that_were_taken_away_since_the_scan_count(ask, share):
    assert ask("letter.txt").why is None
    share.chmod(0o700)
    assert ask("letter.txt").why is Withheld.REFUSED


@pytest.mark.usefixtures("unopened")
def test_rights_that_are_known_in_part_alone_let_nobody_in(ask, trail):
    with writing(trail.database) as connection:
        connection.execute(update(AccessRow).values(owner_id=None, readers="[]", writers="[]"))
        connection.execute(update(ItemRow).values(access_id=None))
    assert ask("letter.txt").why is Withheld.REFUSED


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    ("values", "why"),
    [({"gone": 1}, Withheld.IS_GONE)],
)
def test_what_is_gone_is_named(ask, trail, values, why):
    with writing(trail.database) as connection:
        connection.execute(update(ItemRow).where(ItemRow.id == ask.numbers["letter.txt"]).values(**values))
    assert ask("letter.txt").why is why


@pytest.mark.usefixtures("unopened")
def test_a_source_of_another_kind_or_none_any_more_is_named(ask, tmp_path):
    settings = settings_of(tmp_path, tmp_path / "i.db")
    mail = MailFileSettings(name=SOURCE, kind="mailfile", root=tmp_path / "share")
    assert ask("letter.txt", settings=settings.model_copy(update={"source": (mail,)})).why is Withheld.NOT_YOURS
    assert ask("letter.txt", settings=settings.model_copy(update={"source": ()})).why is Withheld.OUT_OF_REACH


def test_a_source_that_is_not_there_is_named(ask, tmp_path):
    (tmp_path / "share").rename(tmp_path / "elsewhere")
    assert ask("letter.txt").code in (ProblemCode.VANISHED, Withheld.OUT_OF_REACH)


def test_more_than_the_machine_can_open_at_once_are_told_to_wait(ask):
    with module._AT_ONCE, module._AT_ONCE:
        assert ask("letter.txt").why is Withheld.IS_BUSY


def test_a_reader_that_comes_to_nothing_is_named_and_frees_its_place(ask, monkeypatch):
    def lost(*_: object) -> bytes:
        raise ItemTroubleError(ProblemCode.TIMEOUT, "seconds")

    monkeypatch.setattr(module, "alone", lost)
    for _ in range(3):
        assert ask("letter.txt").why == Problem(ProblemCode.TIMEOUT, "seconds")


def test_nothing_is_shown_that_could_not_be_written_down(ask, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise InventoryError("full")

    monkeypatch.setattr(module.Trail, "note", full)
    with pytest.raises(InventoryError):
        ask("letter.txt")


@pytest.mark.usefixtures("unopened")
@pytest.mark.parametrize(
    ("role", "services", "may"),
    [
        (Role.REVIEWER, {"Planning"}, True), (Role.APPROVER, {"Planning"}, True), (Role.RECORDS_MANAGER, (), True),
        (Role.IG_OFFICER, (), True), (Role.DPO, (), True), (Role.REVIEWER, {"Highways"}, False),
        (Role.APPROVER, {"Highways"}, False), (Role.SIRO, (), False), (Role.AUDITOR, (), False),
        (Role.ADMINISTRATOR, (), False), (Role.OPERATOR, (), False), (Role.OWNER, (), False),
    ],
)  # fmt: skip
def test_the_role_decides_first(ask, trail, role, services, may):
    actor = replace(REVIEWER, grants=(Grant(role, frozenset(services)),))
    assert may_preview(actor, trail, ask.numbers["letter.txt"]) is may
    if may:
        assert ask("letter.txt", actor, ()).why is Withheld.NOBODY
    else:
        with pytest.raises(RefusedError):
            ask("letter.txt", actor)
        assert entries(trail) == []


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 2**80])
def test_of_what_there_is_not_nothing_is_told(trail, tmp_path, number):
    assert preview(REVIEWER, trail, settings_of(tmp_path, tmp_path / "i.db"), number, {SID}) is None
    assert not may_preview(REVIEWER, trail, number)


def test_somebody_is_known_by_sids_and_by_the_user_of_this_machine_that_they_are_bound_to():
    nobody = pwd.getpwnam("nobody")
    known = known_as(user(), told=(SID, "uid:0", "everyone", "Planning staff"))
    assert known >= {SID, f"uid:{nobody.pw_uid}", f"gid:{nobody.pw_gid}"}
    assert known.isdisjoint({"uid:0", "everyone", "Planning staff"})


def test_an_account_is_known_by_what_the_configuration_says_of_it_alone():
    person = PersonSettings(account="rosa.lind", sids=(SID,), mailboxes=("Rosa.Lind@Example.org",))
    another = PersonSettings(account="vera.holt", sids=("S-1-5-21-1-2-3-1101",))
    assert known_as(person=(person, another)) == {SID, "mailbox:rosa.lind@example.org"}


@pytest.mark.parametrize(
    "identity",
    [
        replace(user(), issuer="another.host"), replace(user(), kind="oidc"), replace(user(), subject="65534:renamed"),
        replace(user(), subject="0:nobody"), replace(user(), subject="4294967294:gone"), Identity("", "", ""),
        replace(user(), subject=f"{2**70}:nobody"),
    ],
)  # fmt: skip
def test_a_user_of_elsewhere_or_one_that_is_gone_is_nobody_here(identity):
    assert known_as(identity) == frozenset()


@IN_A_PROCESS
def test_it_leaves_no_word_of_the_text_anywhere(ask, tmp_path, caplog, capfd):
    assert CANARY in text_of(ask("letter.txt"))
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and "share" not in path.relative_to(tmp_path).parts]
    assert kept
    assert [path for path in kept if CANARY.encode() in path.read_bytes()] == []
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


def test_neither_an_order_nor_a_preview_says_who_or_what_in_a_log(ask, monkeypatch):
    seen = []
    monkeypatch.setattr(module, "alone", lambda order, *_: seen.append(repr(order)) or order())
    shown = ask("letter.txt")
    assert CANARY in text_of(shown)
    assert CANARY not in "".join(seen) + repr(shown)
    assert "uid:" not in "".join(seen)


@pytest.mark.parametrize(
    "preview_told",
    [
        Preview(), Preview((Piece("a\ud800", ("X",)),), longer=True, changed=True), Preview(why=Withheld.REFUSED),
        Preview(why=Problem(ProblemCode.LIMIT, "bytes"), partly=Problem(ProblemCode.CORRUPT)),
        Preview(picture=PNG),
    ],
)  # fmt: skip
def test_what_a_process_tells_is_understood(preview_told):
    assert understood(written(preview_told)) == preview_told


@pytest.mark.parametrize(
    "told",
    [b"", b"{}", b"[]", b"\xff", b'{"pieces":[["a"]],"withheld":"refused"}', b"null",
     written(Preview(picture=b"<svg onload='alert(1)'/>")), b"[" * 100_000, b'{"pieces":' + b"[" * 100_000],
)  # fmt: skip
def test_what_no_process_of_ours_would_tell_is_a_crash(told):
    with pytest.raises(ItemTroubleError) as caught:
        understood(told)
    assert caught.value.problem.code is ProblemCode.CRASHED


@pytest.mark.parametrize(
    "told",
    [b"", b"3", b"\xff", b'{"version":"00"}', b'{"version":5,"taken":1}', b'{"version":"00","taken":1e999}',
     b'{"version":"00","taken":[]}', b"[" * 100_000, b'{"version":' + b"[" * 100_000],
)  # fmt: skip
def test_what_no_errand_of_ours_would_tell_is_a_crash(told):
    with pytest.raises(ItemTroubleError) as caught:
        fetched(told, "/nowhere")
    assert caught.value.problem.code is ProblemCode.CRASHED


def test_pieces_are_the_whole_text_whatever_overlaps():
    pieces = in_pieces("abcdef", {"A": [(1, 3), (2, 4)], "B": [(3, 9)], "C": [(-1, 2), (4, 4)]})
    assert pieces == (Piece("a"), Piece("bc", ("A",)), Piece("d", ("A", "B")), Piece("ef", ("B",)))
    assert in_pieces("", {}) == ()
