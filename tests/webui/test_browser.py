"""Does it work in a real browser, with and without scripts, at every width and in every light?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, Request, expect

from index.record import About, Record
from tests.webui.conftest import KeptTab
from webui.addresses.links import original

pytestmark = pytest.mark.browser

Tab = Callable[..., Page]

STATES = {
    "home": "/",
    "blank": "/search",
    "results": "/search?q=artistes -openai",
    "notices": "/search?q=le foo:artistes",
    "partial": "/search?q=avocat pagination",
    "marked heading": "/search?q=red teams",
    "pages": "/search?q=pagination&size=5&page=3&category=Droit",
    "nothing": "/search?q=zzyzx&category=IA",
    "hostile": "/search?q=hostile",
    "a month": "/search?q=artistes&from=2024-12&to=2024-12&commenter=Zo%C3%A9&commenter=Personne",
    "values": "/values?q=-zzyzx&facet=commenter&contains=a&commenter=Max",
    "all values": "/values?q=pagination",
    "no values": "/values?q=zzyzx&contains=x",
    "timeline": "/timeline?q=pagination",
    "compared": "/timeline?q=pagination&compare=num%C3%A9ro&share=yes",
    "no timeline": "/timeline?q=zzyzx",
    "article": "/article/demo:sora?q=artistes#occ-3",
    "whole article": "/article/demo:sora",
    "hostile article": "/article/demo:%22%3E%3Cscript%3Ex?q=hostile",
    "states": "/search?q=nda est:modifié",
    "period": "/search?q=artistes&from=début décembre 2024&to=hier",
    "state gone": "/search?q=pagination&page=2&state=1-00000000",
    "syntax": "/syntax",
    "api": "/api",
    "status": "/status",
    "problem": "/search?page=0",
    "missing": "/nope",
}
LIGHTS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    # as 1280 pixels are at 400 %
    "narrow": {"viewport": {"width": 320, "height": 256}},
    "no script": {},
}


def link_to(text: str, word: str) -> str:
    """The end of the address that leads to a word of a passage on its own site."""
    start = text.index(word)
    record = Record(
        "a#comment-1", "comment", About("a", "A"), 1, text=text, url="https://a.example/"
    )
    address = original(record, ((start, start + len(word)),))
    assert address is not None
    return address.removeprefix("https://a.example/")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_typed_is_a_mark_seen(open_tab: Tab, address: str, scripts: bool) -> None:
    page = open_tab(java_script_enabled=scripts)
    page.goto(address)
    page.get_by_label("Chercher dans les articles et les commentaires").fill("travail gratuit")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=travail\+gratuit$"))
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Résultats pour «\xa0travail gratuit\xa0»")
    expect(page.get_by_role("status")).to_contain_text("1 article, 2 passages")
    expect(page.locator("blockquote mark")).to_have_text(["travail", "gratuit"])
    page.locator(".kind a", has_text="Section").click()
    expect(page).to_have_url(re.compile(r"/article/demo:sora\?q=travail\+gratuit#section-2$"))
    expect(page.locator("#section-2 mark").first).to_be_in_viewport()


def test_no_script_needed_to_filter_and_go_back(open_tab: Tab, address: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{address}/search?q=pagination")
    page.get_by_role("link", name="Droit", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("15 articles")
    page.get_by_role("link", name="Retirer le filtre").click()
    expect(page.get_by_role("status")).to_contain_text("31 articles")
    page.get_by_role("textbox", name="Du").fill("2024-06")
    page.get_by_role("button", name="Appliquer").click()
    expect(page).to_have_url(re.compile("from=2024-06&to=$"))


def test_results_are_gone_back_to_with_their_filters(open_tab: Tab, address: str) -> None:
    page = open_tab()
    results = f"{address}/search?q=artistes&in=comments&sort=oldest"
    back = page.get_by_role("link", name="Résultats", exact=True)
    page.goto(results)
    page.locator(".result h3 a").click()
    expect(back).to_have_attribute("href", results)
    # elsewhere in the article, with the same question
    page.get_by_role("link", name="Récents d’abord").click()
    page.wait_for_url(re.compile("sort=newest"))
    expect(back).to_have_attribute("href", results)
    # another question has results of its own
    page.goto(f"{address}/article/demo:sora?q=avocat")
    expect(back).to_have_attribute("href", "/search?q=avocat")


def test_no_script_needed_to_choose_several_values(open_tab: Tab, address: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{address}/values?q=artistes&facet=commenter")
    page.get_by_label("Zoé").check()
    page.get_by_label("Dont le nom contient").fill("LE")
    page.keyboard.press("Enter")
    # what was ticked stays ticked while the list is filtered
    expect(page.get_by_role("group", name="Choisis").get_by_label("Zoé")).to_be_checked()
    page.get_by_label("Léa").check()
    page.get_by_role("button", name="Voir les résultats").first.click()
    expect(page.get_by_role("status")).to_contain_text("3 passages")
    chosen_values = page.locator(".facet [aria-current]")
    expect(chosen_values).to_have_text([re.compile("^Zoé"), re.compile("^Léa")])
    chosen_values.first.click()
    expect(page.get_by_role("status")).to_contain_text("1 passage")


def test_no_script_needed_to_follow(open_tab: Tab, address: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{address}/search?q=l’avocat&sort=newest")
    page.get_by_text("Suivre cette recherche").click()
    feed = page.get_by_label("L’adresse à garder").input_value()
    assert feed == f"{address}/search.atom?q=l%E2%80%99avocat"
    assert page.request.get(feed).headers["content-type"].startswith("application/atom+xml")
    line = page.get_by_label("Ou, sur la machine").input_value()
    assert line == f"glose alert '{address}/search?q=l%E2%80%99avocat'"


def test_the_picture_is_read_without_a_mouse(open_tab: Tab, address: str) -> None:
    """Words of a scale and of bars do not cover one another, at the size they are drawn."""
    page = open_tab(viewport={"width": 1280, "height": 900}, java_script_enabled=True)
    for state in ("timeline", "compared", "pages", "a month"):
        page.goto(address + STATES[state])
        boxes = [text.bounding_box() for text in page.locator("svg.timeline text").all()]
        assert len(boxes) > 3, state
        for place, first in enumerate(boxes):
            for second in boxes[place + 1 :]:
                assert first is not None
                assert second is not None
                sentence = (
                    first["x"] + first["width"] <= second["x"] + 1
                    or second["x"] + second["width"] <= first["x"] + 1
                    or first["y"] + first["height"] <= second["y"] + 4
                    or second["y"] + second["height"] <= first["y"] + 4
                )
                assert sentence, (state, first, second)


def test_the_keyboard_alone(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(f"{address}/search?q=pagination")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".result h3 a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".result h3 a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("/sj")
    assert page.locator("#q").input_value().endswith("/sj")
    page.goto(f"{address}/article/demo:sora?q=artistes")
    for key, number in (("n", 1), ("n", 2), ("n", 3), ("p", 2)):
        page.keyboard.press(key)
        expect(page.locator(f"#occ-{number}")).to_be_in_viewport()
        assert page.url.endswith(f"#occ-{number}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Fermer")).to_be_focused()
    page.get_by_role("button", name="Désactiver les raccourcis clavier").click()
    page.get_by_role("button", name="Fermer").click()
    page.reload()
    page.keyboard.press("s")
    expect(page.locator("#q")).not_to_be_focused()


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(kept_tab: KeptTab, address: str, state: str, light: str) -> None:
    page, complaints = kept_tab(**LIGHTS[light])
    if light == "no script":
        # axe is a script itself: those of the page are what is left out
        page.route("**/static/*.js*", lambda route: route.fulfill(body=""))
    page.goto(address + STATES[state])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()
    assert [text for text in complaints if "400" not in text and "404" not in text] == []


@pytest.mark.parametrize("width", [320, 640, 1280, 2200])
def test_nothing_is_wider_than_the_screen(open_tab: Tab, address: str, width: int) -> None:
    page = open_tab(viewport={"width": width, "height": 800})
    for state, path in STATES.items():
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (state, wide)


def test_a_telephone_reads_tables_and_pictures(open_tab: Tab, address: str) -> None:
    page = open_tab(viewport={"width": 360, "height": 780})
    page.goto(f"{address}/api")
    cut = "table => table.offsetWidth > table.parentElement.clientWidth"
    assert page.locator(".wide table").first.evaluate(cut) is False
    page.goto(f"{address}/timeline?q=pagination")
    heights = "texts => texts.map(text => text.getBoundingClientRect().height)"
    assert min(page.locator(".timeline text").evaluate_all(heights)) >= 11


def test_targets_are_large_enough(open_tab: Tab, address: str) -> None:
    page = open_tab(viewport={"width": 360, "height": 800})
    page.goto(address + STATES["pages"])
    page.locator(".understood summary").click()
    for name in (
        ".field button",
        ".remove",
        ".pagination li a",
        ".tabs a",
        "footer a",
        ".follow summary",
    ):
        targets = page.locator(name).all()
        assert targets, name
        for target in targets:
            size = target.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= 24, name


def test_on_paper_only_the_words_remain(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(address + STATES["results"])
    page.emulate_media(media="print")
    for name in (".top", ".filters", ".choose", "footer"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator("blockquote").first).to_be_visible()


def test_pages_are_light(open_tab: Tab, address: str) -> None:
    page = open_tab()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(f"{address}/search?q=pagination&size=10", wait_until="networkidle")
    assert 0 < sum(request.sizes()["responseBodySize"] for request in requests) < 60_000
    assert all(url.startswith(address) for url in sizes)
    assert sum(sizes.values()) < 90_000
    assert next(size for url, size in sizes.items() if "/search" in url) < 60_000


NARROW, FIRM, THIN = "\u202f", "\u00a0", "\u2009"
SPOKEN = {
    # a passage as its site shows it, and the word that was found in it
    "before a sign": (f"Qui garde le mot de passe{NARROW}! Personne.", "passe"),
    "between quotes": (f"Il dit «{NARROW}passe{NARROW}» et rit.", "passe"),
    "after a quote": (f"Il dit «{NARROW}passe ton chemin{NARROW}» et rit.", "passe"),
    "before a quote": (f"Il dit «{NARROW}le mot de passe{NARROW}» et rit.", "passe"),
    "two words held": (f"Le mot{NARROW}passe ici.", "mot"),
    "a number": (f"Plus de 10{NARROW}000{NARROW}abonnés partis.", "abonnés"),
    "thousands": (f"Plus de 10{NARROW}000 abonnés partis.", f"10{NARROW}000"),
    "a sign near": (f"Mot{NARROW}: passe. Fin.", "passe"),
    "a question": (f"Le mot de passe{NARROW}? Non.", "passe"),
    "a semicolon": (f"Le mot de passe{NARROW}; non.", "passe"),
    "firm before a sign": (f"Qui garde le mot de passe{FIRM}! Personne.", "passe"),
    "firm between quotes": (f"Il dit «{FIRM}passe{FIRM}» et rit.", "passe"),
    "firm and narrow": (f"Il dit «{FIRM}le passe{NARROW}» et rit.", "passe"),
    "thin": (f"Le mot de passe{THIN}! Personne.", "passe"),
    "plain": ("Le mot de passe ! Personne.", "passe"),
    "first of the text": (f"passe{NARROW}! Personne ici.", "passe"),
    "last of the text": (f"Personne ici{NARROW}: passe", "passe"),
    "with a comma": ("Un passe, un passe-partout, et puis rien.", "passe-partout"),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_a_link_to_the_source_leads_to_what_was_found(
    open_tab: Tab, name: str, tmp_path: Path
) -> None:
    """The browser scrolls to a text that it finds, and stays at the top when it finds none."""
    text, word = SPOKEN[name]
    spacer = '<p style="margin-top:5000px">'
    place = tmp_path / "page.html"
    place.write_text(f"<!doctype html><meta charset=utf-8><p>Début.{spacer}{text}", "utf-8")
    page = open_tab()
    page.goto(place.as_uri() + link_to(text, word))
    page.wait_for_function("window.scrollY > 3000")


def test_filters_on_a_phone_are_above_the_results(open_tab: Tab, address: str) -> None:
    page = open_tab(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto(f"{address}/search?q=pagination")
    panel, results = page.locator("#filtres"), page.locator("#resultats")
    expect(panel).to_be_hidden()
    page.get_by_role("link", name="Filtres", exact=True).click()
    expect(panel).to_be_visible()
    first, second = panel.bounding_box(), results.bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] < second["y"]
    for link in panel.locator(".facet a").all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 24
    page.get_by_role("link", name="Fermer les filtres").click()
    expect(panel).to_be_hidden()
