"""Do an export, a saved page and a feed of one site give one article, and each comment once?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main

TEXT = "La digue a cédé dans la nuit, sur trente mètres, et le phare veille seul depuis."
PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>La digue</title>
<link rel="canonical" href="{url}"><meta property="article:published_time" content="{date}"></head>
<body><main><article><h1>La digue</h1><p>{text}</p><p>Les riverains en parlent encore.</p></article>
{thread}</main></body></html>"""
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Le phare</title>
<item><title>La digue</title><link>{url}</link><pubDate>Fri, 03 May 2024 08:46:00 GMT</pubDate>
<description>{text}</description></item></channel></rss>"""


def spip(folder: Path) -> str:
    with sqlite3.connect(folder / "spip.sqlite") as base:
        base.executescript(
            f"""
            CREATE TABLE spip_meta (nom, valeur);
            INSERT INTO spip_meta VALUES ('adresse_site', 'http://www.phare.example');
            CREATE TABLE spip_rubriques (id_rubrique, titre);
            CREATE TABLE spip_articles (id_article INTEGER PRIMARY KEY, titre, id_rubrique, texte,
                date, statut);
            INSERT INTO spip_articles VALUES (7, '02. La digue', 1,
                '{TEXT}\n\nLes riverains en parlent encore.', '2024-05-03 10:46:00', 'publie');
            CREATE TABLE spip_forum (id_forum, objet, id_objet, id_parent, date_heure, texte,
                auteur, statut);
            INSERT INTO spip_forum VALUES
                (41, 'article', 7, 0, '2024-12-02 09:52:00', 'Un mot.', 'Zoé', 'publie'),
                (42, 'article', 7, 41, '2024-12-02 10:01:00', 'Un autre.', 'Yann', 'publie');
            """
        )
    base.close()
    return "https://phare.example/spip.php?article7"


def dotclear(folder: Path) -> str:
    (folder / "backup.txt").write_text(
        "///DOTCLEAR|2.40|full\n"
        "[blog blog_id,blog_url,blog_name,blog_status]\n"
        '"default","https://phare.example/index.php?","Le phare","1"\n'
        "[post post_id,blog_id,post_dt,post_tz,post_title,post_url,post_content_xhtml,"
        "post_status]\n"
        '"7","default","2024-05-03 08:46:00","Europe/Paris","La digue","2024/05/03/La-digue",'
        f'"<p>{TEXT}</p><p>Les riverains en parlent encore.</p>","1"\n'
        "[comment comment_id,post_id,comment_dt,comment_tz,comment_author,comment_content,"
        "comment_status,comment_trackback]\n"
        '"41","7","2024-12-02 08:52:00","Europe/Paris","Zoé","<p>Un mot.</p>","1","0"\n'
        '"42","7","2024-12-02 09:01:00","Europe/Paris","Yann","<p>Un autre.</p>","1","0"\n'
    )
    return "https://phare.example/index.php?post/2024/05/03/La-digue"


SPIP_FORUM = """<div id="forum"><h2>2 commentaires</h2><ul class="forum"><li class="forum-fil">
<a href="#forum41" id="forum41"></a><b class="forum-qui-41">Zoé</b>
<div class="forum-nav">(2 décembre 2024 @09h52)</div>
<div class="forum-texte-41 forum-texte"><p>Un mot.</p></div>
<ul><li class="forum-fil"><a id="forum42"></a><b class="forum-qui-42">Yann</b>
<div class="forum-nav">(2 décembre 2024 @10h01)</div>
<div class="forum-texte-42 forum-texte"><p>Un autre.</p></div></li></ul></li></ul></div>"""
DOTCLEAR_COMMENTS = """<div id="comments"><h3>Commentaires</h3><dl>
<dt id="c41"><a href="#c41">1.</a> Le lundi 2 décembre 2024, 09:52 par Zoé</dt>
<dd><p>Un mot.</p></dd>
<dt id="c42"><a href="#c42">2.</a> Le lundi 2 décembre 2024, 10:01 par Yann</dt>
<dd><p>Un autre.</p></dd></dl></div>"""


@pytest.mark.parametrize(
    ("export", "thread"),
    [(spip, SPIP_FORUM), (dotclear, DOTCLEAR_COMMENTS)],
    ids=["spip", "dotclear"],
)
def test_one_article_and_each_comment_once(
    export: Callable[[Path], str], thread: str, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    url = export(folder)
    page = PAGE.format(url=url, text=TEXT, thread=thread, date="2024-05-03T10:46:00+02:00")
    (folder / "page.html").write_text(page)
    (folder / "feed.rss").write_text(FEED.format(url=url, text=TEXT))
    where = tmp_path / "index"
    result = CliRunner().invoke(main, ["index", str(folder), "--index", str(where)])
    assert result.exit_code == 0, result.output
    exported = CliRunner().invoke(main, ["export", "--index", str(where)])
    [article] = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [comment["id"].rpartition("#")[2] for comment in article["comments"]] == [
        "comment-41",
        "comment-42",
    ]
