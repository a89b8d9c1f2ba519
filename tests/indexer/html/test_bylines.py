"""Which names are read in the line that signs an article, where nothing else tells its author?"""

from __future__ import annotations

import lxml.html
import pytest

from indexer.html.metadata.authors import shown_authors
from indexer.html.metadata.bylines import byline_names

TEXT = (
    "<p>" + "La commune a décidé de fermer la verrerie après trente ans d’activité. " * 4 + "</p>"
)

BYLINES = {
    "Par Jeanne Martin": ("Jeanne Martin",),
    "PAR JEANNE MARTIN": ("JEANNE MARTIN",),
    "Jeanne Martin, à Lyon": ("Jeanne Martin",),
    "Jeanne Martin (à Lyon) et Paul Durand": ("Jeanne Martin", "Paul Durand"),
    "Jeanne Martin, Paul Durand et AFP": ("Jeanne Martin", "Paul Durand", "AFP"),
    "Jeanne Martin (avec AFP)": ("Jeanne Martin",),
    "Jeanne Martin, correspondante à Rome": ("Jeanne Martin",),
    "De notre correspondante à Rome, Jeanne Martin": ("Jeanne Martin",),
    "De notre envoyé spécial Paul Durand": ("Paul Durand",),
    "Propos recueillis par Jeanne Martin": ("Jeanne Martin",),
    "Un article de Jeanne Martin": ("Jeanne Martin",),
    "Texte : Jeanne Martin - Photos : Paul Durand": ("Jeanne Martin",),
    "Publié le 2 mars 2024 par Jeanne Martin": ("Jeanne Martin",),
    "14/07/2024 - 18:30 par Jeanne Martin": ("Jeanne Martin",),
    "Sun, 14/07/2024 - 6:30pm by Jeanne Martin": ("Jeanne Martin",),
    "Jeanne Martin | 2 mars 2024": ("Jeanne Martin",),
    "Par Jeanne Martin Publié le 2 mars 2024 à 10h22": ("Jeanne Martin",),
    "Par Jeanne Martin.": ("Jeanne Martin",),
    "J.-B. Renard": ("J.-B. Renard",),
    "Par Jean d’Ormont et Charles de La Tour": ("Jean d’Ormont", "Charles de La Tour"),
    "Par Élise Œuvrard": ("Élise Œuvrard",),
    "Par la rédaction": ("La rédaction",),
    "Par notre correspondant à New York, Paul Durand": ("Paul Durand",),
    "Par notre correspondant": (),
    "Mars par Perseverance": (),
    "À 10 h 30 par Zoom": (),
    "Mis à jour le 3 mars 2024 à 10 h 12 par Jeanne Martin": ("Jeanne Martin",),
    "Publié le dimanche 3 mars, à 10:12, par Jeanne Martin": ("Jeanne Martin",),
    "Mis en ligne par Jeanne Martin le lundi 3 mars": ("Jeanne Martin",),
    "Rédigé par Jeanne et publié depuis Overblog": ("Jeanne",),
    "Par Jeanne Martin, journaliste, et Paul Durand, maire": ("Jeanne Martin", "Paul Durand"),
    "Par Jeanne Martin Envoyée spéciale à Kiev": ("Jeanne Martin",),
    "Par Jeanne Martin Temps de lecture : 3 min": ("Jeanne Martin",),
    "Par Jeanne Martin, Libération": ("Jeanne Martin",),
    "Par Jeanne Martin et Max": ("Jeanne Martin", "Max"),
    "Par Jeanne Martin et l’AFP": ("Jeanne Martin", "AFP"),
    "Par Le Monde avec AFP": ("Le Monde",),
    "Par Europe 1 avec AFP": (),
    "Par le Dr Jeanne Martin et la Pre Léa Petit": ("Dr Jeanne Martin", "Pre Léa Petit"),
    "Texte et photos : Jeanne Martin": ("Jeanne Martin",),
    "Le président a été battu par Jeanne Martin": (),
    "Publié aux éditions du Verre par Jeanne Martin": (),
    "Le 3 mars, la loi portée par Jeanne Martin": (),
    "Interview : Jeanne Martin": (),
    "Interview de Jeanne Martin": (),
    "Portrait de Jeanne Martin": (),
    "Interview de Jeanne Martin par Paul Durand": ("Paul Durand",),
    "Reportage de Jeanne Martin": ("Jeanne Martin",),
    "Enquête de Jeanne Martin et Paul Durand": ("Jeanne Martin", "Paul Durand"),
    "Reportage de notre envoyée spéciale Jeanne Martin": ("Jeanne Martin",),
    "Récit de Noël": (),
    "Reportage de nuit": (),
    "Jeanne Martin Journaliste": ("Jeanne Martin",),
    "Jeanne Martin Rédactrice en chef": ("Jeanne Martin",),
    "Jeanne Martin, La Presse": ("Jeanne Martin",),
    "Jeanne Martin, Le Progrès du Haut-Marais": ("Jeanne Martin",),
    "Jeanne Martin, l’AFP": ("Jeanne Martin", "AFP"),
    "ATS/lma": ("ATS",),
    "avec AFP": ("AFP",),
    "avec plaisir": (),
    "Par ailleurs, le maire démissionne": (),
    "Par exemple": (),
    "Par ici la sortie": (),
    "La verrerie ferme ses portes": (),
    "Le 2 mars 2024": (),
    "Par le Syndicat des verriers en colère": (),
    "": (),
}


@pytest.mark.parametrize("line", BYLINES)
def test_the_names_of_a_byline(line: str) -> None:
    assert byline_names(line) == BYLINES[line]


def authors(head: str, *, before: str = "", after: str = "") -> list[str]:
    page = f"<body>{before}<article><h1>La verrerie</h1>{head}{TEXT}{after}</article></body>"
    return shown_authors(lxml.html.document_fromstring(page))


@pytest.mark.parametrize(
    "head",
    [
        "<p class='author'>Par Jeanne Martin</p>",
        "<div class='article__byline'><span>Jeanne Martin</span></div>",
        "<p>Par Jeanne Martin</p>",
        "<p>Publié par <a href='/auteur/jeanne'>Jeanne Martin</a> le 2 mars</p>",
        "<div class='meta'><a href='https://a.example/journalistes/12'>Jeanne Martin</a></div>",
        "<p class='chapo'>Un chapô court.</p><p class='signature'>Jeanne Martin</p>",
        f"<p class='chapo'>{'Un chapô qui est long. ' * 9}</p><p>Par Jeanne Martin</p>",
        "<p class='byline'><span>Par</span><b>Jeanne Martin</b><time>3 mars 2024</time></p>",
        "<p class='byline'><!-- - -->Jeanne Martin<!-- - --></p>",
        "<figure><figcaption class='signature'>Paul Durand</figcaption></figure><p>Par Jeanne "
        "Martin</p>",
        "<a class='journalistes' href='/journalistes/'>Journalistes</a><p>Par Jeanne Martin</p>",
        "<p>Jeanne Martin · 2 mars 2024</p>",
        "<div>Mer | Jeanne Martin | 2 mars 2024</div>",
        "<div>le 2 mars 2024 à 10h22 — Jeanne Martin</div>",
        "<p class='signature'>Jeanne Martin (Lyon, envoyée spéciale)</p>",
    ],
)
def test_a_byline_under_the_title(head: str) -> None:
    assert authors(head) == ["Jeanne Martin"]


@pytest.mark.parametrize(
    "head",
    [
        "<ul class='authors'><li>Jeanne Martin</li> <li>Paul Durand</li></ul>",
        "<p class='authors'><a href='/auteur/a'>Jeanne Martin</a><a>Paul Durand</a></p>",
        "<p class='authors'><a href='/auteur/a'>Jeanne Martin</a> et <a>Paul Durand</a></p>",
    ],
)
def test_two_authors_are_two(head: str) -> None:
    assert authors(head) == ["Jeanne Martin", "Paul Durand"]


def test_a_name_may_begin_as_a_word_of_links() -> None:
    assert authors("<a rel='author'>Sonia Moreau</a>") == ["Sonia Moreau"]
    assert authors("<a rel='author'>Voir son profil</a>") == []


@pytest.mark.parametrize(
    ("before", "head"),
    [
        ("<nav><a href='/auteurs/paul'>Paul Durand</a></nav>", ""),
        ("<aside><a href='/auteurs/paul'>Paul Durand</a></aside>", ""),
        ("<p><a href='/auteurs/'>Nos Auteurs</a></p>", ""),
        ("", "<div class='author-share'>Partager</div>"),
        ("", "<p>Le projet de loi porté par Paul Durand</p>"),
        ("", "<p>Hauts de Seine · 2 mars 2024</p>"),
        ("", "<p>La Gazette | 2 mars 2024</p>"),
        ("", "<p>Faits divers · 2 mars 2024 · 3 min</p>"),
        ("", "<article><h2>Un autre</h2><span class='author-name'>Paul Durand</span></article>"),
    ],
)
def test_other_names_around_the_title_sign_nothing(before: str, head: str) -> None:
    assert authors(head, before=before) == []


def test_what_is_marked_as_the_author_comes_before() -> None:
    assert authors("<p>Par Paul Durand</p><a rel='author'>Jeanne Martin</a>") == ["Jeanne Martin"]


@pytest.mark.parametrize(
    "after",
    [
        "<div class='author-bio'>Jeanne Martin</div>",
        "<div class='reaction'><span class='author'>Alice</span><p>Merci.</p></div>",
        "<ul class='related'><li><span class='author'>Paul Durand</span></li></ul>",
        "<p>Par Jeanne Martin</p>",
    ],
)
def test_what_follows_the_text_signs_nothing(after: str) -> None:
    assert authors("<p>Un chapô court.</p>", after=after) == []


def test_the_first_words_of_a_text_are_no_byline() -> None:
    assert authors("<p>Par Toutatis, le ciel nous tombe sur la tête !</p>") == []


RUBRICS = (
    "Intelligence Artificielle",
    "Données Personnelles",
    "Vie Locale",
    "Santé Publique",
    "Verre Soufflé",
    "Monts Bleus",
)
ANNOUNCING = (
    "<p>{}</p><p>2 mars 2024</p>",
    "<p>{} · 2 mars 2024</p>",
    "<div><span>{}</span><time datetime=2024-03-02>2 mars 2024</time></div>",
)
ELSEWHERE = "<nav><a href=/monts>Monts Bleus</a></nav><p>Un bol de verre soufflé.</p>"


@pytest.mark.parametrize("line", ANNOUNCING)
@pytest.mark.parametrize("rubric", RUBRICS)
def test_a_rubric_above_a_date_signs_nothing(rubric: str, line: str) -> None:
    """Neither what its words say, nor what the page says of it, is of a person."""
    page = f"<h1>La verrerie</h1>{line.format(rubric)}{TEXT}{ELSEWHERE}"
    assert shown_authors(lxml.html.document_fromstring(page)) == []


@pytest.mark.parametrize("line", ANNOUNCING)
@pytest.mark.parametrize(
    "name", ["Zoé Petit", "Dominique Véronique", "Rose Soufflé", "Jean Droit", "Marc Chevalier"]
)
def test_a_name_above_a_date_signs(name: str, line: str) -> None:
    people = f"<nav><a href=/auteurs/x>{name}</a></nav><script>{name.lower()}</script>"
    page = f"<h1>La verrerie</h1>{line.format(name)}{TEXT}{ELSEWHERE}{people}"
    assert shown_authors(lxml.html.document_fromstring(page)) == [name]


def test_a_rubric_does_not_hide_who_signs_below_it() -> None:
    signed = "<p>Vie Locale</p><p>2 mars 2024</p><p>Par Zoé Petit</p>"
    page = f"<h1>La verrerie</h1>{signed}{TEXT}"
    assert shown_authors(lxml.html.document_fromstring(page)) == ["Zoé Petit"]
