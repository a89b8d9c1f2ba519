"""Are threads and titles right in pages as programs wrote them when they were run?

The markup is that of django-machina 1.3, Chyrp Lite 2026.02 (its six themes), django-comments and
django-comments-xtd, Trac 1.6, Serendipity 2.7 (its ten), MediaWiki 1.39 (four skins), Backdrop
1.27, Question2Answer 1.8, SMF 2.1 and Piwigo, installed with a French article and its thread.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article, Comment
from indexer.html.page import read_html
from indexer.times.capture import Capture

TEXT = (
    "<p>Le conseil a voté lundi soir la fermeture du bac pendant tout l'hiver, sans débat.</p>" * 3
)
META = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
COMMENTS = (
    (1, "Zoé d’Arc", "15 juillet 2024", "09:12", "J’étais au premier rang, sous la pluie.", 0),
    (2, "1984", "15 juillet 2024", "10:40", "Le niveau du jour : <code>3,95</code>, ça baisse.", 1),
    (3, "Léon", "3 décembre 2024", "21:05", "Contre les moustiques, la citronnelle.", 0),
)


def article(thread: str, head: str = "<title>Le bac</title>", top: str = "") -> Article:
    html = f"<!doctype html><html lang=fr><head>{head}{META}</head><body>{top}<main><article>"
    html += f"<h1>Le bac fermé</h1>{TEXT}</article></main>{thread}</body></html>"
    article_read = read_html(html.encode(), Capture(date(2026, 11, 30))).article
    assert article_read is not None
    return article_read


def written(form: str, around: str) -> str:
    items = (
        form.format(n=n, who=who, day=day, at=at, text=text, level=level)
        for n, who, day, at, text, level in COMMENTS
    )
    return around.format("".join(items))


FORMS = {
    "a name that is a number, before « a dit »": (
        '<li id="comment_{n}"><section class="comment"><h4>{who} a dit'
        " :</h4><p>{text}</p></section>"
        '<div class="metadata"><a href="?comment={n}"><time datetime="2024-07-15T{at}+02:00">{day}'
        "</time></a></div></li>",
        '<article class="commentary"><h3 id="comments">Commentaires</h3><ol'
        ' class="comments">{}</ol>'
        "</article>",
    ),
    "neither dates nor a count, but ids": (
        '<li id="comment_{n}"><section class="comment"><h4>{who}</h4><p>{text}</p></section></li>',
        '<article class="commentary"><h3 id="comments">Commentaires</h3><ol'
        ' class="comments">{}</ol>'
        "</article>",
    ),
    "the name behind the date": (
        '<div id="c{n}" class="comment"><h6 class="comment-header"><div><span>{day}'
        " {at}&nbsp;-&nbsp;"
        '{who}</span> <a class="permalink" href="#c{n}">¶</a></div></h6><div class="content">{text}'
        '</div><a href="/reply/{n}/">Reply</a></div>',
        '<section id="comments"><h3>3 commentaires</h3>{}</section>',
    ),
    "the name behind the date, in a list of definitions": (
        '<dt id="c{n}">{day} {at} - {who}</dt><dd><p>{text}</p></dd>',
        '<section id="comments"><h3>3 commentaires</h3><dl id="comments">{}</dl></section>',
    ),
    "a link on the date, in a heading": (
        '<div class="change"><h3 class="change" id="comment:{n}"><span class="cnum"><a'
        ' href="#comment:{n}">'
        'comment:{n}</a></span> by <span class="trac-author">{who}</span>, <a class="timeline" '
        'href="/timeline?from=2024" title="See timeline at Jul 15, 2024, {at}:00">2'
        " years ago</a></h3>"
        '<div class="comment searchable"><p>{text}</p></div></div>',
        '<div id="changelog"><h2>Change History (3)</h2>{}</div>',
    ),
    "the day in the head, the hour in the foot": (
        '<article id="c{n}" class="serendipity_comment commentlevel-{level}"><header><h4>{who} sur '
        '<time datetime="2024-07-15T{at}:00+02:00">Monday, 15 July 2024</time>:</h4></header>'
        '<div class="serendipity_commentBody content">{text}</div><footer><time>{at}</time> | '
        '<a class="comment_reply" href="#serendipity_CommentForm">Répondre</a></footer></article>',
        '<section id="comments" class="serendipity_comments"><h3>Commentaires</h3>{}</section>',
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_comment_is_its_author_s(name: str) -> None:
    comments = article(written(*FORMS[name])).comments
    assert [comment.author for comment in comments] == [who for _, who, *_ in COMMENTS]
    assert [comment.text.split()[0] for comment in comments] == ["J’étais", "Le", "Contre"]
    hours = [comment.date_published and comment.date_published[11:16] for comment in comments]
    assert hours == ([None] * 3 if "neither" in name else ["09:12", "10:40", "21:05"])


@pytest.mark.parametrize("end", ["Lille", "4 réponses", "Permalien", "via mobile", "#12"])
@pytest.mark.parametrize("tag", ["b", "div"])
def test_an_element_of_its_own_is_sooner_a_name_than_the_end_of_a_date(end: str, tag: str) -> None:
    form = f"<li id=c{{n}}><i>{{day}} {{at}} - {end}</i> <{tag}>{{who}}</{tag}><p>{{text}}</p></li>"
    comments = article(written(form, "<ul id=comments>{}</ul>")).comments
    assert [comment.author for comment in comments] == [who for _, who, *_ in COMMENTS]


def answered(comments: tuple[Comment, ...]) -> list[str | None]:
    authors = {comment.id: comment.author for comment in comments}
    return [authors[comment.parent_id] if comment.parent_id else None for comment in comments]


def test_levels_are_told_by_classes_in_one_word() -> None:
    comments = article(written(*FORMS["the day in the head, the hour in the foot"])).comments
    assert answered(comments) == [None, "Zoé d’Arc", None]


def test_a_range_of_dates_is_followed_by_no_name() -> None:
    form = '<div class="comment"><i>15 juillet - 2024</i> <p>{text} {who}</p></div>'
    comments = article(written(form, '<section id="comments">{}</section>')).comments
    assert "2024" not in {comment.author for comment in comments}


HOME = '<a class="homelink1" href="https://quai.example/">{}</a>'


@pytest.mark.parametrize("banner", ["Le bac est fermé pour tout l’hiver", "Le bac est fermé pour…"])
def test_a_title_in_the_place_of_the_site_s_name_is_the_article_s(banner: str) -> None:
    title = "Le bac est fermé pour tout l’hiver"
    html = f"<!doctype html><html lang=fr><head><title>{title} - Le quai</title>{META}</head><body>"
    html += f"<div><h1>{HOME.format(banner)}</h1><h2>{HOME.format('Le quai')}</h2></div><article>"
    html += f'<h2><a href="/archives/1.html">{title}</a></h2>{TEXT}</article></body></html>'
    page = read_html(html.encode(), Capture(date(2026, 11, 30)))
    assert page.article is not None
    assert page.article.headline == title


def test_a_title_that_leads_home_is_no_site_s_name() -> None:
    title = "Le bac : le contexte"
    html = f"<!doctype html><html lang=fr><head><title>{title} – Le quai</title>{META}</head><body>"
    html += f"<h1>{HOME.format(title)}</h1>{TEXT}<h2>Le contexte</h2>{TEXT}</body></html>"
    page = read_html(html.encode(), Capture(date(2026, 11, 30)))
    assert page.article is not None
    assert page.article.headline == title


def test_a_form_in_which_to_answer_is_no_comment() -> None:
    form = (
        "<li id=comment_{n}><h4>{who}</h4><p>{text}</p><div id=reply-{n}><form><label>Nom</label>"
        "<p>Votre message</p><textarea></textarea></form></div></li>"
    )
    comments = article(written(form, "<section id=comments><ol>{}</ol></section>")).comments
    assert [comment.author for comment in comments] == [who for _, who, *_ in COMMENTS]


POST = (
    '<div id="{n}" class="card post"><div class="wrapper"><h4 class="subject">{title} &nbsp;'
    '<a href="?post={n}#{n}">&#182;</a></h4><p><small class="text-muted">Par: <a '
    'href="/member/{n}/">{who}</a> le {day} {at}</small></p><div class="post-content"><p>{text}</p>'
    '</div></div><div class="sidebar"><div class="username"><a href="/member/{n}/"><b>{who}</b></a>'
    '</div><div class="posts-count"><b>Messages :</b>&nbsp;1</div></div></div>'
)


def topic(answer: str) -> Article | None:
    """The page of a topic of django-machina, whose answers have this title."""
    opening = POST.format(
        n=9, title="Le bac fermé", who="Maëlle", day="14 juillet 2024", at="18:30", text=TEXT[3:-4]
    )
    answers = "".join(
        POST.format(n=n, title=answer, who=who, day=day, at=at, text=text)
        for n, who, day, at, text, _ in COMMENTS
    )
    html = "<!doctype html><html lang=fr><head><title>Le bac fermé</title></head><body><div>"
    html += f'<div class="row"><h1>Le bac fermé</h1></div><div class="row">{opening}{answers}'
    html += "</div></div></body></html>"
    return read_html(html.encode(), Capture(date(2026, 11, 30))).article


def test_the_answers_of_an_unknown_forum_are_no_sections_of_the_first_message() -> None:
    article_read = topic("Re: Le bac fermé")
    assert article_read is not None
    assert article_read.author == ("Maëlle",)
    assert article_read.date_published == "2024-07-14T18:30:00+02:00"
    assert [comment.author for comment in article_read.comments] == [who for _, who, *_ in COMMENTS]
    text = " ".join(section.text for section in article_read.sections)
    assert "Le conseil a voté" in text
    assert "moustiques" not in text


HOLDERS = ("<div>{}<br><br>{}</div>", "<ul><li>{}<li>{}</ul>", "<table><tr><td>{}<td>{}</table>")


@pytest.mark.parametrize("holder", HOLDERS)
def test_comments_that_answer_the_title_of_an_article_leave_it_its_text(holder: str) -> None:
    said = TEXT[3:-4].replace("</p><p>", " ")
    items = "".join(
        f"<div class=x><h4>{title}</h4><b>Par {who}</b> <i>{day}</i><div>{text}</div></div>"
        for title, (_, who, day, _, text, _) in zip(
            ("Le bac fermé", "Re: Le bac fermé", "Re: Le bac fermé"), COMMENTS, strict=True
        )
    )
    html = f"<!doctype html><html lang=fr><head><title>Le bac fermé</title>{META}</head><body>"
    html += f"<h1>Le bac fermé</h1>{holder.format(said, said)}<div>{items}</div></body></html>"
    article_read = read_html(html.encode(), Capture(date(2026, 11, 30))).article
    assert article_read is not None
    assert article_read.sections[0].text.startswith("Le conseil a voté")


def test_messages_with_titles_of_their_own_are_no_topic() -> None:
    article_read = topic("Un autre sujet")
    assert article_read is None or not article_read.comments


EDIT = (
    '<span class="mw-editsection"><span>[</span><a href="?edit=1">modifier</a> | <a href="?e=1">'
    "modifier le code</a><span>]</span></span>"
)
WHO = (
    '<a href="/w/Utilisateur:{0}">{0}</a> (<a href="/w/Discussion_utilisateur:{0}">discussion</a>)'
)
TALK = (
    f'<h2><span id="a">La rampe</span>{EDIT}</h2><p>Est-elle finie ? {WHO.format("Zoé")} 14 juillet'
    f" 2024 à 21:30 (CEST)</p><dl><dd>Oui, mardi. {WHO.format('Léon')} 14 juillet 2024 à 22:05"
    f" (CEST)<dl><dd>Merci ! {WHO.format('Zoé')} 2 décembre 2024 à 09:08 (CET)</dd></dl></dd></dl>"
)
MENU = (
    "<nav><ul><li><a href=/>Accueil</a><li><a href=/h>Historique</a><li><a href=/l>Lire</a></ul>"
    "</nav>"
)
FOOT = (
    '<div role="contentinfo"><ul><li>La dernière modification de cette page a été faite le 30'
    " novembre 2024 à 14:23.<li><a href=/p>Politique de confidentialité</a></ul></div>"
)


def wiki(text: str) -> Article:
    """A page of MediaWiki, whose menus stand below the text."""
    html = "<!doctype html><html lang=fr><head><title>Discussion:Le bac - Le quai</title></head>"
    html += f"<body><h1>Discussion:Le bac</h1><div class=mw-parser-output>{text}</div>"
    article_read = read_html(f"{html}{MENU}{FOOT}".encode(), Capture(date(2026, 11, 30))).article
    assert article_read is not None
    return article_read


def test_what_leads_to_the_edition_of_a_heading_is_not_in_it() -> None:
    sections = wiki(f"<p>Le bac.</p><h2>La rampe{EDIT}</h2>{TEXT * 3}").sections
    assert [section.headline for section in sections if section.headline] == ["La rampe"]
    titles = [comment.headline for comment in wiki(TALK).comments]
    assert titles == ["La rampe", None, None]


def test_menus_and_the_foot_are_no_text_of_a_page_that_holds_a_thread_alone() -> None:
    page = wiki(TALK)
    assert (len(page.comments), page.sections) == (3, ())


def test_the_date_of_a_comment_in_the_place_of_its_title_is_no_title() -> None:
    items = "".join(
        f'<article class="comment"><p class="commenter-name"><b class="username">{who}</b></p><div'
        f' class="comment-title"><h3><a href="/comment/{n}#comment-{n}"></a></h3>'
        f'<span class="comment-time">Sun, 14/07/2024 - 9:3{n}pm</span></div>'
        f'<div class="content"><p>{text}</p></div></article>'
        for n, who, _, _, text, _ in COMMENTS
    )
    comments = article(f'<section class="comments"><h2>Comments</h2>{items}</section>').comments
    assert [comment.author for comment in comments] == [who for _, who, *_ in COMMENTS]
    assert {comment.headline for comment in comments} == {None}


@pytest.mark.parametrize(
    ("description", "standfirst"),
    [
        ("Le bac fermé", None),
        (f"{TEXT[3:-4]} - bac.jpg".replace("</p><p>", ""), None),
        ("Le conseil a voté lundi soir la fermeture du bac pendant ... tout l'hiver.", None),
        ("Le conseil a voté… et la rive attend.", "Le conseil a voté… et la rive attend."),
        ("La rive attend.", "La rive attend."),
    ],
)
def test_a_description_made_of_the_title_or_the_text_is_no_standfirst(
    description: str, standfirst: str | None
) -> None:
    head = f'<title>Le bac</title><meta name="description" content="{description}">'
    assert article("", head).description == standfirst
