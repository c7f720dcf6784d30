from __future__ import annotations

import pytest

from domain.family import Family, family_of


@pytest.mark.parametrize(
    ("media_type", "name", "family"),
    [
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"a.bin", Family.SPREADSHEETS),
        ("text/csv", b"a.txt", Family.SPREADSHEETS),
        ("application/vnd.ms-outlook", b"a.msg", Family.EMAIL),
        ("application/vnd.ms-outlook-pst", b"old.pst", Family.EMAIL),
        ("message/rfc822", b"17", Family.EMAIL),
        ("application/msword", b"a.xls", Family.DOCUMENTS),
        ("application/vnd.oasis.opendocument.text-template", b"a.ott", Family.DOCUMENTS),
        ("image/png", b"a.png", Family.PICTURES),
        ("application/pdf", b"a.pdf", Family.PDF),
        ("text/plain", b"a.docx", Family.OTHER),
        (None, b"Budget 2024.XLSX", Family.SPREADSHEETS),
        (None, b"letter.doc", Family.DOCUMENTS),
        (None, b"no extension", Family.OTHER),
        (None, b"odd.\xff\xfe", Family.OTHER),
    ],
)
def test_the_content_decides_and_before_it_is_known_the_name(media_type, name, family):
    assert family_of(media_type, name) is family
