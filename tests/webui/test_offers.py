"""Is what is offered while one types an offer, and never a substitute?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

Tab = Callable[..., Page]
KINDS = ("words", "titles", "commenters", "values")


def offered(client: FlaskClient, typed: str) -> dict[str, list[str]]:
    said = client.get("/complete.json", query_string={"q": typed}).get_json()
    assert said["typed"] == typed
    return {kind: [one["text"] for one in said[kind]] for kind in KINDS}


def test_words_titles_and_commenters(client: FlaskClient) -> None:
    title = "Sora : des artistes dénoncent un « travail gratuit »"
    found = offered(client, "artis")
    assert found["words"] == ["artistes"]
    assert found["titles"] == [title]
    assert offered(client, "des art")["titles"] == [title]
    assert offered(client, "denoncent sor")["titles"] == [title]
    assert offered(client, "zzyzx sor")["titles"] == []
    assert offered(client, "zo")["commenters"] == ["Zoé"]
    assert offered(client, "nda ZO")["commenters"] == ["Zoé"]


def test_a_name_that_is_asked_is_completed_alone(client: FlaskClient) -> None:
    for typed in ("@zo", "nda @zo", "pseudo:zo", "nda pseudo:Zo"):
        said = client.get("/complete.json", query_string={"q": typed}).get_json()
        assert (said["words"], said["titles"]) == ([], [])
        before = "nda " if typed.startswith("nda") else ""
        assert [one["question"] for one in said["commenters"]] == [f"{before}pseudo:Zoé"]
        found = client.get(said["commenters"][0]["url"].replace("/search", "/search.json"))
        assert found.get_json()["totals"]["passages"] > 0


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("nda dans:c", "values", "commentaires"),
        ("dans:", "values", "article"),
        ("pseudo:zoee", "commenters", "Zoé"),
        ("@zo", "commenters", "Zoé"),
        ("travail gra", "words", "travail gratuit"),
        ("travail g", "words", "travail gratuit"),
    ],
)
def test_values_and_expressions(client: FlaskClient, typed: str, kind: str, text: str) -> None:
    assert text in offered(client, typed)[kind]


@pytest.mark.parametrize(
    "typed",
    ["artis", "zzyzx art", "zzyzx @zo", "dans:", "est:", "a:", "zzyzx dans:", "auteur:",
     "rubrique:", "travail g", "@z", "article:d", "date:20"],
)  # fmt: skip
def test_nothing_is_offered_that_finds_nothing(client: FlaskClient, typed: str) -> None:
    said = client.get("/complete.json", query_string={"q": typed}).get_json()
    for one in (*said["words"], *said["commenters"], *said["values"]):
        asked = one.get("question", one["text"])
        found = client.get("/search.json", query_string={"q": asked}).get_json()
        assert found["totals"]["passages"] > 0, asked


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "artistes ", "@", "\0", '"', "é" * 5000, "🙂", "<b>"]
)
def test_nothing_typed_breaks_it(client: FlaskClient, typed: str) -> None:
    assert client.get("/complete.json", query_string={"q": typed}).status_code == 200
    assert client.get("/suggest.json", query_string={"q": typed}).status_code == 200


def type_in(page: Page, text: str) -> None:
    with page.expect_response(re.compile(r"/complete\.json")):
        page.get_by_role("combobox").press_sequentially(text, delay=15)
    expect(page.get_by_role("option")).not_to_have_count(0)


@pytest.mark.browser
def test_enter_sends_what_is_typed(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    type_in(page, "artist")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=artist$"))


@pytest.mark.browser
def test_arrows_go_to_an_offer_and_escape_gives_back(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    type_in(page, "artist")
    box = page.get_by_role("combobox")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_value("artistes")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_value("artist")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("e")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.press("ArrowUp")
    # the last offer is the title: it leads to its article, and the box keeps what was typed
    expect(box).to_have_value("artiste")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Sora")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/article/demo:sora"))
    page.go_back()
    box.fill("")
    type_in(page, "nda zo")
    page.get_by_role("option", name="Zoé").click()
    expect(page).to_have_url(re.compile(r"\?q=nda\+pseudo%3AZo%C3%A9$"))


@pytest.mark.browser
def test_leaving_the_box_closes_the_list(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    type_in(page, "artist")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Chercher")).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize(
    "light",
    [{}, {"color_scheme": "dark"}, {"forced_colors": "active"},
     {"viewport": {"width": 320, "height": 700}}],
)  # fmt: skip
def test_axe_finds_nothing_in_the_open_list(
    open_tab: Tab, address: str, light: dict[str, object]
) -> None:
    page = open_tab(**light)
    page.goto(address)
    type_in(page, "artist")
    page.keyboard.press("ArrowDown")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.browser
def test_hostile_words_are_offered_as_text(open_tab: Tab, address: str) -> None:
    page = open_tab()
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.goto(address)
    type_in(page, "script")
    expect(page.get_by_role("option").filter(has_text="<script>alert(1)").first).to_be_visible()
    assert page.locator("[role=listbox] script, [role=listbox] img").count() == 0
    assert ran == []
