"""Is a thread that a page showed in a frame read from the one file that a browser saved?

Chromium 156 writes each frame as a part, that `src` names by its Content-ID (`cid:`); Internet
Explorer 11 by its Content-Location. Disqus, and whatever else is shown from another site, is
there, and nowhere in the page itself.
"""

from __future__ import annotations

import quopri
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.pipeline.sources import read
from indexer.reporting import Remark

PAGE = (
    "<!DOCTYPE html><html lang=fr><head><title>Le bac</title><meta "
    'property="article:published_time" content="2024-03-02T08:00:00+01:00"></head><body><main>'
    "<article><h1>Le bac</h1><p>Le bac a repris son service ce matin, apres trois semaines de "
    "travaux sur la rive droite, et les camions passent de nouveau.</p><p>Le conseil en reparlera "
    "jeudi, dit la mairie, avec les bateliers et les riverains du quai.</p></article>"
    '<div id="disqus_thread"><iframe title="Disqus" SOURCE></iframe></div></main></body></html>'
)
THREAD = (
    '<!doctype html><html><body><ul id="post-list">'
    + "".join(
        f'<li class="post" id="post-{number}"><header><span class="author"><a>{name}</a></span> '
        f'<a class="time-ago" title="samedi 2 mars 2024 1{number}:00">il y a 2 ans</a></header>'
        f'<div class="post-message"><p>Réponse « {number} ».</p></div></li>'
        for number, name in ((1, "Alice"), (2, "Benoît"), (3, "Chloé"))
    )
    + "</ul></body></html>"
)


def saved(source: str, head: str, charset: str, declared: str = "") -> bytes:
    """A saved page; `declared`: what is said of the frame, instead of its charset."""
    thread = quopri.encodestring(THREAD.encode(charset)).decode("ascii")
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/bac\r\n"
        "Date: Thu, 19 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--limite"\r\n\r\n'
        "----limite\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        "Content-Location: https://a.example/bac\r\n\r\n"
        f"{PAGE.replace('SOURCE', source)}\r\n"
        f"----limite\r\nContent-Type: text/html; {declared or f'charset={charset}'}\r\n{head}\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{thread}\r\n----limite--\r\n"
    ).encode("ascii")


FRAMES = {
    "chromium": (
        'src="cid:frame-2@mhtml.blink"',
        "Content-ID: <frame-2@mhtml.blink>\r\nContent-Location: https://disqus.com/embed/?a=1&b=2",
        "utf-8",
    ),
    "internet explorer": (
        "width=9 src='https://disqus.com/embed/?a=1&amp;b=2'",
        "Content-Location: https://disqus.com/embed/?a=1&b=2",
        "windows-1252",
    ),
    "an encoding that nobody knows": (
        'src="cid:2"',
        "Content-ID: <2>\r\nContent-Location: https://disqus.com/embed/",
        "utf-8",
        "charset=x-inconnu",
    ),
    "an encoding that nobody tells": (
        'src="cid:2"',
        "Content-ID: <2>\r\nContent-Location: https://disqus.com/embed/",
        "windows-1252",
        "format=flowed",
    ),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bac.mhtml"
    path.write_bytes(saved(*FRAMES[name]))
    outcomes = list(read([path]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert [(comment.author, comment.text) for comment in article.comments] == [
        ("Alice", "Réponse « 1 »."),
        ("Benoît", "Réponse « 2 »."),
        ("Chloé", "Réponse « 3 »."),
    ]
    assert "completeness" not in article.extra


def test_a_frame_that_is_not_in_the_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "bac.mhtml"
    path.write_bytes(saved('src="cid:other"', "Content-ID: <2>", "utf-8"))
    outcomes = list(read([path]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert (article.comments, article.extra["completeness"]) == ((), "partial")
    assert any(isinstance(outcome, Remark) and "Disqus" in outcome.message for outcome in outcomes)
