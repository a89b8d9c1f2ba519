"""Can a reader do, in a real browser, what they came for? And can a hostile text do anything?"""

from __future__ import annotations

import http.server
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import flask
import pytest
from playwright.sync_api import Browser, Page, expect

from index import engines
from index.record import Record
from index.writing import writing
from indexer.canonical import conversion
from indexer.canonical.jsonl import article
from webui import create_app

pytestmark = pytest.mark.browser

Tab = Callable[..., Page]
Served = Callable[[flask.Flask], AbstractContextManager[str]]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "typed",
    ["«\xa0red team\xa0»", "« red team »", "“red team”", '"red team"', "„red team“",
     "«\u202fRed Team\u202f»"],
)  # fmt: skip
def test_a_phrase_as_telephones_quote_it(open_tab: Tab, address: str, typed: str) -> None:
    page = open_tab(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto(address)
    page.get_by_role("combobox").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".totals")).to_contain_text("1 article")
    expect(page.locator("blockquote mark")).to_have_text([re.compile("^red team$", re.I)])
    expect(page.locator(".chip.kind-phrase")).to_have_count(1)


def test_the_keyboard_alone_goes_from_a_question_to_its_third_occurrence(
    open_tab: Tab, address: str
) -> None:
    page = open_tab()
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("artistes")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    # from the top, by Tab alone, to the first result; what has the focus is always seen
    for _ in range(40):
        page.keyboard.press("Tab")
        position = page.evaluate(
            """() => { const one = document.activeElement, at = one.getBoundingClientRect();
            const style = getComputedStyle(one);
            return at.width > 0 && at.height > 0 && style.outlineStyle !== 'none' }"""
        )
        assert position, page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.matches('.result h3 a')"):
            break
    page.keyboard.press("Enter")
    # until the page has loaded: before its script has run, no key is heard
    page.wait_for_url(re.compile("/article/demo:sora"))
    for _ in range(3):
        page.keyboard.press("n")
    expect(page.locator("mark:target")).to_be_in_viewport()
    bar = page.locator(".steps")
    expect(bar).to_contain_text("occurrence 3 sur ")
    page.keyboard.press("p")
    expect(bar).to_contain_text("occurrence 2 sur ")
    bar.get_by_role("link", name="Occurrence suivante").press("Enter")
    expect(bar).to_contain_text("occurrence 3 sur ")
    expect(bar.get_by_role("link", name="Occurrence suivante")).to_be_focused()


def test_occurrences_without_a_script(open_tab: Tab, address: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{address}/article/demo:sora?q=artistes")
    page.get_by_role("link", name="Aller à la première").click()
    for n in (2, 3):
        page.locator("mark:target + .turns").get_by_role("link", name="suivante").click()
        expect(page.locator("mark:target + .turns")).to_contain_text(f"{n} sur ")


@pytest.mark.parametrize(
    "path", ["/", "/search?q=artistes", "/article/demo:sora?q=artistes#occ-2", "/syntax"]
)
def test_text_set_wider_is_still_whole(open_tab: Tab, address: str, path: str) -> None:
    """The spacing that WCAG 1.4.12 asks pages to bear."""
    page = open_tab(viewport={"width": 640, "height": 800})
    page.goto(address + path)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;"
          + "word-spacing: .16em !important } p { margin-bottom: 2em !important }");
        document.adoptedStyleSheets = [sheet]; }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    cut_elements = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((one) =>
        !one.closest(".wide, .heard, .parent, .found, svg, input") && one.clientHeight > 0
        && getComputedStyle(one).overflow !== "visible" && one.scrollHeight > one.clientHeight + 2
        ).map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert cut_elements == []


HOSTILE_PAGES = [
    "/", "/search?q=hostile", "/search?q=sora&group=none", "/search?q=alert OU img OU script",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E&author=%3Cimg src=x onerror=alert(1)%3E",
    '/search?q="><svg onload=alert(1)>&commenter="><script>alert(1)</script>',
    "/article/demo:%22%3E%3Cscript%3Ex", "/article/demo:%22%3E%3Cscript%3Ex?q=hostile#occ-1",
    "/article/demo:%22%3E%3Cscript%3Ex?q=<mark>sora</mark>", "/nope/<script>alert(1)</script>",
    "/search?page=<script>alert(1)</script>", "/syntax?q=<script>", "/status", "/api",
    "/search.json?q=hostile", "/complete.json?q=script",
    "/article/demo:%22%3E%3Cscript%3Ex.json",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_hostile_words_run_nothing_and_the_policy_has_nothing_to_stop(
    open_tab: Tab, address: str, path: str
) -> None:
    page = open_tab()
    faults: list[str] = []
    page.on("dialog", lambda dialog: faults.append(f"ran: {dialog.message}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda console_message: faults.append(console_message.text))
    page.on(
        "request",
        lambda request: None if request.url.startswith(address) else faults.append(request.url),
    )
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', "
        "(one) => refused.push(one.violatedDirective));"
    )
    page.goto(address + path, wait_until="networkidle")
    assert page.evaluate("window.refused ?? []") == []
    # a page that could not be found, or a wrong parameter, is told to the console by Chromium
    assert [fault for fault in faults if "status of 40" not in fault] == []
    foreign = "script:not([src]), img:not([src^='/static/']), [onload], [onerror], [onclick], style"
    assert page.locator(foreign).count() == 0
    for address_of in page.evaluate("[...document.links].map((one) => one.href)"):
        assert address_of.startswith(("http://", "https://"))


@pytest.fixture(scope="module")
def demo() -> flask.Flask:
    engine = engines.open(":memory:")
    lines = (ROOT / "indexer" / "demo" / "articles.jsonl").read_bytes().splitlines()
    writing.write(
        engine, (conversion.records_of(article(line)) for line in lines), seen=1_733_000_000
    )
    return create_app(engine)


@pytest.mark.parametrize("q", ["mot de passe", "artistes", "le", "le OU une", "est:réponse"])
def test_a_page_of_the_demonstration_is_light(demo: flask.Flask, q: str) -> None:
    page = demo.test_client().get("/search", query_string={"q": q})
    assert page.status_code == 200
    assert len(page.data) < 60_000


@pytest.fixture(scope="module")
def original() -> Iterator[str]:
    """The site an article comes from: a long page, the words far down."""
    filler = "<p>Rien.</p>" * 300
    words = "<p>Le NDA interdit tout. L’avocat des artistes le dira.</p>"

    class Original(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html>{filler}{words}{filler}".encode())

        def log_message(self, format: str, *arguments: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Original)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/article"
    server.shutdown()
    server.server_close()


def test_the_original_opens_at_the_words(
    open_tab: Tab,
    original: str,
    app_of: Callable[..., flask.Flask],
    serve: Served,
    sora_records: list[Record],
) -> None:
    moved_records = [
        replace(record, url=original if record.url else None) for record in sora_records
    ]
    with serve(app_of(moved_records)) as address:
        page = open_tab()
        page.goto(f"{address}/article/demo:sora?q=avocat")
        page.locator("#comment-17").get_by_role("link", name="original").first.click()
        page.wait_for_url(re.compile("/article"))
        page.wait_for_function("scrollY > 1000")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_deep_thread_stays_readable(
    open_tab: Tab,
    app_of: Callable[..., flask.Flask],
    serve: Served,
    sora_records: list[Record],
    width: int,
) -> None:
    last = sora_records[-1]
    deep = [
        replace(
            last, id=f"demo:sora#deep-{n}", anchor=f"deep-{n}", position=last.position + 1 + n,
            text=f"Réponse {n}, anticonstitutionnellement profonde.", depth=n,
            parent=f"demo:sora#deep-{n - 1}" if n else None,
        )
        for n in range(13)
    ]  # fmt: skip
    with serve(app_of([*sora_records, *deep])) as address:
        page = open_tab(viewport={"width": width, "height": 800})
        page.goto(f"{address}/article/demo:sora")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        starts, widths = [], []
        for n in range(13):
            box = page.locator(f"#deep-{n} > .comment > p").last.bounding_box()
            assert box is not None
            starts.append(box["x"])
            widths.append(box["width"])
        assert min(widths) >= 200
        # an answer never begins before what it answers, and the first ones are told apart
        assert starts == sorted(starts)
        assert len(set(starts)) > 5


def test_the_browser_learns_the_engine_and_where_to_ask_what_to_offer(
    address: str, tmp_path: Path, chromium: str, browser: Browser
) -> None:
    host_address = address.replace("127.0.0.1", "localhost")
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=chromium,
        # a browser without its networking in the background reads no description
        ignore_default_args=["--headless", "--disable-background-networking"],
        args=["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
              "--disable-component-update", "--disable-sync"],
    )  # fmt: skip
    page = context.new_page()
    page.goto(host_address)
    page.wait_for_timeout(2_000)
    context.close()
    with sqlite3.connect(tmp_path / "Default" / "Web Data") as connection:
        keywords = connection.execute(
            "select short_name, url, suggest_url from keywords"
        ).fetchall()
    search_template, suggest_template = (
        f"{host_address}/search?q={{searchTerms}}",
        f"{host_address}/suggest.json?q={{searchTerms}}",
    )
    assert ("Glose", search_template, suggest_template) in keywords


class Host(http.server.BaseHTTPRequestHandler):
    """Somebody else's site, with our box in it."""

    glose = ""

    def do_GET(self) -> None:
        body = f"""<!doctype html><html lang="fr"><meta charset="utf-8"><title>Ailleurs</title>
<form data-glose action="{self.glose}/search"><label>Chercher <input type="search" name="q"></label>
<input type="hidden" name="size" value="5"><button>Chercher</button></form>
<script src="{self.glose}/static/embed.js" defer></script></html>""".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        # the strictest policy a host may have and still take the box
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {self.glose}; connect-src {self.glose}; "
            f"form-action {self.glose}; require-trusted-types-for 'script'",
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None: ...


@pytest.fixture
def elsewhere(address: str) -> Iterator[str]:
    host = type("Here", (Host,), {"glose": address})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_box_on_another_site(open_tab: Tab, address: str, elsewhere: str) -> None:
    page = open_tab()
    faults: list[str] = []
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("console", lambda console_message: faults.append(console_message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(elsewhere)
    page.get_by_label("Chercher").fill("travail gratuit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 article, 2 passages")
    assert page.url == elsewhere
    assert page.locator(".glose-section blockquote mark").all_inner_texts() == [
        "travail",
        "gratuit",
    ]
    href = page.locator(".glose-section a").get_attribute("href")
    assert href == f"{address}/article/demo:sora?q=travail+gratuit#section-2"
    page.get_by_label("Chercher").fill("hostile")
    page.keyboard.press("Enter")
    expect(page.locator(".glose-snippet")).to_contain_text("<script>alert(1)</script>")
    assert page.locator(".glose-answer script, .glose-answer img").count() == 0
    page.get_by_label("Chercher").fill("zzyzx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Aucun résultat")
    page.route("**/search.json?**", lambda route: route.abort())
    page.get_by_label("Chercher").fill("nda")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("La recherche n’a pas abouti.")
    expect(page.get_by_role("link", name="Voir tous les résultats")).to_have_attribute(
        "href", f"{address}/search?q=nda&size=5"
    )
    assert [fault for fault in faults if "ERR_FAILED" not in fault] == []


def test_the_box_without_a_script_leads_to_the_page(
    open_tab: Tab, address: str, elsewhere: str
) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(elsewhere)
    page.get_by_label("Chercher").fill("nda")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search?q=nda&size=5")
