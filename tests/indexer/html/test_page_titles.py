"""Which heading is the title, on a page that names its site in one, or asks to accept cookies?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

TEXT = (
    "<p>Le conseil a voté lundi soir la fermeture du bac pendant l'hiver, par vingt voix contre"
    " sept, après trois heures de débat.</p><p>La mairie promet une navette gratuite entre les"
    " deux rives, toutes les heures, et les riverains en doutent.</p>"
)
META = '<meta property="article:published_time" content="2024-03-02T08:00:00+01:00">'


def page(title: str, body: str) -> HtmlPage:
    html = f"<!doctype html><html lang=fr><head><title>{title}</title>{META}</head>"
    return read_html(f"{html}<body>{body}</body></html>".encode(), Capture(date(2026, 11, 28)))


def article(title: str, body: str) -> Article:
    article_read = page(title, body).article
    assert article_read is not None
    return article_read


@pytest.mark.parametrize(
    ("title", "headings", "headline"),
    [
        # old WordPress, Dotclear, PluXml: the site in `h1`, the post in `h2`
        ("Le bac fermé - Le quai", "<h1>Le quai</h1><h2>Le bac fermé</h2>", "Le bac fermé"),
        (
            "Le bac : fermé - Le quai",
            '<h1><a href="/">Le quai</a></h1><h3>Le bac : fermé</h3>',
            "Le bac : fermé",
        ),
        (
            "Le quai » Le bac fermé",
            '<h1><a href="https://quai.example/">Le quai</a></h1><h2>Le bac fermé</h2>',
            "Le bac fermé",
        ),
        ("Le bac fermé | Le quai", '<a href="/"><h1>Le quai</h1></a>', "Le bac fermé"),
        # FluxBB: the topic, its board, the forum
        (
            "Le bac / Transports / Le quai",
            '<h1><a href="index.php">Le quai</a></h1><h3>Le bac</h3>',
            "Le bac",
        ),
        # a title is in its place, whatever the site is called below
        ("Le bac fermé - Le quai", "<h1>Le bac fermé</h1><h2>Le quai</h2>", "Le bac fermé"),
        ("Le bac fermé - Le quai", '<h1><a href="/?p=12">Le bac fermé</a></h1>', "Le bac fermé"),
        ("Le quai", '<h1><a href="/">Le quai</a></h1>', "Le quai"),
    ],
)
def test_the_title_of_a_page_that_names_its_site(title: str, headings: str, headline: str) -> None:
    article_read = article(title, f"{headings}<div class=post>{TEXT}</div>")
    assert article_read.headline == headline
    assert [
        section.headline for section in article_read.sections if section.headline == headline
    ] == []


CONSENT = (
    "<h1>Le respect de votre vie privée est notre priorité</h1><p>Avec votre accord, nos"
    " partenaires et nous utilisons des cookies pour mesurer l'audience de ce site et vous montrer"
    " des publicités choisies d'après votre visite.</p><p>Vous pouvez retirer votre consentement"
    " à tout moment, et nos 842 partenaires n'en sauront rien avant votre visite suivante.</p>"
    "<button>Accepter</button>"
)


@pytest.mark.parametrize(
    "attributes",
    [
        'id="didomi-host"',
        'class="sp_message_container" role="dialog"',
        'id="onetrust-consent-sdk"',
        'class="xg6k" aria-modal="true"',
        'class="cmplz-cookiebanner"',
    ],
)
def test_a_dialog_on_cookies_is_neither_the_title_nor_the_text(attributes: str) -> None:
    body = f"<div {attributes}>{CONSENT}</div><main><h1>Le bac fermé</h1>{TEXT}</main>"
    article_read = article("Le bac fermé", body)
    assert article_read.headline == "Le bac fermé"
    assert "cookies" not in " ".join(section.text for section in article_read.sections)
    assert "navette" in article_read.sections[0].text


def test_a_page_that_only_asks_to_accept_cookies_is_no_article() -> None:
    html_page = page("Le bac fermé", f'<div class="fc-consent-root">{CONSENT}</div>')
    assert html_page.article is None
    assert (html_page.report.reason or "").endswith("elle demande d'abord d'accepter des cookies")


@pytest.mark.parametrize("names", ["post category-cookies", "cookies-accepted"])
def test_an_article_on_cookies_is_read(names: str) -> None:
    text = "<p>La mairie accepte les cookies de trois régies, et demande un consentement.</p>" * 3
    article_read = article(
        "Cookies", f'<div class="{names}"><main><h1>Cookies</h1>{text}</main></div>'
    )
    assert "régies" in article_read.sections[0].text
