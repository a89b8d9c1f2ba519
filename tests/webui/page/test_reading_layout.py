"""Is an article's page laid out for every width, light and finger, in a real browser?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import flask
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from index.record import About, Record
from tests.webui.conftest import KeptTab

pytestmark = pytest.mark.browser

Tab = Callable[..., Page]


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
def test_axe_finds_nothing(
    kept_tab: KeptTab, site: str, state: str, light: str, width: int
) -> None:
    page, complaints = kept_tab(viewport={"width": width, "height": 800}, **LIGHTS[light])
    page.goto(site + STATES[state])
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()
    assert complaints == []


def test_code_keeps_its_indents_and_a_table_its_columns(
    open_tab: Tab,
    app_of: Callable[..., flask.Flask],
    serve: Callable[[flask.Flask], AbstractContextManager[str]],
) -> None:
    about = About("a", "Code")
    lines = "def f():\n    return 1\n\tVille\tHabitants"
    section = Record("a#section-1", "section", about, 1, "", lines, anchor="section-1")
    comment = Record("a#comment-1", "comment", about, 2, "", lines, author="Zoé")
    with serve(app_of([section, comment])) as address:
        page = open_tab()
        page.goto(f"{address}/article/a")
        for place in (".text section p", ".words"):
            lefts = page.locator(place).evaluate_all(
                """elements => elements.map((element) => {
                    const text = element.firstChild;
                    const letter = document.createRange();
                    const first = text.data.search(/\\S/);
                    letter.setStart(text, first);
                    letter.setEnd(text, first + 1);
                    const left = (box) => box.getBoundingClientRect().left;
                    return left(letter) - left(element);
                })"""
            )
            assert lefts[0] < 1, place
            assert min(lefts[1:]) > 8, place


@pytest.mark.parametrize("width", [320, 360, 640, 1280, 1344, 1600, 2200])
def test_nothing_is_wider_than_the_screen(open_tab: Tab, site: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state, path in STATES.items():
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_point_ends_or_begins_a_line_of_facts(open_tab: Tab, site: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    fact_count = 0
    for state in ("part", "results"):
        page.goto(site + STATES[state])
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
                fact_count += fact["starts"]
                assert not fact["after"]
                # the point is in the middle of its place, which the cut leaves less than a third of
                assert fact["point"] * 2 / 3 < fact["cut"] < fact["point"]
            assert not facts or facts[0]["starts"]
    assert fact_count > 1


@pytest.mark.parametrize("width", [320, 500, 1280])
def test_no_point_stands_upon_a_word(open_tab: Tab, site: str, width: int) -> None:
    """What scripts add to a line of facts, « Citer », leaves the room of its point too."""
    page = open_tab(viewport={"width": width, "height": 800})
    for state in ("part", "results"):
        page.goto(site + STATES[state])
        facts = page.evaluate(
            """() => [...document.querySelectorAll(":is(.facts, .points) > *")].map((fact) => [
              fact.textContent,
              parseFloat(getComputedStyle(fact).paddingLeft)
                + parseFloat(getComputedStyle(fact, "::before").marginLeft),
            ])"""
        )
        assert [text for text, left in facts if left < -0.01] == []
    page.goto(site + STATES["part"])
    assert page.locator(".facts > button").count() > 1


def test_a_fact_of_several_lines_is_whole(open_tab: Tab, site: str) -> None:
    """What begins a line is cut off: a point, never a letter."""
    page = open_tab(viewport={"width": 360, "height": 800})
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
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
def test_tabs_hold_four_figures_on_a_line(open_tab: Tab, site: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state in ("results", "found"):
        page.goto(site + STATES[state])
        page.evaluate(
            """() => {
              for (const one of document.querySelectorAll(".choose .count"))
                one.textContent = "9\\u202f888";
            }"""
        )
        tab_rows = page.locator(".choose .tabs").all()
        assert tab_rows, state
        for tabs in tab_rows:
            lines = {box["y"] for link in tabs.locator("a").all() if (box := link.bounding_box())}
            assert len(lines) == 1, (state, lines)
        if width > 1000:
            places = {box["y"] for tabs in page.locator(".listing .tabs").all()
                      if (box := tabs.bounding_box())}  # fmt: skip
            assert len(places) <= 1


@pytest.mark.parametrize("width", [360, 1280, 1600])
def test_targets_are_large_enough(open_tab: Tab, site: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state in ("part", "found", "newest", "results"):
        page.goto(site + STATES[state])
        small = page.evaluate(
            """() => [...document.querySelectorAll("main a, main button, main summary, main input")]
              .filter((one) => one.getClientRects().length && !one.closest(".turns, svg"))
              .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
              .filter(([, box]) => box.height < 23.9 || box.width < 23.9)
              .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
        )
        assert small == [], state
