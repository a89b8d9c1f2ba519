"""Are the archives and the databases that must not be read refused, before any of it is read?"""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.pipeline.sources import read
from indexer.reporting import Remark, Skipped

SECRET = "Rambutan"
SUBSTACK = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title"
PAGE = """<html><head><title>Le phare</title></head><body>
<article class="h-entry"><h1>Le phare</h1><section data-field="body">
<p>La lampe du phare a été changée dans la nuit, et le gardien en parle.</p>
<p>Il a vu la mer monter, puis les dunes reculer d’un mètre, et il l’écrit.</p></section>
<footer><time class="dt-published" datetime="2024-03-02T07:00:00Z">March 2</time></footer>
</article></body></html>"""
ARCHIVES = [
    ("Discourse", ("user_archive.csv", "preferences.json", "likes.csv")),
    ("Mastodon", ("actor.json", "outbox.json", "likes.json", "media_attachments/a.jpg")),
    ("Substack", ("posts.csv", "email_list.phare.csv", "posts/1.draft.html")),
    ("X (Twitter)", ("data/tweets.js", "Your archive.html")),
    ("Facebook", ("messages/inbox/a_1/message_1.json", "index.html")),
    ("LinkedIn", ("Invitations.csv", "messages.csv", "Articles/Articles/le-bac.html")),
    ("LinkedIn", ("Connections.csv", "Profile.csv", "Comments.csv")),
    ("Reddit", ("checkfile.csv", "ip_logs.csv", "comments.csv")),
    ("bureautique", ("[Content_Types].xml", "word/document.xml")),
    ("EPUB", ("mimetype", "META-INF/container.xml", "OEBPS/chapitre.xhtml")),
]


@pytest.mark.parametrize(("program", "names"), ARCHIVES, ids=range(len(ARCHIVES)))
def test_an_archive_is_refused_before_anything_is_read(
    program: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "archive.zip"
    page = f"<html><title>{SECRET}</title><body><p>{SECRET}</p></body></html>"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, page)
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert program in skipped.reason


def test_drafts_of_medium_are_beside(tmp_path: Path) -> None:
    path = tmp_path / "medium.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("posts/draft_Rambutan-1.html", "<html><title>Rambutan</title><p>Rambutan")
        archive.writestr("posts/2024-03-02_Le-phare-2.html", PAGE)
    outcomes = list(read([path]))
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == [
        "Le phare"
    ]
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)] == ["other_files"]


DATABASES = [
    ("Drupal", "CREATE TABLE node_field_data (nid)"),
    ("Joomla", "CREATE TABLE jos_content (id); CREATE TABLE jos_users (id)"),
    ("phpBB", "CREATE TABLE phpbb_posts (a); CREATE TABLE phpbb_topics (b)"),
    ("FluxBB", "CREATE TABLE f_posts (a); CREATE TABLE f_topics (b); CREATE TABLE f_censoring (c)"),
    ("XenForo", "CREATE TABLE xf_post (a); CREATE TABLE xf_thread (b)"),
    ("vBulletin", "CREATE TABLE post (a); CREATE TABLE thread (b)"),
    ("Flarum", "CREATE TABLE discussions (a); CREATE TABLE discussion_tag (b)"),
    ("TYPO3", "CREATE TABLE tt_content (uid)"),
    ("Ghost", "CREATE TABLE posts (id); CREATE TABLE members (email)"),
    ("programme inconnu (fruits)", "CREATE TABLE fruits (nom)"),
    ("WordPress", "CREATE TABLE wp_posts (id)"),
    ("Firefox", "CREATE TABLE moz_places (url)"),
    ("lecteur de flux", "CREATE TABLE entry (a); CREATE TABLE feed (b)"),
    ("lecteur de flux (", "CREATE TABLE rss_item (a); CREATE TABLE rss_feed (b)"),
    ("Zotero", "CREATE TABLE itemData (a); CREATE TABLE itemNotes (b)"),
    ("Comentario", "CREATE TABLE cm_comments (a)"),
    ("Artalk", "CREATE TABLE atk_comments (a)"),
    ("Waline", "CREATE TABLE wl_Comment (a); CREATE TABLE wl_Users (b)"),
    ("Lemmy", "CREATE TABLE comment (a); CREATE TABLE post (b); CREATE TABLE community (c)"),
    ("Vanilla", "CREATE TABLE GDN_Comment (a); CREATE TABLE GDN_Discussion (b)"),
    ("b2evolution", "CREATE TABLE evo_comments (a); CREATE TABLE evo_items__item (b)"),
    ("Mastodon", "CREATE TABLE accounts (a); CREATE TABLE statuses (b)"),
    ("WhatsApp", "CREATE TABLE message (a); CREATE TABLE jid (b)"),
]


@pytest.mark.parametrize(("text", "sql"), DATABASES, ids=[row[0] for row in DATABASES])
def test_databases_of_other_programs(text: str, sql: str, tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    base = sqlite3.connect(path)
    base.executescript(sql)
    base.close()
    saved = tmp_path / "base.sql"
    saved.write_text(f"-- MySQL dump 10.13\n{sql};\n", "utf-8")
    packed = tmp_path / "base.db.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for file in (path, saved, packed):
        [skipped] = read([file])
        assert isinstance(skipped, Skipped)
        assert text in skipped.reason


def test_what_was_taken_out_of_an_archive_is_refused_as_it_is(tmp_path: Path) -> None:
    """The folder of Substack's export holds drafts, and what is for those who pay."""
    (tmp_path / "a.md").write_text("# Le bac\n\nIl part.\n", "utf-8")
    folder = tmp_path / "substack"
    (folder / "posts").mkdir(parents=True)
    (folder / "posts.csv").write_text(SUBSTACK + "\n", "utf-8")
    (folder / "email_list.bac.csv").write_text("email,active_subscription\n", "utf-8")
    page = f"<h1>Brouillon</h1><p>{SECRET} le 4 mars 2024. {'Un texte. ' * 90}</p>"
    (folder / "posts" / "1.bac.html").write_text(page, "utf-8")
    outcomes = list(read([tmp_path]))
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == ["Le bac"]
    [skipped] = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert "Substack" in skipped.reason


def test_a_damaged_database_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    path.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 9)
    [skipped] = read([path])
    assert isinstance(skipped, Skipped)
    assert "illisible" in skipped.reason or "inconnu" in skipped.reason
