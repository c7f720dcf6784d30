from __future__ import annotations

from base64 import b64encode

import pytest

from scanner.formats.content_lines import card_text, cut_before_line, ldif_text

PHOTO = b64encode(bytes(range(256)) * 3).decode()


def folded(text: str) -> str:
    return "\r\n ".join(text[at : at + 20] for at in range(0, len(text), 20))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("EMAIL:zoe@exam\r\n ple.org\r\nTEL:01632\n\t960001\n", "EMAIL:zoe@example.org   \r\nTEL:01632960001  \n"),
        ("NOTE:number\\nAB123456C\\, Ann\n", "NOTE:number\n AB123456C, Ann \n"),
        ("N;ENCODING=QUOTED-PRINTABLE:=41nn=3B=\r\nExample\r\n", "N;ENCODING=QUOTED-PRINTABLE:Ann;Example       \r\n"),
        ("N;CHARSET=cp1252;QUOTED-PRINTABLE:Zo=EB", "N;CHARSET=cp1252;QUOTED-PRINTABLE:Zoë  "),
        ("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zoë     "),
        ("FN:Zoë Example\r\n\r\nTEL:1\r\n", "FN:Zoë Example\r\n\r\nTEL:1\r\n"),
    ],
)
def test_lines_are_whole_as_they_are_meant_and_keep_their_length(written, meant):
    assert card_text(written) == meant
    assert len(meant) == len(written)


@pytest.mark.parametrize(
    "photo",
    [
        "PHOTO;ENCODING=b;TYPE=JPEG:" + folded(PHOTO),
        "PHOTO;TYPE=JPEG;ENCODING=BASE64:\n" + "\n".join(PHOTO[at : at + 60] for at in range(0, len(PHOTO), 60)) + "\n",
        "ATTACH;FMTTYPE=image/png;\r\n ENCODING=BASE64;VALUE=BINARY:" + folded(PHOTO),
        "PHOTO:data:image/jpeg;base64," + folded(PHOTO),
    ],
)
def test_a_photograph_is_left_out_and_what_follows_is_not(photo):
    text = card_text(f"FN:Ann\r\n{photo}\r\nTEL:01632 960001\r\nEND:VCARD\r\n")
    assert not any(PHOTO[at : at + 15] in text for at in range(len(PHOTO) - 15))
    assert text.startswith("FN:Ann\r\n")
    assert text.endswith("\r\nTEL:01632 960001\r\nEND:VCARD\r\n")


def test_a_note_in_base64_is_read():
    assert "Zoë Example" in card_text(f"NOTE;ENCODING=BASE64:{b64encode('Zoë Example'.encode()).decode()}\n")


def test_an_entry_of_a_directory_is_read_with_what_is_in_base64():
    name = folded(b64encode("Zoë Example, 12 High Street".encode()).decode())
    text = ldif_text(f"dn: cn=1\ncn:: {name}\njpegPhoto:: {PHOTO}\nmail: zoe@exam\n ple.org\nnote: a\\, b\n")
    assert [line.strip() for line in text.splitlines()] == [
        "dn: cn=1", "cn: Zoë Example, 12 High Street", "jpegPhoto:", "mail: zoe@example.org", "note: a\\, b",
    ]  # fmt: skip


def test_a_calendar_is_parted_only_before_a_line_that_continues_none():
    text = "SUMMARY:one\r\nNOTE;QUOTED-PRINTABLE:a=\r\nTEL:b\r\n folded\r\n"
    assert cut_before_line(text, 0) == text.index("NOTE")
    assert cut_before_line(text, 15) == 0
    assert cut_before_line("x" * 17_000_000, 0) == 17_000_000


@pytest.mark.parametrize(
    "hostile", ["\n ", "=\n", ";B", "a\n", "\\", "N;QUOTED-PRINTABLE:=\n", "X;B:A\n", "data:;base64,"]
)
def test_any_text_is_read_to_its_end(hostile):
    for text_of in (card_text, ldif_text):
        assert text_of(f"X:{hostile * 50_000}\nFN:Zoe Example\n").endswith(("FN:Zoe Example\n", " \nFN:Zoe Example\n"))
