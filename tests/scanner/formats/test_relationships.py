from __future__ import annotations

import pytest

from scanner.formats.package import open_package
from scanner.formats.relationships import external_targets

RELS = "word/_rels/document.xml.rels"
LINK = '<Relationship Id="r1" Type="x/hyperlink" Target="mailto:ann@example.org" TargetMode="{}"/>'
PART = '<Relationship Id="r2" Type="x/styles" Target="styles.xml"/>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mode", ["External", "E&#120;ternal"])
def test_what_stands_outside_is_found_however_it_is_written(files, encoding, mode):
    content = f"<Relationships>{LINK.format(mode)}{PART}</Relationships>".encode(encoding)
    with files.blob_of(files.a_zip({RELS: content})) as blob:
        package = open_package(blob)
        assert external_targets(package, package.members[0]) == ("mailto:ann@example.org",)


def test_what_stands_inside_is_not(files):
    content = f"<Relationships>{LINK.format('Internal')}{PART}</Relationships>".encode()
    with files.blob_of(files.a_zip({RELS: content})) as blob:
        package = open_package(blob)
        assert external_targets(package, package.members[0]) == ()
