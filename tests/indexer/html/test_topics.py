"""Is the page of a forum's topic an article, its first message, with the answers under it?

The markup is that of prosilver (phpBB 3.3), vBulletin 3.8 and 4.2, XenForo 2.3, SMF 2.1, FluxBB
1.5, MyBB 1.8, Invision 4, Discourse 3.4 (as shown, and as crawlers get it), NodeBB 3, Flarum 1,
vBulletin 5, bbPress 2.6, Kunena 6, GitHub's and Gitea's issues, Misago, jeuxvideo.com, hardware.fr,
X and Mastodon 4.3, each with the site's own lines around and those of the member beside each
message.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article, Quote
from indexer.html.page import read_html
from indexer.times.capture import Capture

OPENING = "Le bac a repris son service ce matin ; quelqu'un a-t-il les horaires de l'hiver ?"
QUOTED = "le dernier part à 19 h 30"
ANSWERS = ("Oui, le dernier part à 19 h 30, c'est affiché.", "Dommage pour le chantier naval.")
MESSAGES = (
    (901, "Alice", "02", "10:22", OPENING),
    (902, "Benoît", "02", "11:05", ANSWERS[0]),
    (903, "Chloé", "03", "09:00", ANSWERS[1]),
)

PHPBB = """<div id="p{n}" class="post bg2"><dl class="postprofile"><dt><a class="username">{who}</a>
</dt><dd><strong>Messages :</strong> 127</dd><dd>Inscription : 12 janv. 2019, 10:00</dd></dl><div
class="postbody"><h3><a href="#p{n}">Re: Le bac</a></h3><p class="author"><span>par <strong><a
class="username">{who}</a></strong> » </span><time datetime="2024-03-{day}T{at}:00+01:00">{day} mars
2024, {at}</time></p><div class="content">{said}</div><div class="signature">Batelier</div></div>
</div>"""
VB4 = """<li class="postcontainer" id="post_{n}"><span class="postdate"><span
class="date">{day}/03/2024,
&nbsp;<span class="time">{hm}</span></span></span><div class="userinfo"><a class="username"><strong>
{who}</strong></a><span class="usertitle">Membre</span><dl><dt>Date d'inscription</dt><dd>juin 2009
</dd></dl></div><div id="post_message_{n}"><blockquote class="postcontent restore">{said}
</blockquote></div><blockquote class="signature">Batelier</blockquote></li>"""
VB3 = """<table id="post{n}"><tr><td class="thead"><div class="normal">#1</div><div class="normal">
{day}/03/2024, {hm}</div></td></tr><tr><td><div><a class="bigusername">{who}</a></div><div
class="smallfont">Date d'inscription: juin 2009</div></td></tr><tr><td id="td_post_{n}"><div
id="post_message_{n}">{said}</div></td></tr></table>"""
XENFORO = """<article class="message message--post" data-author="{who}" data-content="post-{n}"
id="js-post-{n}"><h4 class="message-name"><a class="username">{who}</a></h4><h5 class="userTitle">
Membre</h5><ul class="message-attribution-main"><li><time
datetime="2024-03-{day}T{at}:00+0100">{day}
mars 2024</time></li></ul><article class="message-body"><div class="bbWrapper">{said}</div><div
class="js-selectToQuoteEnd">&nbsp;</div></article><a class="actionBar-action--reply">Répondre</a>
</article>"""
SMF = """<div class="windowbg" id="msg{n}"><div class="post_wrapper"><div class="poster"><h4><a
href="?action=profile;u=1" title="Voir le profil de {who}">{who}</a></h4><ul><li
class="membergroup">Membre</li><li>Messages: 311</li></ul></div><div class="keyinfo"><div
class="subject_title"><a href="?msg={n}">Re : Le bac</a></div><div class="postinfo"><a
class="smalltext" href="?msg={n}">{day} Mars 2024 à {at}:12</a></div></div><div class="post"><div
class="inner" id="msg_{n}">{said}</div></div></div></div>"""
FLUXBB = """<div id="p{n}" class="blockpost"><h2><span>#1 <a href="viewtopic.php?pid={n}#p{n}">
{day}/03/2024 {at}:12</a></span></h2><div
class="postleft"><dl><dt><strong><a>{who}</a></strong></dt>
<dd class="usertitle">Membre</dd><dd>Inscription : 01/02/2010</dd></dl></div><div class="postright">
<h3>Re : Le bac</h3><div class="postmsg">{said}</div><div class="postsignature postmsg">Batelier
</div></div></div>"""
MYBB = """<div class="post" id="post_{n}"><div class="author_information"><strong><span
class="largetext"><a>{who}</a></span></strong><br><span class="smalltext">Membre</span></div><div
class="post_head"><span class="post_date">{day}-03-2024, {at}</span></div><div class="post_body"
id="pid_{n}">{said}</div><div class="signature">Batelier</div></div>"""
INVISION = """<article id="elComment_{n}" class="cPost ipsComment"><aside><h3
class="cAuthorPane_author"><a>{who}</a></h3><ul><li data-role="group">Membre</li></ul></aside><div
class="ipsComment_meta"><a>Posté(e) <time datetime="2024-03-{day}T{at}:00+01:00">{day} mars 2024
</time></a></div><div data-role="commentContent">{said}</div></article>"""
DISCOURSE = """<div class="topic-post"><article id="post_{n}" data-post-id="7{n}"><div
class="names">
<span class="username"><a>{who}</a></span><span class="user-title">Bosco</span></div><a
class="post-date"><span class="relative-date" data-time="{ms}">mars 24</span></a><div
class="cooked">
{said}</div><button class="reply">Répondre</button></article></div>"""
CRAWLED = """<div id="post_{n}" class="topic-body crawler-post"><span class="creator"><a><span
itemprop="name">{who}</span></a></span><time class="post-time"
datetime="2024-03-{day}T{at}:00+01:00">
{day} Mars 2024</time><div class="post" itemprop="text">{said}</div><span class="post-likes">3 «
J'aime
»</span></div>"""
NODEBB = """<li component="post" data-pid="{n}" data-username="{who}"><meta itemprop="datePublished"
content="2024-03-{day}T{at}:00+01:00"><a data-username="{who}">{who}</a> a écrit <span
class="timeago">il y a 2 ans</span><div component="post/content">{said}</div></li>"""
FLARUM = """<div class="PostStream-item" data-id="{n}" data-type="comment"><article
class="CommentPost"><h3 class="PostUser"><span class="username">{who}</span></h3><span
class="PostMeta"><time datetime="2024-03-{day}T{at}:00+01:00">{day} mars 2024</time></span><div
class="Post-body">{said}</div></article></div>"""
VB5 = """<li data-node-id="{n}" class="b-post js-post" itemscope
itemtype="http://schema.org/Comment"><div
class="b-userinfo"><div class="author"><strong><a><span itemprop="name">{who}</span></a></strong>
</div><div class="usertitle">Senior Member</div></div><div class="b-post__timestamp"><time
itemprop="dateCreated" datetime="2024-03-{day}T{at}:00">{day}/03/2024, {hm}</time></div><div
class="js-post__content-text" itemprop="text">{said}</div></li>"""
# the date and the number stand in an element of their own, before the message
BBPRESS = """<div id="post-{n}" class="bbp-reply-header"><div class="bbp-meta"><span
class="bbp-reply-post-date">{day} mars 2024 à {at}</span><a class="bbp-reply-permalink">#{n}</a>
</div></div><div class="loop-item-0 post-{n} reply type-reply hentry"><div class="bbp-reply-author">
<a class="bbp-author-link"><span class="bbp-author-name">{who}</span></a><div
class="bbp-author-role">Participant</div></div><div
class="bbp-reply-content"><p>{said}</p></div></div>"""
KUNENA = """<div class="row message"><ul class="profilebox"><li><strong><a class="kwho-user">{who}
</a></strong></li><li>Auteur du sujet</li></ul><div class="message-published"><small><span
class="kdate" title="{day} Mar 2024 {at}">il y a 2 ans</span> <a href="#{n}" id="{n}">#{n}</a>
</small><div class="mykmsg-header"><em>{who} a répondu au sujet : Le bac</em></div><div
class="kmessage"><div class="kmsg">{said}</div></div></div></div>"""
GITHUB = """<div class="TimelineItem"><div class="js-comment-container" id="issuecomment-{n}"><h3>
<a class="author">{who}</a> commented <a><relative-time datetime="2024-03-{day}T{at}:00+01:00">Mar
</relative-time></a></h3><table><td class="comment-body js-comment-body">{said}</td></table></div>
</div>"""
GITEA = """<div class="timeline-item comment" id="issuecomment-{n}"><a class="timeline-avatar"><img
title="{who}"></a><div class="comment-container"><div class="comment-header"><span>
<a class="author">{who}</a> a commenté <a><relative-time
datetime="2024-03-{day}T{at}:00+01:00">2024</relative-time></a></span><span class="ui label">
Propriétaire</span></div><div class="comment-body"><div class="render-content markup"><p>{said}</p>
</div><div class="raw-content tw-hidden">{said}</div></div></div></div>"""
MISAGO = """<li id="post-{n}" class="post"><div class="post-body"><div class="post-heading"><a
class="item-title"><span itemprop="author">{who}</span></a><span class="label">Membre</span><time
itemprop="datePublished" datetime="2024-03-{day}T{at}:00+01:00">écrit en mars</time></div><div
class="panel-body" itemprop="articleBody"><article class="misago-markup"><p>{said}</p></article>
</div></div></li>"""
JVC = """<div class="bloc-message-forum" data-id="{n}"><a class="bloc-pseudo-msg">{who}</a><div
class="bloc-date-msg"><a>{day} mars 2024 à {at}:15</a></div><div class="bloc-contenu"><div
class="txt-msg text-enrichi-forum"><p>{said}</p></div><div class="signature-msg">Batelier</div>
</div></div>"""
HARDWARE = """<table class="messagetable"><tr class="message"><td class="messCase1"><a name="t{n}">
</a><div><b class="s2">{who}</b></div></td><td class="messCase2"><div class="toolbar"><div
class="left">Posté le {day}-03-2024&nbsp;à&nbsp;{at}:15</div></div><div id="para{n}"><p>{said}</p>
</div></td></tr></table>"""
X = """<article data-testid="tweet"><div data-testid="User-Name"><a><span>{who}</span></a><a><span>
@{who}</span></a><a href="/{who}/status/{n}"><time
datetime="2024-03-{day}T{at}:00+01:00">{day} mars</time></a></div><div
data-testid="tweetText"><span>{said}</span></div><button>4</button></article>"""
MASTODON = """<div class="detailed-status" data-id="{n}"><span class="display-name"><bdi><strong
class="display-name__html">{who}</strong></bdi></span><div class="status__content">{said}</div><time
datetime="2024-03-{day}T{at}:00+01:00">{day} mars</time></div>"""
SITE = "<title>Le bac - Le quai</title>"
FORUMS = {
    "phpBB": (
        PHPBB,
        '<body id="phpbb" class="section-viewtopic"><h1>Le quai</h1><h2>Le bac</h2>{}',
    ),
    "vBulletin 4": (VB4, '<h1><span class="threadtitle">Le bac</span></h1><ol id="posts">{}</ol>'),
    "vBulletin 3": (VB3, '<h1>Le bac</h1><div id="posts">{}</div>'),
    "XenForo": (XENFORO, '<h1>Le bac</h1><div class="block-body">{}</div>'),
    "SMF": (SMF, '<h1><a href="./">Le quai</a></h1><h2>Le bac</h2><div id="forumposts">{}</div>'),
    "FluxBB": (FLUXBB, '<div id="punviewtopic"><h1><a href="index.php">Le quai</a></h1>{}</div>'),
    "MyBB": (MYBB, '<h1>Le bac</h1><div id="posts">{}</div>'),
    "Invision": (INVISION, '<h1>Le bac</h1><div id="elPostFeed">{}</div>'),
    "Discourse": (DISCOURSE, '<h1>Le bac</h1><div class="post-stream">{}</div>'),
    "Discourse, crawled": (CRAWLED, '<body class="crawler"><h1>Le bac</h1>{}'),
    "NodeBB": (NODEBB, '<h1>Le bac</h1><ul component="topic">{}</ul>'),
    "Flarum": (FLARUM, '<h1>Le bac</h1><div class="PostStream">{}</div>'),
    "vBulletin 5": (VB5, '<h1>Le bac</h1><ul class="conversation-list">{}</ul>'),
    "bbPress": (
        BBPRESS,
        '<h1>Le bac</h1><div id="bbpress-forums"><ul class="bbp-replies"><li class="bbp-header">'
        '<div class="bbp-reply-author">Auteur</div><div class="bbp-reply-content">Messages</div>'
        '</li><li class="bbp-body">{}</li></ul></div>',
    ),
    "Kunena": (KUNENA, '<div id="kunena"><h1>Le bac</h1>{}</div>'),
    "GitHub": (GITHUB, "<h1>Le bac</h1>{}"),
    "Gitea": (GITEA, '<h1>Le bac</h1><div class="ui timeline">{}</div>'),
    "Misago": (MISAGO, '<h1>Le bac</h1><ul class="posts-list">{}</ul>'),
    "jeuxvideo.com": (JVC, "<h1>Le bac</h1>{}"),
    "hardware.fr": (HARDWARE, "<h1>Le bac</h1>{}"),
    "X": (X, '<h1>Le bac</h1><div data-testid="primaryColumn">{}</div>'),
    "Mastodon": (MASTODON, '<h1>Le bac</h1><div id="mastodon">{}</div>'),
}
AROUND = (
    '<h3>Sujets similaires</h3><ul><li><a href="/t/12">Le pont</a> 1 janvier 2021</li></ul><div>'
    "Utilisateurs parcourant ce forum : aucun utilisateur inscrit et 2 invités. Vous ne pouvez pas"
    " créer de nouvelles discussions, ni envoyer de pièces jointes.</div>"
)


def topic(name: str, head: str = "", second: str = ANSWERS[0]) -> Article:
    post, frame = FORUMS[name]
    times = {"10:22": 1709371320000, "11:05": 1709373900000, "09:00": 1709452800000}
    posts = "".join(
        post.format(
            n=n, who=who, day=day, at=at, hm=at.replace(":", "h"), ms=times[at],
            said=second if n == 902 else text,
        )
        for n, who, day, at, text in MESSAGES
    )  # fmt: skip
    page = f"<!doctype html><html lang=fr><head>{SITE}{head}</head>{frame.format(posts)}{AROUND}"
    article = read_html(page.encode(), Capture(date(2026, 11, 28))).article
    assert article is not None
    return article


@pytest.mark.parametrize("name", FORUMS)
def test_the_first_message_is_the_article(name: str) -> None:
    article = topic(name)
    assert article.headline == "Le bac"
    assert [(section.headline, section.text) for section in article.sections] == [(None, OPENING)]
    assert article.author == ("Alice",)
    assert (article.date_published or "")[:16] in ("2024-03-02T10:22", "2024-03-02T09:22")
    assert [(comment.author, comment.text) for comment in article.comments] == [
        ("Benoît", ANSWERS[0]),
        ("Chloé", ANSWERS[1]),
    ]
    assert [comment.id.rpartition("-")[2] for comment in article.comments] == ["902", "903"]
    assert (article.comments[1].date_published or "")[:10] == "2024-03-03"
    assert "completeness" not in article.extra


QUOTATIONS = {
    "vBulletin 4": '<div class="bbcode_container"><div class="bbcode_quote"><div '
    'class="bbcode_postedby">Envoyé par <strong>Zoé</strong> <a href="#post7"></a></div><div '
    f'class="message">{QUOTED}</div></div></div>',
    "FluxBB": "<div class=quotebox><cite>Zoé a écrit :</cite><blockquote>"
    f"{QUOTED}</blockquote></div>",
    "NodeBB": f"<blockquote><p><a>@Zoé</a> <a>a dit</a> dans <a>Le bac</a> :</p><p>{QUOTED}</p>"
    "</blockquote>",
    "XenForo": '<blockquote data-quote="Zoé" class="bbCodeBlock"><div class="bbCodeBlock-title"><a>'
    f'Zoé a dit:</a></div><div class="bbCodeBlock-content">{QUOTED}</div></blockquote>',
    "Discourse": '<aside class="quote" data-username="Zoé" data-post="1" data-topic="5"><div '
    f'class="title">Zoé :</div><blockquote>{QUOTED}</blockquote></aside>',
}


@pytest.mark.parametrize("name", QUOTATIONS)
def test_what_a_message_quotes_is_not_its_own(name: str) -> None:
    comment = topic(name, second=f"{QUOTATIONS[name]}<p>Merci.</p>").comments[0]
    assert comment.text == "Merci."
    [quote] = comment.citation
    assert quote == Quote(QUOTED, "Zoé", quote.ref)


def test_a_topic_of_several_pages_is_partial() -> None:
    first = topic("XenForo", '<link rel="next" href="/t/page-2">')
    assert (first.sections[0].text, first.extra["completeness"]) == (OPENING, "partial")
    second = topic("XenForo", '<link rel="prev" href="/t/">')
    assert second.extra["completeness"] == "partial"
    assert [comment.author for comment in second.comments] == ["Alice", "Benoît", "Chloé"]
    assert second.sections == ()


def test_the_topics_before_and_after_are_no_pages_of_this_one() -> None:
    head = '<link rel="prev" href="index.php?topic=3.0;prev_next=prev">'
    assert topic("SMF", head).author == ("Alice",)


QUESTION = """<div id="question" class="question" data-questionid="1"><div class="js-vote-count"
data-value="5">5</div><div class="js-post-body">{opening}</div><div>{edit}<div
class="post-signature">
<div class="user-action-time">asked <span class="relativetime" title="2024-03-02 09:22:00Z">x</span>
</div><div class="user-details" itemprop="author"><a>Alice</a><span itemprop="name">Alice</span>
</div></div></div><ul>{below}</ul></div><div class="answer" data-answerid="902"><div
class="js-vote-count"
data-value="7">7</div><div class="js-post-body">{answer}</div><div class="post-signature"><div
class="user-action-time">answered <span class="relativetime" title="2024-03-02 10:05:00Z">x</span>
</div><div class="user-details" itemprop="author"><span itemprop="name">Benoît</span></div></div>
<ul>{under}</ul></div><div class="answer" data-answerid="903"><span itemprop="upvoteCount">1</span>
<div class="js-post-body">Non.</div><div class="user-info">répondu <time itemprop="dateCreated"
datetime="2024-03-03T09:00:00+01:00">3 mars</time><div itemprop="author"><span
itemprop="name">Émile</span></div></div></div>"""
UNDER = """<li id="comment-{n}" class="comment"><span class="comment-copy">{said}</span> – <a
class="comment-user">{who}</a> <span class="comment-date"><span class="relativetime-clean"
title="2024-03-02 11:00:00Z, License: CC BY-SA 4.0">Mar 2, 2024 at 11:00</span></span></li>"""
# who edited the question signs before who wrote it
EDIT = """<div class="post-signature"><div class="user-action-time">edited <span
class="relativetime" title="2024-03-05 09:22:00Z">x</span></div><div class="user-details"><a>Zoé</a>
</div></div>"""


def test_what_is_written_under_an_answer_answers_it() -> None:
    # Stack Exchange (2024)
    html = QUESTION.format(
        opening=OPENING,
        edit=EDIT,
        answer=ANSWERS[0],
        below=UNDER.format(n=31, said="Lequel ?", who="Denis"),
        under=UNDER.format(n=32, said="Merci.", who="Chloé"),
    )
    head = "<html lang=en><title>Le bac</title><h1>Le bac</h1>"
    article = read_html(f"{head}{html}".encode(), Capture(date(2026, 11, 28))).article
    assert article is not None
    assert (article.author, article.date_published) == (("Alice",), "2024-03-02T09:22:00Z")
    assert [section.text for section in article.sections] == [OPENING]
    names = {comment.id: comment.author for comment in article.comments}
    assert [
        (comment.author, comment.text, names.get(comment.parent_id or ""))
        for comment in article.comments
    ] == [
        ("Denis", "Lequel ?", None),
        ("Benoît", ANSWERS[0], None),
        ("Chloé", "Merci.", "Benoît"),
        ("Émile", "Non.", None),
    ]
    assert article.comments[1].upvote_count == 7
    assert article.comments[2].date_published == "2024-03-02T11:00:00Z"
    last = article.comments[3]
    assert (last.date_published, last.upvote_count) == ("2024-03-03T09:00:00+01:00", 1)


def test_the_room_at_the_left_is_written_as_a_number() -> None:
    # Hacker News (2024): `indent` tells the depth; the title, the time twice
    comments = "".join(
        f'<tr class="athing comtr" id="{n}"><td><table><tr><td class="ind" indent="{depth}"><td '
        f'class="default"><a class="hnuser">{who}</a> <span class="age" '
        f'title="2024-03-02T09:22:00 17093713{n}">2 years ago</span><div class="commtext">{text}'
        "</div></table>"
        for n, who, depth, text in ((20, "Alice", 0, ANSWERS[0]), (40, "Benoît", 1, ANSWERS[1]))
    )
    html = f'<title>Le bac</title><h1>Le bac</h1><table class="comment-tree">{comments}</table>'
    article = read_html(html.encode(), Capture(date(2026, 11, 28))).article
    assert article is not None
    first, second = article.comments
    assert (first.author, first.date_published) == ("Alice", "2024-03-02T09:22:00+00:00")
    assert (second.author, second.parent_id) == ("Benoît", first.id)
