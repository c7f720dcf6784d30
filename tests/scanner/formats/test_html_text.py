from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.formats.html_text import html_text, read_page


def test_it_is_read_as_people_see_it():
    markup = (
        "<html><head><style>p {color: red}</style></head><body><p>Jo&nbsp;Example<br>12&amp;14 High St"
        "<table><tr><td>a<td>b</table><a href='mailto:jo@example.org'>write</a><script>var x = 1</script>"
    )
    assert html_text(markup) == "Jo Example\n12&14 High St\na\tb\njo@example.org write"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>kept", "<style>kept", "<![bogus[ kept", "<!kept", "<p kept", "kept<", "<!-- kept", "<!--[if kept",
        "<title>kept", "<textarea>kept", "<xml>kept", "</kept", "<a href='kept", "<?kept", "<![CDATA[kept", "<3 kept",
        "<pre>kept", "<table><tr><td>kept", "<td>kept", "<SCRIPT SRC=x>kept", "<p title=\"kept",
    ],
)  # fmt: skip
def test_no_text_is_lost_to_broken_mark_up(markup):
    assert "kept" in html_text(markup + " kept")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Zo<b>ë</b> Exam<wbr>ple", "Zoë Example"),
        ("Ann\n   Example", "Ann Example"),
        ("<p>one</p><p>two</p>", "one\ntwo\n"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree\n"),
        ("<pre>one\n  two</pre>", "one\n  two\n"),
        ("one<br><br><br>two", "one\n\ntwo"),
        ("soft&shy;ly, zero&#8203;wide", "softly, zerowide"),
        ("&lt;not a tag&gt; &#8364;5 &#x20AC;6 &nosuch; &", "<not a tag> €5 €6 &nosuch; &"),
        ("a < b and c > d", "a < b and c > d"),
        ("<![CDATA[shown]]> too", "shown too"),
        ("<?xml version='1.0'?><!DOCTYPE html>x", "x"),
        ("<SCRIPT>var a = '</p>';</SCRIPT >after", "after"),
        ("<script>if (a < b) document.write('<!--')</script>after", "after"),
        ("N\0I", "NI"),
    ],
)
def test_text_is_laid_out_as_in_a_browser(markup, text):
    assert html_text(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='data:image/png;base64,AAAA' alt='Zoë Example'>",
        "<IMG ALT=\"Zoë Example\">",
        "<a title='Zoë Example' href='#'>x</a>",
        "<input type=text value='Zoë Example'>",
        "<input placeholder='Zoë Example'/>",
        "<select><option>Zoë Example</option></select>",
        "<optgroup label='Zoë Example'>",
        "<textarea>Zoë Example</textarea>",
        "<meta name='Author' content='Zoë Example'>",
        "<meta content='Zoë Example' name=description>",
        "<a href='mailto:Zo%C3%AB%20Example'>x</a>",
        "<iframe srcdoc='&lt;p&gt;Zoë Example&lt;/p&gt;'></iframe>",
        "<p title = 'Zoë Example' title='other'>x",
        "<img alt='Zo&euml; Example'>",
        "<!--[if mso]><p>Zoë Example</p><![endif]-->",
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Zoë Example</o:Author></o:DocumentProperties></xml>"
        "<![endif]-->",
    ],
)  # fmt: skip
def test_what_people_wrote_into_attributes_is_read(markup):
    assert "Zoë Example" in html_text(f"<p>before</p>{markup}<p>after</p>")


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- hidden -->",
        "<!--><!-- hidden -->",
        "<style>hidden</style>",
        "<script type='text/javascript'>'hidden'</script>",
        "<img src='data:image/png;base64,hidden'>",
        "<a href='https://example.org/hidden'></a>",
        "<div class=hidden data-x='hidden'>",
        "<input type=hidden name=__VIEWSTATE value='" + "hidden" * 100 + "'>",
        "<meta name=viewport content=hidden>",
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>hidden</w:View></w:WordDocument></xml><![endif]-->",
    ],
)
def test_what_nobody_sees_or_wrote_is_left_out(markup):
    text = html_text(f"<p>before</p>{markup}<p>after</p>")
    assert "hidden" not in text
    assert "before" in text
    assert "after" in text


def test_a_link_to_call_and_a_link_to_write_give_number_and_addresses():
    text = html_text(
        '<a href="tel:+441632960001">call</a><A HREF="MAILTO:ann@example.org?cc=jo%40example.org">write</A>'
    )
    assert text.split() == ["+441632960001", "call", "ann@example.org?cc=jo@example.org", "write"]


def test_a_data_table_is_named_with_its_headings():
    page = read_page(
        "<p>People</p><table border=1><tr><th>Name<th>NI <br> number</tr>"
        "<tr><td><p>Ann</p><p>Example</p></td><td>QQ123456C</td></tr><tr><td></td><td>QQ654321C</td></tr></table>after"
    )
    (table,) = page.tables
    assert table.columns == ("Name", "NI number")
    lines = page.text[table.start : table.end].split("\n")
    assert [[" ".join(cell.split()) for cell in line.split("\t")] for line in lines] == [
        ["Name", "NI number"], ["Ann Example", "QQ123456C"], ["", "QQ654321C"], [""],
    ]  # fmt: skip
    assert page.text.endswith("after")


def test_a_first_row_that_heads_columns_needs_no_th():
    rows = "".join(f"<tr><td>Ann{number}</td><td>0163296000{number}</td></tr>" for number in range(5))
    page = read_page(f"<table><tr><td>Name</td><td>Telephone</td></tr>{rows}</table>")
    assert [table.columns for table in page.tables] == [("Name", "Telephone")]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><table><tr><th>Name<th>Phone<tr><td>Ann<td>1</table></td><td>beside</td></tr><tr><td>x</table>",
        "<table><tr><th>Name<th rowspan=2>Phone<tr><td>Ann<tr><td>Jo<td>2</table>",
        "<table><tr><th colspan=2>People<tr><td>Ann<td>1</table>",
        "<table><tr><th>only one column<tr><td>Ann</table>",
    ],
)
def test_what_is_no_plain_table_is_not_named_one_but_its_inner_one_is(table):
    page = read_page(table)
    assert "Ann" in page.text
    assert [found.columns for found in page.tables] == ([("Name", "Phone")] if "beside" in table else [])


def test_places_of_tables_are_right_behind_others():
    one = "<table><tr><th>Name<th>Phone<tr><td>Ann<td>1</table>"
    page = read_page(f"<p>first</p>{one}<div>between</div>{one}")
    assert [page.text[table.start :].split("\n")[0] for table in page.tables] == ["Name\tPhone"] * 2
    assert page.tables[0].end <= page.tables[1].start


def test_what_the_page_says_of_itself_is_kept():
    page = read_page(
        "<title>The\n panel</title><title>other</title><meta name=author content='Zoë Example'>"
        "<meta name=dcterms.created content='2011-05-06'><!--[if gte mso 9]><xml><o:DocumentProperties>"
        "<o:LastAuthor>Jo &amp; Co</o:LastAuthor><o:Pages>3</o:Pages></o:DocumentProperties></xml><![endif]-->"
    )
    assert page.said == {
        "title": "The panel", "author": "Zoë Example", "created": "2011-05-06", "last_author": "Jo & Co", "pages": "3",
    }  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 300_000 + "kept", "<div class=a>" * 100_000 + "kept", "<b><i>" * 100_000 + "kept",
        "<table><tr><td>" * 50_000 + "kept", "<!--" * 200_000 + "kept", "<![CDATA[" * 100_000 + "kept",
        "<script>" * 100_000 + "kept", "<a href=\"" * 100_000 + "kept", "<" * 1_000_000 + "kept",
        "<a " * 200_000 + "kept", "<img " + "a=b " * 500_000 + "alt=kept>", "<img " + "alt " * 500_000 + "alt=kept>",
        "<img alt=kept " + "=" * 1_000_000 + ">", "&#" + "1" * 1_000_000 + "; kept", "&" * 1_000_000 + "kept",
        "<title>" * 100_000 + "kept", "<pre>" * 100_000 + "kept", "<xml><o:" * 100_000 + "kept",
        "<iframe srcdoc='" + "&lt;iframe srcdoc=&quot;" * 20_000 + "kept", " " * 1_000_000 + "kept",
        "<td colspan=9999>" * 20_000 + "kept",
    ],
    ids=lambda markup: markup[:20],
)  # fmt: skip
def test_absurd_mark_up_ends_and_keeps_its_words(markup):
    assert "kept" in html_text(markup)


def test_no_more_is_read_than_the_limit():
    page = read_page("<p>word</p>" * 100_000, limit=1000)
    assert (len(page.text), page.is_cut) == (1000, True)
    assert read_page("<p>word</p>" * 10, limit=50).is_cut is False


def test_a_long_run_of_blanks_does_not_use_up_the_limit():
    assert read_page(" " * 5_000_000 + "kept", limit=100).text.strip() == "kept"


SCRAPS = [
    "<", ">", "</", "<p", "<table>", "<tr>", "<td>", "</td>", "</table>", "<th colspan=2>", "<!--", "-->", "<![CDATA[",
    "]]>", "<script>", "</script>", "'", '"', "=", " ", "\n", "&amp;", "&#", "word", "\t", "<pre>", "</pre>", "<title>",
    "<br>", "alt='x'", "<img ", "\0", "ë", "<xml>", "</xml>",
]  # fmt: skip


@given(st.lists(st.sampled_from(SCRAPS), max_size=60))
def test_any_mark_up_gives_text_and_tables_within_it(pieces):
    page = read_page("".join(pieces))
    for table in page.tables:
        assert 0 <= table.start < table.end <= len(page.text)
        assert "\t" in page.text[table.start : table.end]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://example.org/x?e=zoe%40example.org&n=1", "zoe@example.org"),
        ("/unsubscribe/zoe@example.org", "zoe@example.org"),
        ("ftp://zoe:pass@example.org/file", ""),
        ("https://cdn.example.org/npm/chart@3.6.0/dist", ""),
        ("https://example.org/@zoe", ""),
    ],
)
def test_an_address_in_a_link_to_elsewhere_is_read(link, said):
    assert html_text(f'<p>see <a href="{link}">here</a>').split() == ["see", *said.split(), "here"]


def test_what_a_page_says_of_itself_to_search_engines_is_read_and_no_other_script():
    markup = (
        r"""<p>one<script type="application/ld+json">{"name":"Zo\u00eb Example"}</script><script>var x</script>two"""
    )
    text = html_text(markup)
    assert "".join(text.split()) == 'one{"name":"ZoëExample"}two'
