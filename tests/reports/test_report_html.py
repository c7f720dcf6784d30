"""The reading copy: well-formed, accessible, harmless, and honest about what it cuts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reports.gdpr_risk import gdpr_risk_report
from reports.renderers import html
from reports.renderers.html import render_html
from reports.report import Report

_SVG = "{http://www.w3.org/2000/svg}"
_STYLE = (Path(html.__file__).with_name("style.css")).read_text("utf-8")
_NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</title></style><script>x</script>",
    "&lt;b&gt; ]]> <!-- ",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066",
    "new\nline\x1b[31m\x00",
    "lone \udcff surrogate",
)


def _tree(report: Report) -> ET.Element:
    """The page as strict XML: a page that is well-formed both ways has no mark-up that two readers see differently."""
    return ET.fromstring(render_html(report).removeprefix("<!DOCTYPE html>").strip())


def _text(element: ET.Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


class _Shape(HTMLParser):
    """The elements, in order, and the attributes of a page as a browser's tokenizer sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs


def _rot(build, items=None, **made) -> Report:
    return build.a_rot_report(build.a_provenance(**made), build.SERVICES, build.ROT_ITEMS if items is None else items)


def _gdpr(build) -> Report:
    return gdpr_risk_report(
        build.a_provenance(build.WITH_GAPS),
        build.SERVICES,
        build.RISKY,
        build.RISK_ITEMS,
        build.WEIGHTS,
        build.OWNERSHIP,
    )


def _empty(build) -> Report:
    return build.a_rot_report(
        build.a_provenance(build.NOTHING, scanned=None, scan_complete=False, schedule=None), (), ()
    )


@pytest.fixture(params=[_rot, _gdpr, _empty], ids=["rot", "gdpr-risk", "empty"])
def report(build, request) -> Report:
    return request.param(build)


def test_every_table_has_a_caption_and_headers_with_a_scope(report):
    for table in _tree(report).iter("table"):
        assert _text(table.find("caption"))
        assert all(header.get("scope") == "col" and _text(header) for header in table.findall("thead/tr/th"))
        for row in (*table.findall("tbody/tr"), *table.findall("tfoot/tr")):
            assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(row) - 1)
            assert row[0].get("scope") == "row"
            assert len(row) == len(table.findall("thead/tr/th"))


def test_no_table_is_empty(report):
    assert all(table.findall("tbody/tr") for table in _tree(report).iter("table"))


def test_there_is_one_title_and_no_heading_level_is_skipped(report):
    levels = [int(found.tag[1]) for found in _tree(report).iter() if re.fullmatch(r"h[1-6]", found.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_it_has_landmarks_a_skip_link_a_language_and_a_title(report):
    page = _tree(report)
    assert page.get("lang") == "en-GB"
    assert page.find("head/title").text == f"{report.title} \u2013 Westmere Council"
    assert [page.find(f"body/{landmark}") is not None for landmark in ("header", "main", "footer")] == [True] * 3
    skip = page.find("body/a")
    assert skip.get("href") == f"#{page.find('body/main').get('id')}"


def test_ids_are_unique_and_every_reference_has_its_target(report):
    page = _tree(report)
    ids = [found.get("id") for found in page.iter() if found.get("id")]
    assert len(ids) == len(set(ids))
    labels = {part for found in page.iter() for part in (found.get("aria-labelledby") or "").split()}
    links = {link.get("href") for link in page.iter("a")}
    fills = set(re.findall(r"url\(#([^)]+)\)", render_html(report)))
    assert labels | {link.removeprefix("#") for link in links} | fills <= set(ids)
    assert all(link.startswith("#") for link in links)


def test_it_runs_nothing_and_asks_nothing_of_a_network(report):
    page = render_html(report)
    shape = _Shape(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(shape.elements)
    assert not [name for name, _ in shape.attributes if name.startswith("on") or name == "src"]
    assert "@import" not in page
    assert set(re.findall(r"https?://[^\"' )]+", page)) <= {"http://www.w3.org/2000/svg"}
    policy = next(found for found in _tree(report).iter("meta") if found.get("http-equiv"))
    assert policy.attrib == {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    }


@pytest.mark.parametrize("name", _NASTY)
def test_a_name_is_text_wherever_it_stands(build, name):
    def reports(word: str) -> tuple[Report, Report]:
        made = build.a_provenance(build.WITH_GAPS, scope=word, schedule=word)
        item = build.a_risk_item(word, word)
        item.kinds[word] = 3
        item.parts[word] = 1.0
        return (
            build.a_rot_report(made, (build.an_estate(word),), (build.a_rot_item(word, word, detail=word),)),
            gdpr_risk_report(made, (), (build.a_risky(item),), (item,), build.WEIGHTS, build.OWNERSHIP),
        )

    for nasty, plain in zip(reports(name), reports("plain"), strict=True):
        page = render_html(nasty)
        as_nasty, as_plain = _Shape(page), _Shape(render_html(plain))
        assert as_nasty.elements == as_plain.elements
        assert [key for key, _ in as_nasty.attributes] == [key for key, _ in as_plain.attributes]
        assert all(line.isprintable() for line in page.splitlines())
        assert _tree(nasty) is not None


def test_a_name_is_shown_in_full_and_as_it_is_written(build):
    page = _tree(_rot(build, (build.a_rot_item("<b>&amp;\u202e.doc"),)))
    assert "<b>&amp;\\u202e.doc" in [_text(cell) for cell in page.iter("th")]


def test_charts_have_a_name_a_description_and_a_table_beneath(build):
    for made in (_rot(build), _gdpr(build)):
        page = _tree(made)
        (chart,) = [found for found in page.iter(f"{_SVG}svg") if found.get("role") == "img"]
        named = chart.get("aria-labelledby").split()
        assert [chart.find(f"{_SVG}title").get("id"), chart.find(f"{_SVG}desc").get("id")] == named
        assert "Human resources" in [found.text for found in chart.iter(f"{_SVG}text")]
        section = next(found for found in page.iter("section") if found.find("figure") is not None)
        tags = [found.tag for found in section]
        assert tags.index("figure") < tags.index("div")


def test_a_heat_map_never_speaks_by_colour_alone(build):
    shaded = [cell for cell in _tree(_gdpr(build)).iter("td") if "heat-" in cell.get("class")]
    assert len(shaded) == 4 + 2
    assert all(re.fullmatch(r"[\d,]+ highest score \d+", _text(cell)) for cell in shaded)


def test_sizes_are_rounded_for_reading_and_exact_when_pointed_at(build):
    cells = {_text(cell): cell.get("title") for cell in _tree(_rot(build)).iter("td")}
    assert cells["412.0 MB"] == "412,000,000 bytes"
    assert cells["10.8 GB"] == "10,800,000,000 bytes"
    assert "4 May 2018" in cells


def test_a_long_table_says_what_it_leaves_out_and_where_the_rest_is(build):
    items = tuple(build.a_rot_item(f"files/{number:04}", size=9_999 - number) for number in range(1_345))
    page = _tree(_rot(build, items))
    said = [_text(found) for found in page.iter("p") if found.get("class") == "left-out"]
    assert said == [
        "This page shows the first 200 of 1,345 rows and leaves out 1,145. "
        "The CSV form of this report has them all, in the file rot-items.csv."
    ]
    shown = [_text(cell) for cell in page.iter("th") if _text(cell).startswith("files/")]
    assert shown == [f"files/{number:04}" for number in range(200)]


def test_a_table_that_just_fits_leaves_nothing_out(build):
    items = tuple(build.a_rot_item(f"files/{number}") for number in range(200))
    assert "leaves out" not in render_html(_rot(build, items)).replace("What this leaves out", "")


def test_gaps_stand_before_any_figure(build):
    page = render_html(_gdpr(build))
    warning = page.index("40 items (1.4 GB) were not fully examined; what they hold is not in these figures.")
    assert page.index("<h1>") < warning < page.index('class="figures"')


def test_without_gaps_there_is_no_warning(build):
    assert "Read this first" not in render_html(_rot(build))


def test_an_empty_inventory_says_so_in_place_of_empty_tables(build):
    said = [_text(found) for found in _tree(_empty(build)).iter("p") if found.get("class") == "nothing"]
    assert "Items put forward, by primary reason: Nothing was found to be redundant, obsolete or trivial." in said
    assert "Why items were not fully examined: No item had a problem." in said


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _colours() -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", _STYLE))


@pytest.mark.parametrize("level", range(5))
def test_text_on_a_shade_has_the_contrast_of_wcag_aa(level):
    ink, shade = re.search(rf"\.heat-{level} {{ color: (\S+); background: (\S+); }}", _STYLE).groups()
    known = {f"var(--{name})": colour for name, colour in _colours().items()}
    assert _contrast(known.get(ink, ink), shade) >= 4.5


@pytest.mark.parametrize(
    ("ink", "paper"), [("ink", "pale"), ("grey", "pale"), ("link", "pale"), ("link", None), ("grey", None)]
)
def test_text_has_the_contrast_of_wcag_aa(ink, paper):
    colours = _colours()
    assert _contrast(colours[ink], colours[paper] if paper else "#ffffff") >= 4.5
