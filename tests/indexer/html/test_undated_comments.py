"""Are comments without dates read, where the page names them and tells no number?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article.model import Article
from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

SAID = (
    ("Zoé", "Cette passerelle aurait dû être repeinte il y a dix ans."),
    ("Yann", "Et les vélos, ils passent par où maintenant ?"),
)
TEXT = f"<p>{'La ville a fermé la passerelle, dont les câbles sont rongés. ' * 6}</p>"


def page_of(comments: str) -> HtmlPage:
    markup = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        f" content=article></head><body><article><h1>La passerelle</h1>{TEXT}{comments}"
        "</article></body></html>"
    )
    return read_html(markup.encode(), Capture(date(2024, 3, 10)))


def article_of(comments: str) -> Article:
    article = page_of(comments).article
    assert article is not None
    return article


def written(form: str) -> str:
    return "".join(form.format(a=name, w=words) for name, words in SAID)


READ = {
    "under a heading": "<h2>Commentaires</h2>" + written("<p><b>{a}</b><br>{w}</p>"),
    "in a line": "<h3>Vos commentaires</h3>" + written("<p><b>{a}</b> : {w}</p>"),
    "named, headed": "<div id=comments><h3>Commentaires</h3>"
    + written("<div class=comment><strong>{a}</strong><p>{w}</p></div>")
    + "</div>",
    "named alone": "<div class=writebacks>" + written("<p><b>{a}</b> {w}</p>") + "</div>",
}


@pytest.mark.parametrize("place", READ)
def test_names_and_words_under_the_name_of_comments_are_comments(place: str) -> None:
    page = page_of(READ[place])
    assert page.article is not None
    assert [(comment.author, comment.text) for comment in page.article.comments] == list(SAID)
    assert "Yann" not in " ".join(section.text for section in page.article.sections)
    # what no number confirms is told
    assert "comments" in {remark.kind for remark in page.report.remarks}


ARTICLE_S = {
    "reactions": "<h2>Réactions</h2>" + written("<p><b>{a}</b> : {w}</p>"),
    "answers": "<h2>Réponses</h2>" + written("<p><b>{a}</b> : {w}</p>"),
    "questions": "<h2>Trois questions</h2>" + written("<p><b>{a}</b> : {w}</p>"),
    "one line": "<h2>Commentaires</h2><p>Vous devez vous connecter pour commenter.</p>",
}


@pytest.mark.parametrize("place", ARTICLE_S)
def test_what_an_article_quotes_stays_its_text(place: str) -> None:
    assert article_of(ARTICLE_S[place]).comments == ()


NOTICES = (
    "Edited by Zoé on 3 mars 2024",
    "Last edited by Zoé on March 3, 2024, 10:00 am",
    "Last edited: Mar 3, 2024",
    "Last edit: 3 March 2024",
    "This post was edited by Zoé on Mar 3, 2024",
    "Modifié par Zoé le 3 mars 2024",
    "Dernière modification par Zoé (03/03/2024 10:00)",
    "modifié il y a 2 jours",
)
DATED = (
    "<div id=comments><h2>2 commentaires</h2><div><b>Zoé</b> <i>2 mars 2024</i><p>Bravo à tous."
    "</p><p>{}</p><p>Zoé, de Sora</p></div><div><b>Yann</b> <i>3 mars 2024</i><p>Merci bien.</p>"
    "</div></div>"
)


@pytest.mark.parametrize("notice", NOTICES)
def test_a_line_of_an_edit_is_nobody_s_words_above_a_signature_too(notice: str) -> None:
    comment = article_of(DATED.format(notice)).comments[0]
    assert (comment.text, comment.edited) == ("Bravo à tous.\nZoé, de Sora", True)


@pytest.mark.parametrize("words", ["EDIT : finalement non", "Modifié : il est rouillé"])
def test_what_an_author_says_of_an_edit_stays(words: str) -> None:
    comment = article_of(DATED.format(words)).comments[0]
    assert (comment.text, comment.edited) == (f"Bravo à tous.\n{words}\nZoé, de Sora", False)
