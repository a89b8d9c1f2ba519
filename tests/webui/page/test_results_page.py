"""What does a reader see after asking?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

import flask
import orjson
import pytest
from flask.testing import FlaskClient
from lxml import html

from index.record import Record
from indexer import canonical

NB = "\xa0"


def page(client: FlaskClient, address: str, **headers: str) -> html.HtmlElement:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def texts_of(elements: list[html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]


def test_the_head_of_the_results(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=artistes")
    assert results_page.get("lang") == "fr"
    assert results_page.xpath("//h1/text()") == [f"Résultats pour «{NB}artistes{NB}»"]
    [status] = texts_of(results_page.xpath("//*[@role='status']"))
    assert status == "1 article, 6 passages (3 dans les articles, 3 dans les commentaires)"
    assert results_page.xpath("string(//title)").startswith("Résultats pour")
    assert results_page.xpath("//a[@class='skip']/@href") == ["#contenu"]
    assert results_page.xpath("//label[@for='q']/text()")
    assert results_page.xpath("string(//input[@name='q']/@value)") == "artistes"


@pytest.mark.parametrize(
    ("expected", "french", "english", "cell", "precision"),
    [
        ("2023", "2023", "2023", "2023", "year"),
        ("2023-05", "mai 2023", "May 2023", "2023-05", "month"),
        ("2023-05-01", f"1er{NB}mai 2023", f"1{NB}May 2023", "2023-05-01", None),
    ],
)
def test_an_article_is_dated_as_far_as_its_source_knows(
    app_of: Callable[..., flask.Flask],
    expected: str,
    french: str,
    english: str,
    cell: str,
    precision: str | None,
) -> None:
    line = orjson.dumps(
        {"id": "a", "headline": "Le phare", "datePublished": expected, "text": "La digue."}
    )
    client = app_of(canonical.records_of(canonical.article(line))).test_client()
    for address in ("/", "/search?q=phare", "/article/a"):
        for language, day in (("fr", french), ("en", english)):
            results_page = page(client, address, **{"Accept-Language": language})
            assert texts_of(results_page.xpath("//p[@class='facts']/time")) == [
                day.replace(NB, " ")
            ]
    [result] = client.get("/search.json?q=phare").get_json()["results"]
    assert result["article"]["precision"] == precision
    head, *rows = csv.reader(io.StringIO(client.get("/search.csv?q=phare").text), delimiter=";")
    assert {row[head.index("Publié")] for row in rows} == {cell}


def test_comments_are_counted_where_there_are_some(
    client: FlaskClient, app_of: Callable[..., flask.Flask]
) -> None:
    line = orjson.dumps({"id": "a", "headline": "Le phare", "text": "La digue."})
    without = app_of(canonical.records_of(canonical.article(line))).test_client()
    for address in ("/", "/search?q=phare"):
        assert "commentaire" not in " ".join(
            texts_of(page(without, address).xpath("//p[@class='facts']"))
        )
    [facts] = texts_of(page(client, "/search?q=artistes").xpath("//p[@class='facts']"))
    assert facts.endswith(" commentaires")


@pytest.mark.parametrize("filters", ["", "&from=2024-12-02"])
def test_the_other_passages_of_an_article_are_those_within_the_filters(
    client: FlaskClient, filters: str
) -> None:
    """Its page knows of no filter: there, the whole thread would answer."""
    address = f"/search?q=artistes{filters}"
    [more_link] = page(client, address).xpath("//p[@class='more']/a")
    passages = client.get(address.replace("?", ".json?")).get_json()["totals"]["passages"]
    assert more_link.text_content() == f"{passages - 3} autres passages dans cet article"
    if not filters:
        assert more_link.get("href") == "/article/demo:sora?q=artistes"
        return
    listed = client.get(more_link.get("href").replace("?", ".json?")).get_json()
    assert listed["totals"]["passages"] == passages == 5
    assert len(listed["results"]) == 5


def test_marks_are_whole_words_with_their_accents(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=avocat")
    [quote] = results_page.xpath("//blockquote")
    assert quote.text_content() == "Le NDA interdit tout. L’avocat des artistes le dira."
    assert quote.xpath("mark/text()") == ["avocat"]
    phrase = page(client, "/search?q=%22red team%22")
    assert phrase.xpath("//blockquote/mark/text()") == ["red team"]


def test_each_passage_says_what_it_is(client: FlaskClient) -> None:
    kinds = texts_of(page(client, "/search?q=nda").xpath("//p[@class='kind']"))
    assert kinds == ["Commentaire de Max, ≈ 3 décembre 2024, modifié",
                     "Commentaire de Zoé, 1er décembre 2024"]  # fmt: skip
    english = page(client, "/search?q=nda", **{"Accept-Language": "en-GB"})
    assert texts_of(english.xpath("//p[@class='kind']"))[1] == "Comment by Zoé, 1 December 2024"
    assert texts_of(page(client, '/search?q="red teams"').xpath("//p[@class='kind']")) == [
        "Section « L’usage des « red teams » »"
    ]


def test_the_comment_it_answers_is_in_one_line(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=tient")
    assert texts_of(results_page.xpath("//p[@class='parent']")) == [
        "répond à Zoé : Le NDA interdit tout. L’avocat des artistes le dira."
    ]


def test_deep_links_land_on_the_passage_with_its_marks(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=nda")
    links = results_page.xpath("//p[@class='kind']/a/@href")
    assert len(links) == 2
    for link in links:
        address, anchor = link.split("#")
        article = page(client, address)
        [target] = article.xpath("//*[@id=$id]", id=unquote(anchor))
        own = "./article/p//mark" if target.tag == "li" else "./p//mark"
        assert target.xpath(f"{own}/text()") == ["NDA"]


def test_a_passage_more(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=artistes")
    assert texts_of(results_page.xpath("//p[@class='more']")) == [
        "3 autres passages dans cet article"
    ]


def test_each_piece_can_be_taken_out(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=artistes -openai&in=comments")
    chips = results_page.xpath("//li[contains(@class, 'chip')]")
    assert texts_of([chip.find_class("word")[0] for chip in chips]) == ["artistes", "-openai"]
    links = [chip.find_class("remove")[0].get("href") for chip in chips]
    assert links == ["/search?q=-openai&in=comments", "/search?q=artistes&in=comments"]
    for link in links:
        page(client, link)


def test_states_narrow_where_some_passages_have_them(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=nda")
    state_counts = {
        element.xpath("string(a)"): element.xpath("a/@href")[0]
        for element in results_page.xpath("//section[@class='facet'][.//h2='Seulement']//li")
    }
    assert set(state_counts) == {"les passages modifiés", "les réponses", "avec une citation"}
    assert state_counts["les passages modifiés"] == "/search?q=nda+est%3Amodifi%C3%A9"
    for href in state_counts.values():
        narrowed = page(client, href)
        assert texts_of(narrowed.xpath("//*[@role='status']"))[0].startswith("1 article, 1 passage")
        # what every passage has now is offered no more
        assert not narrowed.xpath("//h2[.='Seulement']")
        # and is taken out as any other filter
        [out] = narrowed.xpath("//ul[@class='active']//a")
        assert texts_of([out])[0].startswith("Seulement ")
        assert out.get("href") == "/search?q=nda"
    buckets = client.get("/search.json?q=nda").get_json()["facets"]["state"]
    assert {"edited", "reply", "quote"} == {bucket["value"] for bucket in buckets}


def test_the_panel_opens_when_there_is_something_to_say(client: FlaskClient) -> None:
    assert page(client, "/search?q=artistes").xpath("//details[@class='understood']/@open") == []
    # a common word set aside is no surprise
    assert page(client, "/search?q=le artistes").xpath("//details[@class='understood']/@open") == []
    for q in ("zzyzx", "foo:artistes", "le foo:artistes"):
        assert page(client, f"/search?q={q}").xpath("//details[@class='understood']/@open"), q


def test_partial_matches_are_apart(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=avocat pagination")
    [heading] = results_page.xpath("//h2[@id='partial']/text()")
    assert heading == "Passages qui contiennent une partie des mots"
    assert texts_of(results_page.xpath("//*[@role='status']"))[0].startswith("Aucun résultat")
    assert results_page.xpath("//section[@class='partial']//article")


def test_walking_the_pages_meets_each_article_once(client: FlaskClient) -> None:
    address, titles, total = "/search?q=pagination&size=7", [], None
    while address:
        results_page = page(client, address)
        titles += texts_of(results_page.xpath("//article/h3"))
        total = total or texts_of(results_page.xpath("//*[@role='status']"))[0]
        address = next(
            iter(results_page.xpath("//nav[@class='pagination']/a[@rel='next']/@href")), None
        )
    assert len(titles) == len(set(titles)) == 31
    assert total is not None
    assert total.startswith("31 articles, 31 passages")


def test_places_orders_and_filters_are_links_with_counts(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=artistes&in=comments")
    tabs = texts_of(results_page.xpath("//nav[@class='tabs'][1]//li"))
    assert tabs == ["Tout 6", "Articles 3", "Commentaires 3"]
    assert texts_of(results_page.xpath("//nav[@class='tabs'][1]//a[@aria-current]")) == [
        "Commentaires 3"
    ]
    results_page = page(client, "/search?q=pagination")
    facet = {
        " ".join(row.xpath("string(a)").split()) + ", " + row.xpath("string(*[@class='heard'])"):
        row.xpath("a/@href")[0]
        for row in results_page.xpath("//section[@class='facet']//li")
    }  # fmt: skip
    assert set(facet) == {"Sécurité, 16 articles, 16 passages", "Droit, 15 articles, 15 passages"}
    narrowed = page(client, facet["Droit, 15 articles, 15 passages"])
    assert texts_of(narrowed.xpath("//*[@role='status']"))[0].startswith("15 articles")
    [remove] = narrowed.xpath("//ul[@class='active']//a")
    assert remove.get("href") == "/search?q=pagination"
    assert "Droit" in remove.get("aria-label")


def test_a_hit_by_the_title_is_the_title(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=titre:dénoncent dans:titres")
    [lead] = results_page.xpath("//li[@class='passage lead']")
    assert texts_of(lead.xpath("p[@class='kind']")) == ["Titre"]
    [head] = lead.xpath("p[@class='head']")
    assert head.xpath("mark/text()") == ["dénoncent"]
    assert not lead.xpath("blockquote")
    own = page(client, "/search?q=lettre ouverte")
    assert texts_of(own.xpath("//li[@class='passage lead']/p[@class='kind']")) == ["Chapô"]


def test_names_are_set_apart_from_what_is_around_them(
    app_of: Callable[..., flask.Flask], sora_records: list[Record]
) -> None:
    name = "אברהם (1)"
    records = [replace(record, author=name) if record.author else record for record in sora_records]
    client = app_of(records).test_client()
    for address in ("/search?q=nda", "/article/demo:sora", "/article/demo:sora?q=nda&show=found"):
        results_page = page(client, address, **{"Accept-Language": "fr"})
        for element in results_page.xpath("//main//*[contains(text(), $name)]", name=name):
            set_apart = element.xpath("ancestor-or-self::bdi | ancestor-or-self::*[@class='facet']")
            assert set_apart, (address, element.text)
    authors = page(client, "/article/demo:sora").xpath("//*[@class='authors']/bdi/text()")
    assert authors == ["Noémie Vasseur"]


def test_the_timeline_has_bars_that_filter_and_a_table(client: FlaskClient) -> None:
    results_page = page(client, "/search?q=pagination")
    bars = results_page.xpath("//svg/a")
    table = results_page.xpath("//aside//table//tbody/tr")
    # nothing leads to a month in which nobody spoke; its place is kept
    assert [bar.get("href") for bar in bars] == [row.xpath("th/a/@href")[0] for row in table]
    assert len(results_page.xpath("//svg/a/rect[@class='press']")) == len(bars)
    assert sum(int(row.xpath("td/text()")[0]) for row in table) == 31
    for row in table[:3]:
        [link] = row.xpath("th/a/@href")
        count = row.xpath("td/text()")[0]
        [status] = texts_of(page(client, link).xpath("//*[@role='status']"))
        assert status.startswith(f"{count} article")


@pytest.mark.parametrize(
    ("address", "count"),
    [
        # neither can go alone
        ("/search?q=avocat+avant:1990&from=2025", 1),
        ("/search?q=avocat+rubrique:Droit+ET+commentaires>9999", 1),
        ("/search?q=avant:1990+ET+avocat+ET+commentaires>9999", 1),
        # the offer is there already, under the name of the piece
        ("/search?q=avocat+commentaires>9999", 0),
    ],
)
def test_filters_that_leave_nothing_can_go_together(
    client: FlaskClient, address: str, count: int
) -> None:
    offers = page(client, address).xpath("//section[@class='nothing']//li//a")
    without = [link for link in offers if texts_of([link])[0].startswith("partout, sans")]
    assert len(without) == count
    assert all(link.get("href") == "/search?q=avocat" for link in without)
    assert [link for link in offers if link.get("href") == "/search?q=avocat"]


def test_states_with_nothing_to_show(
    client: FlaskClient, app_of: Callable[..., flask.Flask]
) -> None:
    assert page(client, "/search").xpath("//h1/text()") == ["Que cherchez-vous\u202f?"]
    empty_page = page(client, "/search?q=zzyzx&category=IA")
    assert texts_of(empty_page.xpath("//*[@role='status']")) == ["Aucun résultat"]
    assert empty_page.xpath("//section[@class='nothing']/h2")
    assert empty_page.xpath("//ul[@class='active']//a/@href") == ["/search?q=zzyzx"]
    elsewhere = page(client, "/search?q=avocat&category=Droit")
    [out] = elsewhere.xpath("//section[@class='nothing']//li")
    assert texts_of([out]) == ["partout, sans les filtres 1 passage"]
    assert out.xpath("a/@href") == ["/search?q=avocat"]
    misspelt = page(client, "/search?q=artites")
    assert misspelt.xpath("//p[@class='meant']/a/@href") == ["/search?q=artistes"]
    quoted = page(client, "/search?q=«+les+artites+»")
    assert "« les artistes »" in texts_of(quoted.xpath("//p[@class='meant']/a"))
    beyond = page(client, "/search?q=artistes&page=9")
    assert texts_of(beyond.xpath("//section[@class='nothing']/h2")) == [
        "Il n’y a rien sur cette page"
    ]
    empty = page(app_of().test_client(), "/", **{"Accept-Language": "fr"})
    assert texts_of(empty.xpath("//h2"))[0] == "L’index est vide"
    assert texts_of(empty.xpath("//pre")) == ["glose index DOSSIER"]


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=%C2%AB+travail+gratuit+%C2%BB+-%22a%22", "/search?q=travail+gratuit",
     "/article/demo:sora?q=%C2%AB+travail+gratuit+%C2%BB", "/article/demo:sora?q=gratuit"],
)  # fmt: skip
def test_no_line_begins_with_a_closing_mark_nor_ends_with_an_opening(
    client: FlaskClient, address: str
) -> None:
    """Titles, excerpts, the question, whoever typed plain spaces. JSON is as written."""
    shown_page = page(client, address)
    written = "ancestor::code or ancestor::p[parent::section] or ancestor::*[@class='turns']"
    texts = shown_page.xpath(f"//main//text()[not({written})]")
    assert [text for text in texts if re.search("« | [»:;!?]", text)] == []
    assert f"«{NB}travail gratuit{NB}»" in "".join(texts)
    title = client.get("/search.json?q=gratuit").get_json()["results"][0]["article"]["title"]
    assert title == "Sora : des artistes dénoncent un « travail gratuit »"


def test_home_shows_the_latest_and_questions_that_find(client: FlaskClient) -> None:
    results_page = page(client, "/")
    assert texts_of(results_page.xpath("//p[@class='holds']"))[0].startswith(
        "L’index contient 33 articles"
    )
    assert results_page.xpath("//section[@class='latest']//h3/a/@href")[0] == "/article/demo:sora"
    for link in results_page.xpath("//section[@class='examples']//a/@href"):
        assert not texts_of(page(client, link).xpath("//*[@role='status']"))[0].startswith("Aucun")


def test_home_given_a_question_leads_to_its_results(client: FlaskClient) -> None:
    for address in ("/?q=sora", "/?q=sora&sort=newest&page=2"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/search" + address[1:])
    assert client.get("/?q=").status_code == 200


def test_other_pages_answer_in_both_languages(client: FlaskClient) -> None:
    for address in ("/", "/syntax", "/api", "/status", "/search?q=artistes", "/article/demo:sora"):
        for language in ("fr", "en"):
            answer = client.get(address, headers={"Accept-Language": language})
            assert answer.status_code == 200
            assert answer.headers["Content-Language"] == language
            assert f'<html lang="{language}">' in answer.text
            assert "Accept-Language" in answer.headers["Vary"]


def test_every_example_of_the_language_can_be_asked(client: FlaskClient) -> None:
    links = page(client, "/syntax").xpath("//tbody/tr/th/a/@href")
    assert len(links) > 20
    for link in links:
        page(client, link)
