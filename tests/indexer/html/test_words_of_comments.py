"""Which words are a comment's own, and which those of its buttons, counters, translations?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

TEXT = (
    "La ville a fermé mardi la passerelle, dont les câbles sont rongés depuis l'hiver, après un"
    " rapport d'ingénieurs remis au conseil municipal vendredi soir."
)
FIRST = "Cette passerelle aurait dû être repeinte il y a dix ans, tout le monde le savait."
SAID = "On l'a dit à chaque réunion publique, personne n'a jamais répondu sur le fond."
LAST = "Et les vélos, ils passent par où maintenant ? Le pont routier est un coupe-gorge."


def page_of(
    inner: str,
    *,
    number: str = ' id="comment-{n}"',
    above: str = "",
    body: str = "comment-body",
) -> HtmlPage:
    """A page of three comments, of which the second holds this; `above`, before them all.

    body: the class of their words.
    """
    written = []
    for place, words in enumerate((f"<p>{FIRST}</p>", inner, f"<p>{LAST}</p>"), 1):
        written.append(comment(place, words, number, body))
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article><meta property=article:published_time content=2024-03-01></head><body>"
        f"<article><h1>La passerelle</h1><p>{TEXT}</p></article><section id=comments>"
        f"<h2>3 commentaires</h2>{above}{''.join(written)}</section></body></html>"
    )
    return read_html(page.encode(), Capture(date(2024, 3, 10)))


def comment(place: int, words: str, number: str, body: str = "comment-body") -> str:
    return (
        f"<div class=comment{number.format(n=place)}><b class=comment-author>Zoé {place}</b> <time"
        f" datetime=2024-03-0{place}T10:00:00+01:00>{place} mars 2024</time>"
        f"<div class={body}>{words}</div><a href='#'>Répondre</a></div>"
    )


def texts(page: HtmlPage) -> list[str]:
    assert page.article is not None
    return [comment.text for comment in page.article.comments]


SENTENCES = (
    "Merci",
    "Non.",
    "Signaler ce pont aux usagers serait utile.",
    "Citer le maire ne suffit pas.",
    "Le 3 mars 2024, rien n'était prêt.",
    "Il y a 3 jours, on m'a dit le contraire.",
    "Hier encore, tout allait bien.",
    "Envoyer la facture au maire.",
    "Retour au bac, alors ?",
    "Plus de pont, plus de train.",
    "En réponse à Alice : c'est faux.",
    "Réponse de la mairie : rien.",
    "Haut les cœurs !",
    "Masquer les problèmes, encore.",
    "Profil bas à la mairie.",
    "Connectez-vous à la réalité.",
    "Up",
    "12",
    "@Alice tout à fait",
)
"""What somebody may say, and a button, a date or a line of a program nearly."""


@pytest.mark.parametrize("words", SENTENCES)
@pytest.mark.parametrize(
    "form",
    [
        "<div class=x1><b class=x2>{name}</b> <i class=x3>{day} mars 2024</i><p class=x4>{words}"
        "</p><a href='#'>Répondre</a></div>",
        "<div class=c><strong>{name}</strong>, <em>{day} mars 2024</em><p>{words}</p></div>",
        '<div class=comment id="comment-{day}"><b class=comment-author>{name}</b> <i'
        " class=comment-date>{day} mars 2024</i><div class=comment-text><p>{words}</p></div></div>",
    ],
)
def test_a_short_comment_is_words(form: str, words: str) -> None:
    items = "".join(
        form.format(name=name, day=day, words=said)
        for day, (name, said) in enumerate(
            (("Zoé", FIRST), ("Yann", words), ("Maëlle", LAST), ("Luc", SAID)), 3
        )
    )
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article><meta property=article:published_time content=2024-03-01></head><body>"
        f"<article><h1>La passerelle</h1><p>{TEXT}</p></article><section id=comments>"
        f"<h2>4 commentaires</h2>{items}</section></body></html>"
    )
    html_page = read_html(page.encode(), Capture(date(2024, 3, 10)))
    assert texts(html_page) == [FIRST, words, LAST, SAID]
    assert html_page.article is not None
    authors = [comment.author for comment in html_page.article.comments]
    assert authors == ["Zoé", "Yann", "Maëlle", "Luc"]


PLACES = pytest.mark.parametrize("number", [' id="comment-{n}"', ""])
"""With the numbers that adapters know, and without them."""


@PLACES
@pytest.mark.parametrize(
    "beside",
    [
        " <a href='#' class=toggle>Voir plus</a>",
        " <a href='#'>[Lire la suite…]</a>",
        "<div class=translation hidden>We said it.</div>",
        "<ul class=reactions><li>👍 12</li><li>😢 3</li></ul>",
        "<p class=votes>12 personnes ont aimé ce commentaire</p>",
        " <span class=report>Signaler</span>",
        "<div class=toggle-replies>Voir les 3 réponses</div>",
    ],
)
def test_what_is_nobodys_words(beside: str, number: str) -> None:
    words = f"<p>{SAID}{beside}</p>" if beside.startswith(" ") else f"<p>{SAID}</p>{beside}"
    page = page_of(words, number=number)
    assert texts(page) == [FIRST, SAID, LAST]
    assert page.article is not None
    assert "completeness" not in page.article.extra


@PLACES
@pytest.mark.parametrize(
    "words",
    [
        "<p>12 personnes ont signé la pétition.</p>",
        "<p>Voir <a href='#'>plus</a> loin que le pont.</p>",
        "<p>Il faut <a href='/a'>lire la suite</a> du rapport, page 12.</p>",
        "<p>La traduction du rapport est fausse.</p>",
        "<p class=action>Voir les trois ponts, c'est mieux.</p>",
        "<p>Voir la mairie, qui décide seule.</p>",
        "<p>Masquer la rouille sous la peinture, bravo.</p>",
    ],
)
def test_words_that_look_so(words: str, number: str) -> None:
    plain = re.sub("<[^>]*>", "", words)
    page = page_of(words, number=number)
    assert texts(page) == [FIRST, plain, LAST]
    assert page.article is not None
    assert "completeness" not in page.article.extra


@PLACES
@pytest.mark.parametrize(
    "quotation",
    [
        f"<table class=quote><tr><td>{FIRST}</td></tr></table>",
        f"<fieldset class=quote>{FIRST}</fieldset>",
        f"<div class=bbcode_quote><div class=quote_container>{FIRST}</div></div>",
    ],
)
def test_a_quotation_by_its_name_alone_is_not_the_words(quotation: str, number: str) -> None:
    page = page_of(f"{quotation}<p>{SAID}</p>", number=number)
    assert texts(page) == [FIRST, SAID, LAST]
    assert page.article is not None
    quotes = page.article.comments[1].citation
    assert [quote.text for quote in quotes] == [FIRST]


@PLACES
def test_a_theme_that_sets_all_comments_as_quotations(number: str) -> None:
    items = "".join(
        comment(place, f"<div class=quote><p>{words}</p></div>", number)
        for place, words in enumerate((FIRST, SAID, LAST), 1)
    )
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article><meta property=article:published_time content=2024-03-01></head><body>"
        f"<article><h1>La passerelle</h1><p>{TEXT}</p></article><section id=comments>"
        f"<h2>3 commentaires</h2>{items}</section></body></html>"
    )
    assert texts(read_html(page.encode(), Capture(date(2024, 3, 10)))) == [FIRST, SAID, LAST]


@PLACES
def test_a_comment_that_the_page_cuts_makes_the_thread_partial(number: str) -> None:
    page = page_of("<p>On l'a dit… <a href='/commentaires/2'>Lire la suite</a></p>", number=number)
    assert texts(page) == [FIRST, "On l'a dit…", LAST]
    assert page.article is not None
    assert page.article.extra["completeness"] == "partial"
    assert any("1 commentaire coupé" in remark.message for remark in page.report.remarks)


def test_a_comment_chosen_above_the_thread_is_one_where_the_count_says_so() -> None:
    chosen = f"<div class=pinned>{comment(2, f'<p>{SAID}</p>', '')}</div>"
    page = page_of(f"<p>{SAID}</p>", number="", above=chosen)
    assert sorted(texts(page)) == sorted([FIRST, SAID, LAST])
    assert [remark.kind for remark in page.report.remarks] == ["repeated"]


def test_the_same_words_stay_two_comments_where_the_count_says_so() -> None:
    page = page_of(f"<p>{SAID}</p>", number="")
    twice = page_of(f"<p>{FIRST}</p>", number="")
    assert len(texts(page)) == len(texts(twice)) == 3


def test_a_second_thread_that_is_not_read_is_told() -> None:
    answers = "".join(
        f"<div class=answer itemprop=suggestedAnswer itemscope itemtype=https://schema.org/Answer>"
        f"<div itemprop=text><p>{words}</p></div><span itemprop=author>Zoé {place}</span>"
        f'<span class=relativetime title="2024-03-0{place} 10:22:00Z">le {place} mars</span></div>'
        for place, words in ((3, FIRST), (4, LAST))
    )
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle</title><meta property=og:type"
        " content=article><meta property=article:published_time content=2024-03-01></head><body>"
        f"<article><h1>La passerelle</h1><p>{TEXT}</p></article><ul class=comments><li class=c>"
        f"{SAID} – <a class=comment-user>Yann</a> <span class=date>1er mars 2024</span></li></ul>"
        f"<h2>2 réponses</h2>{answers}</body></html>"
    )
    html_page = read_html(page.encode(), Capture(date(2024, 3, 10)))
    assert texts(html_page) == [FIRST, LAST]
    assert html_page.article is not None
    dates = [comment.date_published for comment in html_page.article.comments]
    assert dates == ["2024-03-03T10:22:00Z", "2024-03-04T10:22:00Z"]
    assert html_page.article.extra["completeness"] == "partial"
    assert any("un autre fil" in remark.message for remark in html_page.report.remarks)


QUOTING = (
    "<div class=bbcode_quote><div class=bbcode_postedby>Envoyé par <b>Zoé 1</b></div>"
    f"<div class=message>{FIRST}</div></div>"
)


@pytest.mark.parametrize("number", ['id="comment-{n}"', ""], ids=["adapter", "form"])
def test_the_words_are_not_those_of_the_quotation_in_them(number: str) -> None:
    page = page_of(f"{QUOTING}{SAID}", number=f" {number}", body="text").article
    assert page is not None
    comment = page.comments[1]
    assert (comment.text, [quote.text for quote in comment.citation]) == (SAID, [FIRST])


TRAP = "<p style='position:absolute; left:-99999px'>Laissez ce champ vide <input name=u></p>"


@pytest.mark.parametrize("number", ['id="comment-{n}"', ""], ids=["adapter", "form"])
def test_a_field_in_a_comment_is_nobodys_words(number: str) -> None:
    assert texts(page_of(f"<p>{SAID}</p>{TRAP}", number=f" {number}"))[1] == SAID


def test_a_comment_whose_box_is_a_quotation_is_read() -> None:
    item = (
        "<li class=comment id=comment-{0}><cite class=fn>Zoé</cite><a class=comment-date"
        " href='#comment-{0}'><time datetime=2024-03-0{0}T10:00>{0} mars 2024</time></a>"
        "<blockquote><div class=comment-content><p>{1}</p></div></blockquote></li>"
    )
    items = item.format(1, FIRST) + item.format(2, SAID)
    page = (
        f"<html><title>Le bac</title><article><h1>Le bac</h1><p>{FIRST}</p></article>"
        f"<div id=comments><ol class=comment-list>{items}</ol></div></html>"
    )
    report = read_html(page.encode(), Capture(date(2024, 3, 10))).report
    assert not any("sans adaptateur" in remark.message for remark in report.remarks)
