"""Is the documentation built without a warning, whole, with links that lead somewhere?"""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest
from lxml import html
from playwright.sync_api import Page

from glose import main
from index.question import grammar
from index.question.notices import MESSAGES
from indexer.pipeline.sources import FORMATS
from tests.docs.examples import DOCS, pages
from webui.addresses.parameters import PARAMETERS
from webui.openapi.description import ROUTES

pytest.importorskip("sphinx", reason="the docs extra is not installed")
pytest.importorskip("myst_parser", reason="the docs extra is not installed")
pytest.importorskip("pydata_sphinx_theme", reason="the docs extra is not installed")

ROOT = DOCS.parent
MADE = ("commandes", "questions", "remarques", "http", "formats")
# what is said whole by the site's own pages: the headings of the rest, and who a file is for
INTRODUCTIONS = {"SERVICE.md": 8, "FORMAT.md": 1}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("site")
    process = subprocess.run(
        [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going",
         "--nitpicky", "-d", str(folder / "doctrees"), str(DOCS), str(folder / "html")],
        capture_output=True, text=True,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    return folder / "html"


@pytest.fixture(scope="session")
def trees(site: Path) -> dict[Path, html.HtmlElement]:
    """Each page of the site, read."""
    # the theme leaves a template among its own files
    paths = (path for path in site.rglob("*.html") if "_static" not in path.parts)
    return {path: html.parse(str(path)).getroot() for path in paths}


def test_every_link_leads_somewhere(site: Path, trees: dict[Path, html.HtmlElement]) -> None:
    assert len(trees) > 60
    anchors = {
        path: {*tree.xpath("//@id"), *tree.xpath("//a/@name")} for path, tree in trees.items()
    }
    dead_links = []
    for path, tree in trees.items():
        for link in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or (path.name == "search.html" and not parts.path):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            page_anchors = anchors.get(target, set())
            if not target.exists() or (
                parts.fragment
                and target.suffix == ".html"
                and page_anchors
                and unquote(parts.fragment) not in page_anchors
            ):
                dead_links.append(f"{path.relative_to(site)}: {link}")
    assert dead_links == []


@pytest.mark.parametrize("name", ["from_code/markdown", "french_search", "root_files"])
def test_the_examples_of_the_builders_hold(name: str) -> None:
    subprocess.run([sys.executable, "-m", "doctest", str(DOCS / f"{name}.py")], check=True)


def test_nothing_is_asked_of_another_site(trees: dict[Path, html.HtmlElement]) -> None:
    for path, tree in trees.items():
        addresses = tree.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
        assert [address for address in addresses if "//" in address] == [], path


def test_the_reference_has_every_row_of_the_code(trees: dict[Path, html.HtmlElement]) -> None:
    page_texts = dict.fromkeys(MADE, "")
    for path, tree in trees.items():
        if path.parent.name == "reference" and path.stem in MADE:
            page_texts[path.stem] = " ".join(tree.text_content().split())
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert f"glose {name}" in page_texts["commandes"]
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in page_texts["commandes"], f"{name} {option.opts[0]}"
    for field in grammar.NAMED:
        assert field.example in page_texts["questions"]
    for code in MESSAGES:
        assert code in page_texts["remarques"]
    for route in ROUTES:
        assert route.path in page_texts["http"]
    for parameter in PARAMETERS:
        assert parameter.says in page_texts["http"]
    for form in FORMATS:
        assert form.name in page_texts["formats"] or form.name in ("refused", "unknown", "manifest")


@pytest.mark.parametrize("name", INTRODUCTIONS)
def test_each_line_of_a_root_file_is_said_once(name: str, site: Path) -> None:
    """All of SERVICE.md and FORMAT.md is on the site, and none of it twice."""
    text = (ROOT / name).read_text("utf-8")
    if name == "SERVICE.md":
        text = re.sub(r"^### ", "## ", text, flags=re.M)
    line_counts: Counter[int] = Counter()
    generated = [DOCS / "reference" / f"{page}.md" for page in MADE]
    for page in {*pages(), *generated}:
        for included in _included(page.read_text("utf-8"), name, text):
            line_counts.update(included)
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("#") or not line.strip() or number < INTRODUCTIONS[name]:
            continue
        assert line_counts[number] == 1, (
            f"{name}, line {number + 1} is said {line_counts[number]} times: {line}"
        )


def _included(page: str, name: str, text: str) -> Iterator[range]:
    """Give the lines of a root file that a page includes, as MyST understands its options."""
    directive = rf"```{{include}} (?:\.\./)+{re.escape(name)}\n((?::.*\n)*)```"
    for match in re.finditer(directive, page):
        options = dict(re.findall(r'^:([\w-]+): "?(.*?)"?$', match[1], re.M))
        first = int(options.get("start-line", 0))
        after = options.get("start-after")
        start = text.index(after) + len(after) if after else 0
        end = text.index(options["end-before"], start) if "end-before" in options else len(text)
        yield range(max(first, text.count("\n", 0, start)), text.count("\n", 0, end))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served while tests look at it."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


ASKED = [
    ("élision", "explications/francais.html"),
    ("elision", "explications/francais.html"),
    ("évènements", "explications/francais.html"),
    ("modérateur", "guides/moderation.html"),
    ("moderateur", "guides/moderation.html"),
    ("marionnettes", None),
    ("sauvegardes", "guides/garder.html"),
    ("l’oubli", "guides/rgpd.html"),
    ("--prune-all", "reference/commandes.html"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("question", "title"), ASKED)
def test_its_own_search_reads_french(
    question: str, title: str | None, address: str, docs_tab: Callable[[int], Page]
) -> None:
    page = docs_tab(1280)
    page.goto(f"{address}/search.html?q={question}")
    page.wait_for_function("document.querySelector('.search-summary')?.innerText.length > 0")
    links = page.locator("#search-results li a").evaluate_all("links => links.map(a => a.pathname)")
    assert (f"/{title}" in links) if title else links == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_never_scrolls_sideways(
    width: int,
    address: str,
    site: Path,
    trees: dict[Path, html.HtmlElement],
    docs_tab: Callable[[int], Page],
) -> None:
    page = docs_tab(width)
    for path in sorted(path for path in trees if path.parent.name != "decisions"):
        page.goto(f"{address}/{path.relative_to(site).as_posix()}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path.name}: {wide} px"
