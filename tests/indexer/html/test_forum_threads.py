"""Is what a forum writes around the words of a message read as such, and never as words?

The shapes are those of prosilver, phpBB 3.3's theme: `cite` at the head of a quotation, with a
date; `div.notice` under a text that was edited; `div.signature`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.article import Article, Quote
from indexer.html.finder.items.edit_notices import is_edit_notice
from indexer.pipeline.sources import read

TEXT = (
    "<p>Le bac a repris son service ce matin, après trois semaines de travaux sur la rive droite,"
    " et les camions passent de nouveau.</p><p>Le conseil en reparlera jeudi, dit la mairie, avec"
    " les bateliers et les riverains du quai, qui attendent depuis l'hiver.</p>"
)
QUOTE = (
    '<blockquote><div><cite><a href="./memberlist.php?u=1">Alice</a> a écrit : <a '
    'href="./viewtopic.php?p=1#p1">↑</a><span class="responsive-hide">02 mars 2024 11:00</span>'
    "</cite>Le bac tient bon.</div></blockquote>"
)
NOTICE = (
    '<div class="notice">Modifié en dernier par <a href="./memberlist.php?u=2">Benoît</a> le 02 '
    "mars 2024 12:05, modifié 1 fois.</div>"
)


def post(number: int, author: str, hour: int, body: str, after: str = "") -> str:
    member = f'<a href="./memberlist.php?u={number}" class="username">{author}</a>'
    return (
        f'<div id="p{number}" class="post"><dl class="postprofile"><dt>{member}</dt><dd>Messages : '
        f'{number}0</dd></dl><div class="postbody"><p class="author">par <strong>{member}</strong> '
        f'» <time datetime="2024-03-02T{hour}:00:00+01:00">02 mars 2024 {hour}:00</time></p>'
        f'<div class="content">{body}</div>{after}</div></div>'
    )


def test_a_thread_of_a_forum(tmp_path: Path) -> None:
    posts = (
        post(1, "Alice", 11, "Le bac tient bon.", '<div class="signature">Batelière</div>'),
        post(2, "Benoît", 12, f"{QUOTE}Pas sûr.", NOTICE),
        post(3, "Chloé", 13, "Merci."),
    )
    path = tmp_path / "bac.html"
    path.write_text(
        "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Le bac</title></head><body>"
        f'<main><article><h1>Le bac</h1><p>Publié le <time datetime="2024-03-01">1er mars 2024'
        f"</time></p>{TEXT}</article><h2>3 commentaires</h2>{''.join(posts)}</main></body></html>"
    )
    [article] = [outcome for outcome in read([path]) if isinstance(outcome, Article)]
    assert [(comment.author, comment.text) for comment in article.comments] == [
        ("Alice", "Le bac tient bon."),
        ("Benoît", "Pas sûr."),
        ("Chloé", "Merci."),
    ]
    edited = article.comments[1]
    assert edited.citation == (Quote("Le bac tient bon.", "Alice"),)
    assert edited.edited
    assert edited.date_published == "2024-03-02T12:00:00+01:00"
    assert edited.date_modified == "2024-03-02T12:05:00+01:00"


def test_an_edit_told_apart_from_a_date_that_nobody_reads(tmp_path: Path) -> None:
    """The time for machines is that of the comment, and what is told below that of its edit."""
    comments = "".join(
        f'<li id="comment-{n}" class="comment"><div class="comment-author vcard"><b class="fn">'
        f'{name}</b></div><div class="comment-metadata">'
        f'<time datetime="2024-03-02T1{n}:00:00+01:00">#{n}</time></div>'
        f'<div class="comment-content"><p>Texte {name}.</p>{after}</div></li>'
        for n, name, after in (
            (1, "Alice", '<p class="comment-edited">Modifié le 3 mars 2024 à 10:00</p>'),
            (2, "Benoît", ""),
        )
    )
    path = tmp_path / "bac.html"
    path.write_text(
        "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Le bac</title></head><body>"
        f"<main><article><h1>Le bac</h1>{TEXT}</article>"
        f'<div id="comments"><h2>2 commentaires</h2><ol class="comment-list">{comments}</ol></div>'
        "</main></body></html>"
    )
    [article] = [outcome for outcome in read([path]) if isinstance(outcome, Article)]
    first, second = article.comments
    assert (first.text, second.text) == ("Texte Alice.", "Texte Benoît.")
    assert first.date_published == "2024-03-02T11:00:00+01:00"
    assert first.date_modified == "2024-03-03T10:00:00+01:00"
    assert (first.edited, second.edited) == (True, False)


NOTICES = (
    "Modifié en dernier par Benoît le 02 mars 2024 12:05, modifié 1 fois.",
    "Dernière modification par Zoé Roy ; 03/03/2024 à 10h00.",
    "Dernière édition: 02 Mars 2024 à 12:05 par Zoé",
    "Édité le 3 mars 2024",
    "[Modifié le 02/12/2024 à 09h52]",
    "Last edited by Zoé on Sat Mar 02, 2024 12:05 pm, edited 2 times in total.",
    "Message modifié par Zoé le 2 mars 2024 à 12h05",
    "Ce message a été modifié par Zoé le 2 mars 2024, 12:05",
    "Modifié il y a 3 jours par Zoé",
)


@pytest.mark.parametrize("line", NOTICES)
def test_notices(line: str) -> None:
    assert is_edit_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "Modifié le 2 mars 2024, le décret ne vaut plus rien pour les bacs du fleuve.",
        "Édité chez Gallimard en 1998, le livre est épuisé.",
        "Le texte a été modifié le 3 mars 2024 par le Sénat, en séance.",
        "Modifié, oui.",
        "3 mars 2024",
        "",
    ],
)
def test_words(line: str) -> None:
    assert not is_edit_notice(line)
