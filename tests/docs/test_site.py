"""The documentation as a site: it builds, with every page in it, no dead link, and nothing fetched from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INVENTED = re.compile("NAME|KIND")
"""What stands for a name in the name of a file."""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Built as `make docs` builds it, from a copy, so that nothing is left beside the sources."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(DOCS, folder / "docs")
    program = Path(sys.executable).with_name("zensical")
    built = subprocess.run(
        [program, "build", "--strict"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    said = re.sub(r"\x1b\[[\d;]*m", "", built.stdout + built.stderr)
    assert (built.returncode, re.findall(r"(?i)warning.*|error.*", said)) == (0, []), said
    return folder / "build" / "site"


class Page(HTMLParser):
    """What a page leads to, what it fetches, and the places in it that can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.places: set[str] = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.places.add(found.get("id", ""))
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "link" and found.get("rel") not in ("canonical", "next", "prev"):
            self.fetched.append(found.get("href", ""))
        elif "src" in found:
            self.fetched.append(found["src"])


@pytest.fixture(scope="module")
def pages(site) -> dict[Path, Page]:
    return {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html") if path.name != "404.html"}


def test_no_link_is_dead(site, pages):
    assert len(pages) == len(list(DOCS.rglob("*.md")))
    assert [f"{path.relative_to(site)}: {link}" for path, page in pages.items() for link in page.links
            if _is_dead(path, link, pages)] == []  # fmt: skip


def _is_dead(path: Path, link: str, pages: dict[Path, Page]) -> bool:
    target = urlsplit(link)
    if target.scheme or target.netloc:
        return False
    there = (path.parent / unquote(target.path)).resolve() if target.path else path
    page = pages.get(there)
    return not there.is_file() if page is None else unquote(target.fragment) not in page.places


def test_nothing_is_fetched_from_elsewhere(site, pages):
    assert {link for page in pages.values() for link in page.fetched if urlsplit(link).netloc} == set()
    assert any(page.fetched for page in pages.values())
    for path, page in pages.items():
        missing = [link for link in page.fetched if not link.startswith("data:")
                   and not (path.parent / unquote(urlsplit(link).path)).is_file()]  # fmt: skip
        assert missing == [], path.relative_to(site)
    assert not [
        path for path in site.rglob("*.css") if re.search(r"(@import|url\()\s*[\"']?https?:", path.read_text("utf-8"))
    ]


@pytest.mark.servers
def test_a_browser_asks_for_nothing_elsewhere(site):
    """What a script would fetch stands in no page."""
    handler = partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as started:
        Thread(target=server.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{server.server_port}"
        # Root may not have Chromium's sandbox, and the tests of a build often are root.
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in ("index.html", "guide.html", "reference/settings.html"):
            page.goto(f"{here}/{path}", timeout=60_000)
            assert page.locator("h1").count() == 1
        browser.close()
        server.shutdown()
    assert [url for url in asked if not url.startswith((here, "data:", "blob:"))] == []


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_every_page_is_in_the_contents():
    """A page that nobody can find: give it a line in mkdocs.yml."""
    contents = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
    assert sorted(_listed(contents)) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def _listed(entry: object) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    inner = entry.values() if isinstance(entry, dict) else entry
    return [path for each in inner for path in _listed(each)]


def test_what_is_said_of_files_beside_the_documentation_is_there():
    """The site has none of them, so they are named and not linked; on paper a name must be right too."""
    named = {
        (page.name, path)
        for page in [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
        for path in re.findall(
            r"`((?:benchmarks|deploy|tests|operations|docs)/[\w./-]+\.\w+)`", page.read_text("utf-8")
        )
    }
    assert [each for each in sorted(named) if not (INVENTED.search(each[1]) or (ROOT / each[1]).exists())] == []


def test_the_readme_leads_to_what_is_there():
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
        assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_every_decision_is_in_the_index_by_its_title():
    told = (DOCS / "adr" / "index.md").read_text("utf-8")
    pages = sorted((DOCS / "adr").glob("0*.md"))
    lines = [f"- [{page.read_text('utf-8').splitlines()[0].removeprefix('# ')}]({page.name})" for page in pages]
    assert re.findall(r"(?m)^- .*", told) == lines


@pytest.mark.parametrize(
    ("said", "row", "column"),
    [
        (r"it ships finds 68 %, flags 452, and takes (\d+) times the CPU", r"\| Presidio \|.*\|", 3),
        (r"Reading takes (\d+) times less than native Tika", r"\| all of the target \|.*\|", -1),
    ],
)
def test_the_figures_of_the_readme_are_those_of_the_results(said, row, column):
    """The first row of the kind, rounded down: a figure that was measured again is told again."""
    (told,) = re.findall(said, (ROOT / "README.md").read_text("utf-8"))
    first = re.search(row, (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8"))
    assert int(told) == int(float(first[0].strip("| ").split("|")[column]))
