"""Are articles and threads right in pages made from the templates that programs come with?

The markup is that of SPIP's skeletons (dist, escal, soyezcreateurs, zpip-dist, Taurillon,
nota-bene), Drupal 11 (stable9, starterkit), XOOPS 2.5, PunBB 1.4, esoTalk, b2evolution 7, Concrete
CMS 9, Nucleus 3, Movable Type 7, WMaker, Grav's comments, and the printed topics of phpBB 3.3
and SMF 2.1.
"""

from __future__ import annotations

import re
from datetime import date

import lxml.html
import pytest

from indexer.article import Article
from indexer.html.finder.items.names import marked_name
from indexer.html.finder.items.pieces import item_pieces
from indexer.html.page import read_html
from indexer.times.capture import Capture

TITLE = "Le bac de Brénod ferme"
TEXT = "Le conseil a voté lundi soir la fermeture du bac pendant tout l’hiver, sans débat."
LIST = "<p>Voici :</p><ul><li>le vote date de mai ;</li><li>trois élus ont parlé.</li></ul>"


def article(body: str, title: str = f"{TITLE} - Le quai", head: str = "") -> Article:
    html = f"<!doctype html><html lang=fr><head><title>{title}</title>{head}</head>{body}</html>"
    article_read = read_html(html.encode(), Capture(date(2026, 11, 30))).article
    assert article_read is not None
    return article_read


def spip(thread: str, above: str = "", below: str = "") -> Article:
    body = f"<div class=page><div class=content><div class=cartouche><h1>{TITLE}</h1>"
    body += "<p><abbr class=published title=2024-03-01T07:00:00Z>1er mars 2024</abbr></p></div>"
    body += f"<div class=texte>{above}{f'<p>{TEXT}</p>' * 3}</div>{thread}{below}</div></div>"
    return article(body)


FORUM = """<li class="{of}"><div class="forum-message"><div class="forum-chapo"><strong
class="forum-titre"><a href="#forum{n}" id="forum{n}">{title}</a></strong><small>{day} juillet
2024&nbsp;09:12, par <span class="forum-qui-{n}">{who}</span></small></div><div
class="forum-texte-{n} forum-texte">{text}</div></div>{answers}</li>"""


def forum() -> str:
    reply = FORUM.format(
        of="", n=2, title=TITLE, day=16, who="léon", text="<p>Oui.</p>", answers=""
    )
    first = FORUM.format(
        of="forum-fil", n=1, title=TITLE, day=15, who="Zoé", text=LIST, answers=f"<ul>{reply}</ul>"
    )
    return f"<ul class=forum>{first}</ul>"


def test_a_list_inside_a_comment_is_of_its_words() -> None:
    comments = spip(forum()).comments
    assert [comment.author for comment in comments] == ["Zoé", "léon"]
    assert comments[0].text == "Voici :\nle vote date de mai ;\ntrois élus ont parlé."
    assert [comment.parent_id for comment in comments] == [None, comments[0].id]


def test_the_head_of_an_answer_is_no_standfirst() -> None:
    assert spip(forum()).description is None


WAYS = {
    "Accueil > Fleuve > " + TITLE: True,
    "Vous êtes ici : Accueil » Fleuve": True,
    "Fleuve / " + TITLE: True,
    "Accueil : du lundi au vendredi": False,
    "Les élus > le préfet": False,
}


@pytest.mark.parametrize("way", WAYS)
def test_the_way_to_the_page_is_none_of_its_text(way: str) -> None:
    text = spip(forum(), above=f"<p class=arbo>{way}</p>").sections[0].text
    assert text.startswith(TEXT if WAYS[way] else way)


COMMENTS = (
    (11, "Jeanne le Bon", "15", "07", "2024", "09:12", LIST, 0, ""),
    (12, "Plus", "16", "07", "2024", "10:40", "<p>Oui.</p>", 11, "Jeanne le Bon"),
    (13, "Mai 68", "03", "12", "2024", "21:05", "<p>Trois mètres, pas plus.</p>", 0, ""),
)
MONTHS = {"07": "juillet", "12": "décembre"}


def thread(form: str, around: str, answer: str = "") -> str:
    items = ""
    for n, who, day, month, year, at, text, above, whom in COMMENTS:
        values = {"n": n, "who": who, "text": text, "above": above, "whom": whom}
        values |= {"day": day, "month": MONTHS[month], "num": f"{day}/{month}/{year}", "at": at}
        values |= {"iso": f"{year}-{month}-{day}", "level": int(bool(above)), "year": year}
        values |= {"words": re.sub("<[^>]+>", " ", text)}
        items += form.format(**values, answer=answer.format(**values) if above else "")
    return around.format(items)


FORMS = {
    "drupal, without classes": (
        '<article id="comment-{n}" class="js-comment"><footer><p>Soumis par <span>{who}</span> le'
        ' {day} {month} {year} - {at}</p>{answer}<a href="/comment/{n}#comment-{n}">Permalien</a>'
        '</footer><div><h3><a href="/comment/{n}#comment-{n}">Sujet</a></h3><div><div>{text}</div>'
        '</div><ul><li><a href="/comment/reply/node/1/comment/{n}">Répondre</a></li></ul></div>'
        "</article>",
        "<section><h2>Commentaires</h2>{}</section>",
        '<p>En réponse à <a href="/comment/{above}#comment-{above}">Sujet</a> par {whom}</p>',
    ),
    "xoops": (
        '<table><tr><td width="{level}5"></td><td><table class="outer"><tr><th>Posteur</th><th>'
        'Conversation</th></tr><tr><td class="head"><a id="comment{n}"></a> {who}</td><td'
        ' class="head"><div class="comDate"><span class="comDateCaption">Posté le :</span> {num}'
        ' {at}</div></td></tr><tr><td><div class="comUserRank">Tout juste arrivé</div><div'
        ' class="comUserStat"><span class="comUserStatCaption">Inscrit :</span> 12/01/2020</div>'
        '<div class="comUserStatus">Hors ligne</div></td><td><div class="comTitle">Re: Le bac</div>'
        '<div class="comText">{text}</div></td></tr><tr><td></td><td><button title="Répondre">'
        "</button></td></tr></table></td></tr></table>",
        "<div>{}</div>",
        "",
    ),
    "b2evolution": (
        '<article class="evo_comment panel vs_published" id="comment_{n}"><h4'
        ' class="evo_comment_title"><a href="/bac#c{n}">Commentaire</a> de: <span class="user'
        ' anonymous">{who}</span> <a href="/contact"><i></i></a></h4><div'
        ' class="evo_comment_rating"></div><div class="evo_comment_text">{text}</div><footer>'
        '<small><span>{num} @ {at} <a href="/bac?reply_ID={n}#form">Répondre à ce commentaire</a>'
        "</span></small></footer></article>",
        '<section id="feedbacks"><h3>3 commentaires</h3>{}</section>',
        "",
    ),
    "concrete": (
        '<div data-conversation-message-id="{n}" class="message conversation-message-level{level}">'
        '<div class="conversation-message-byline"><span class="conversation-message-username">{who}'
        '</span> <span>|</span> <span class="conversation-message-date">Publié le {day} {month}'
        ' {year}, {at}</span></div><div class="conversation-message-body">{text}</div><ul><li><a'
        ' href="#">Répondre</a></li><li><span class="conversation-message-rating-score">2</span>'
        "</li></ul></div>",
        "<div class=conversation-wrapper><h4>Ajouter un message</h4><div>3 messages</div>{}</div>",
        "",
    ),
    "nucleus": (
        '<div class="itemcomment id{n}"><h3><a href="https://pages.example/{n}">{who}</a> a écrit :'
        '</h3><div class="commentbody">{text}</div><div class="commentinfo">{num} {at}:00</div>'
        "</div>",
        "<div><h2>Commentaires</h2>{}</div>",
        "",
    ),
    "movable type": (
        '<article id="comment-{n}" class="comment"><header><h3>{answer}<a href="https://p.example">'
        '{who}</a></h3><a href="/bac.html#comment-{n}"><time datetime="{iso}T{at}:00">{day} {month}'
        "</time></a></header>{text}<div class=reply><a>Répondre</a></div></article>",
        '<section id="comments"><h2>3 commentaires</h2>{}</section>',
        '<span class="author">{who}</span> a répondu à un <a href="/bac.html#comment-{above}">'
        "commentaire de {whom}</a>",
    ),
    "wmaker": (
        '<div><h4 class="infos"><strong>{n}.</strong>Posté par <strong>{who}</strong> le {num} {at}'
        '</h4><div class="texte">{text}</div><div class="alerte"><a href="#">Alerter</a></div>'
        "</div>",
        '<div id="comments"><h3>Commentaires articles</h3>{}</div>',
        "",
    ),
    "grav": (
        "<tr><td>{words}<br>Écrit le {day} {month} {year} {at} par {who}</td></tr>",
        "<h3>Commentaires</h3><table>{}</table>",
        "",
    ),
    "spip, zpip": (
        '<li class="comment-item"><div class="comment"><div class="comment-meta"><strong'
        ' class="comment-titre"><a id="forum{n}" name="forum{n}">Le bac</a></strong>'
        '<abbr class=date title="{iso}T{at}:00">Le {day} {month}</abbr>'
        '<span class="comment-author vcard"><span class="sep">,</span>'
        ' par <strong class="fn n">{who}</strong></span></div><div'
        ' class="comment-texte">{text}</div></div></li>',
        "<div class=comments id=comments><h2>3 messages</h2><ul class=comments-items>{}</ul></div>",
        "",
    ),
    "spip, nota-bene": (
        '<li class="forum"><div class="forum-titre"><h3><a name="forum{n}" href="#forum{n}">{who}'
        "</a></h3></div><ul><li>{day} {month} {year}, {at}</li>{answer}</ul><div"
        ' class="forum-texte"><p class="titre-comment">Le bac</p>{text}</div><p><a'
        ' href="forum.html">Répondre à ce message</a></p>'
        "</li>",
        '<h2 id="comments">Commentaires</h2><ul class="forum-total">{}</ul>',
        '<li>En réponse à <a href="#forum{above}">{whom}</a></li>',
    ),
}
TOLD = {"drupal, without classes", "movable type", "spip, nota-bene", "xoops", "concrete"}
"""Where the page says who answers whom."""


@pytest.mark.parametrize("name", FORMS)
def test_each_comment_is_its_author_s(name: str) -> None:
    read = spip(thread(*FORMS[name]))
    comments = read.comments
    assert [comment.author for comment in comments] == [who for _, who, *_ in COMMENTS]
    assert [" ".join(comment.text.split()) for comment in comments] == [
        *("Voici : le vote date de mai ; trois élus ont parlé.", "Oui.", "Trois mètres, pas plus."),
    ]
    hours = [(comment.date_published or "")[:16] for comment in comments]
    assert hours == ["2024-07-15T09:12", "2024-07-16T10:40", "2024-12-03T21:05"]
    parent = comments[0].id if name in TOLD else None
    assert [comment.parent_id for comment in comments] == [None, parent, None]
    assert [section.text for section in read.sections] == ["\n".join([TEXT] * 3)]


PUNBB = """<div class="post"><div class="posthead"><h3><span>1</span> <span>{of} par</span> <em
class="username">{who}</em> <a class="permalink" href="viewtopic.php?pid={n}#p{n}">{iso} {at}:12</a>
</h3></div><div class="postbody"><div class="post-author"><ul><li class="username"><a>{who}</a></li>
<li><span>Membre</span></li></ul><ul><li>Enregistré : <strong>2020-01-12
</strong></li></ul></div><div class="post-entry"><h4>{re}{title}</h4><div>{text}</div></div></div>
</div>"""
ESOTALK = """<li><div class="post" id="p{n}"><div class="postHeader"><h3><a href="/member/{n}">{who}
</a></h3> <a class="time" href="/post/{n}" title="{day} {month} {year} {at}">il y a 2 ans</a> <span
class="group">Membre</span><a title="Citer"></a></div><div class="postBody">{text}</div></div>
</li>"""
PHPBB_PRINTED = """<div class="post"><h3>{re}{title}</h3><div class="date">Publié : <strong>{day}
{month} {year}, {at}</strong></div><div class="author">par <strong>{who}</strong></div><div
class="content">{text}</div></div><hr>"""
SMF_PRINTED = """<div class="postheader">Titre: <strong>{re}{title}</strong><br>Posté par: <strong>
{who}</strong> le <strong>{day} {month} {year} à {at}</strong></div><div class="postbody">{text}
</div>"""
TOPICS = {
    "punbb": (PUNBB, "<h1>{title}</h1><div id=forum1 class=main-topic>{}</div>", "{title} — Forum"),
    "esotalk": (ESOTALK, "<h1 id=conversationTitle>{title}</h1><ol>{}</ol>", "{title} - Le quai"),
    "phpbb, printed": (
        PHPBB_PRINTED,
        "<div id=page-header><h1>Le quai</h1><p>Le forum</p><h2>{title}</h2></div><div"
        " id=page-body>{}</div>",
        "Le quai • {title}",
    ),
    "smf, printed": (
        SMF_PRINTED,
        "<h1 id=title>Le quai</h1><h2>Général =&gt; Fleuve</h2><div id=posts>{}</div>",
        "Imprimer la page - {title}",
    ),
}


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_its_first_message_and_their_answers(name: str) -> None:
    form, around, title = TOPICS[name]
    opening = (10, "Zoé d’Arc", "01", "07", "2024", "08:00", f"<p>{TEXT}</p>", 0, "")
    items = ""
    for n, who, day, month, year, at, text, *_ in (opening, *COMMENTS):
        items += form.format(
            n=n,
            who=who,
            text=text,
            day=day,
            month=MONTHS[month],
            at=at,
            iso=f"{year}-{month}-{day}",
            year=year,
            re="" if n == 10 else "Re: ",
            of="Sujet" if n == 10 else "Réponse",
            title=TITLE,
        )
    topic = article(around.format(items, title=TITLE), title.format(title=TITLE))
    assert (topic.headline, topic.author) == (TITLE, ("Zoé d’Arc",))
    assert [section.text for section in topic.sections] == [TEXT]
    assert [comment.author for comment in topic.comments] == [who for _, who, *_ in COMMENTS]
    assert [comment.text.split()[0] for comment in topic.comments] == ["Voici", "Oui.", "Trois"]


BYLINES = {
    "par jeanne_m, le 14/07/2024": "jeanne_m",
    "Posté par jeanne le 14 juillet 2024": "jeanne",
    "Publié le 14 juillet 2024 par jeanne": "jeanne",
    "Par arrêté, le 14 juillet 2024": None,
    "Par décret du 14 juillet 2024": None,
    "Soumis par Jeanne Martin le ven 01/03/2024 - 08:00": "Jeanne Martin",
    "1 mars 2024 par Jeanne Martin Catégories : Fleuve": "Jeanne Martin",
}


@pytest.mark.parametrize("line", BYLINES)
def test_a_byline_names_an_account_and_ends_before_a_day_or_categories(line: str) -> None:
    name = BYLINES[line]
    assert spip("", above=f"<p>{line}</p>").author == ((name,) if name else ())


def test_a_name_that_machines_are_told_may_be_any_word() -> None:
    item = lxml.html.fragment_fromstring("<div><p itemprop=author>Plus</p><p>Oui.</p></div>")
    assert marked_name(item_pieces([item], frozenset())) == "Plus"


HEADS = {
    "drupal": (
        f"<article><h1>{TITLE}</h1><footer><div>Par <span>Jeanne Martin</span>, 1 mars 2024</div>"
        f"</footer><div>{f'<p>{TEXT}</p>' * 3}</div></article>"
    ),
    "bludit": (
        f"<div><a href=/bac><h2 class=title>{TITLE}</h2></a><h6>1 mars 2024 - Temps de lecture: 3"
        f" minutes</h6>{f'<p>{TEXT}</p>' * 3}</div>"
    ),
    "canalblog": (
        f"<div class=dateheader>01 mars 2024</div><h3>{TITLE}</h3><div>{f'<p>{TEXT}</p>' * 3}</div>"
        "<div>Posté par Jeanne Martin à 08:00 - Fleuve - Commentaires [6] - Permalien [#]</div>"
    ),
    "cms made simple": (
        f"<article><h1>{TITLE}</h1>{f'<p>{TEXT}</p>' * 3}<br><span class=back>← Retour - Fleuve"
        "</span><footer>1 mars 2024</footer></article>"
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_says_who_and_when_is_no_text(name: str) -> None:
    page = article(HEADS[name], head="<meta property=og:type content=article>")
    assert page.date_published == "2024-03-01"
    assert page.author == (("Jeanne Martin",) if name in ("drupal", "canalblog") else ())
    sections = [(section.headline, section.text) for section in page.sections]
    assert sections == [(None, "\n".join([TEXT] * 3))]


EDITS = (
    *("Dernière modification le 20 juillet 2024", "Dernière mise à jour : 20 juillet 2024"),
    *("Last edited by jeanne on July 20, 2024", "Page mise à jour le 20.07.2024"),
    *("Dernière édition par jeanne le 20 juillet 2024", "Modifié par Zoé le 20 juillet 2024"),
)


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("edit", EDITS)
def test_the_day_of_an_edit_is_not_that_of_the_article(edit: str, below: bool) -> None:
    text = f"<p>{TEXT}</p>" * 3
    line = f"<p class=date>{edit}</p>"
    body = f"<h1>{TITLE}</h1>{text}{line}" if below else f"<h1>{TITLE}</h1>{line}{text}"
    page = article(f"<article>{body}</article>")
    assert (page.date_published, page.date_modified) == (None, "2024-07-20")
    assert [section.text for section in page.sections] == ["\n".join([TEXT] * 3)]


PUBLISHED = {
    "<dl><dd>Création : 1 mars 2024</dd><dd>Mis à jour : 2 mars 2024</dd></dl>": "2024-03-02",
    "<p>Créé le 1 mars 2024</p><p>Modifié le 3 mars 2024</p>": "2024-03-03",
    "<p>Mis en ligne le 1 mars 2024</p><p>Dernière mise à jour le 3 mars 2024</p>": "2024-03-03",
    "<p>Mis à jour le 3 mars 2024 (publié le 1 mars 2024)</p>": "2024-03-03",
}


@pytest.mark.parametrize("lines", PUBLISHED)
def test_the_day_of_an_edit_stands_beside_that_of_the_article(lines: str) -> None:
    page = article(f"<article><h1>{TITLE}</h1>{lines}{f'<p>{TEXT}</p>' * 3}</article>")
    assert (page.date_published, page.date_modified) == ("2024-03-01", PUBLISHED[lines])
