"""What do the members of a comment say in themes that no rule of an adapter was made for?

The same thread in the markup of WordPress, which an adapter reads, and in one that nothing names:
badges beside names, notices of moderators, edits beside dates, quotations, words of two signs.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
KNOWN = """<li class="comment" id="comment-{n}"><article class="comment-body"><footer
class="comment-meta"><b class="fn">{who}</b>{badge}<time datetime="2024-03-0{n}T10:22:00+01:00">0{n}
mars 2024</time></footer><div class="comment-content"><p>{text}</p>{below}</div></article></li>"""
UNKNOWN = """<div class="fil-item" data-id="{n}"><div class="fil-tete"><span class="fil-pseudo">
{who}</span>{badge}<span class="fil-date">{n} mars 2024 à 10h22{edit}</span></div>{above}<div
class="fil-texte">{text}</div>{below}</div>"""
KNOWN_THREAD = '<section id="comments"><h2>3 commentaires</h2><ol class="comment-list">'
PROGRAMS = {
    "an adapter's": (KNOWN, KNOWN_THREAD),
    "nobody's": (UNKNOWN, '<section class="commentaires"><h2>3 commentaires</h2>'),
}
BLANK = {"badge": "", "below": "", "above": "", "edit": ""}


def article(thread: str) -> Article:
    head = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
    html = f"<html lang=fr><title>Piscine fermée</title>{head}<article><h1>Piscine fermée</h1>"
    page = read_html(f"{html}{TEXT}</article>{thread}</html>".encode(), Capture(date(2024, 3, 10)))
    assert page.article is not None
    return page.article


def of(program: str, **members: str) -> Article:
    """The article with three comments of a program, of which the second has these members."""
    item, around = PROGRAMS[program]
    rows = [
        ("1", "Zoé", "Déjà en 2019."),
        ("2", "Yann", "Six mois."),
        ("3", "Maëlle", "Oui, deux."),
    ]
    items = (
        item.format(**{**BLANK, "n": n, "who": who, "text": text} | (members if n == "2" else {}))
        for n, who, text in rows
    )
    return article(around + "".join(items) + "</section>")


both = pytest.mark.parametrize("program", PROGRAMS)


@both
@pytest.mark.parametrize(
    "notice",
    [
        "Commentaire supprimé par la modération",
        "Ce message a été modéré.",
        "[supprimé]",
        "Contenu retiré car non conforme à la charte.",
        "Ce commentaire n'est plus visible.",
    ],
)
def test_a_notice_of_moderators_is_nobodys_words(program: str, notice: str) -> None:
    second = of(program, text=notice).comments[1]
    assert (second.status, second.text) == ("deleted", "")


@both
@pytest.mark.parametrize(
    "words",
    [
        "Supprimé de la carte par la mairie !",
        "Commentaire supprimé hier, et pourquoi ?",
        "Mon commentaire a été supprimé.",
        "Retirée de la vente, dommage.",
    ],
)
def test_what_speaks_of_deletion_is_words(program: str, words: str) -> None:
    second = of(program, text=words).comments[1]
    assert (second.status, second.text) == (None, words)


def test_a_deleted_comment_that_nobody_signs_keeps_its_place() -> None:
    item = '<li class="comment" id="comment-2"><div class="comment-content"><p>{}</p></div></li>'
    items = [KNOWN.format(**BLANK, n=n, who="Zoé", text="Oui.") for n in "13"]
    items.insert(1, item.format("Commentaire supprimé"))
    comments = article(KNOWN_THREAD + "".join(items)).comments
    assert [comment.status for comment in comments] == [None, "deleted", None]


@both
@pytest.mark.parametrize("role", ["Abonné·e", "Auteur de l’article", "Staff"])
def test_a_badge_beside_a_name_is_a_role(program: str, role: str) -> None:
    second = of(program, badge=f'<span class="c-badge">{role}</span>').comments[1]
    assert (second.author, second.author_role) == ("Yann", role)


@both
@pytest.mark.parametrize("badge", ["★★", "12", "Note :"])
def test_a_badge_without_words_is_no_role(program: str, badge: str) -> None:
    second = of(program, badge=f'<span class="label">{badge}</span>').comments[1]
    assert second.author_role is None or program == "nobody's"


@both
@pytest.mark.parametrize("behind", ["(Abonné)", "[Staff]", "- Auteur", ", modérateur"])
def test_a_role_behind_a_name(program: str, behind: str) -> None:
    second = of(program, who=f"Yann {behind}".replace(" ,", ",")).comments[1]
    assert (second.author, second.author_role) == ("Yann", behind.strip("()[]-, "))


@both
@pytest.mark.parametrize("name", ["Par hasard", "De La Tour", "Jean Dupont, maçon"])
def test_a_name_that_begins_as_a_byline(program: str, name: str) -> None:
    assert of(program, who=name).comments[1].author == name


def test_a_word_that_the_program_writes_before_each_name() -> None:
    items = [
        KNOWN.format(**BLANK, n=n, who=f"par {who}", text="Oui.")
        for n, who in zip("123", ("Zoé", "Yann", "Maëlle"), strict=True)
    ]
    comments = article(KNOWN_THREAD + "".join(items)).comments
    assert [comment.author for comment in comments] == ["Zoé", "Yann", "Maëlle"]


@pytest.mark.parametrize(
    ("edit", "modified"),
    [
        (" <i>(modifié le 5 mars 2024 à 08h10)</i>", "2024-03-05T08:10:00+01:00"),
        (" · édité le 05/03/2024 à 08:10", "2024-03-05T08:10:00+01:00"),
        (" <em>Modifié</em>", None),
    ],
)
def test_an_edit_beside_a_date_hides_no_comment(edit: str, modified: str | None) -> None:
    comments = of("nobody's", edit=edit).comments
    assert [comment.date_published for comment in comments] == [
        f"2024-03-0{n}T10:22:00+01:00" for n in "123"
    ]
    assert comments[1].date_modified == modified


def test_a_quotation_longer_than_the_words() -> None:
    quoted = "En réponse à Zoé : « Déjà en 2019, et l'année d'avant aussi, si j'ai bon souvenir. »"
    second = of("nobody's", above=f'<div class="fil-cite quote">{quoted}</div>').comments[1]
    assert (second.text, [quote.text for quote in second.citation]) == ("Six mois.", [quoted])


@both
@pytest.mark.parametrize("words", ["👍👍", "+1", "?"])
def test_words_of_signs(program: str, words: str) -> None:
    assert [comment.text for comment in of(program, text=words).comments][1] == words


@both
@pytest.mark.parametrize(
    "link",
    ["<a href='#r'>Répondre</a>", "<a href='#r'>↩ Répondre à Yann</a> | <a href='#s'>Signaler</a>"],
)
def test_links_below_the_words_are_not_words(program: str, link: str) -> None:
    assert of(program, below=link).comments[1].text == "Six mois."


@both
def test_a_link_in_a_sentence_is_words(program: str) -> None:
    second = of(program, text="Voir <a href='http://x.example'>répondre</a> au maire.").comments[1]
    assert second.text == "Voir répondre au maire."


@both
def test_a_long_address_alone_on_its_line_is_words(program: str) -> None:
    address = (
        "https://www.example.org/archives/2019/la-piscine-fermee-pour-deux-ans-de-travaux.html"
    )
    link = f"<a href='{address}'>{address}</a>"
    second = of(program, text=f"Voir :<br>{link}").comments[1]
    assert second.text == f"Voir :\n{address}"


NUMBERED = {
    "an id of its own kind": '<article id="c{n}" class="comment">',
    "a uuid": '<article class="comment" data-content-uuid='
    '"00000000-0000-4000-8000-00000000000{n}">',
}


@pytest.mark.parametrize("kind", NUMBERED)
def test_numbers_that_no_rule_reads(kind: str) -> None:
    items = "".join(
        NUMBERED[kind].format(n=n)
        + f'<span class="author">{who}</span> <time datetime="2024-03-0{n}">{n} mars</time><div'
        ' class="comment-content">Oui.</div></article>'
        for n, who in zip("123", ("Zoé", "Yann", "Maëlle"), strict=True)
    )
    comments = article(f'<section id="comments"><h2>3 commentaires</h2>{items}</section>').comments
    assert [comment.id[-1] for comment in comments] == ["1", "2", "3"]
    assert all("comment-" in comment.id for comment in comments)


@pytest.mark.parametrize("level", ["fil-item niv{}", "js-singleCommentDepth{}", "x-level-{}"])
def test_levels_in_names(level: str) -> None:
    items = "".join(
        UNKNOWN.format(**BLANK, n=n, who=who, text="Oui.").replace("fil-item", level.format(depth))
        for n, who, depth in (("1", "Zoé", 0), ("2", "Yann", 1), ("3", "Maëlle", 0))
    )
    comments = article(f'<section class="commentaires"><h2>3 commentaires</h2>{items}').comments
    assert [comment.parent_id for comment in comments] == [None, comments[0].id, None]


@pytest.mark.parametrize(
    "around",
    [
        '<div id="coral_talk_stream"><div class="talk-embed-stream">{}</div></div>',
        '<div id="livefyre"><div class="fyre-widget">{}</div></div>',
        '<div class="vf-comments vf-widget">{}</div>',
    ],
)
def test_the_widgets_of_programs_hold_threads(around: str) -> None:
    items = "".join(
        UNKNOWN.format(**BLANK, n=n, who=who, text="Oui.")
        for n, who in zip("123", ("Zoé", "Yann", "Maëlle"), strict=True)
    )
    assert len(article(around.format(items)).comments) == 3


def test_comments_in_rdfa() -> None:
    items = "".join(
        f'<div property="comment" typeof="Comment" resource="#c{n}"><span property="author">Zoé'
        f'</span><time property="dateCreated" datetime="2024-03-0{n}">{n} mars</time><div'
        ' property="text">Oui.</div></div>'
        for n in "12"
    )
    comments = article(f'<div vocab="https://schema.org/">{items}</div>').comments
    assert [(comment.author, comment.text) for comment in comments] == [("Zoé", "Oui.")] * 2


LAYOUTS = {
    "words with « de »": "<p id=it-{n}><b>{who}</b> - <i>{n} mars 2024 à 10:22</i><br>"
    "Il suffirait de la graisser.</p>",
    "a number before the byline": "<div id=it-{n}><h4>Commentaire n°{n} posté par : {who}</h4><p>Le"
    " 0{n}/03/2024 à 10h22</p><div class=txt>Il suffirait de la graisser.</div></div>",
    "an hour below": "<table><tr id=it-{n}><td>{who}<br><small>0{n}/03/2024<br>10:22</small>"
    "</td><td>Il suffirait de la graisser.</td></tr></table>",
}


@pytest.mark.parametrize("kind", LAYOUTS)
def test_layouts_that_nothing_names(kind: str) -> None:
    items = "".join(
        LAYOUTS[kind].format(n=n, who=who)
        for n, who in zip("123", ("Zoé Petit", "Yann", "Maëlle D."), strict=True)
    )
    comments = article(f'<section class="reactions"><h3>3 réactions</h3>{items}</section>').comments
    assert [(comment.author, comment.date_published, comment.text) for comment in comments] == [
        (who, f"2024-03-0{n}T10:22:00+01:00", "Il suffirait de la graisser.")
        for n, who in zip("123", ("Zoé Petit", "Yann", "Maëlle D."), strict=True)
    ]


def test_the_count_of_likes_is_not_words() -> None:
    counter = '<div class="wpulike"><span class="wp_ulike_counter">12</span></div>'
    assert of("an adapter's", below=counter).comments[1].text == "Six mois."
