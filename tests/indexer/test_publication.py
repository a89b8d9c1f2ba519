"""Of each state that the software of an export or a file knows, what becomes of what is in it?

The tables name the software, its version, and where it says its states. "public" is read,
"aside" is left and counted, "title" leaves the title alone, "place" its place in the thread.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from indexer.pipeline.sources import formats, read
from indexer.reporting.report import Skipped
from tests.indexer.published import SECRET, Fate, PostMaker, outcomes_of


def wxr_post(state: str) -> str:
    status, _, kind = state.partition("/")
    return f"""<rss xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<wp:base_blog_url>https://a.example</wp:base_blog_url>
<item><title>Un</title><wp:post_id>5</wp:post_id><wp:post_type>{kind or "post"}</wp:post_type>
<wp:status>{status}</wp:status><content:encoded><![CDATA[<p>{SECRET}</p>]]></content:encoded>
</item></channel></rss>"""


def wxr_comment(state: str) -> str:
    approved, _, kind = state.partition("/")
    return f"""<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:base_blog_url>https://a.example</wp:base_blog_url>
<item><title>Un</title><wp:post_id>5</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><wp:comment><wp:comment_id>1</wp:comment_id>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
<wp:comment_content>{SECRET}</wp:comment_content></wp:comment></item></channel></rss>"""


def blogger(state: str) -> str:
    return f"""<feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:blogger='http://schemas.google.com/blogger/2018'><entry>
<id>tag:blogger.com,1999:blog-1.post-2</id><blogger:type>POST</blogger:type>
<blogger:status>{state}</blogger:status><title>Un</title>
<content type='html'>{SECRET}</content></entry></feed>"""


def atom(state: str) -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app">
<title>Site</title><id>urn:x</id><updated>2024-01-01T00:00:00Z</updated><entry><title>Un</title>
<id>urn:y</id><link href="https://a.example/un"/><updated>2024-01-01T00:00:00Z</updated>
<app:control><app:draft>{state}</app:draft></app:control>
<content type="text">{SECRET}</content></entry></feed>"""


def disqus(state: str) -> str:
    flags = "".join(f"<{name}>true</{name}>" for name in state.split())
    return f"""<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><link>https://a.example/un</link><title>Un</title></thread>
<post dsq:id="2"><message>{SECRET}</message><createdAt>2024-01-01T00:00:00Z</createdAt>
{flags}<thread dsq:id="1"/></post></disqus>"""


def disqus_unapproved(state: str) -> str:
    return disqus("").replace("<thread dsq:id=\"1\"/></post>", f"<isApproved>{state}</isApproved>"
                              "<thread dsq:id=\"1\"/></post>")  # fmt: skip


def commento(state: str) -> str:
    members = {"commentHex": "a", "domain": "a.example", "url": "/un", "markdown": SECRET}
    members |= {"parentHex": "root", "creationDate": "2024-01-01T00:00:00Z"}
    return json.dumps(
        {"version": 1, "commenters": [], "comments": [{**members, **json.loads(state)}]}
    )


def remark42(state: str) -> str:
    members = {"id": "1", "pid": "", "text": SECRET, "locator": {"url": "https://a.example/un"}}
    return json.dumps({"comments": [{**members, **json.loads(state)}]})


def discourse(state: str) -> str:
    topic, post = json.loads(state)
    members = {"id": 9, "post_number": 2, "cooked": f"<p>{SECRET}</p>", "username": "a", **post}
    members["created_at"] = "2024-01-01T00:00:00Z"
    return json.dumps({"id": 3, "title": "Un", "post_stream": {"posts": [members]}, **topic})


def isso(state: str) -> str:
    thread = {"id": "/un/", "title": "Un", "comments": [
        {"id": 1, "created": "2024-01-01T00:00:00+00:00", "text": SECRET, "mode": json.loads(state)}
    ]}  # fmt: skip
    return json.dumps([thread])


def jsonl_article(state: str) -> str:
    members = {"headline": "Un", "sections": [{"headline": None, "text": SECRET}]}
    return json.dumps({**members, **json.loads(state)})


def jsonl_comment(state: str) -> str:
    return json.dumps({"headline": "Un", "comments": [{"text": SECRET, **json.loads(state)}]})


def markdown(state: str) -> str:
    return f"---\ntitle: Un\n{state}\n---\n{SECRET}\n"


KNOWN: list[tuple[str, str, PostMaker, dict[str, str]]] = [
    (
        "WordPress 7.1 (wp-includes/post.php), in its export",
        "a.xml",
        wxr_post,
        {
            "publish": "public",
            "publish/page": "public",
            "future": "aside",
            "draft": "aside",
            "pending": "aside",
            "private": "aside",
            "trash": "aside",
            "auto-draft": "aside",
            "inherit": "aside",
            "request-pending": "aside",
            "request-completed": "aside",
            "": "aside",
            "publish/flamingo_inbound": "aside",
            "publish/attachment": "aside",
        },
    ),
    (
        "WordPress 7.1 (wp-includes/comment.php): comments, notes of editors, pings, extensions",
        "a.xml",
        wxr_comment,
        {
            "1/": "public",
            "1/comment": "public",
            "0/": "aside",
            "spam/": "aside",
            "trash/": "aside",
            "post-trashed/": "aside",
            "hold/": "aside",
            # wpDiscuz 7.6: kept at the top of its thread
            "1/wpdiscuz_sticky": "public",
            "1/note": "aside",
            "1/pingback": "aside",
            "1/trackback": "aside",
            "1/review": "aside",
            "/": "aside",
            "1/order_note": "aside",
        },
    ),
    (
        "Blogger, as Takeout writes it in 2025",
        "a.atom",
        blogger,
        {
            "LIVE": "public",
            "DRAFT": "aside",
            "SCHEDULED": "aside",
            "SOFT_TRASHED": "aside",
            "PENDING": "aside",
            "SPAM_COMMENT": "aside",
            "EMPTIED": "aside",
            "": "aside",
        },
    ),
    ("Atom's publishing protocol (RFC 5023)", "a.atom", atom, {"no": "public", "yes": "aside"}),
    (
        "Disqus, its export",
        "a.xml",
        disqus,
        {"": "public", "isDeleted": "place", "isSpam": "aside", "isFlagged": "aside"},
    ),
    ("Disqus, API 3.0", "a.xml", disqus_unapproved, {"true": "public", "false": "aside"}),
    (
        "Commento 1.8 (api/comment_new.go)",
        "a.json",
        commento,
        {
            '{"state": "approved"}': "public",
            '{"state": "unapproved"}': "aside",
            '{"state": "flagged"}': "aside",
            '{"state": "approved", "deleted": true}': "place",
            '{"state": "approved", "deleted": 1}': "place",
            "{}": "public",
        },
    ),
    (
        "Remark42 1.14 (backend/app/store/comment.go)",
        "a.json",
        remark42,
        {"{}": "public", '{"delete": true}': "place", '{"delete": false}': "public"},
    ),
    (
        "Discourse 3.5 (app/models/post.rb, archetype.rb)",
        "a.json",
        discourse,
        {
            "[{}, {}]": "public",
            '[{"archetype": "regular", "visible": true}, {"post_type": 2}]': "public",
            '[{"archetype": "banner"}, {}]': "public",
            '[{"archetype": "private_message"}, {}]': "aside",
            '[{"visible": false}, {}]': "aside",
            '[{"deleted_at": "2024-02-01T00:00:00Z"}, {}]': "aside",
            '[{}, {"post_type": 3}]': "aside",
            '[{}, {"post_type": 4}]': "aside",
            '[{}, {"hidden": true}]': "place",
            '[{}, {"deleted_at": "2024-02-01T00:00:00Z"}]': "place",
        },
    ),
    (
        "Isso 0.14 (isso/db/comments.py), in JSON",
        "a.json",
        isso,
        {"1": "public", "2": "aside", "4": "place", "null": "aside", "3": "aside"},
    ),
    (
        "JSON Lines of others: Strapi 5, Directus 11, Contentful, schema.org",
        "a.jsonl",
        jsonl_article,
        {
            "{}": "public",
            '{"status": "published"}': "public",
            '{"status": "draft"}': "aside",
            '{"status": "archived"}': "aside",
            '{"publishedAt": null}': "aside",
            '{"publishedAt": "2024-01-01T00:00:00Z"}': "public",
            '{"creativeWorkStatus": "Draft"}': "aside",
            '{"creativeWorkStatus": {"@type": "DefinedTerm", "name": "Published"}}': "public",
            '{"creativeWorkStatus": {"@type": "DefinedTerm", "name": "Pending"}}': "aside",
            '{"isPublished": false}': "aside",
            '{"isPublished": true, "visibility": "unlisted"}': "aside",
            '{"audience": "everyone"}': "public",
            '{"audience": {"@type": "Audience", "audienceType": "tous"}}': "public",
            '{"meta": {"status": "prepa"}}': "aside",
            '{"workflow": ["À relire"]}': "aside",
            '{"status": {"id": 3, "label": "En attente"}}': "aside",
            '{"draft": "false", "statut": "Publié(e)"}': "public",
            '{"post_password": "x"}': "aside",
            '{"sys": {"status": "draft"}}': "aside",
            '{"datePublished": "2999-01-01T08:00:00Z"}': "aside",
            '{"public": "tout public"}': "public",
        },
    ),
    (
        "JSON Lines: comments (Coral 9: PREMOD, REJECTED, SYSTEM_WITHHELD…)",
        "a.jsonl",
        jsonl_comment,
        {
            "{}": "public",
            '{"status": "approved"}': "public",
            '{"status": "APPROVED"}': "public",
            '{"status": "PREMOD"}': "aside",
            '{"status": "SYSTEM_WITHHELD"}': "aside",
            '{"status": "pending"}': "aside",
            '{"status": "trash"}': "aside",
            '{"status": "deleted"}': "place",
            '{"status": {"name": "flagged"}}': "aside",
            '{"status": 0}': "aside",
            '{"kind": "comment"}': "public",
            '{"kind": "pingback"}': "aside",
            '{"kind": "note"}': "aside",
            '{"isSpam": true}': "aside",
            '{"approved": false, "status": "approved"}': "aside",
            '{"visibility": "private"}': "aside",
        },
    ),
    (
        "Front matters: Hugo 0.150 (draft, publishDate, expiryDate), Jekyll 4.4 (published), "
        "Obsidian (publish), Eleventy, Zola, Hexo",
        "a.md",
        markdown,
        {
            "draft: false": "public",
            "draft: true": "aside",
            "draft: oui": "aside",
            "published: false": "aside",
            "published: 2024-03-01": "public",
            "publish: false": "aside",
            "publishDate: 2999-01-01": "aside",
            "publishDate: 2001-01-01": "public",
            "expiryDate: 2001-01-01": "aside",
            "date: 2999-01-01": "aside",
            "status: Publié": "public",
            "status: prepa": "aside",
            "statut: En attente de relecture": "aside",
            "visibility: unlisted": "aside",
            "private: true": "aside",
            "hidden: 1": "aside",
            "password: sésame": "aside",
            "state:\n  name: review": "aside",
        },
    ),
]
CASES = [
    pytest.param(name, make_post, state, expected, id=f"{software.split(',')[0]}: {state}")
    for software, name, make_post, states in KNOWN
    for state, expected in states.items()
]


@pytest.mark.parametrize(("name", "make_post", "state", "expected"), CASES)
def test_every_state(
    name: str, make_post: PostMaker, state: str, expected: str, tmp_path: Path, fate: Fate
) -> None:
    path = tmp_path / name
    path.write_text(make_post(state))
    assert fate(outcomes_of(path)) == expected
    # the joining of threads kept elsewhere opens nothing
    assert fate(outcomes_of(path, threads_first=True)) == expected


@pytest.mark.parametrize(
    ("mode", "expected"), [(1, "public"), (2, "aside"), (4, "place"), (None, "aside")]
)
def test_the_modes_of_isso(mode: int | None, expected: str, tmp_path: Path, fate: Fate) -> None:
    """Isso 0.14, in its database."""
    path = tmp_path / "comments.db"
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR, title VARCHAR);"
        "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,"
        " created FLOAT, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR,"
        " author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER, dislikes INTEGER);"
        "INSERT INTO threads VALUES (1, '/un/', 'Un');"
    )
    row = (1, 1, None, 1e9, None, mode, "192.0.2.1", SECRET, "Zoé", None, None, 0, 0)
    base.execute(f"INSERT INTO comments VALUES ({', '.join('?' * 13)})", row)
    base.commit()
    base.close()
    assert fate(outcomes_of(path)) == expected


@pytest.mark.parametrize(
    ("name", "make_post", "state", "option"),
    [
        ("a.xml", wxr_post, "draft", "draft"),
        ("a.xml", wxr_post, "publish/recette", "recette"),
        ("a.xml", wxr_comment, "0/", "comment_approved=0"),
        ("a.xml", wxr_comment, "1/review", "review"),
        ("a.atom", blogger, "SCHEDULED", "scheduled"),
        ("a.atom", atom, "yes", "draft"),
        ("a.json", commento, '{"state": "flagged"}', "flagged"),
        ("a.json", discourse, '[{"visible": false}, {}]', "unlisted"),
        ("a.json", isso, "2", "pending"),
        ("a.jsonl", jsonl_article, '{"status": "Prépa"}', "prepa"),
        ("a.jsonl", jsonl_article, '{"isPublished": false}', "ispublished=false"),
        ("a.jsonl", jsonl_comment, '{"status": "PREMOD"}', "premod"),
        ("a.jsonl", jsonl_comment, '{"kind": "review"}', "review"),
        ("a.md", markdown, "draft: true", "draft"),
        ("a.md", markdown, "date: 2999-01-01", "programme"),
    ],
)
def test_what_the_option_takes(
    name: str, make_post: PostMaker, state: str, option: str, tmp_path: Path, fate: Fate
) -> None:
    path = tmp_path / name
    path.write_text(make_post(state))
    assert fate(outcomes_of(path)) in ("aside", "title")
    assert fate(outcomes_of(path, option)) == "public"


@pytest.mark.parametrize("name", ["a.md", "a.markdown"])
def test_an_export_of_movable_type_is_no_markdown(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(
        "AUTHOR: Zoé\nTITLE: Un\nSTATUS: Draft\nDATE: 01/02/2024 10:00:00 AM\n-----\nBODY:\n"
        f"{SECRET}\n-----\nCOMMENT:\nAUTHOR: Luc\nEMAIL: luc@a.example\nDATE: 01/02/2024\nOui.\n"
        "-----\n--------\n"
    )
    [form] = [form for form in formats() if form.name == "markdown"]
    outcomes = list(read([path], forced=form))
    assert [type(outcome) for outcome in outcomes] == [Skipped]
    assert "Movable Type" in str(outcomes[0])
