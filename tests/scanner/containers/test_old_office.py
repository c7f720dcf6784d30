from __future__ import annotations

import struct
from io import BytesIO

import pytest
import workbook_files as made
from PIL import Image

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.containers import container_for
from scanner.containers.old_office import OldOfficeContainer
from scanner.media import media_type


def a_picture(kind: str, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.effect_mandelbrot((90, 90), (-3, -2.5, 2, 2.5), 100).convert(mode).save(out, kind)
    return out.getvalue()


def a_blip(instance: int, kind: int, picture: bytes, ids: int = 1) -> bytes:
    content = bytes(16 * ids) + b"\xff" + picture
    return struct.pack("<HHI", (instance | (ids == 2)) << 4, 0xF000 | kind, len(content)) + content


PNG, JPEG, BMP, TIFF = (a_picture(kind) for kind in ("png", "jpeg", "bmp", "tiff"))
BLIPS = (
    a_blip(0x6E0, 0x1E, PNG) + a_blip(0x46A, 0x1D, JPEG, ids=2) + b"between" + a_blip(0x7A8, 0x1F, BMP[14:])
    + a_blip(0x6E4, 0x29, TIFF)
)  # fmt: skip
BIFF_CELLS = [(0, 0, "Ann Example")]


def a_workbook(drawings: bytes) -> bytes:
    """The drawings in records as long as Excel makes them: two of their own kind, then such as continue it."""
    pieces = [drawings[at : at + 8224] for at in range(0, len(drawings), 8224)]
    kinds = [0xEB, 0xEB, *[0x3C] * len(pieces)]
    return made.a_book(BIFF_CELLS, before=b"".join(map(made.biff, kinds, pieces)))


def parts(files, streams: dict[str, bytes]) -> list[tuple[str, bytes]]:
    with files.blob_of(files.an_ole(streams)) as blob:
        return [(part.name, part.open().read()) for part in OldOfficeContainer().parts(blob, 0)]


@pytest.mark.parametrize(
    "streams",
    [
        {"Workbook": a_workbook(BLIPS)},
        {"WordDocument": bytes(5000), "Data": b"before" + BLIPS},
        {"WordDocument": bytes(2000) + BLIPS},
        {"PowerPoint Document": bytes(5000), "Pictures": BLIPS},
    ],
)
def test_the_pictures_of_each_kind_of_document_are_its_parts(files, streams):
    found = parts(files, streams)
    assert found == [("picture-1", PNG), ("picture-2", JPEG), ("picture-3", BMP), ("picture-4", TIFF)]
    with files.blob_of(files.an_ole(streams)) as blob:
        assert isinstance(container_for(media_type(blob, "x")), OldOfficeContainer)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_bitmap_of_any_depth_is_a_file_that_opens(files, mode):
    bitmap = a_picture("bmp", mode)
    ((_, found),) = parts(files, {"Data": a_blip(0x7A8, 0x1F, bitmap[14:]), "WordDocument": bytes(100)})
    assert found == bitmap
    assert Image.open(BytesIO(found)).convert("RGB").tobytes() == Image.open(BytesIO(bitmap)).convert("RGB").tobytes()


def test_pictures_in_the_header_of_a_sheet_are_parts(files):
    book = made.a_book(BIFF_CELLS, after=made.biff(0x866, bytes(14) + a_blip(0x6E0, 0x1E, PNG[:8000])))
    assert parts(files, {"Workbook": book}) == [("picture-1", PNG[:8000])]


def test_what_only_looks_like_the_head_of_a_picture_is_none(files):
    assert parts(files, {"WordDocument": struct.pack("<HHI", 0x6E00, 0xF01E, 40) * 1000}) == []


def test_a_picture_that_is_cut_short_is_given_as_far_as_it_goes(files):
    ((_, found),) = parts(files, {"Pictures": a_blip(0x6E0, 0x1E, PNG)[:-50], "PowerPoint Document": bytes(100)})
    assert found.startswith(PNG[:-50])


def test_too_large_a_stream_is_named(files, monkeypatch):
    monkeypatch.setattr("scanner.containers.old_office._LARGEST", 1000)
    with pytest.raises(ItemTroubleError) as caught:
        parts(files, {"WordDocument": bytes(5000)})
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "bytes")
