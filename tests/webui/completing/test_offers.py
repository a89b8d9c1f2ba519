"""Is what is offered while one types an offer, and never a substitute?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import flask
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Request, Route, expect

from index.engines import Engine, Reader
from index.record import About, Record
from tests.index.engines.test_trips import Distant
from webui.completing import completions as completing
from webui.completing import word_completions

NOW = dt.datetime(2024, 12, 5, 12, tzinfo=dt.UTC)

Tab = Callable[..., Page]
KINDS = ("words", "titles", "commenters", "values", "passages")


def offers_by_kind(client: FlaskClient, typed: str) -> dict[str, list[str]]:
    body = client.get("/complete.json", query_string={"q": typed}).get_json()
    assert body["typed"] == typed
    return {kind: [offer["text"] for offer in body[kind]] for kind in KINDS}


def test_words_titles_and_commenters(client: FlaskClient) -> None:
    title = "Sora : des artistes dénoncent un « travail gratuit »"
    offers = offers_by_kind(client, "artis")
    assert offers["words"] == ["artistes"]
    assert offers["titles"] == [title]
    assert offers_by_kind(client, "des art")["titles"] == [title]
    assert offers_by_kind(client, "denoncent sor")["titles"] == [title]
    assert offers_by_kind(client, "zzyzx sor")["titles"] == []
    assert offers_by_kind(client, "zo")["commenters"] == ["Zoé"]
    assert offers_by_kind(client, "nda ZO")["commenters"] == ["Zoé"]


def test_a_name_that_is_asked_is_completed_alone(client: FlaskClient) -> None:
    for typed in ("@zo", "nda @zo", "pseudo:zo", "nda pseudo:Zo"):
        body = client.get("/complete.json", query_string={"q": typed}).get_json()
        assert (body["words"], body["titles"]) == ([], [])
        before = "nda " if typed.startswith("nda") else ""
        assert [commenter["question"] for commenter in body["commenters"]] == [
            f"{before}pseudo:Zoé"
        ]
        response = client.get(body["commenters"][0]["url"].replace("/search", "/search.json"))
        assert response.get_json()["totals"]["passages"] > 0


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
    assert text in offers_by_kind(client, typed)[kind]


@pytest.mark.parametrize(
    "typed",
    ["artis", "zzyzx art", "zzyzx @zo", "dans:", "est:", "a:", "zzyzx dans:", "auteur:",
     "rubrique:", "travail g", "@z", "article:d", "date:20"],
)  # fmt: skip
def test_nothing_is_offered_that_finds_nothing(client: FlaskClient, typed: str) -> None:
    body = client.get("/complete.json", query_string={"q": typed}).get_json()
    for offer in (*body["words"], *body["commenters"], *body["values"]):
        question = offer.get("question", offer["text"])
        answer = client.get("/search.json", query_string={"q": question}).get_json()
        assert answer["totals"]["passages"] > 0, question


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nda", ["NDA"]),
        ("avocat art", ["avocat", "artistes"]),
        ("travail gra", ["travail", "gratuit"]),
        ("avocat artistes", ["avocat", "artistes"]),
        ('"travail gratuit"', ["travail gratuit"]),
    ],
)
def test_the_first_passages_are_shown_with_their_marks(
    client: FlaskClient, typed: str, expected: list[str]
) -> None:
    body = client.get("/complete.json", query_string={"q": typed}).get_json()
    first = body["passages"][0]
    assert [first["text"][a:b] for a, b in first["marks"]] == expected
    assert first["url"].startswith("/article/demo:sora?q=")
    assert client.get(first["url"]).status_code == 200


@pytest.mark.parametrize("typed", ["zzyzx", "zzyzx nda", "ab", "-nda", "le de la", "nda SAUF"])
def test_passages_are_those_of_the_question(client: FlaskClient, typed: str) -> None:
    body = client.get("/complete.json", query_string={"q": typed}).get_json()
    query = {"q": typed, "group": "none", "size": 3}
    answer = client.get("/search.json", query_string=query).get_json()
    full = [passage["url"] for group in answer["results"] for passage in group["passages"]
            if not passage["partial"]]  # fmt: skip
    addresses = [passage["url"] for passage in body["passages"]]
    assert addresses in ([], full)


def test_of_a_singular_and_its_plural_one_is_offered(app_of: Callable[..., flask.Flask]) -> None:
    about = About("demo:z", "Zibelines")
    texts = ["Une zibeline.", "Deux zibelines.", "Des zibelines, une zibeluche.", "Zibelines !"]
    records = [
        Record(f"demo:z#{n}", "section", about, n, "", text, anchor=f"s{n}")
        for n, text in enumerate(texts)
    ]
    client = app_of(records).test_client()
    assert offers_by_kind(client, "zibel")["words"] == ["zibelines", "zibeluche"]
    assert client.get("/suggest.json?q=zibel").get_json(force=True)[1] == ["zibelines", "zibeluche"]


def test_a_compound_is_completed_with_what_follows_in_texts(
    app_of: Callable[..., flask.Flask],
) -> None:
    """« arc-en » goes on as the texts do, and no other word of a passage makes a compound."""
    about = About("demo:z", "Ciels")
    texts = ["Un arc entre deux enfants.", "Ma grand-mère, cet enfant."]
    records = [
        Record(f"demo:z#{n}", "section", about, n, "", text, anchor=f"s{n}")
        for n, text in enumerate(texts)
    ]
    client = app_of(records).test_client()
    assert client.get("/suggest.json?q=arc-enf").get_json(force=True)[1] == []
    assert client.get("/suggest.json?q=grand-m").get_json(force=True)[1] == ["grand-mère"]


class Counting:
    """A reader that counts what an engine searches, however it is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.distant = reader.distant
        self.searches = 0
        self.lookups = 0

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._reader, name)

        def count_and_call(*arguments: Any, **options: Any) -> Any:
            if name == "look":
                [look] = arguments
                self.searches += len(look.totals) + len(look.samples) + len(look.latest)
            elif name in ("search", "page"):
                self.searches += 1
            else:
                self.lookups += 1
            return value(*arguments, **options)

        return count_and_call if callable(value) else value


@pytest.mark.parametrize(
    "typed",
    ["so", "sora art", "artistes d", "auteur:", "rubrique:", "@z", "dans:", '"travail g',
     "le de la et", "sora OU nda SAUF art", "a* b* c* d* e*", "mot " * 200 + "so", "s" * 5000,
     "artistes (sora OU (nda OU red)) PRES/5 te"],
)  # fmt: skip
def test_a_key_costs_a_bounded_number_of_searches(engine: Engine, typed: str) -> None:
    reader: Any = Counting(engine.reader())
    completing.complete(reader, typed, now=NOW)
    assert reader.searches <= 30
    # the forms of a prefix are bounded, and so are the words of a question
    assert reader.lookups <= 5_000


@pytest.mark.parametrize(
    "typed",
    ["so", "sora art", "artistes d", "le travail g", '"travail g', "auteur:", "rubrique:", "@z",
     "pseudo:zo", "dans:", "sora OU nda SAUF art", "artistes (sora OU (nda OU red)) PRES/5 te",
     "xyzq art", ""],
)  # fmt: skip
def test_a_key_takes_few_trips_to_an_engine_that_is_far(engine: Engine, typed: str) -> None:
    reader = engine.reader()
    distant: Any = Distant(reader)
    assert completing.complete(distant, typed, now=NOW) == completing.complete(
        reader, typed, now=NOW
    )
    assert len(distant.trips) <= 5, distant.trips
    distant.trips.clear()
    assert word_completions.complete_words(distant, typed) == word_completions.complete_words(
        reader, typed
    )
    assert len(distant.trips) <= 3, distant.trips


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
def test_typing_on_gives_up_what_was_asked(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    given_up: list[str] = []
    page.on("requestfailed", lambda request: given_up.append(request.url))
    routes: list[Route] = []
    page.route("**/complete.json?q=art", lambda route: routes.append(route))
    box = page.get_by_role("combobox")
    with page.expect_request(re.compile(r"q=art$")):
        box.press_sequentially("art")
    with page.expect_response(re.compile(r"q=artis$")):
        box.press_sequentially("is")
    expect(page.get_by_role("option").first).to_have_text("artistes")
    assert "q=art" in [url.rpartition("?")[2] for url in given_up]


@pytest.mark.browser
def test_a_late_answer_leaves_the_list_to_who_walks_it(open_tab: Tab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    type_in(page, "arti")
    routes: list[Route] = []
    page.route("**/complete.json?q=artis", lambda route: routes.append(route))
    with page.expect_request(re.compile(r"q=artis$")):
        page.keyboard.press("s")
    before = page.get_by_role("option").all_text_contents()
    with page.expect_event("requestfailed", lambda request: request.url.endswith("q=artis")):
        page.keyboard.press("ArrowDown")
    late_answer = {"typed": "artis", **{kind: [] for kind in KINDS}, "words": [{"text": "artisan"}]}
    routes[0].fulfill(json=late_answer)
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option").all_text_contents() == before
    expect(page.get_by_role("option", selected=True)).to_have_text(before[1])


@pytest.mark.browser
def test_a_passage_is_shown_marked_and_leads_to_itself(open_tab: Tab, address: str) -> None:
    page = open_tab(viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto(address)
    type_in(page, "avocat art")
    passages = page.get_by_role("group", name="Premiers passages").get_by_role("option")
    expect(passages.first.locator("mark")).to_have_text(["avocat", "artistes"])
    expect(passages.first).to_contain_text("Commentaire de Zoé")
    expect(passages.first).to_have_attribute("aria-selected", "false")
    box = passages.first.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    passages.first.tap()
    page.wait_for_url(re.compile(r"/article/demo:sora\?q=avocat\+art#comment-17"))


@pytest.mark.browser
def test_without_script_nothing_is_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.goto(address)
    page.get_by_role("searchbox").press_sequentially("nda")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=nda$"))
    assert not [request for request in requests if "complete" in request.url]
    context.close()


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
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    assert result.violations_count == 0, result.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.browser
def test_hostile_words_are_offered_as_text(open_tab: Tab, address: str) -> None:
    page = open_tab()
    scripts_run: list[str] = []
    page.on("dialog", lambda dialog: scripts_run.append(dialog.message))
    page.goto(address)
    type_in(page, "script")
    expect(page.get_by_role("option").filter(has_text="<script>alert(1)").first).to_be_visible()
    assert page.locator("[role=listbox] script, [role=listbox] img").count() == 0
    assert scripts_run == []
