"""Do labels in titles, agencies behind names and trades mix with what they stand beside?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

LINE = (
    "La mairie a fermé lundi la passerelle, dont les haubans sont rongés depuis l'hiver, selon un"
    " rapport d'experts remis vendredi, et huit cents piétons feront un détour chaque jour."
)
PUBLISHED = "<meta property=article:published_time content=2024-03-04T08:15:00+01:00>"


def article(title: str = "La passerelle", head: str = PUBLISHED, above_text: str = "") -> Article:
    page = (
        "<!doctype html><html lang=fr><head><title>La passerelle - La Gazette</title><meta"
        f" property=og:type content=article>{head}</head><body><main><article><h1>{title}</h1>"
        f"{above_text}<div class=content><p>{LINE}</p><p>{LINE}</p></div></article></main></body>"
    )
    article_read = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article_read is not None
    return article_read


@pytest.mark.parametrize(
    "title",
    [
        "<span class=kicker>Reportage</span> La passerelle",
        "La passerelle <span class=badge>Abonnés</span>",
        "<span class=sr-only>Article réservé aux abonnés</span>La passerelle",
    ],
)
def test_a_label_in_a_title_is_not_the_title(title: str) -> None:
    assert article(title).headline == "La passerelle"


def test_an_element_in_a_title_is_the_title() -> None:
    assert article("<em>Tosca</em> à La passerelle").headline == "Tosca à La passerelle"


def json_ld(**members: str) -> str:
    pairs = ",".join(f'"{name}":"{value}"' for name, value in members.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{pairs}}}</script>'


@pytest.mark.parametrize("agency", ["avec AFP", "(avec Reuters)", "avec l'AFP", "avec les agences"])
def test_an_agency_behind_a_name_of_json_ld(agency: str) -> None:
    head = json_ld(author=f"Zoé Petit {agency}", datePublished="2024-03-04")
    assert article(head=head).author == ("Zoé Petit",)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("04/03/2024 08:15", "2024-03-04T08:15:00+01:00"),
        ("04/03/2024", "2024-03-04"),
        ("31/04/2024", None),
    ],
)
def test_a_date_for_people_in_json_ld(written: str, published: str | None) -> None:
    head = json_ld(author="Zoé Petit", datePublished=written)
    assert article(head=head).date_published == published


def test_a_name_beside_an_account() -> None:
    byline = "<p class=author>Par <a href=/z>Zoé Petit</a> <a href=//x.example/z>@zpetit</a></p>"
    assert article(above_text=byline).author == ("Zoé Petit",)


def test_a_trade_glued_to_a_name_is_not_text() -> None:
    byline = (
        "<div class=auteur><span>Zoé Petit</span><span>Journaliste au service Villes</span></div>"
    )
    article_read = article(above_text=byline)
    assert article_read.sections[0].text == f"{LINE}\n{LINE}"


def test_each_author_of_a_meta() -> None:
    names = "".join(f"<meta name=author content='{name}'>" for name in ("Zoé Petit", "Luc Roy"))
    assert article(head=PUBLISHED + names).author == ("Zoé Petit", "Luc Roy")


def test_two_lines_of_a_signature_are_two_names() -> None:
    byline = "<div class=signature>La Gazette<br>Zoé Petit.</div>"
    assert "La Gazette Zoé Petit" not in article(above_text=byline).author


SENTENCES = [
    "Vous aimerez ce village et ses ruelles",
    "Pour aller plus loin dans la vallée, il faut un âne",
    "Partager la page avec un inconnu n'est pas un crime",
    "Thèmes astraux et cartes du ciel n'y ont rien changé",
    "Suivez-nous jusqu'au bac, dit le passeur",
    "Soutenez-la, elle tombe, criait la foule",
    "Les plus partagés des biens communs",
    "Sur le même sujet, le préfet s'est tu",
    "La newsletter du maire",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("after", [f"<p>{LINE}</p>", ""], ids=["between", "last"])
def test_a_sentence_that_begins_as_a_label_is_text(sentence: str, after: str) -> None:
    above = f"<div class=content><p>{LINE}</p><p>{sentence}</p>{after}</div>"
    page = (
        f"<title>La passerelle</title>{PUBLISHED}<article><h1>La passerelle</h1>{above}</article>"
    )
    article_read = read_html(page.encode(), Capture(date(2024, 3, 10))).article
    assert article_read is not None
    assert sentence in article_read.sections[0].text


LABELS = ["Vous aimerez aussi", "Vous pourriez être intéressé par", "Articles liés", "À lire aussi"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("holder", ["<h3>{}</h3>", "<div><p>{}</p></div>", "<span>{}</span>"])
def test_a_label_above_links_is_none(label: str, holder: str) -> None:
    links = "<ul><li><a href=/a>Le pont est fermé</a></li><li><a href=/b>La gare</a></li></ul>"
    text = article(above_text=f"<p>{LINE}</p>{holder.format(label)}{links}").sections
    assert label not in " ".join(f"{section.headline} {section.text}" for section in text)


def test_the_headers_of_a_mail_in_an_archive_are_its_author_and_no_text() -> None:
    headers = (
        "<ul><li><em>To</em>: bac@listes.example</li><li><em>Subject</em>: La passerelle</li>"
        "<li><em>From</em>: Zoé Renard &lt;zoe@DOMAIN.HIDDEN&gt;</li></ul>"
    )
    mail = article(above_text=headers)
    assert mail.author == ("Zoé Renard",)
    assert mail.sections[0].text == f"{LINE}\n{LINE}"


def test_an_open_letter_says_to_whom_it_is() -> None:
    line = "À : @mairie_de_sora, merci de nous répondre."
    read = article(above_text=f"<p>{line}</p>")
    assert line in read.sections[0].text
