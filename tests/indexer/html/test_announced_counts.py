"""Are comments told that a page counts and does not hold?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
ITEM = """<li class="comment" id="comment-{}"><b class="fn">Zoé</b> <time datetime="2024-03-02">2
mars</time><div class="comment-content"><p>Oui.</p></div></li>"""
THREAD = f'<section id="comments"><ol class="comment-list">{ITEM.format(7)}{ITEM.format(8)}</ol>'


def page(thread: str) -> HtmlPage:
    head = (
        '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00"><link'
        ' rel="canonical" href="https://a.example/2024/piscine/">'
    )
    html = f"<html lang=fr><title>Piscine fermée</title>{head}<article><h1>Piscine fermée</h1>"
    return read_html(f"{html}{TEXT}</article>{thread}</html>".encode(), Capture(date(2024, 3, 10)))


def warnings(html_page: HtmlPage) -> set[str]:
    return {remark.message for remark in html_page.report.remarks}


def is_partial(html_page: HtmlPage) -> bool:
    assert html_page.article is not None
    return html_page.article.extra.get("completeness") == "partial"


@pytest.mark.parametrize(
    "announced",
    [
        '<a href="#comments"><i></i><span class="count">45</span><span class="sr-only">'
        " commentaires</span></a>",
        '<a href="#comments" aria-label="45 commentaires"><svg></svg>45</a>',
        '<div class="comments-closed">45 commentaires. Les commentaires sont fermés.</div>',
        '<h2 class="comments">Réagir à cet article : 45 commentaires</h2>',
    ],
)
def test_a_count_without_a_thread(announced: str) -> None:
    html_page = page(announced)
    assert is_partial(html_page)
    assert any(message.startswith("45 commentaires annoncés") for message in warnings(html_page))


@pytest.mark.parametrize(
    "control",
    [
        "<button>Afficher plus de commentaires</button>",
        '<a href="?p=2">Commentaires suivants</a>',
        "<button>Voir les 8 autres réponses</button>",
    ],
)
def test_a_thread_that_brings_more_is_partial(control: str) -> None:
    html_page = page(f"{THREAD}{control}")
    assert is_partial(html_page)
    assert "2 commentaires dans la page, qui en charge d'autres à la demande" in warnings(html_page)


@pytest.mark.parametrize(
    "control",
    [
        '<button style="display:none">Afficher plus de commentaires</button>',
        "<button>Afficher les réponses</button>",
        '<a href="/b">Autres messages du forum</a>',
        "<h2>2 commentaires</h2><button>Afficher plus de commentaires</button>",
    ],
)
def test_a_thread_that_is_whole(control: str) -> None:
    assert not is_partial(page(f"{THREAD}{control}"))


@pytest.mark.parametrize(
    ("link", "partial"),
    [
        ("/2024/piscine/comment-page-1/#comments", True),
        # of the first page, the address of a comment
        ("/2024/piscine/comment-page-1/#comment-7", False),
    ],
)
def test_the_last_page_of_a_thread(link: str, partial: bool) -> None:
    assert is_partial(page(f'{THREAD}<a href="{link}">1</a>')) is partial
