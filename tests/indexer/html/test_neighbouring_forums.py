"""Are topics and threads right in the layouts next to those that the adapters were made from?

The markup is that of Forumactif (phpBB 3 and 2), phpBB 2, Invision 3, Vanilla and SMF 1, whose
first message is the article; of both Reddits, BuddyPress and Hugo's answers from Mastodon; and of
WordPress's Twenty Twelve, Hemingway and Avada.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

CAPTURE = Capture(date(2026, 11, 28))
OPENING = "Le bac a repris son service ce matin, après trois semaines de travaux sur la rive."
MESSAGES = [
    ("101", "Zoé", "2", "10:22", OPENING),
    ("102", "Yann", "3", "11:05", "Une bonne nouvelle pour les bateliers."),
    ("103", "Maëlle", "4", "09:00", "Il était temps."),
]
FORUMACTIF = """<div class="post row1" id="p{n}"><div class="postbody"><h2
class="topic-title"><a>Re: Le bac</a></h2><p class="author"><img>&nbsp;par <a
href="/u1"><strong>{who}</strong></a> Sam {d} Mar
2024 - {at}</p><div class="content clearfix"><div>{said}</div><div class="signature_div">Vive le
fleuve</div></div></div><dl class="postprofile"><dt><a>{who}</a></dt><dd>Habitué</dd></dl></div>"""
FORUMACTIF_2 = """<tr class="post"><td class="row1"><span class="name"><a name="{n}"></a><strong><a
href="/u1">{who}</a></strong></span><br><span class="postdetails">Habitué</span></td><td>
<table><tr><td><span class="postdetails">Sujet: Re: Le bac &nbsp;&nbsp;Sam {d} Mar 2024 -
{at}</span></td></tr><tr><td><div
class="postbody"><div>{said}</div></div></td></tr></table></td></tr>"""
PHPBB_2 = """<tr><td class="row1"><span class="name"><a name="{n}"></a><b>{who}</b></span><br><span
class="postdetails">Inscrit le: 01 Jan 2003</span></td><td><table><tr><td><span class="postdetails">
Posté le: {d} Mars 2024 {at}&nbsp; &nbsp;Sujet du message: Le bac</span></td></tr><tr><td><span
class="postbody">{said}</span></td></tr></table></td></tr>"""
INVISION_3 = """<div class="post_block hentry" id="post_id_{n}"><h3><span
class="post_id">#{n}</span>
<span class="author vcard"><a class="url fn name">{who}</a></span></h3><div class="post_body"><p
class="posted_info">Posté <abbr class="published" title="2024-03-0{d}T{at}:00+01:00">0{d}
mars</abbr>
</p><div class="post entry-content"><p>{said}</p></div><div class="signature">Vive le fleuve</div>
</div></div>"""
VANILLA = """<li class="Item ItemComment" id="Comment_{n}"><span class="Author"><a
class="PhotoWrap">
</a><a class="Username">{who}</a></span><span class="DateCreated"><time
datetime="2024-03-0{d}T{at}:00+01:00">mars 2024</time></span><div class="Message
userContent"><p>{said}
</p></div></li>"""
SMF_1 = """<tr><td class="windowbg"><a name="msg{n}"></a><table><tr><td><b><a
href="?action=profile;u=1">{who}</a></b><div class="smalltext">Messages: 132</div></td><td><div
id="subject_{n}"><a>Re : Le bac</a></div><div class="smalltext">« <b>Réponse #1 le:</b> 0{d} Mars
2024
à {at}:00 »</div><div class="post" id="msg_{n}">{said}</div></td></tr></table></td></tr>"""
WPFORO = """<div id="post-{n}" data-postid="{n}" class="post-wrap"><div class="wpforo-post"><div
class="wpf-left"><div class="author-name"><a>{who}</a></div><div class="author-title">Habitué</div>
</div><div class="wpf-right"><div class="wpforo-post-content"><p>{said}</p><div
class="wpf-post-button-actions"><span>Répondre</span></div></div><div
class="wpforo-post-content-bottom">Posté : 0{d}/03/2024 {at} am</div></div></div></div>"""
BBPRESS = """<li><div id="post-{n}" class="bbp-reply-header"><span class="bbp-reply-post-date">{d}
mars 2024 à {at}</span></div><div class="bbp-parent-forum-5 post-{n} reply type-reply"><div
class="bbp-reply-author"><a><span class="bbp-author-name">{who}</span></a></div><div
class="bbp-reply-content"><p>{said}</p></div></div></li>"""
CRAWLED = """<div id="post_{n}" itemprop="comment" itemscope itemtype="http://schema.org/Comment"
class="topic-body crawler-post"><span class="creator" itemprop="author" itemscope><span
itemprop="name">{who}</span></span><time itemprop="datePublished"
datetime="2024-03-0{d}T{at}:00+01:00" class="post-time">{d} mars</time><div class="post"
itemprop="text"><p>{said}</p></div></div>"""
TOPICS = {
    "wpForo 2": (WPFORO, "<h1>Le bac</h1><div id=wpforo>{}</div>"),
    "bbPress without hEntry": (BBPRESS, "<h1>Le bac</h1><ul>{}</ul>"),
    "Discourse for robots": (CRAWLED, "<body class=crawler><h1>Le bac</h1>{}"),
    "Forumactif": (FORUMACTIF, "<h1>Le bac</h1>{}"),
    "Forumactif, phpBB 2": (FORUMACTIF_2, "<h1>Le bac</h1><table>{}</table>"),
    "phpBB 2": (PHPBB_2, "<h1>Le bac</h1><table class=forumline>{}</table>"),
    "Invision 3": (INVISION_3, "<h1>Le bac</h1><div class=topic>{}</div>"),
    "Vanilla": (VANILLA, "<body class='Vanilla Discussion'><h1>Le bac</h1><ul>{}</ul>"),
    "SMF 1": (SMF_1, "<h1>Le bac</h1><table>{}</table>"),
}


def article(body: str) -> Article:
    html = f"<html lang=fr><title>Le bac</title>{body}</html>"
    page_article = read_html(html.encode(), CAPTURE).article
    assert page_article is not None
    return page_article


def written(item: str, *, messages: list[tuple[str, ...]] = MESSAGES) -> list[str]:
    return [item.format(n=n, who=who, d=d, at=at, said=said) for n, who, d, at, said in messages]


@pytest.mark.parametrize("name", TOPICS)
def test_topic_of(name: str) -> None:
    item, around = TOPICS[name]
    topic = article(around.format("".join(written(item))))
    assert topic.author == ("Zoé",)
    assert (topic.date_published or "")[:16] == "2024-03-02T10:22"
    assert [section.text for section in topic.sections] == [OPENING]
    assert [
        (comment.author, (comment.date_published or "")[:16], comment.text)
        for comment in topic.comments
    ] == [(who, f"2024-03-0{d}T{at}", said) for _, who, d, at, said in MESSAGES[1:]]


TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
ANSWERS = [(n, who, d, at, said[:30].strip()) for n, who, d, at, said in MESSAGES]
OLD_REDDIT = """<div class="comment" id="thing_t1_{n}"><div class="entry"><p class="tagline"><a
class="author">{who}</a> <span class="score unvoted" title="4">4 points</span> <time
datetime="2024-03-0{d}T{at}:00+00:00">il y a 2 ans</time></p><div class="usertext-body"><div
class="md"><p>{said}</p></div></div></div><div class="child">@@</div></div>"""
NEW_REDDIT = """<shreddit-comment author="{who}" thingid="t1_{n}" score="4"><div
slot="commentMeta"><a>
{who}</a><faceplate-timeago><time datetime="2024-03-0{d}T{at}:00.000Z">il y a 2 a</time>
</faceplate-timeago></div><div slot="comment"><p>{said}</p></div>@@</shreddit-comment>"""
BUDDYPRESS = """<li id="acomment-{n}"><div class="acomment-meta"><a href="/m">{who}</a> a répondu <a
class="activity-time-since"><span class="time-since" data-livestamp="2024-03-0{d}T{at}:00+0100">il
y a
2 ans</span></a></div><div class="acomment-content"><p>{said}</p></div><ul>@@</ul></li>"""
MASTODON = """<div class="mastodon-comment" style="margin-left: calc(var(--indent) * {n})"><div
class="author"><a class="name">{who}</a><a class="user">@x@piaille.example</a></div><a class="date"
href="/@x/{n}">{d} mars 2024 à {at}</a><div class="content"><p>{said}</p></div></div>@@"""
TWELVE = """<li class="comment" id="li-comment-{n}"><article id="comment-{n}"
class="comment"><header
class="comment-meta"><b class="fn">{who}</b><time datetime="2024-03-0{d}T{at}:00+01:00">{d}
mars</time>
</header><section class="comment-content"><p>{said}</p></section></article><ol
class="children">@@</ol>
</li>"""
HEMINGWAY = """<li class="comment" id="li-comment-{n}"><div id="comment-{n}"><div
class="comment-meta">
<cite class="fn">{who}</cite><p><a href="#comment-{n}">{d} mars 2024 à {at}</a></p></div><div
class="comment-content"><p>{said}</p></div></div><ul>@@</ul></li>"""
AVADA = """<li class="comment" id="comment-{n}"><div class="comment-author
meta"><strong>{who}</strong>
{d} mars 2024 à {at} <a>- Répondre</a></div><div class="comment-text"><p>{said}</p></div><ul>@@</ul>
</li>"""
THREADS = {
    "the former Reddit": (OLD_REDDIT, '<div class="commentarea">{}</div>'),
    "Reddit": (NEW_REDDIT, "<shreddit-comment-tree>{}</shreddit-comment-tree>"),
    "BuddyPress": (BUDDYPRESS, '<div class="activity-comments"><ul>{}</ul></div>'),
    "Mastodon": (MASTODON, '<div id="mastodon-comments-list">{}</div>'),
    "Twenty Twelve": (TWELVE, '<ol class="commentlist">{}</ol>'),
    "Hemingway": (HEMINGWAY, '<ol class="commentlist">{}</ol>'),
    "Avada": (AVADA, '<ol class="comment-list">{}</ol>'),
}


@pytest.mark.parametrize("name", THREADS)
def test_who_answers_whom_and_when(name: str) -> None:
    item, around = THREADS[name]
    first, answer, other = written(item, messages=ANSWERS)
    if name == "Mastodon":
        other = other.replace("* 103", "* 101")
    thread = first.replace("@@", answer.replace("@@", "")) + other.replace("@@", "")
    parsed = article(f"<article><h1>Le bac</h1>{TEXT}</article>{around.format(thread)}")
    comments = parsed.comments
    assert [(comment.author, comment.text) for comment in comments] == [
        (who, said) for _, who, _, _, said in ANSWERS
    ]
    assert [(comment.date_published or "")[8:16] for comment in comments] == [
        f"0{d}T{at}" for _, _, d, at, _ in ANSWERS
    ]
    assert [comment.parent_id for comment in comments] == [None, comments[0].id, None]


def test_who_comments_signs_no_article() -> None:
    answers = "".join(
        f'<div class="pw-response"><a rel="author">{who}</a><span>Mar {d}, 2024</span><pre>{said}'
        "</pre><button>Reply</button></div>"
        for _, who, d, _, said in ANSWERS
    )
    signed = "<p>Par Camille Roussel</p>"
    thread = f"<div class=responses><h2>Responses (3)</h2>{answers}</div>"
    parsed = article(f"<main><h1>Le bac</h1>{signed}{TEXT}{thread}</main>")
    assert [comment.author for comment in parsed.comments] == ["Zoé", "Yann", "Maëlle"]
    assert parsed.author == ("Camille Roussel",)


@pytest.mark.parametrize(
    "part",
    [
        '<div class="bbp-topic-content">Nantua</div>',
        '<div class="post_block" id="post_id_"><i class="entry-content"></i></div>',
        '<table><tr><td><span class="name">Nantua</span></td><td>2024</td></tr></table>',
    ],
)
def test_a_part_of_a_forum_alone_makes_no_topic(part: str) -> None:
    parsed = article(f"<article><h1>Le bac</h1>{TEXT}{part}</article>")
    assert parsed.headline == "Le bac"
    assert parsed.comments == ()


def test_a_flarum_without_its_scripts() -> None:
    items = "".join(
        f"<div><h3>{who}</h3><div class='Post-body'><p>{text}</p></div></div><hr>"
        for _, who, _, _, text in MESSAGES
    )
    around = "<noscript id=flarum-content><div class=container><h1>Le bac</h1><div>{}</div></div>"
    topic = article(around.format(items))
    assert (topic.author, topic.sections[0].text) == (("Zoé",), OPENING)
    assert [comment.author for comment in topic.comments] == ["Yann", "Maëlle"]
