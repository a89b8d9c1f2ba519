"""What do pages say that are laid out nearly as those that are known: other papers and themes?

Layouts seen on newspapers of Belgium (RTBF, Le Soir), Quebec (Le Devoir, La Presse canadienne)
and France, in themes of WordPress 6 (Newspack, tagDiv's Newspaper 12, Simple Author Box 2.5),
Drupal 10's Olivero, FluxBB 1.5, e-monsite and Lemmy 0.19.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

ONE = (
    "La mairie a fermé lundi la passerelle, dont les haubans sont rongés depuis l'hiver, selon un"
    " rapport d'experts remis vendredi."
)
TWO = (
    "Chaque jour, huit cents piétons l'empruntent pour gagner la gare, et autant de cyclistes aux"
    " beaux jours de l'été, selon les comptages."
)
THREE = (
    "Le bureau d'études avait averti que la peinture cachait des piqûres profondes, et demandé des"
    " travaux avant trois ans, en vain."
)
STANDFIRST = "Les piétons feront un détour de deux kilomètres par le pont routier."
TEXT = f"<p>{ONE}</p><p>{TWO}</p>"


def article(
    above_text: str = "", text: str = TEXT, *, below_text: str = "", title: str = "La passerelle"
) -> Article:
    page = (
        f"<!doctype html><html lang=fr><head><title>{title}</title><meta property=og:type"
        f" content=article></head><body><main><article><h1>La passerelle</h1>{above_text}"
        f"<div class=content>{text}</div></article>{below_text}</main></body></html>"
    )
    article_read = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article_read is not None
    return article_read


def texts(article_read: Article) -> list[tuple[str | None, str]]:
    return [(section.headline, section.text) for section in article_read.sections]


WHOLE = [(None, f"{ONE}\n{TWO}")]


@pytest.mark.parametrize(
    "label", ["Article réservé aux abonnés", "Réservé aux abonnés", "Contenu réservé aux adhérents"]
)
def test_what_stands_above_a_text_does_not_end_it(label: str) -> None:
    header = f"<header><p>{label}</p><p>Par Zoé Petit</p></header>"
    article_read = article(text=f"{header}{TEXT}<p>{THREE}</p>")
    assert texts(article_read) == [(None, f"{ONE}\n{TWO}\n{THREE}")]


def test_a_text_that_an_offer_ends_at_once() -> None:
    article_read = article(
        text=f"<p>Le détour est long.</p><p>Pour lire la suite, abonnez-vous.</p><p>{ONE}</p>"
    )
    assert texts(article_read) == [(None, "Le détour est long.")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<h2 class=subheadline>{STANDFIRST}</h2><div class=byline>par Zoé Petit</div>",
        f"<div class=newspack-post-subtitle>{STANDFIRST}</div>",
        f"<p class='gh-article-excerpt is-body'>{STANDFIRST}</p>",
        f"<div class='r-article--chapo'><p>{STANDFIRST}</p></div>",
        f"<p class='article-accroche'>{STANDFIRST}</p>",
        f"<div class='field field--name-field-chapeau'><div>{STANDFIRST}</div></div>",
    ],
)
def test_a_standfirst_that_only_the_page_shows(markup: str) -> None:
    article_read = article(markup)
    assert (article_read.description, texts(article_read)) == (STANDFIRST, WHOLE)


@pytest.mark.parametrize(
    "markup",
    [
        f"<div class=lead-image><p>{STANDFIRST}</p></div>",
        f"<div class=intro>{TEXT}<p>{THREE}</p><p>{STANDFIRST}</p></div>",
        "<p class=chapo>Trop court.</p>",
    ],
)
def test_what_is_named_so_and_is_no_standfirst(markup: str) -> None:
    assert article(markup).description is None


BYLINES: list[tuple[str, tuple[str, ...], str | None]] = [
    (
        "<p class=signature>Par Zoé Petit et Luc Roy, le 4 mars 2024</p>",
        ("Zoé Petit", "Luc Roy"),
        "2024-03-04",
    ),
    (
        "<p class=author>Par Zoé Petit (avec Belga)</p><p>Publié le 04-03-24 à 08h15</p>",
        ("Zoé Petit",),
        "2024-03-04T08:15:00+01:00",
    ),
    (
        "<p class=auteur>Zoé Petit<br>La Presse canadienne</p><p class=date>Publié à 8 h 15 le"
        " 4 mars 2024</p>",
        ("Zoé Petit",),
        "2024-03-04T08:15:00+01:00",
    ),
    (
        "<div><time datetime=2024-03-04T08:15:00Z>04 mars 2024 à 09:15</time> - <span>mise à jour"
        " <time datetime=2024-03-05T08:00:00Z>05 mars 2024 à 09:00</time></span> <span>Temps de"
        " lecture 2 min</span></div><div>Par <span>Zoé Petit</span></div>",
        ("Zoé Petit",),
        "2024-03-04T08:15:00Z",
    ),
    (
        "<a rel=author>Zoé Petit</a> <time datetime=2024-03-04>Publié à 5 h 00</time>",
        ("Zoé Petit",),
        "2024-03-04",
    ),
]


@pytest.mark.parametrize(("above_text", "authors", "published"), BYLINES)
def test_bylines(above_text: str, authors: tuple[str, ...], published: str | None) -> None:
    article_read = article(above_text)
    assert (article_read.author, article_read.date_published, texts(article_read)) == (
        authors,
        published,
        WHOLE,
    )


def test_a_byline_in_the_article_under_the_title() -> None:
    page = (
        "<title>La passerelle</title><main><h1>La passerelle</h1><article class=node><div"
        " class=node__meta><span>Par <span class=field--name-uid>Zoé Petit</span>, 4 mars, 2024"
        f"</span></div><div>{TEXT}</div></article></main>"
    )
    article_read = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article_read is not None
    assert article_read.author == ("Zoé Petit",)


NOT_TEXT = {
    "an author's box": "<div class=saboxplugin-wrap><div class=saboxplugin-authorname>Zoé Petit"
    "</div><div class=saboxplugin-desc><p>Zoé couvre la voirie depuis dix ans.</p></div></div>",
    "a biography": "<div class=author-description><p>Zoé couvre la voirie.</p></div>",
    "a channel": "<aside class=whatsapp><p>Suivez-nous sur WhatsApp</p><p>Recevez nos alertes"
    " directement sur votre téléphone.</p></aside>",
    "a search engine": "<p><a href=/g>Suivez l’actualité du quai sur Google Actualités</a></p>",
    "a poll": "<div class=poll><h3>Votre avis</h3><p>Prenez-vous la navette ?</p></div>",
    "a slip": "<p>Vous avez repéré une erreur ? <a href=/e>Signalez-la</a></p>",
    "another slip": "<p>Une coquille dans cet article ? Écrivez-nous.</p>",
    "a player": "<div class=audio><p>Écouter l’article</p><p>00:00 / 03:12</p></div>",
    "more": "<section><h2>Plus sur le sujet</h2><ul><li><a href=/a>Le pont de fer</a></li></ul>"
    "</section>",
    "letters": "<section><h2>Inscrivez-vous aux newsletters du quai</h2><p>Info, sport, cinéma :"
    " découvrez toute l'offre et restez informés de nos contenus.</p></section>",
}


@pytest.mark.parametrize("kind", NOT_TEXT)
def test_what_is_no_text(kind: str) -> None:
    assert texts(article(text=TEXT + NOT_TEXT[kind])) == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "Une erreur de casting ?",
        "Vous avez vu une erreur de la mairie, et elle est restée là deux ans.",
        "Suivez l'actualité, disait-il, et vous comprendrez la ville.",
        "Le match a commencé à 20:45, et fini tard.",
    ],
)
def test_what_is_text(line: str) -> None:
    assert texts(article(text=f"{TEXT}<p>{line}</p>")) == [(None, f"{ONE}\n{TWO}\n{line}")]


def test_a_title_with_the_rubric_and_the_forum() -> None:
    page = (
        "<title>La passerelle / Voirie / Forum du quai</title><div><h1><a href=/>Forum du quai</a>"
        f"</h1></div><div id=text><p>4 mars 2024</p>{TEXT}<p>{THREE}</p><p>{THREE}</p><p>{ONE}</p>"
        f"<p>{TWO}</p></div>"
    )
    article_read = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article_read is not None
    assert article_read.headline == "La passerelle"


def thread(item: str) -> str:
    values = [("Alice Morel", "4", "10", "Le bac part."), ("Luc Roy", "4", "11", "Quand ?")]
    values += [("Zoé", "5", "08", "Dans une heure.")]
    items = (
        item.replace("NAME", name)
        .replace("DAY", day)
        .replace("HOUR", hour)
        .replace("TEXT", text)
        .replace("PLACE", str(place))
        for place, (name, day, hour, text) in enumerate(values, start=1)
    )
    return f"<section id=comments><h2>3 commentaires</h2>{''.join(items)}</section>"


ITEMS = {
    "the hour after « At »": "<div class=comment id=comment-10PLACE><cite>NAME</cite> <a"
    " class=comment-link href=#comment-10PLACE><time pubdate=17>DAY mars 2024 At HOUR h 22 min"
    "</time></a><div class=comment-content><p>TEXT</p></div></div>",
    "a place and a site": "<div class=comment><span class=author>PLACE. <strong>NAME</strong> <a"
    " href=http://x.example>(site web)</a></span> <span class=date>0DAY/03/2024 à HOUR:22</span>"
    "<div class=comment-content><p>TEXT</p></div></div>",
    "who pays": "<div class=comment id=comment-10PLACE><span class=comment-author>NAME - Abonné"
    "</span> <span class=comment-date>DAY mars 2024 HOUR h 22</span><div class=comment-body><p>"
    "TEXT</p></div></div>",
    "a date in a tip": "<article class='comment-node' id=comment-10PLACE><a class=person-listing"
    " href=/u/x>NAME</a> <span class=moment-time data-tippy-content='DAY mars 2024 HOUR:22'>il y a"
    " 6 jours</span><div class=comment-content><p>TEXT</p></div></article>",
}


@pytest.mark.parametrize("kind", ITEMS)
def test_threads(kind: str) -> None:
    article_read = article(below_text=thread(ITEMS[kind]))
    assert [
        (comment.author, comment.date_published, comment.text) for comment in article_read.comments
    ] == [
        ("Alice Morel", "2024-03-04T10:22:00+01:00", "Le bac part."),
        ("Luc Roy", "2024-03-04T11:22:00+01:00", "Quand ?"),
        ("Zoé", "2024-03-05T08:22:00+01:00", "Dans une heure."),
    ]
    if kind == "who pays":
        assert {comment.author_role for comment in article_read.comments} == {"Abonné"}
