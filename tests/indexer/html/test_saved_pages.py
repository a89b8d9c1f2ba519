"""Is a page read whole as browsers and SingleFile save it: shadow roots, frames, zips inside?"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from html import escape
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.html.page import read_html
from indexer.pipeline import sources
from indexer.reporting.report import Remark, Skipped
from indexer.times.capture import Capture

CAPTURE = Capture(date(2024, 12, 4))
SENTENCE = "La commune ferme la piscine pendant deux ans, le temps de faire les travaux prévus."
THREAD = (
    '<ol class="comment-list"><li id="comment-7"><b class="fn">Zoé</b><time datetime='
    '"2024-12-02T10:00:00+01:00">x</time><div class="comment-content">Bravo.</div></li></ol>'
)
PAGE = (
    "<!DOCTYPE html><html lang=fr><title>Piscine</title><body><article><h1>Piscine</h1>"
    f"<p>{SENTENCE}</p><p>{SENTENCE}</p></article>{{thread}}</body></html>"
)


@pytest.mark.parametrize(
    "mark",
    ["shadowrootmode=open", "shadowrootmode=closed", 'shadowmode="open"', "shadowroot=open"],
)
def test_a_shadow_root_is_the_page_s_own(mark: str) -> None:
    thread = f"<a-thread><template {mark}>{THREAD}</template></a-thread>"
    article = read_html(PAGE.format(thread=thread).encode(), CAPTURE).article
    assert article is not None
    assert [comment.text for comment in article.comments] == ["Bravo."]


def test_a_shadow_root_inside_another() -> None:
    inner = f"<b-list><template shadowrootmode=open>{THREAD}</template></b-list>"
    thread = f"<a-thread><template shadowrootmode=open>{inner}</template></a-thread>"
    article = read_html(PAGE.format(thread=thread).encode(), CAPTURE).article
    assert article is not None
    assert len(article.comments) == 1


def test_a_template_of_scripts_is_not_shown() -> None:
    article = read_html(
        PAGE.format(thread=f"<template id=model>{THREAD}</template>").encode(), CAPTURE
    ).article
    assert article is not None
    assert article.comments == ()


def self_extracting(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    begins = b"<!DOCTYPE html> <html data-sfz><meta charset=windows-1252><body hidden><!-- "
    return begins + packed.getvalue() + b" --></body></html>"


def test_a_page_that_extracts_itself(tmp_path: Path) -> None:
    data = self_extracting({"index.html": PAGE.format(thread=THREAD), "manifest.json": "{}"})
    (tmp_path / "piscine.zip.html").write_bytes(data)
    outcomes = sources.read([tmp_path / "piscine.zip.html"])
    [article] = (outcome for outcome in outcomes if isinstance(outcome, Article))
    assert (article.headline, len(article.comments)) == ("Piscine", 1)


def test_its_frames_are_not_the_page() -> None:
    frame = "<html><title>Publicité</title><p>Achetez."
    data = self_extracting({"frames/0/index.html": frame, "index.html": PAGE.format(thread="")})
    article = read_html(data, CAPTURE).article
    assert article is not None
    assert article.headline == "Piscine"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html data-sfz><body>", "abîmée ou tronquée"),
        (self_extracting({"a.txt": ""}), "ne contient pas index.html"),
        (self_extracting({"index.html": "x" * 40_000_000}), "Mio"),
    ],
)
def test_what_cannot_be_extracted_is_told(data: bytes, sentence: str) -> None:
    assert sentence in (read_html(data, CAPTURE).report.reason or "")


def test_the_manifest_beside_a_page_is_no_fault(tmp_path: Path) -> None:
    manifest = (
        '{"originalUrl": "https://a.example/", "indexFilename": "index.html", "resources": {}}'
    )
    with zipfile.ZipFile(tmp_path / "page.zip", "w") as archive:
        archive.writestr("index.html", PAGE.format(thread=THREAD))
        archive.writestr("manifest.json", manifest)
    outcomes = list(sources.read([tmp_path / "page.zip"]))
    assert [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    kinds = [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)]
    assert kinds.count("other_files") == 1
    (tmp_path / "page.zip").unlink()
    (tmp_path / "index.html").write_text(PAGE.format(thread=THREAD))
    (tmp_path / "manifest.json").write_text('{"name": "Le site", "icons": [], "start_url": "/"}')
    assert not [outcome for outcome in sources.read([tmp_path]) if isinstance(outcome, Skipped)]


def test_a_thread_in_a_frame_that_singlefile_keeps() -> None:
    post = (
        '<li class="post" id="post-7"><span class="author">Zoé</span><a class="time-ago" title='
        '"2 mars 2024 10:22">2 ans</a><div class="post-message"><p>Bravo.</p></div></li>'
    )
    frame_content = escape(
        f'<html><body><ul id="post-list">{post}</ul><script>x()</script></body></html>'
    )
    thread = (
        f'<div id="disqus_thread"><iframe title="Disqus" srcdoc="{frame_content}"></iframe></div>'
    )
    article = read_html(PAGE.format(thread=thread).encode(), CAPTURE).article
    assert article is not None
    assert [(comment.author, comment.text) for comment in article.comments] == [("Zoé", "Bravo.")]
    advert = escape("<html><body><p>Achetez une piscine, elle est en promotion.</p></body></html>")
    other_page = read_html(
        PAGE.format(thread=f'<iframe srcdoc="{advert}">').encode(), CAPTURE
    ).article
    assert other_page is not None
    assert "promotion" not in other_page.sections[0].text
