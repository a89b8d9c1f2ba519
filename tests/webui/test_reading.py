"""Is an article read from hit to hit, its thread folded, its passages quoted, in a real browser?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import flask
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from index import engines
from index.record import About, Record
from index.writing.writing import write
from webui import create_app

pytestmark = pytest.mark.browser

COMMENTS = 140
# Comments that hold the expression, far from one another: on parts of their own.
HOLDING = (3, 4, 70, 130)
RTL = "אברהם"
Tab = Callable[..., Page]


def long_thread() -> list[Record]:
    about = About(
        "long", "Un fil sans fin", "https://demo.example/long", None, "Le chapô.", ("IA",), (),
        ("Noémie Vasseur",), "2024-12-02T09:08:00+01:00", None, 4, COMMENTS,
    )  # fmt: skip
    records = [
        Record("long", "lead", about, 0, about.title, about.standfirst or ""),
        Record("long#section-1", "section", about, 1, "Partie", "Une section, sans rien.\nFin.",
               anchor="section-1"),
    ]  # fmt: skip
    for n in range(1, COMMENTS + 1):
        said = "Le mot de passe est ici, pas le passe." if n in HOLDING else "Rien à dire."
        when = f"2024-12-{1 + n % 28:02}T10:00:00+01:00"
        records.append(
            Record(f"long#comment-{n}", "comment", about, n + 1, "", f"{said} {'Du texte. ' * 320}",
                   anchor=f"comment-{n}", author=RTL if n % 2 else "Zoé", start=when, end=when,
                   precision="minute", depth=min(n % 4, 2), url=f"https://demo.example/long#{n}",
                   parent=f"long#comment-{n - 1}" if n % 4 else None)
        )  # fmt: skip
    return records


@pytest.fixture(scope="module")
def place(served: Callable[[flask.Flask], AbstractContextManager[str]]) -> Iterator[str]:
    engine = engines.open(":memory:")
    write(engine, [long_thread()], seen=1)
    with served(create_app(engine)) as found:
        yield found


def bar(page: Page) -> Any:
    return page.locator(".steps")


def test_the_keys_go_from_hit_to_hit_and_from_part_to_part(open_tab: Tab, place: str) -> None:
    page = open_tab()
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    expect(page.locator(".found")).to_contain_text("2 occurrences de «\xa0mot de passe\xa0»")
    expect(page.locator(".found")).to_contain_text("2 mots isolés")
    for number in (1, 2):
        page.keyboard.press("n")
        expect(page.locator(f"#occ-{number}")).to_have_text("mot de passe")
        expect(page.locator(f"#occ-{number}")).to_be_in_viewport()
        expect(bar(page)).to_contain_text(f"occurrence {number} sur 2")
    for comment in HOLDING[2:]:
        page.keyboard.press("n")
        expect(page.locator(f"#comment-{comment} .hit").first).to_be_in_viewport()
        expect(bar(page)).to_contain_text("occurrence 1 sur 1")
    # at the very end, nothing
    address = page.url
    page.keyboard.press("n")
    assert page.url == address
    for comment in reversed(HOLDING[:3]):
        page.keyboard.press("p")
        expect(page.locator(f"#comment-{comment} .hit").first).to_be_in_viewport()
        # written by the script, that also hears the next key
        expect(bar(page)).to_contain_text("occurrence ")
    page.keyboard.press("p")
    expect(page.locator("#comment-3 .hit").first).to_be_in_viewport()


def test_stray_words_are_gone_through_apart(open_tab: Tab, place: str) -> None:
    page = open_tab()
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    page.get_by_role("link", name="2 mots isolés").click()
    expect(bar(page)).to_contain_text("mot isolé 1 sur 2")
    page.keyboard.press("n")
    expect(bar(page)).to_contain_text("mot isolé 2 sur 2")
    expect(page.locator("#occ-4")).to_have_text("passe")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(bar(page)).to_contain_text("mot isolé 1 sur 2")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_step_lands_at_once(open_tab: Tab, place: str, motion: Any) -> None:
    page = open_tab(reduced_motion=motion)
    page.goto(f"{place}/article/long?q=rien&start=0")
    last = page.locator(".steps").get_attribute("data-total")
    # read in the same task as the step: what is animated has hardly begun
    where = page.evaluate(
        """(last) => {
          location.replace(`#occ-${last}`);
          const box = document.getElementById(`occ-${last}`).getBoundingClientRect();
          return [box.top, innerHeight, getComputedStyle(document.documentElement).scrollBehavior];
        }""",
        last,
    )
    assert 0 <= where[0] < where[1]
    assert where[2] == "auto"


def test_from_hit_to_hit_without_a_script(open_tab: Tab, place: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    page.get_by_role("link", name="Aller à la première").click()
    step = page.locator(".turns").filter(visible=True)
    expect(step).to_contain_text("1 sur 2")
    step.get_by_role("link", name="Occurrence suivante").click()
    expect(step).to_contain_text("2 sur 2")
    step.get_by_role("link", name="Occurrence suivante").click()
    expect(page.locator("#comment-70 .hit").first).to_be_in_viewport()
    expect(step).to_contain_text("1 sur 1")
    step.get_by_role("link", name="Occurrence précédente").click()
    expect(page.locator("#comment-4 .hit").first).to_be_in_viewport()
    assert page.url.endswith("#occ-end")
    expect(page.locator(".rail")).to_have_count(0)


def test_the_rail_is_a_map_of_the_hits(open_tab: Tab, place: str) -> None:
    page = open_tab(viewport={"width": 1280, "height": 800})
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    ticks = page.locator(".rail i")
    expect(ticks).not_to_have_count(0)
    expect(page.locator(".rail")).to_have_attribute("aria-hidden", "true")
    whole = page.locator(".rail i:not(.stray)").first
    box = whole.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 2, box["y"] + 1)
    expect(page.locator("#occ-1")).to_be_in_viewport()
    expect(bar(page)).to_contain_text("occurrence 1 sur 2")
    # a page with one hit, or none, has no map
    page.goto(f"{place}/article/long?q=zzyzx")
    expect(page.locator(".rail")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_replies_fold(open_tab: Tab, place: str, scripts: bool) -> None:
    page = open_tab(java_script_enabled=scripts)
    page.goto(f"{place}/article/long")
    reply = page.locator("#comment-5")
    expect(reply).to_be_visible()
    page.locator("#comment-4 > details > summary").click()
    expect(reply).to_be_hidden()
    page.locator("#comment-4 > details > summary").press("Enter")
    expect(reply).to_be_visible()
    every = page.get_by_role("button", name="Replier les réponses")
    if not scripts:
        expect(every).to_be_hidden()
        return
    every.click()
    expect(reply).to_be_hidden()
    expect(page.locator("#comment-4")).to_be_visible()
    page.get_by_role("button", name="Déplier les réponses").click()
    expect(reply).to_be_visible()


def test_a_step_unfolds_what_holds_the_hit(open_tab: Tab, place: str) -> None:
    page = open_tab()
    page.goto(f"{place}/article/long?q=mot+de+passe&at=comment-69")
    page.locator("#comment-69").scroll_into_view_if_needed()
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    page.get_by_role("button", name="Replier les réponses").click()
    expect(page.locator("#comment-3")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("#comment-3 .hit").first).to_be_in_viewport()


def test_a_passage_is_quoted(browser: Browser, place: str) -> None:
    context = browser.new_context(locale="fr-FR")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=place)
    page = context.new_page()
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    page.locator("#comment-3 > .comment .quote").click()
    expect(page.locator("#comment-3 > .comment .quote")).to_have_text("Copié")
    text, credit, source, here = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert text.startswith("«\xa0Le mot de passe est ici, pas le passe. Du texte.")
    assert text.endswith("Du texte.\xa0»")
    assert credit.startswith(f"{RTL}, 4\xa0décembre 2024")
    assert credit.endswith("commentaire de «\xa0Un fil sans fin\xa0»")
    assert source == "https://demo.example/long#3"
    assert here == f"{place}/article/long?at=comment-3#comment-3"
    page.goto(here)
    expect(page.locator("#comment-3")).to_be_in_viewport()
    # what is selected in it, alone
    page.evaluate(
        """() => {
          const text = document.querySelector("#comment-3 .words").firstChild;
          getSelection().setBaseAndExtent(text, 3, text, 15);
        }"""
    )
    page.locator("#comment-3 > .comment .quote").click()
    expect(page.locator("#comment-3 > .comment .quote")).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()").startswith("«\xa0mot de passe\xa0»\n")
    # a section is its authors'
    page.goto(f"{place}/article/long")
    page.locator("#section-1 .quote").click()
    expect(page.locator("#section-1 .quote")).to_have_text("Copié")
    told = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert told[:2] == ["«\xa0Une section, sans rien.", "Fin.\xa0»"]
    assert "Noémie Vasseur" in told[2]
    context.close()


@pytest.mark.parametrize("copied", [True, False])
def test_a_passage_is_quoted_without_the_clipboard(open_tab: Tab, place: str, copied: bool) -> None:
    """A page that is not served over https has no clipboard to write to."""
    page = open_tab()
    page.add_init_script(
        f"""Object.defineProperty(navigator, "clipboard", {{ value: undefined }});
        document.execCommand = () => {str(copied).lower()};"""
    )
    page.goto(f"{place}/article/long")
    page.locator("#comment-1 > .comment .quote").click()
    if copied:
        expect(page.locator("#comment-1 > .comment .quote")).to_have_text("Copié")
        return
    shown = page.get_by_role("dialog", name="À copier")
    expect(shown.locator("textarea")).to_be_focused()
    assert "comment-1" in shown.locator("textarea").input_value()
    shown.get_by_role("button", name="Fermer").click()
    expect(shown).to_have_count(0)


def test_the_thread_is_beside_the_article_on_a_wide_screen(open_tab: Tab, place: str) -> None:
    page = open_tab(viewport={"width": 1600, "height": 900})
    page.goto(f"{place}/article/long")
    article, thread = page.locator(".text").bounding_box(), page.locator(".thread").bounding_box()
    assert article is not None
    assert thread is not None
    assert thread["x"] >= article["x"] + article["width"]
    assert abs(thread["y"] - article["y"]) < 60
    page.evaluate("scrollTo(0, 20000)")
    expect(page.locator(".text h1")).to_be_in_viewport()
    page.set_viewport_size({"width": 1000, "height": 900})
    below = page.locator(".thread").bounding_box()
    text = page.locator(".text").bounding_box()
    assert below is not None
    assert text is not None
    assert below["y"] >= text["y"] + text["height"]


def test_paper_bears_the_address_and_the_day(open_tab: Tab, place: str) -> None:
    page = open_tab()
    page.emulate_media(media="print")
    for path in ("/search?q=mot+de+passe&sort=newest", "/article/long?q=mot+de+passe&start=0"):
        page.goto(place + path)
        printed = page.locator(".printed")
        expect(printed).to_be_visible()
        expect(printed).to_contain_text(place + path)
        expect(printed).to_contain_text(re.compile(r"Imprimé le \d+(er)?\xa0\w+ \d{4}"))
    page.evaluate("for (const one of document.querySelectorAll('.replies')) one.open = false")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".replies:not([open])").count() == 0
    for name in (".rail", ".quote", ".fold", ".steps"):
        hidden = page.locator(name).all()
        assert hidden, name
        for one in hidden:
            expect(one).to_be_hidden()


STATES = {
    "part": "/article/long?q=mot+de+passe&start=0#occ-1",
    "stray": "/article/long?q=mot+de+passe&start=0#occ-3",
    "found": "/article/long?q=mot+de+passe&show=found",
    "best": "/article/long?q=rien",
    "newest": "/article/long?sort=newest",
    "none": "/article/long?q=zzyzx",
    "plain": "/article/long",
    "results": "/search?q=mot+de+passe",
    "title": "/search?q=titre:fil",
}
LIGHTS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_tab: Tab, place: str, state: str, light: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800}, **LIGHTS[light])
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(place + STATES[state])
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []


@pytest.mark.parametrize("width", [320, 360, 640, 1280, 1344, 1600, 2200])
def test_nothing_is_wider_than_the_screen(open_tab: Tab, place: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state, path in STATES.items():
        page.goto(place + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_point_ends_or_begins_a_line_of_facts(open_tab: Tab, place: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    seen = 0
    for state in ("part", "results"):
        page.goto(place + STATES[state])
        lines = page.evaluate(
            """() => [...document.querySelectorAll(".facts, .points")].map((facts) => {
              const left = facts.getBoundingClientRect().left;
              const cut = parseFloat(getComputedStyle(facts).clipPath.match(/\\S+(?=\\))/)[0]);
              const shown = [...facts.children].filter((one) => one.getClientRects().length);
              return shown.map((one) => ({
                starts: one.getBoundingClientRect().left <= left + 1,
                after: getComputedStyle(one, "::after").content.includes("·"),
                point: parseFloat(getComputedStyle(one, "::before").width), cut,
              }));
            })"""
        )
        for facts in lines:
            for fact in facts:
                seen += fact["starts"]
                assert not fact["after"]
                # the point is in the middle of its place, which the cut leaves less than a third of
                assert fact["point"] * 2 / 3 < fact["cut"] < fact["point"]
            assert not facts or facts[0]["starts"]
    assert seen > 1


def test_a_fact_of_several_lines_is_whole(open_tab: Tab, place: str) -> None:
    """What begins a line is cut off: a point, never a letter."""
    page = open_tab(viewport={"width": 360, "height": 800})
    page.goto(f"{place}/article/long?q=mot+de+passe&start=0")
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".facts, .points")].map((facts) => {
          const [fact] = facts.children;
          fact.append(" et la suite".repeat(20));
          const text = document.createRange();
          text.selectNodeContents(fact.lastChild);
          const cut = parseFloat(getComputedStyle(facts).clipPath.match(/\\S+(?=\\))/)[0]);
          const edge = facts.getBoundingClientRect().left + cut;
          return [...text.getClientRects()].map((line) => line.left - edge);
        })"""
    )
    assert max(map(len, lines)) > 2
    assert min(left for fact in lines for left in fact) >= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_tabs_hold_four_figures_on_a_line(open_tab: Tab, place: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state in ("results", "found"):
        page.goto(place + STATES[state])
        page.evaluate(
            """() => {
              for (const one of document.querySelectorAll(".choose .count"))
                one.textContent = "9\\u202f888";
            }"""
        )
        every = page.locator(".choose .tabs").all()
        assert every, state
        for tabs in every:
            lines = {box["y"] for link in tabs.locator("a").all() if (box := link.bounding_box())}
            assert len(lines) == 1, (state, lines)
        if width > 1000:
            places = {box["y"] for one in page.locator(".listing .tabs").all()
                      if (box := one.bounding_box())}  # fmt: skip
            assert len(places) <= 1


@pytest.mark.parametrize("width", [360, 1280, 1600])
def test_targets_are_large_enough(open_tab: Tab, place: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state in ("part", "found", "newest", "results"):
        page.goto(place + STATES[state])
        small = page.evaluate(
            """() => [...document.querySelectorAll("main a, main button, main summary, main input")]
              .filter((one) => one.getClientRects().length && !one.closest(".turns, svg"))
              .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
              .filter(([, box]) => box.height < 23.9 || box.width < 23.9)
              .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
        )
        assert small == [], state
