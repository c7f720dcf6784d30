"""From an approval to the proof: what is archived is packed before it may go, and what is purged can be proved."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import bagit
import pytest
from disposal_estate import ALEX, FILES, IGGY

from domain.audit import Act
from domain.certificate import CertificateNumber
from domain.disposal import Fate, Refusal
from domain.errors import ConfigurationError
from domain.packing import Left, LeftOut, Unpacked, UnpackedError
from domain.review import VerdictKind
from operations.access import RefusedError
from operations.disposal import package_standing
from operations.disposal.certificate import write_certificate_files
from operations.disposal.manifests import export_manifest
from operations.disposal.package_check import sha256_of
from operations.disposal.packing import Destination, pack
from operations.people.audit import last_entries
from operations.signing import signing_key

NAMES = sorted(FILES)[:3]
in_sqlite = pytest.mark.parametrize("inventory_url", ["sqlite"], indirect=True)
SCRIPT = Path(__file__).parents[3] / "deploy" / "verify_certificate.py"


@pytest.fixture
def to(tmp_path):
    (tmp_path / "archive").mkdir()
    return Destination(tmp_path / "archive", "archive-1", "County Record Office")


def packed(estate, manifest, to, actor=IGGY):
    return pack(actor, estate.trail, estate.settings, manifest.number, to, estate.clock)


def test_what_is_to_be_archived_goes_when_its_copy_was_verified_and_not_before(estate, to):
    manifest = estate.planned(NAMES, kind=VerdictKind.ARCHIVE)
    assert estate.run(manifest).refusals == {Refusal.NOT_PACKAGED: 3}
    before = {name: estate.path(name).stat() for name in NAMES}
    made = packed(estate, manifest, to)
    for name in NAMES:
        now = estate.path(name).stat()
        assert (now.st_ino, now.st_mtime_ns, now.st_atime_ns) == (
            before[name].st_ino, before[name].st_mtime_ns, before[name].st_atime_ns,
        )  # fmt: skip
        assert (Path(made.path) / f"data/shares/{name.decode()}").read_bytes() == FILES[name]
    assert bagit.Bag(made.path).validate()
    assert {fate for fate, _ in estate.fates(manifest).values()} == {Fate.PLANNED}
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 3}


def test_a_package_says_who_decided_and_the_trail_that_it_was_made(estate, to):
    manifest = estate.planned(NAMES, kind=VerdictKind.TRANSFER)
    made = packed(estate, manifest, to)
    told = json.loads((Path(made.path) / "metadata/decisions.json").read_text())
    assert (told["kind"], told["recipient"]) == ("transfer", "County Record Office")
    assert told["decisions"][0]["proposer"] == "ruth"
    assert [one["account"] for one in told["decisions"][0]["approvers"]] == ["alex"]
    history = (Path(made.path) / "metadata/history.jsonl").read_text().splitlines()
    assert Act.DISPOSAL_PLANNED in [json.loads(line)["act"] for line in history]
    entry = last_entries(IGGY, estate.trail, 1)[0]
    assert (entry.act, entry.subject) == (Act.DISPOSAL_PACKAGED, f"manifest:{manifest.number}")
    facts = {"items": 3, "bytes": sum(len(FILES[name]) for name in NAMES), "left_out": 0, "sha256": made.digest}
    assert json.loads(entry.facts) == facts


def test_a_file_that_changed_since_is_left_out_and_stays_while_the_others_go(estate, to):
    manifest = estate.planned(NAMES, kind=VerdictKind.ARCHIVE)
    estate.path(NAMES[0]).write_bytes(b"another")
    made = packed(estate, manifest, to)
    assert made.left_out == (Left(estate.found[NAMES[0]], LeftOut.NOT_OPENED, Refusal.CHANGED),)
    estate.run(manifest)
    assert estate.path(NAMES[0]).read_bytes() == b"another"
    assert [estate.fates(manifest)[name][0] for name in NAMES[1:]] == [Fate.QUARANTINED] * 2


def test_a_package_that_fails_lets_nothing_go(estate, to):
    manifest = estate.planned(NAMES, kind=VerdictKind.ARCHIVE)
    (to.folder / to.name).mkdir()
    with pytest.raises(UnpackedError) as refused:
        packed(estate, manifest, to)
    assert refused.value.why is Unpacked.TAKEN
    assert estate.run(manifest).refusals == {Refusal.NOT_PACKAGED: 3}


def away(copy: Path) -> None:
    copy.unlink()


def of_the_same_size(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes().upper())


@pytest.fixture
def archived(make_estate, to):
    """Files in quarantine whose time is over, the manifest, and the package that their copies are in."""
    estate = make_estate()
    manifest = estate.planned(NAMES, kind=VerdictKind.ARCHIVE)
    made = packed(estate, manifest, to)
    estate.run(manifest)
    estate.later()
    return estate, manifest, Path(made.path)


@in_sqlite
@pytest.mark.parametrize("change", [away, of_the_same_size])
def test_an_original_is_not_destroyed_whose_copy_is_not_what_it_was_and_the_others_are(archived, change):
    estate, manifest, package = archived
    change(package / f"data/shares/{NAMES[0].decode()}")
    estate.purge(manifest)
    assert estate.fates(manifest) == {
        NAMES[0]: (Fate.QUARANTINED, Refusal.PACKAGE_GONE), **dict.fromkeys(NAMES[1:], (Fate.PURGED, None))
    }  # fmt: skip


@in_sqlite
def test_no_original_is_destroyed_while_its_package_is_elsewhere_and_it_may_be_said_where(archived, tmp_path):
    estate, manifest, package = archived
    (tmp_path / "moved").mkdir()
    package.rename(tmp_path / "moved" / package.name)
    assert estate.purge(manifest).refusals == {Refusal.PACKAGE_GONE: 3}
    (tmp_path / "moved" / package.name / "manifest-sha256.txt").write_text("")
    assert estate.purge(manifest, packages=tmp_path / "moved").refusals == {Refusal.PACKAGE_GONE: 3}
    assert estate.restore(estate.at(manifest)[0]).fates == {Fate.RESTORED: 1}


@in_sqlite
def test_packages_that_stand_elsewhere_by_now_are_read_there(archived, tmp_path):
    estate, manifest, package = archived
    (tmp_path / "moved").mkdir()
    package.rename(tmp_path / "moved" / package.name)
    assert estate.purge(manifest, packages=tmp_path / "moved").fates == {Fate.PURGED: 3}


@in_sqlite
def test_a_copy_that_changes_after_it_was_read_is_none(archived, monkeypatch):
    estate, manifest, _ = archived

    def read(path: Path) -> str:
        found = sha256_of(path)
        if "data" in path.parts:
            path.write_bytes(b"another")
        return found

    monkeypatch.setattr(package_standing, "sha256_of", read)
    assert estate.purge(manifest).refusals == {Refusal.PACKAGE_GONE: 3}
    assert len(estate.in_quarantine()) == 3


@in_sqlite
def test_what_is_refused_each_time_does_not_keep_others_from_being_purged(make_estate, to):
    estate = make_estate(disposal="most_items = 2")
    manifest = estate.planned(sorted(FILES), kind=VerdictKind.ARCHIVE)
    made = packed(estate, manifest, to)
    for _ in range(2):
        estate.run(manifest, typed=2)
    estate.later()
    copies = [Path(made.path) / f"data/shares/{name.decode()}" for name in sorted(FILES)[:2]]
    for copy in copies:
        copy.rename(copy.with_suffix(".away"))
    assert estate.purge(manifest, typed=2).refusals == {Refusal.PACKAGE_GONE: 2}
    assert estate.purge(manifest, typed=2).fates == {Fate.PURGED: 2}
    for copy in copies:
        copy.with_suffix(".away").rename(copy)
    assert estate.purge(manifest, typed=2).fates == {Fate.PURGED: 2}


@in_sqlite
def test_each_of_several_equal_originals_needs_a_copy_of_its_own_which_is_read_once(make_estate, to, monkeypatch):
    names = [b"Housing/logo%d.png" % number for number in range(5)]
    estate = make_estate(files=dict.fromkeys(names, b"the same logo"))
    manifest = estate.planned(names, kind=VerdictKind.ARCHIVE)
    made = packed(estate, manifest, to)
    estate.run(manifest)
    estate.later()
    (Path(made.path) / f"data/shares/{names[1].decode()}").unlink()
    read: list[Path] = []
    monkeypatch.setattr(package_standing, "sha256_of", lambda path: read.append(path) or sha256_of(path))
    estate.purge(manifest)
    fates = dict.fromkeys(names, (Fate.PURGED, None)) | {names[1]: (Fate.QUARANTINED, Refusal.PACKAGE_GONE)}
    assert estate.fates(manifest) == fates
    assert len([path for path in read if "data" in path.parts]) == len(names) - 1
    assert len(read) == len(set(read))


@in_sqlite
def test_a_package_whose_manifests_were_written_anew_is_not_the_one_that_was_packed(archived):
    estate, manifest, package = archived
    with (package / "tagmanifest-sha256.txt").open("a") as tags:
        tags.write(f"{sha256_of(package / 'bag-info.txt')}  more.txt\n")
    assert estate.purge(manifest).refusals == {Refusal.PACKAGE_GONE: 3}


def test_who_decided_does_not_pack_and_what_is_to_be_destroyed_is_not_packed(estate, to):
    manifest = estate.planned(NAMES[:1], kind=VerdictKind.ARCHIVE)
    with pytest.raises(RefusedError):
        packed(estate, manifest, to, ALEX)
    packed(estate, manifest, to)
    with pytest.raises(ConfigurationError, match="is packed"):
        packed(estate, manifest, to)
    destroyed = estate.planned(NAMES[1:])
    with pytest.raises(ConfigurationError, match="archives and transfers nothing"):
        packed(estate, destroyed, to)


def test_what_was_purged_is_certified_and_the_certificate_is_checked_by_anybody(estate, tmp_path):
    manifest = estate.planned(NAMES)
    estate.run(manifest)
    estate.restore(estate.at(manifest)[0])
    estate.later()
    (number,) = estate.purge(manifest).certificates
    key, out = signing_key(estate.settings), tmp_path / "out"
    issued = write_certificate_files(IGGY, estate.trail, key, CertificateNumber.of(number), out, ("json", "html"))
    export_manifest(IGGY, estate.trail, key, manifest.number, out)
    done = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, issued[0], out / f"manifest-{manifest.number}.json", "--key", issued[1]],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(issued[0].read_text())["body"]
    assert (told["planned"], told["items"], told["not_destroyed"]) == (3, 2, {"restored": 1})
    everything = issued[0].read_text() + issued[2].read_text()
    assert not any(part in everything for name in NAMES for part in name.decode().split("/")[-1:])
