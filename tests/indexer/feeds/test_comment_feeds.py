"""Which entries of a feed are comments, of which article, and signed by whom?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.indexer.outcomes import articles, outcomes_of

SERENDIPITY = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le quai - Commentaires de "Le bac fermé"</title><link>https://quai.example/</link>
<item><title>Zoé d’Arc: {title}</title><link>https://quai.example/archives/1-bac.html#c2</link>
<author>nospam@example.com (Zoé d’Arc)</author><content:encoded>Oui, enfin.</content:encoded></item>
</channel></rss>"""
TRAC = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Le quai: Ticket #1: Le bac fermé</title><link>https://quai.example/ticket/1</link>
<item><dc:creator>Zoé d’Arc</dc:creator><title></title>
<link>https://quai.example/ticket/1#comment:2</link><description>Oui, enfin.</description></item>
<item><dc:creator>Léon</dc:creator><title></title>
<link>https://quai.example/ticket/1#comment:3</link><description>Non.</description></item>
</channel></rss>"""

PLUXML = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Le quai - Le bac fermé - Commentaires</title><link>https://quai.example/article1/bac</link>
<item><title>{}Zoé d’Arc @ lundi 15 juillet 2024, 09:12</title>
<link>https://quai.example/article1/bac#c1</link><description>Oui, enfin.</description>
<dc:creator>Zoé d’Arc</dc:creator></item></channel></rss>"""

IKIWIKI = TRAC.replace("#comment:", "#comment-74a4e701825fad082bc52381d06cf3c")


@pytest.mark.parametrize(
    ("feed", "headline"),
    [
        (SERENDIPITY.format(title="Le bac fermé"), "Le bac fermé"),
        (SERENDIPITY.replace("Commentaires de", "Suite :").format(title="Le bac"), "Le bac"),
        (SERENDIPITY.replace("Commentaires de", "Suite :").format(title="Oui, en..."), "1 bac"),
        (TRAC, "Le quai: Ticket #1: Le bac fermé"),
        (IKIWIKI, "Le quai: Ticket #1: Le bac fermé"),
        (PLUXML.format("Le bac fermé - Rédigé par "), "Le bac fermé"),
    ],
)
def test_the_article_that_a_feed_of_comments_names(
    feed: str, headline: str, tmp_path: Path
) -> None:
    (article,) = articles(outcomes_of(tmp_path, feed))
    assert article.comments[0].author == "Zoé d’Arc"
    assert article.comments[0].text == "Oui, enfin."
    assert article.headline == headline
    assert "@" not in (article.comments[0].headline or "")
    assert [comment.parent_id for comment in article.comments] == [None] * feed.count("<item>")
    assert len(article.comments) == feed.count("<item>")


NOTES = """<rss version="2.0"><channel><title>Carnet</title><link>https://a.example/notes</link>
<item><title>Le bac ferme</title><link>https://a.example/notes#{}</link>
<description>La ville ferme le bac mardi.</description></item></channel></rss>"""


@pytest.mark.parametrize("anchor", ["note-4", "p-2024-03-01-12-30", "p-0f3a9b2c4d5e6f70"])
def test_an_entry_named_by_an_anchor_is_an_article(anchor: str, tmp_path: Path) -> None:
    (article,) = articles(outcomes_of(tmp_path, NOTES.format(anchor)))
    assert (article.headline, article.comments) == ("Le bac ferme", ())


@pytest.mark.parametrize("anchor", ["note_12", "comment-2b8e3c1a-0f3a-4b2c-8d5e-6f70a1b2c3d4"])
def test_an_entry_named_as_a_comment_is_one(anchor: str, tmp_path: Path) -> None:
    (article,) = articles(outcomes_of(tmp_path, NOTES.format(anchor)))
    assert [comment.text for comment in article.comments] == ["La ville ferme le bac mardi."]


def django_feed(*texts: str) -> str:
    items = "".join(
        f"<item><title>{text[:24]} ...</title><link>http://a.example/comments/cr/8/1/#c{n}</link>"
        f"<description>{text}</description><pubDate>Mon, 15 Jul 2024 07:1{n}:00 +0000</pubDate>"
        "</item>"
        for n, text in enumerate(texts)
    )
    return f'<rss version="2.0"><channel><title>Commentaires</title>{items}</channel></rss>'


def test_comments_of_a_feed_without_authors_are_signed_by_their_first_words(tmp_path: Path) -> None:
    texts = ("Zoé d’Arc: vous oubliez les moustiques.", "1984: le niveau du jour, 3,95.")
    (thread,) = articles(outcomes_of(tmp_path, django_feed(*texts)))
    assert [(comment.author, comment.text) for comment in thread.comments] == [
        ("Zoé d’Arc", "vous oubliez les moustiques."),
        ("1984", "le niveau du jour, 3,95."),
    ]


def test_words_before_a_colon_are_no_name_where_others_have_none(tmp_path: Path) -> None:
    texts = ("Question: qui tient le bac ?", "On verra bien ce qu’il en est demain.")
    (thread,) = articles(outcomes_of(tmp_path, django_feed(*texts)))
    assert [(comment.author, comment.text) for comment in thread.comments] == [
        (None, text) for text in texts
    ]


SMF = """<rss version="2.0"><channel><title>Le quai</title><link>https://quai.example/</link>
<item><title>Re: Le bac fermé</title>
<link>https://quai.example/index.php?topic=2.msg4#msg4</link><description>Oui, enfin.</description>
</item><item><title>Re: Re: Le bac fermé</title>
<link>https://quai.example/index.php?topic=2.msg5#msg5</link><description>Non.</description></item>
</channel></rss>"""


def test_an_answer_is_told_by_what_a_title_begins_with(tmp_path: Path) -> None:
    # « Le Havre : » ends as « Re : » does
    feed = SMF.replace("Le bac fermé", "Le Havre : le bac fermé")
    assert [article.headline for article in articles(outcomes_of(tmp_path, feed))] == [
        "Le Havre : le bac fermé"
    ]


def test_messages_of_a_topic_whose_addresses_name_each_are_of_one_article(tmp_path: Path) -> None:
    (article,) = articles(outcomes_of(tmp_path, SMF))
    assert article.headline == "Le bac fermé"
    assert [comment.text for comment in article.comments] == ["Oui, enfin.", "Non."]


QUESTION2ANSWER = """<rss version="2.0"><channel><title>Le quai</title>
<link>https://quai.example/index.php?qa=qa</link>
<item><title>Answered: Le bac fermé</title><description>Oui, enfin.</description>
<link>https://quai.example/1/le-bac?show=7#a7</link></item>
<item><title>Commented: Le bac fermé</title><description>Non.</description>
<link>https://quai.example/1/le-bac?show=8#c8</link></item></channel></rss>"""


def test_answers_whose_address_shows_each_are_of_the_question(tmp_path: Path) -> None:
    (article,) = articles(outcomes_of(tmp_path, QUESTION2ANSWER))
    assert (article.headline, article.url) == ("Le bac fermé", "https://quai.example/1/le-bac")
    assert [comment.text for comment in article.comments] == ["Oui, enfin.", "Non."]


TEXTPATTERN = """<rss version="2.0"><channel><title>Le quai</title>{}
<link>https://quai.example/</link><item><title>Le bac fermé [6]</title>
<link>https://quai.example/index.php?id=1</link>
<description>La ville a fermé le bac mardi.</description></item></channel></rss>"""


@pytest.mark.parametrize(
    ("generator", "headline"),
    [
        ("<generator>https://textpattern.com/?v=4.8</generator>", "Le bac fermé"),
        ("", "Le bac fermé [6]"),
    ],
)
def test_a_count_of_comments_is_not_of_the_title(
    generator: str, headline: str, tmp_path: Path
) -> None:
    (article,) = articles(outcomes_of(tmp_path, TEXTPATTERN.format(generator)))
    assert article.headline == headline


PHPBB = """<entry><author><name>{who}</name></author><published>{at}</published>
<id>https://forum.example/viewtopic.php?p={n}#p{n}</id>
<link href="https://forum.example/viewtopic.php?p={n}#p{n}"/><title type="html">Fleuve • {re}{of}
</title><category term="Fleuve" scheme="https://forum.example/?f=2" label="Fleuve"/><content
type="html">&lt;p&gt;{said}&lt;/p&gt;&lt;p&gt;Statistiques: Publié par {who} — 2 mars
&lt;/p&gt;&lt;hr /&gt;</content></entry>""".replace("mars\n", "mars")
FLUXBB = """<entry><title type="html">{re}{of}</title><published>{at}</published>
<link rel="alternate" href="https://forum.example/viewtopic.php?pid={n}#p{n}"/><content
type="html">&lt;p&gt;{said}&lt;/p&gt;</content><author><name>{who}</name></author>
<id>https://forum.example/viewtopic.php?pid={n}#p{n}</id></entry>"""
BBPRESS = FLUXBB.replace("viewtopic.php?pid={n}#p{n}", "topic/{of}/#post-{n}").replace(
    "{re}{of}<", "{reply}{of}<"
)


@pytest.mark.parametrize("form", [PHPBB, FLUXBB, BBPRESS], ids=["phpBB", "FluxBB", "bbPress"])
@pytest.mark.parametrize("has_opening", [True, False])
def test_the_messages_of_a_topic_are_one_article(
    form: str, has_opening: bool, tmp_path: Path
) -> None:
    messages = [(13, "Plus", "bac"), (12, "Léon", "bac"), (22, "Léon", "gel")]
    entries = [
        form.format(
            n=n,
            who=who,
            of=of,
            re="Re: ",
            reply="Répondre à : ",
            said=f"Oui {n}.",
            at=f"2024-03-02T10:{n}:00Z",
        )
        for n, who, of in messages
    ]
    if has_opening:
        entries.append(
            form.format(
                n=11,
                who="Zoé",
                of="bac",
                re="",
                reply="",
                said="Le bac ferme.",
                at="2024-03-02T10:11:00Z",
            )
        )
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Le quai</title>'
    read = {
        a.headline: a for a in articles(outcomes_of(tmp_path, f"{feed}{''.join(entries)}</feed>"))
    }
    assert set(read) == {"bac", "gel"}
    said = [(comment.author, comment.text) for comment in read["bac"].comments]
    assert said == [("Léon", "Oui 12."), ("Plus", "Oui 13.")]
    assert [section.text for section in read["bac"].sections] == ["Le bac ferme."] * has_opening


def test_topics_of_one_title_in_two_forums_keep_their_answers(tmp_path: Path) -> None:
    messages = [(11, "Fleuve", ""), (12, "Lac", ""), (13, "Lac", "Re: ")]
    entries = [
        PHPBB.replace("Fleuve", forum).format(
            n=n, who="Zoé", of="Bonjour", re=re, said=f"Oui {n}.", at=f"2024-03-02T10:{n}:00Z"
        )
        for n, forum, re in messages
    ]
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Le quai</title>'
    read = articles(outcomes_of(tmp_path, f"{feed}{''.join(entries)}</feed>"))
    answers = {a.sections[0].text: [comment.text for comment in a.comments] for a in read}
    assert answers == {"Oui 11.": [], "Oui 12.": ["Oui 13."]}


def test_the_names_and_titles_of_b2evolution_s_feeds(tmp_path: Path) -> None:
    entry = FLUXBB.replace("viewtopic.php?pid={n}#p{n}", "bac#c{n}").format(
        n=12,
        who="Zoé [Visiteur]",
        of="Le bac",
        re="Zoé [Visiteur] en réponse à: ",
        said="Oui.",
        at="2024-03-02T10:12:00Z",
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Le quai</title>{entry}</feed>'
    (article,) = articles(outcomes_of(tmp_path, feed))
    comment = article.comments[0]
    assert (article.headline, comment.author, comment.headline) == ("Le bac", "Zoé", None)
