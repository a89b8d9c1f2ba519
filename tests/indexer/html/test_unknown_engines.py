"""Are threads right, or missed aloud, in markup that no adapter knows?

The shapes are those of newspapers' own programs, of Skyrock, TypePad, Hyvor Talk and Logora, and
of sites of questions (Stack Exchange's microdata, `QAPage`).
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

TEXT = (
    "<p>Le conseil a voté lundi soir la fermeture du bac pendant tout l'hiver, sans débat.</p>" * 3
)
META = (
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
)
COMMENTS = (
    (101, "Alice", "02/03/2024", "10:22", "On nous promet une navette.", ""),
    (102, "Benoît", "02/03/2024", "11:05", "Elle a roulé six mois.", "answer"),
    (103, "Chloé", "03/03/2024", "09:00", "Le pont coûterait moins que dix ans de navettes.", ""),
)


def page(thread: str) -> HtmlPage:
    html = f"<!doctype html><html lang=fr><head><title>Le bac</title>{META}</head><body><main>"
    html += f"<article><h1>Le bac fermé</h1>{TEXT}</article></main>{thread}</body></html>"
    return read_html(html.encode(), Capture(date(2024, 12, 4)))


def article(thread: str) -> Article:
    article_read = page(thread).article
    assert article_read is not None
    return article_read


def thread_of(comment: str, around: str = "{}", answer: str = "") -> str:
    return around.format(
        "".join(
            comment.format(n=n, who=who, day=day, dm=day[:5], at=at, said=text,
                           answer=answer if kind else "")
            for n, who, day, at, text, kind in COMMENTS
        )
    )  # fmt: skip


FLAT = {
    "b2evolution": (
        '<article class="evo_comment evo_comment__status_published" id="c{n}"><h4>Commentaire de :'
        ' <span class="user anonymous"><b>{who}</b></span></h4><div class="evo_comment_text"><p>'
        '{said}</p></div><span class="evo_comment_date">{day} @ {at}</span></article>',
        '<section class="evo_post__comments"><h3>3 commentaires</h3>{}</section>',
    ),
    "Skyrock": (
        '<li id="com_{n}" class="comment"><p class="com_head"><a href="http://{who}.example">{who}'
        '</a>, Posté le samedi {day} {at}</p><p class="com_txt">{said}</p></li>',
        '<div id="comments"><h3>Commentaires</h3><ul>{}</ul></div>',
    ),
    "TypePad": (
        '<div class="comment" id="comment-6a{n}"><div class="comment-content"><p>{said}</p></div><p'
        ' class="comment-footer">Rédigé par : <a rel="nofollow">{who}</a> | <span'
        ' class="comment-date"><a href="#comment-6a{n}">{day} à {at}</a></span></p></div>',
        '<div class="comments"><h3>Commentaires</h3>{}</div>',
    ),
    "a list whose names are links": (
        '<li id="comment-{n}" class="comment-item"><header><a class="profile-link"'
        ' href="/u/{n}">{who}'
        '</a><p><time datetime="2024-03-02T{at}">{day} {at}</time></p></header><div'
        ' class="comment-body"><p>{said}</p></div><button>Répondre</button></li>',
        '<section id="comments"><h2>3 commentaires</h2><ul class="comments-list">{}</ul></section>',
    ),
    "days without a year": (
        '<div class="Comment" id="com-{n}"><span class="Comment__pseudo">{who}</span><span'
        ' class="Comment__date">{dm} à {at}</span><div class="Comment__message">{said}</div></div>',
        '<div class="Comments"><div>Tous les commentaires</div>{}</div>',
    ),
}


@pytest.mark.parametrize("name", FLAT)
def test_who_says_what(name: str) -> None:
    comment, around = FLAT[name]
    comments = article(thread_of(comment, around)).comments
    expected = [(who, text) for _, who, _, _, text, _ in COMMENTS]
    assert [(comment.author, comment.text) for comment in comments] == expected
    assert all((comment.date_published or "").startswith("2024-03-0") for comment in comments)


ANSWERS = {
    "a class of the answer": (
        '<section class="comment{answer}" id="comment-{n}"><span'
        ' class="comment__author">{who}</span>'
        '<span class="comment__date">{day} à {at}</span><p class="comment__content">{said}</p>'
        "<button>Répondre</button></section>",
        " comment--response",
    ),
    "the room at the left": (
        '<div class="comment" id="ht-comment-{n}" style="margin-left:{answer}px"><span'
        ' class="name">'
        '{who}</span><span class="date" title="{day} {at}">il y a 2 ans</span><div'
        ' class="comment-body"><p>{said}</p></div><button>Répondre</button></div>',
        "30",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_who_answers_whom_where_only_the_form_tells(name: str) -> None:
    comment, answer = ANSWERS[name]
    around = '<section class="comments"><h2>Contributions (3)</h2>{}</section>'
    comments = article(thread_of(comment, around, answer)).comments
    assert [comment.author for comment in comments] == ["Alice", "Benoît", "Chloé"]
    assert [comment.parent_id for comment in comments] == [None, comments[0].id, None]


MISSING = [
    ('<hyvor-talk-comments website-id="1"></hyvor-talk-comments>', "Hyvor Talk"),
    ('<fb:comments href="x"></fb:comments>', "Facebook"),
    ('<div data-spot-im-module="conversation"></div>', "OpenWeb"),
    ('<script async src="https://launcher.spot.im/spot/sp_x"></script>', "OpenWeb"),
    ('<div id="logora_app"></div>', "Logora"),
    (
        '<section class="comments"><p>Réservé aux abonnés : connectez-vous pour lire les 34'
        " commentaires.</p></section>",
        "34 commentaires annoncés",
    ),
]


@pytest.mark.parametrize(("thread", "text"), MISSING)
def test_a_thread_that_was_not_saved_is_said(thread: str, text: str) -> None:
    html_page = page(thread)
    assert html_page.article is not None
    assert html_page.article.extra["completeness"] == "partial"
    assert any(text in remark.message for remark in html_page.report.remarks)


ANSWER = (
    '<div id="answer-{n}" itemprop="suggestedAnswer" itemscope'
    ' itemtype="https://schema.org/Answer">'
    '<div itemprop="text"><p>{said}</p></div><time itemprop="dateCreated"'
    ' datetime="2024-03-02T{at}">'
    '</time><div itemprop="author" itemscope itemtype="https://schema.org/Person"><span'
    ' itemprop="name">{who}</span></div></div>'
)


def test_answers_to_a_question_are_comments_and_sign_nothing_else() -> None:
    question = (
        '<div itemscope itemtype="https://schema.org/Question"><div itemprop="author" itemscope'
        ' itemtype="https://schema.org/Person"><span itemprop="name">Zoé</span></div>{}</div>'
    )
    article_read = article(thread_of(ANSWER, question))
    assert article_read.author == ("Zoé",)
    assert [comment.author for comment in article_read.comments] == ["Alice", "Benoît", "Chloé"]


def test_the_answer_that_was_accepted_is_one() -> None:
    answers = (
        '"acceptedAnswer": {"@type": "Answer", "text": "Oui.", "author": {"name": "Léo"}},'
        '"suggestedAnswer": [{"@type": "Answer", "text": "Non.", "author": {"name": "Zoé"}}]'
    )
    html = (
        '<title>Le bac part ?</title><script type="application/ld+json">{"@type": "%s",'
        '"mainEntity": {"@type": "Question", "name": "Le bac part ?", "text": "Quand part le bac'
        ' ?",'
        '"datePublished": "2024-03-02", "author": {"name": "Ada"}, %s}}</script><h1>Le bac part'
        " ?</h1>"
    )
    question_page = read_html(
        (html % ("QAPage", answers)).encode(), Capture(date(2026, 11, 28))
    ).article
    assert question_page is not None
    assert (question_page.headline, question_page.author) == ("Le bac part ?", ("Ada",))
    assert [(comment.author, comment.text) for comment in question_page.comments] == [
        ("Léo", "Oui."),
        ("Zoé", "Non."),
    ]
    # the questions that a site answers itself are no thread
    own = read_html((html % ("FAQPage", answers)).encode(), Capture(date(2026, 11, 28)))
    assert own.article is None or not own.article.comments
