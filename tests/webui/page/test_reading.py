"""Is an article read from hit to hit, its thread folded, its passages quoted, in a real browser?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.webui.long_thread import HOLDING, RTL

pytestmark = pytest.mark.browser

Tab = Callable[..., Page]


def bar(page: Page) -> Any:
    return page.locator(".steps")


def test_the_keys_go_from_hit_to_hit_and_from_part_to_part(open_tab: Tab, site: str) -> None:
    page = open_tab()
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
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


def test_stray_words_are_gone_through_apart(open_tab: Tab, site: str) -> None:
    page = open_tab()
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
    page.get_by_role("link", name="2 mots isolés").click()
    expect(bar(page)).to_contain_text("mot isolé 1 sur 2")
    page.keyboard.press("n")
    expect(bar(page)).to_contain_text("mot isolé 2 sur 2")
    expect(page.locator("#occ-4")).to_have_text("passe")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(bar(page)).to_contain_text("mot isolé 1 sur 2")


def test_a_link_to_what_went_away_says_so(open_tab: Tab, site: str, address: str) -> None:
    page = open_tab()
    for place in (f"{site}/article/long#comment-404", f"{address}/article/demo:sora#comment-404"):
        page.goto(place)
        expect(page.locator(".gone")).to_be_visible()
    page.evaluate("location.hash = 'comment-17'")
    expect(page.locator(".gone")).to_be_hidden()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_step_lands_at_once(open_tab: Tab, site: str, motion: Any) -> None:
    page = open_tab(reduced_motion=motion)
    page.goto(f"{site}/article/long?q=rien&start=0")
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


def test_from_hit_to_hit_without_a_script(open_tab: Tab, site: str) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
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


def test_the_rail_is_a_map_of_the_hits(open_tab: Tab, site: str) -> None:
    page = open_tab(viewport={"width": 1280, "height": 800})
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
    ticks = page.locator(".rail i")
    expect(ticks).not_to_have_count(0)
    expect(page.locator(".rail")).to_have_attribute("aria-hidden", "true")
    first_mark = page.locator(".rail i:not(.stray)").first
    box = first_mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 2, box["y"] + 1)
    expect(page.locator("#occ-1")).to_be_in_viewport()
    expect(bar(page)).to_contain_text("occurrence 1 sur 2")
    # a page with one hit, or none, has no map
    page.goto(f"{site}/article/long?q=zzyzx")
    expect(page.locator(".rail")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_replies_fold(open_tab: Tab, site: str, scripts: bool) -> None:
    page = open_tab(java_script_enabled=scripts)
    page.goto(f"{site}/article/long")
    reply = page.locator("#comment-5")
    expect(reply).to_be_visible()
    page.locator("#comment-4 > details > summary").click()
    expect(reply).to_be_hidden()
    page.locator("#comment-4 > details > summary").press("Enter")
    expect(reply).to_be_visible()
    fold_buttons = page.get_by_role("button", name="Replier les réponses")
    if not scripts:
        expect(fold_buttons).to_be_hidden()
        return
    fold_buttons.click()
    expect(reply).to_be_hidden()
    expect(page.locator("#comment-4")).to_be_visible()
    page.get_by_role("button", name="Déplier les réponses").click()
    expect(reply).to_be_visible()


def test_a_step_unfolds_what_holds_the_hit(open_tab: Tab, site: str) -> None:
    page = open_tab()
    page.goto(f"{site}/article/long?q=mot+de+passe&at=comment-69")
    page.locator("#comment-69").scroll_into_view_if_needed()
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
    page.get_by_role("button", name="Replier les réponses").click()
    expect(page.locator("#comment-3")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("#comment-3 .hit").first).to_be_in_viewport()


def test_a_comment_of_another_part_is_reached_by_its_address(open_tab: Tab, site: str) -> None:
    """Opened, or typed into the address of a page that is there already; and back."""
    page = open_tab()
    page.goto(f"{site}/article/long#comment-130")
    expect(page.locator("#comment-130")).to_be_in_viewport()
    page.evaluate("location.hash = 'comment-4'")
    expect(page.locator("#comment-4")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#comment-130")).to_be_in_viewport()
    page.goto(f"{site}/article/long?start=0#comment-%")
    expect(page.locator(".facts > .quote").first).to_be_visible()


def test_a_passage_is_quoted(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="fr-FR")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = context.new_page()
    page.goto(f"{site}/article/long?q=mot+de+passe&start=0")
    page.locator("#comment-3 > .comment .quote").click()
    expect(page.locator("#comment-3 > .comment .quote")).to_have_text("Copié")
    text, credit, source, address_quoted = page.evaluate("navigator.clipboard.readText()").split(
        "\n"
    )
    assert text.startswith("«\xa0Le mot de passe est ici, pas le passe. Du texte.")
    assert text.endswith("Du texte.\xa0»")
    assert credit.startswith(f"{RTL}, 4\xa0décembre 2024")
    assert credit.endswith("commentaire de «\xa0Un fil sans fin\xa0»")
    assert source == "https://demo.example/long#3"
    assert address_quoted == f"{site}/article/long?at=comment-3#comment-3"
    page.goto(address_quoted)
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
    page.goto(f"{site}/article/long")
    page.locator("#section-1 .quote").click()
    expect(page.locator("#section-1 .quote")).to_have_text("Copié")
    quotation = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert quotation[:2] == ["«\xa0Une section, sans rien.", "Fin.\xa0»"]
    assert "Noémie Vasseur" in quotation[2]
    context.close()


@pytest.mark.parametrize("copied", [True, False])
def test_a_passage_is_quoted_without_the_clipboard(open_tab: Tab, site: str, copied: bool) -> None:
    """A page that is not served over https has no clipboard to write to."""
    page = open_tab()
    page.add_init_script(
        f"""Object.defineProperty(navigator, "clipboard", {{ value: undefined }});
        document.execCommand = () => {str(copied).lower()};"""
    )
    page.goto(f"{site}/article/long")
    page.locator("#comment-1 > .comment .quote").click()
    if copied:
        expect(page.locator("#comment-1 > .comment .quote")).to_have_text("Copié")
        return
    dialog = page.get_by_role("dialog", name="À copier")
    expect(dialog.locator("textarea")).to_be_focused()
    assert "comment-1" in dialog.locator("textarea").input_value()
    dialog.get_by_role("button", name="Fermer").click()
    expect(dialog).to_have_count(0)


def test_the_thread_is_beside_the_article_on_a_wide_screen(open_tab: Tab, site: str) -> None:
    page = open_tab(viewport={"width": 1600, "height": 900})
    page.goto(f"{site}/article/long")
    article, thread = page.locator(".text").bounding_box(), page.locator(".thread").bounding_box()
    assert article is not None
    assert thread is not None
    assert thread["x"] >= article["x"] + article["width"]
    assert abs(thread["y"] - article["y"]) < 60
    page.evaluate("scrollTo(0, 20000)")
    expect(page.locator(".text h1")).to_be_in_viewport()
    page.set_viewport_size({"width": 1000, "height": 900})
    thread_box = page.locator(".thread").bounding_box()
    text = page.locator(".text").bounding_box()
    assert thread_box is not None
    assert text is not None
    assert thread_box["y"] >= text["y"] + text["height"]


def test_paper_says_of_what_it_holds_a_part(open_tab: Tab, site: str) -> None:
    page = open_tab()
    page.emulate_media(media="print")
    for path, name, sentence in (
        ("/search?q=mot+de+passe&group=none&size=1", ".pagination p", "Page 1 sur"),
        ("/article/long?start=0", ".aside", "Cet article est long"),
        ("/article/long?q=mot+de+passe&show=found", ".aside:not(.points)", "répond"),
    ):
        page.goto(site + path)
        expect(page.locator(name)).to_be_visible()
        expect(page.locator(name)).to_contain_text(sentence)
    page.goto(f"{site}/timeline?q=mot+de+passe")
    for colour in page.locator(".legend span").all():
        drawn = colour.evaluate("legend => getComputedStyle(legend, '::before').printColorAdjust")
        assert drawn == "exact"


def test_paper_bears_the_address_and_the_day(open_tab: Tab, site: str) -> None:
    page = open_tab()
    page.emulate_media(media="print")
    for path in (
        "/search?q=mot+de+passe&sort=newest", "/timeline?q=mot+de+passe",
        "/values?facet=commenter&q=mot+de+passe", "/article/long?q=mot+de+passe&start=0",
    ):  # fmt: skip
        page.goto(site + path)
        printed = page.locator(".printed")
        expect(printed).to_be_visible()
        expect(printed).to_contain_text(site + path)
        expect(printed).to_contain_text(re.compile(r"Imprimé le \d+(er)?\xa0\w+ \d{4}"))
    page.evaluate("for (const one of document.querySelectorAll('.replies')) one.open = false")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".replies:not([open])").count() == 0
    for name in (".rail", ".quote", ".fold", ".steps"):
        hidden = page.locator(name).all()
        assert hidden, name
        for element in hidden:
            expect(element).to_be_hidden()
