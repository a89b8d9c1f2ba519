"""Does Google's Takeout of a blog give its public posts, at their addresses, and nothing else?

States read in public parsers of Takeout (2025): a post or a page is LIVE, DRAFT, SCHEDULED or
SOFT_TRASHED, a comment LIVE, PENDING, SPAM_COMMENT, GHOSTED or SOFT_TRASHED; `blogger:trashed`
is there, empty, in what is not in the bin. `blogger:filename` is a path, and nothing tells of
which blog: two blogs of one archive have files of the same names.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article import Article
from indexer.canonical import articles as exported
from indexer.doors.commands import COMMANDS
from indexer.files import ReadingOptions
from indexer.pipeline.sources import formats, read
from indexer.reporting import Remark, Skipped
from tests.shared import SHARED

CASES = SHARED / "cases" / "exports"
INDEX = next(command for command in COMMANDS if command.name == "index")
SITE = "https://dune.blogspot.example"
TAG = "tag:blogger.com,1999:blog-41"


def entry(number: int, kind: str, state: str, *, trashed: str = "", parent: int = 0) -> str:
    under = f"<blogger:parent>{TAG}.post-{parent}</blogger:parent>" if parent else ""
    return f"""<entry><id>{TAG}.post-{number}</id>{under}<blogger:inReplyTo/>
<blogger:type>{kind}</blogger:type><blogger:status>{state}</blogger:status>
<author><name>Maëlle</name></author><title>Billet {number}</title>
<content type='html'>&lt;p&gt;Texte {number}.&lt;/p&gt;</content>
<published>2025-06-04T16:52:00Z</published><updated>2025-06-04T16:52:00Z</updated>
<blogger:filename>/2025/06/billet-{number}.html</blogger:filename><link/>
<blogger:trashed>{trashed}</blogger:trashed></entry>"""


def feed(*entries: str) -> str:
    return f"""<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>{TAG}</id><title>La dune</title>{"".join(entries)}</feed>"""


STATES = [
    ("LIVE", "", True),
    ("DRAFT", "", False),
    ("SCHEDULED", "", False),
    ("SOFT_TRASHED", "2025-09-04T16:52:00Z", False),
    ("LIVE", "2025-09-04T16:52:00Z", False),
    ("PENDING", "", False),
    ("SPAM_COMMENT", "", False),
    ("GHOSTED", "", False),
    ("EMPTIED", "", False),
]


@pytest.mark.parametrize(("state", "trashed", "public"), STATES)
@pytest.mark.parametrize("kind", ["POST", "PAGE", "COMMENT"])
def test_states(kind: str, state: str, trashed: str, public: bool, tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    under = 1 if kind == "COMMENT" else 0
    entries = entry(2, kind, state, trashed=trashed, parent=under)
    path.write_text(feed(entry(1, "POST", "LIVE"), entries), "utf-8")
    articles = [outcome for outcome in read([path]) if isinstance(outcome, Article)]
    assert ("Texte 2." in "".join(map(repr, articles))) == public


def archive(path: Path) -> Path:
    """What Google makes, with what it puts beside."""
    blog = "Takeout/Blogger/Blogs/La dune"
    with zipfile.ZipFile(path, "w") as archive:
        feed_text = feed(entry(1, "POST", "LIVE"), entry(2, "COMMENT", "LIVE", parent=1))
        archive.writestr(f"{blog}/feed.atom", feed_text)
        archive.writestr(f"{blog}/settings.csv", "blog_name,blog_admins\nLa dune,a@mail.example\n")
        archive.writestr(f"{blog}/theme-classic.html", "<html><$BlogPageTitle$></html>")
        archive.writestr(f"{blog}/theme-layouts.xml", "<html expr:dir='x'/>")
        archive.writestr("Takeout/Blogger/Albums/La dune/metadata.json", '{"title": "a", "b": 1}')
        archive.writestr("Takeout/Blogger/Profile/profile.csv", "name,email\nM,a@mail.example\n")
        archive.writestr("Takeout/Profile/Profile.json", '{"name": {}, "emails": [], "x": 1}')
        archive.writestr("Takeout/archive_browser.html", "<html>Google Takeout</html>")
    return path


@pytest.mark.parametrize("unpacked", [False, True])
def test_what_is_beside_is_no_fault(unpacked: bool, tmp_path: Path) -> None:
    path = archive(tmp_path / "takeout.zip")
    if unpacked:
        with zipfile.ZipFile(path) as opened_archive:
            opened_archive.extractall(tmp_path)
        path = tmp_path / "Takeout"
    outcomes = list(read([path], among=formats(ReadingOptions(site=SITE))))
    assert [len(outcome.comments) for outcome in outcomes if isinstance(outcome, Article)] == [1]
    assert [outcome for outcome in outcomes if isinstance(outcome, Skipped)] == []
    [remark] = [
        outcome
        for outcome in outcomes
        if isinstance(outcome, Remark) and outcome.kind == "other_files"
    ]
    assert "mail.example" not in repr(outcomes)
    assert remark.message.startswith("7 fichiers")


def test_the_address_of_the_blog_is_told(tmp_path: Path) -> None:
    [article] = [
        outcome
        for outcome in read(
            [archive(tmp_path / "a.zip")], among=formats(ReadingOptions(site=SITE + "/"))
        )
        if isinstance(outcome, Article)
    ]
    assert article.url == f"{SITE}/2025/06/billet-1.html"
    assert [comment.anchor for comment in article.comments] == ["c2"]


@pytest.mark.parametrize("site", [SITE, ""])
def test_two_blogs_of_one_archive_stay_two(site: str, tmp_path: Path) -> None:
    """Their posts have the same paths, and one address is told."""
    path = tmp_path / "a.zip"
    feed_text = feed(entry(1, "POST", "LIVE"), entry(2, "COMMENT", "LIVE", parent=1))
    with zipfile.ZipFile(path, "w") as packed:
        for number in (41, 42):
            blog = f"Takeout/Blogger/Blogs/La dune {number}/feed.atom"
            packed.writestr(blog, feed_text.replace(TAG, f"tag:blogger.com,1999:blog-{number}"))
    where = str(tmp_path / "index")
    result = CliRunner().invoke(
        INDEX, [str(path), *(["--site", site] * bool(site)), "--index", where]
    )
    assert ("celle d’un autre blog" in result.output) == bool(site)
    engine = engines.open(where)
    try:
        urls = {article.id: article.url for article in exported(engine.reader())}
    finally:
        engine.close()
    assert urls == {
        "blogger:41:1": f"{SITE}/2025/06/billet-1.html" if site else None,
        "blogger:42:1": None,
    }


def test_two_large_blogs_of_one_folder_stay_two(tmp_path: Path) -> None:
    """Large files are read in a process of their own, one after the other."""
    entries = feed(entry(1, "POST", "LIVE")).replace("Texte 1.", "Texte 1. " * 40_000)
    for number in (41, 42):
        blog = tmp_path / f"Takeout/Blogger/Blogs/La dune {number}"
        blog.mkdir(parents=True)
        text = entries.replace(TAG, f"tag:blogger.com,1999:blog-{number}")
        (blog / "feed.atom").write_text(text, "utf-8")
    outcomes = list(
        read([tmp_path / "Takeout"], among=formats(ReadingOptions(site=SITE)), apart=True)
    )
    urls = {outcome.id: outcome.url for outcome in outcomes if isinstance(outcome, Article)}
    assert urls == {"blogger:41:1": f"{SITE}/2025/06/billet-1.html", "blogger:42:1": None}


def test_without_it_that_is_said(tmp_path: Path) -> None:
    outcomes = list(read([archive(tmp_path / "a.zip")]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert (article.url, article.same_as) == (None, ("/2025/06/billet-1.html",))
    [remark] = [
        outcome
        for outcome in outcomes
        if isinstance(outcome, Remark) and outcome.kind == "no_address"
    ]
    assert "--site" in remark.message


def test_pages_and_feeds_of_the_blog_join_its_articles(tmp_path: Path) -> None:
    """The feed has the same post, under its address of now and with `?m=1` of a telephone."""
    where = str(tmp_path / "index")
    rss = tmp_path / "feed.rss"
    rss.write_text(
        f"<rss version='2.0'><channel><title>La dune</title><item><title>Billet 1</title>"
        f"<link>{SITE}/2025/06/billet-1.html</link><description>Un début.</description>"
        f"<pubDate>Wed, 04 Jun 2025 16:52:00 GMT</pubDate></item></channel></rss>",
        "utf-8",
    )
    runner = CliRunner()
    packed = archive(tmp_path / "a.zip")
    for _ in range(2):
        result = runner.invoke(INDEX, [str(packed), "--site", SITE, "--index", where])
        assert result.exit_code == 0, result.output
        result = runner.invoke(INDEX, [str(rss), "--index", where])
        assert result.exit_code == 0, result.output
    assert "0 passage ajouté, 0 modifié" in result.output
    engine = engines.open(where)
    try:
        [article] = exported(engine.reader())
    finally:
        engine.close()
    assert article.sections[0].text == "Texte 1."
    assert len(article.comments) == 1


@pytest.mark.parametrize("address", ["", "  ", "ftp://x.example", "pas une adresse"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    packed = archive(tmp_path / "a.zip")
    result = CliRunner().invoke(INDEX, [str(packed), "--site", address, "--dry-run"])
    assert result.exit_code == 2
    assert "n’est pas l’adresse d’un site" in result.output


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
@pytest.mark.parametrize("name", ["takeout.zip", "blogger-takeout-feed.atom"])
def test_the_shared_takeout(name: str) -> None:
    outcomes = list(
        read([CASES / name], among=formats(ReadingOptions(site="https://phare.blogspot.example")))
    )
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert article.url == "https://phare.blogspot.example/2025/06/le-phare-veille.html"
    first, second = article.comments
    assert (first.parent_id, second.parent_id) == (None, first.id)
    assert [outcome for outcome in outcomes if isinstance(outcome, Skipped)] == []
