"""Spreadsheets and databases for tests that no library here writes, put together record by record."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from scanner.formats.access import _HEADER_KEY, _rc4

_CONTENT_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_parts(package: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The package with these parts added, in place of their like, or taken out."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        members: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    kept = {name: content for name, content in (members | dict(parts)).items() if content is not None}
    return zipped(kept)


def an_xlsx_of(cells: str, head: str = "", tail: str = "", styles: str = "", doctype: str = "") -> bytes:
    """A workbook of one sheet, "People", whose rows are this XML."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.decode(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{_RELATIONS[:-1]}"><sheets><sheet name="People" sheetId="1"'
        ' r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": f"<styleSheet {space}>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"{doctype}<worksheet {space}>{head}<sheetData>{cells}</sheetData>{tail}"
        "</worksheet>",
    }
    return zipped({name: content.encode() for name, content in parts.items()})


def an_ods_of(rows: str, before: str = "", doctype: str = "") -> bytes:
    """An OpenDocument spreadsheet of one table, "People", whose rows are this XML."""
    names = ("office", "table", "text", "draw", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    number = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    content = (
        f'{doctype}<office:document-content {spaces} {number} xmlns:xlink="http://www.w3.org/1999/xlink">{before}'
        '<office:body><office:spreadsheet><table:table table:name="People">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": b"<m/>"})


def an_xlsb(
    cells: Iterable[tuple[int, int, float | str]],
    extra: bytes = b"",
    comments: bytes | None = None,
    formats: Sequence[str] = (),
) -> bytes:
    """A binary workbook of one sheet, "People"; with formats each number is of the last of them."""
    rows: dict[int, list[bytes]] = {}
    for row, column, value in cells:
        head = struct.pack("<II", column, len(formats))
        number = isinstance(value, float)
        cell = _record12(5, head + struct.pack("<d", value)) if number else _record12(6, head + _wide(str(value)))
        rows.setdefault(row, []).append(cell)
    data = b"".join(_record12(0, struct.pack("<I", row) + bytes(13)) + b"".join(found) for row, found in rows.items())
    sheet = (
        _record12(129, b"") + _record12(148, struct.pack("<4I", 0, 9, 0, 9)) + _record12(145, b"") + data
        + _record12(146, b"") + extra + _record12(130, b"")
    )  # fmt: skip
    found = b"".join(_record12(44, struct.pack("<H", 164 + at) + _wide(code)) for at, code in enumerate(formats))
    used = [0, *range(164, 164 + len(formats))]
    styles = b"".join((
        _record12(615, struct.pack("<I", len(formats))), found, _record12(616, b""),
        _record12(617, struct.pack("<I", len(used))),
        *(_record12(47, struct.pack("<HH", 0, number) + bytes(12)) for number in used), _record12(618, b""),
    ))  # fmt: skip
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("People")
    book = (
        _record12(131, b"") + _record12(143, b"") + _record12(156, bundle) + _record12(144, b"") + _record12(157, b"")
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}).encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _relations(
            {"rId1": ("worksheet", "worksheets/sheet1.bin"), "rId2": ("styles", "styles.bin")}
        ).encode(),
        "xl/styles.bin": styles,
        "xl/worksheets/sheet1.bin": sheet,
    }
    return zipped(parts | ({"xl/comments1.bin": comments} if comments else {}))


def binary_comment(author: str, text: str) -> bytes:
    return _record12(632, _wide(author)) + _record12(637, b"\0" + _wide(text))


def binary_header(header: str) -> bytes:
    return _record12(479, b"\0\0" + _wide(header) + struct.pack("<5I", *[0xFFFFFFFF] * 5))


def a_book(
    cells: Iterable[tuple[int, int, float | str]],
    *,
    before: bytes = b"",
    after: bytes = b"",
    dimensions: tuple[int, int, int, int] = (0, 9, 0, 9),
    code: str = "General",
    kind: int = 0,
) -> bytes:
    """The stream "Workbook" of an .xls file (BIFF8) of one sheet, "People"; its numbers are of the format `code`.

    `before` goes into the part that is of no sheet, `after` behind the cells.
    """
    body = b"".join(_cell8(*cell) for cell in cells)
    sheet = biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0x600)) + biff(
        0x200, struct.pack("<IIHHH", *dimensions, 0)
    )
    sheet += body + after + biff(0x0A)
    formats = biff(0x41E, struct.pack("<H", 164) + _unicode8(code))
    styles = b"".join(biff(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 164))
    head = biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0x600)) + before + formats + styles
    named = b"\x06\0People"
    start = len(head) + 4 + 6 + len(named) + 4
    return head + biff(0x85, struct.pack("<IBB", start, 0, kind) + named) + biff(0x0A) + sheet


def biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def text_box(text: str) -> bytes:
    written = text.encode("utf-16-le")
    return biff(0x1B6, bytes(10) + struct.pack("<H", len(text)) + bytes(6)) + biff(0x3C, b"\1" + written) + biff(0x3C)


def an_old_header(text: str) -> bytes:
    return biff(0x14, _unicode8(text))


def a_dbf(
    columns: Sequence[tuple[str, str, int]],
    rows: Iterable[tuple[bytes, ...]],
    *,
    deleted: Iterable[int] = (),
    language: int = 0x57,
    claimed: int | None = None,
) -> bytes:
    """A table of dBase: columns are names, letters of types and widths; rows are their bytes, padded here."""
    gone = set(deleted)
    written = [
        (b"*" if at in gone else b" ")
        + b"".join(value.ljust(width)[:width] for value, (_, _, width) in zip(row, columns, strict=True))
        for at, row in enumerate(rows)
    ]
    described = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([width, 0]) + bytes(14)
        for name, kind, width in columns
    )
    width = 1 + sum(width for _, _, width in columns)
    count = len(written) if claimed is None else claimed
    head = struct.pack("<BBBBIHH", 3, 99, 1, 2, count, 32 + len(described) + 1, width) + bytes(17)
    return head + bytes([language]) + bytes(2) + described + b"\r" + b"".join(written) + b"\x1a"


TEXT, NUMBER, SHORT, TRUTH, MEMO, OBJECT, BINARY = 10, 4, 3, 1, 12, 11, 9


def an_mdb(
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    *,
    key: bytes = bytes(4),
    per_page: int = 50,
    extra: Sequence[bytes] = (),
) -> bytes:
    """An Access 2000 database of one table, "People". `extra` are pages put behind all others."""
    catalog = [("Id", NUMBER), ("Name", TEXT), ("Type", SHORT), ("Flags", NUMBER)]
    entries = [(2, "MSysObjects", 1, -0x7FFFFFFE), (4, "People", 1, 0)]
    header = b"\0\1\0\0Standard Jet DB\0" + struct.pack("<I", 1) + _veiled(key)
    data = [_data_page(4, rows[at : at + per_page], columns) for at in range(0, len(rows), per_page)]
    pages = [header, b"", _definition(catalog, 2), _data_page(2, entries, catalog), _definition(columns, len(rows))]
    return b"".join(page.ljust(4096, b"\0") for page in (*pages, *data, *extra))


def memo_at(page: int, row: int) -> bytes:
    """A memo that is kept on another page."""
    return struct.pack("<III", 100, page << 8 | row, 0)


def page_of(owner: int, records: Sequence[bytes]) -> bytes:
    ends, offsets = 4096, []
    for record in records:
        ends -= len(record)
        offsets.append(ends)
    head = struct.pack("<HHIIH", 0x101, 0, owner, 0, len(records)) + struct.pack(f"<{len(offsets)}H", *offsets)
    return head.ljust(ends, b"\0") + b"".join(reversed(records))


def _relations(related: Mapping[str, tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{id_}" Type="{_RELATIONS}{kind}" Target="{target}"/>'
        for id_, (kind, target) in related.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def _record12(kind: int, content: bytes) -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(content)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return number + length + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell8(row: int, column: int, value: float | str) -> bytes:
    if isinstance(value, str):
        return biff(0x204, struct.pack("<HHH", row, column, 0) + _unicode8(value))
    return biff(0x203, struct.pack("<HHHd", row, column, 1, value))


def _unicode8(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _veiled(key: bytes) -> bytes:
    clear = bytearray(128)
    clear[0x3E - 0x18 : 0x42 - 0x18] = key
    return _rc4(_HEADER_KEY, bytes(clear))


def _is_fixed(kind: int) -> bool:
    return kind in (NUMBER, SHORT, TRUTH)


def _definition(columns: Sequence[tuple[str, int]], count: int) -> bytes:
    described, fixed, variable = b"", 0, 0
    for at, (_, kind) in enumerate(columns):
        is_fixed = _is_fixed(kind)
        flags = bytes([1 if is_fixed else 0, 0])
        described += struct.pack("<BIHHH", kind, 0, at, variable, at) + bytes(4) + flags
        described += struct.pack("<IHH", 0, fixed if is_fixed else 0, 0)
        fixed += {NUMBER: 4, SHORT: 2}.get(kind, 0) if is_fixed else 0
        variable += not is_fixed
    names = b"".join(struct.pack("<H", len(name) * 2) + name.encode("utf-16-le") for name, _ in columns)
    head = struct.pack("<2sHI", b"\2\1", 0, 0) + struct.pack("<IIIIIIII", 0, 0, count, 0, 0, 0, 0, 0)
    return head + struct.pack("<BHHHIIII", 0x4E, 0, variable, len(columns), 0, 0, 0, 0) + described + names


def _data_page(owner: int, rows: Sequence[Sequence[object]], columns: Sequence[tuple[str, int]]) -> bytes:
    return page_of(owner, [_row(row, columns) for row in rows])


def _row(values: Sequence[object], columns: Sequence[tuple[str, int]]) -> bytes:
    fixed, variable, nulls = b"", [], 0
    for at, (value, (_, kind)) in enumerate(zip(values, columns, strict=True)):
        nulls |= (value is not None and value is not False) << at
        if kind in (NUMBER, SHORT):
            fixed += struct.pack("<i" if kind == NUMBER else "<h", value or 0)
        elif kind == TEXT:
            variable.append(str(value or "").encode("utf-16-le"))
        elif kind in (MEMO, OBJECT, BINARY):
            variable.append(value if isinstance(value, bytes) else b"")
    start = 2 + len(fixed)
    offsets = [start + sum(map(len, variable[:at])) for at in range(len(variable) + 1)]
    table = struct.pack(f"<{len(offsets)}H", *reversed(offsets)) + struct.pack("<H", len(variable))
    mask = nulls.to_bytes((len(columns) + 7) // 8, "little")
    return struct.pack("<H", len(columns)) + fixed + b"".join(variable) + table + mask
