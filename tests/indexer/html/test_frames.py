"""Is the thread that a frame showed read, wherever the saving tool keeps it?

SingleFile's zips, self-extracting pages and SingleFileZ's have its page in a file (`frames/0/`, and
those in it), others in an address `data:`. A page without pictures may be an MHTML of one part.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from datetime import date
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from indexer.pipeline.sources import open_file, read
from indexer.reporting import Remark
from indexer.times import Capture
from tests.indexer.outcomes import articles
from tests.indexer.samples import EXPORTS

CAPTURE = Capture(date(2026, 11, 28))
TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
HEAD = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
FRAME = "<html><head><title>Comments</title></head><body><ul id='post-list'>{}</ul></body></html>"
FRAME = FRAME.format(
    "".join(
        f"<li class='post' id='post-{number}'><span class='author'>{who}</span> <a "
        f"class='time-ago' title='2024-03-02T10:{number}'>x</a>"
        f"<div class='post-message'><p>{text}</p></div></li>"
        for number, who, text in ((11, "Zoé", "Déjà en 2019."), (12, "Yann", "Six mois."))
    )
)
MANIFEST = json.dumps({"originalUrl": "https://a.example/1", "indexFilename": "index.html"})
NESTED = '<html><body><iframe title="comments" src="frames/1/index.html"></iframe></body></html>'


def page(source: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Piscine</title>{HEAD}'
        f"</head><body><article><h1>Piscine fermée</h1>{TEXT}</article>"
        f'<div id="disqus_thread"><iframe title="comments" src="{source}"></iframe></div>'
    )


def zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def saved(folder: str = "", manifest: str = "manifest.json", *, nested: bool = False) -> bytes:
    files = {f"{folder}{manifest}": MANIFEST, f"{folder}index.html": page("frames/0/index.html")}
    if nested:
        files[f"{folder}frames/0/index.html"] = NESTED
        files[f"{folder}frames/0/frames/1/index.html"] = FRAME
    else:
        files[f"{folder}frames/0/index.html"] = FRAME
        files[f"{folder}frames/0/{manifest}"] = MANIFEST
    return zipped(files)


def self_extracting(packed: bytes) -> bytes:
    return b"<!DOCTYPE html><html data-sfz><body hidden><!--" + packed + b"--></body></html>"


def by_single_file_z(packed: bytes) -> bytes:
    icon = f'<link rel="shortcut icon" href="data:image/png;base64,{"A" * 6000}">'.encode()
    message = b"<body hidden><div id='sfz-wait-message'>Please wait...</div></body><xmp><![CDATA["
    return b"<!DOCTYPE html><html>" + icon + message + packed + b"]]></xmp></html>"


PAGES = {
    "zip": ("a.zip", saved()),
    "zip with a folder": ("a.zip", saved("Piscine/")),
    "zip with frames in frames": ("a.zip", saved(nested=True)),
    "self-extracting": ("a.html", self_extracting(saved())),
    "self-extracting, frames in frames": ("a.html", self_extracting(saved(nested=True))),
    "SingleFileZ": ("a.html", by_single_file_z(saved("1700_3/", "index.json"))),
    "SingleFileZ, zip": ("a.zip", saved("1700_3/", "index.json")),
    "data, base64": (
        "a.html",
        page(
            f"data:text/html;charset=utf-8;base64,{base64.b64encode(FRAME.encode()).decode()}"
        ).encode(),
    ),
    "data": ("a.html", page(f"data:text/html;charset=utf-8,{quote(FRAME)}").encode()),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_thread_of_a_frame(name: str, tmp_path: Path) -> None:
    file_name, data = PAGES[name]
    path = tmp_path / file_name
    path.write_bytes(data)
    (article,) = articles(list(read([path], CAPTURE)))
    assert [(comment.author, comment.text) for comment in article.comments] == [
        ("Zoé", "Déjà en 2019."),
        ("Yann", "Six mois."),
    ]


def test_folders_named_frames_of_another_site_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    path.write_bytes(zipped({"index.html": page("x"), "frames/0/index.html": page("y")}))
    assert len(articles(list(read([path], CAPTURE)))) == 2


def test_a_frame_that_shows_itself_ends(tmp_path: Path) -> None:
    loop = page("../../frames/0/index.html")
    files = {"manifest.json": MANIFEST, "index.html": loop, "frames/0/index.html": loop}
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(files))
    assert len(articles(list(read([path], CAPTURE)))) == 1


def mhtml(html: str, headers: dict[str, str]) -> bytes:
    message = Message()
    for name, value in headers.items():
        message[name] = value
    message.set_payload(base64.encodebytes(html.encode()).decode())
    return message.as_bytes()


ALONE = {
    "From": '"Saved by Windows Internet Explorer 8"',
    "Subject": "Piscine",
    "Date": "Sat, 2 Mar 2024 10:00:00 +0100",
    "MIME-Version": "1.0",
    "Content-Type": 'text/html; charset="utf-8"',
    "Content-Transfer-Encoding": "base64",
    "Content-Location": "https://a.example/1",
}


def test_an_mhtml_of_one_part(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(mhtml(page("x"), ALONE))
    (article,) = articles(list(read([path])))
    assert article.url == "https://a.example/1"
    assert article.captured_at == "2024-03-02T10:00:00+01:00"


def test_a_message_of_html_is_still_private(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(mhtml(page("x"), {**ALONE, "To": "zoe@courrier.example"}))
    opened = open_file(path)
    assert isinstance(opened, tuple)
    assert opened[1].name == "refused"


def test_a_page_of_europresse_saved_as_mhtml(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    text = (EXPORTS / "europresse.html").read_text()
    path.write_bytes(mhtml(text, ALONE))
    outcomes, expected = (
        list(read([path], CAPTURE)),
        list(read([EXPORTS / "europresse.html"], CAPTURE)),
    )
    assert [article.id for article in articles(outcomes)] == [
        article.id for article in articles(expected)
    ]
    kinds = [outcome.kind for outcome in expected if isinstance(outcome, Remark)]
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)] == kinds


RELATED = """From: <Saved by Blink>
Snapshot-Content-Location: https://a.example/1
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"{start}

--b
Content-Type: text/html; charset=utf-8
Content-ID: <f2@x>
Content-Location: https://ads.example/frame

<html><body><p>Publicité</p></body></html>
--b
Content-Type: text/html; charset=utf-8
Content-ID: <f1@x>
Content-Location: {location}

{page}
--b--
"""


@pytest.mark.parametrize(
    ("start", "location"),
    [('; start="<f1@x>"', "cid:f1@x"), ("", "https://a.example/1")],
)
def test_the_page_of_an_mhtml_is_the_part_that_it_names(
    start: str, location: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.mhtml"
    text = RELATED.format(start=start, location=location, page=page("x"))
    path.write_bytes(text.encode())
    (article,) = articles(list(read([path], CAPTURE)))
    assert (article.headline, article.url) == ("Piscine fermée", "https://a.example/1")


ADVERTISEMENT = "<p>Un vélo électrique pour le prix d'un abonnement de bus, et sans essence.</p>"
BESIDE = f"<!DOCTYPE html><html lang=fr><title>Piscine</title>{HEAD}<h1>Piscine fermée</h1>{TEXT}"
LEFT = {
    "in the page": (
        "a.html",
        f'{BESIDE}<iframe src="//p.example" srcdoc="{ADVERTISEMENT}"></iframe>'.encode(),
    ),
    "in a zip": (
        "a.zip",
        zipped(
            {
                "manifest.json": MANIFEST,
                "index.html": f'{BESIDE}<iframe src="frames/0/index.html"></iframe>',
                "frames/0/index.html": ADVERTISEMENT,
            }
        ),
    ),
}


@pytest.mark.parametrize("place", LEFT)
def test_a_frame_whose_words_are_left_aside_is_told(place: str, tmp_path: Path) -> None:
    file_name, data = LEFT[place]
    path = tmp_path / file_name
    path.write_bytes(data)
    outcomes = list(read([path], CAPTURE))
    (remark,) = (each for each in outcomes if isinstance(each, Remark) and each.kind == "frames")
    assert remark.message.startswith("1 cadre laissé de côté (")
    assert remark.message.endswith("72 caractères")


def test_a_frame_of_a_button_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f'{BESIDE}<iframe srcdoc="<p>Suivre</p>"></iframe>', encoding="utf-8")
    assert not [each for each in read([path], CAPTURE) if isinstance(each, Remark)]
