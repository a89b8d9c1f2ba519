"""Is what the JSON-LD of a page says of its article read, however it is written?"""

from __future__ import annotations

import json

import pytest

from tests.indexer.html.html_pages import article, page, remarks, script


def test_json_ld() -> None:
    parsed = article(
        script(
            datePublished="2024-12-02T09:08:00+0100",
            dateModified="2024-12-03T10:00:00Z",
            author=[{"@type": "Person", "name": "Zoé &amp; Yann"}],
            articleSection="IA",
            keywords="NDA, Sora",
            publisher={"@type": "Organization", "name": "Exemple"},
            timeRequired="PT4M",
            description="Un <em>chapô</em>.",
            alternativeHeadline="Une accroche",
            inLanguage="fr-FR",
            commentCount=12,
        )
        + '<link rel=canonical href="https://A.example/x/?utm_source=t#haut">'
    )
    assert parsed.date_published == "2024-12-02T09:08:00+01:00"
    assert parsed.date_modified == "2024-12-03T10:00:00Z"
    assert parsed.author == ("Zoé & Yann",)
    assert (parsed.article_section, parsed.keywords) == (("IA",), ("NDA", "Sora"))
    assert (parsed.publisher, parsed.time_required) == ("Exemple", "PT4M")
    assert (parsed.description, parsed.alternative_headline) == (
        "Un chapô.",
        "Une accroche",
    )
    assert (parsed.in_language, parsed.comment_count) == ("fr-FR", 12)
    assert parsed.url == "https://a.example/x/"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"@type": "Organization", "name": "L'Exemple"}, ()),
        ([{"@type": "Person", "name": ["Zoé", "Yann"]}], ("Zoé", "Yann")),
        ("Zoé", ("Zoé",)),
        ({"@list": [{"@type": "Person", "name": "Zoé"}]}, ("Zoé",)),
        ({"@type": "Person", "givenName": "Zoé", "familyName": "Roy"}, ("Zoé Roy",)),
        ({"@type": "Person", "name": "Zoé zoe@courriel.example"}, ("Zoé",)),
        ({"@type": "Person", "name": "https://a.example/zoe"}, ()),
    ],
)
def test_authors(author: object, expected: tuple[str, ...]) -> None:
    assert article(script(author=author)).author == expected


def test_names_with_the_prefix_of_the_vocabulary() -> None:
    members = {"@type": "schema:Article", "schema:author": {"schema:name": "Zoé"}}
    parsed = article(f'<script type="application/ld+json">{json.dumps(members)}</script>')
    assert parsed.author == ("Zoé",)


def test_comments_and_their_authors_told_by_reference() -> None:
    comment = {"@type": "Comment", "dateCreated": "2024-12-02T09:08:00Z"}
    graph = [
        {"@type": "Article", "commentCount": 2, "comment": [{"@id": "#c1"}, {"@id": "#gone"}]},
        {
            "@id": "#c1",
            "text": "Un.",
            "author": {"@id": "#z"},
            "comment": {"@id": "#c2"},
            **comment,
        },
        {"@id": "#c2", "text": "Deux.", "author": "Yann", "comment": [{"@id": "#c1"}], **comment},
        {"@id": "#z", "@type": "Person", "name": "Zoé"},
    ]
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    comments = article(script).comments
    assert [(comment.author, comment.text) for comment in comments] == [
        ("Zoé", "Un."),
        ("Yann", "Deux."),
    ]
    assert comments[1].parent_id == comments[0].id


def test_a_list_of_sections_a_graph_and_a_list_of_objects() -> None:
    post = {"@type": ["Thing", "BlogPosting"], "articleSection": ["A", "B"]}
    graph = {"@graph": [{"@type": "WebSite"}, post]}
    parsed = article(f'<script type="application/ld+json">[{json.dumps(graph)}]</script>')
    assert parsed.article_section == ("A", "B")


@pytest.mark.parametrize("script_text", ['{"headline": }', "{" * 5000, "[" * 100_000, "nul"])
def test_what_is_not_json_is_counted(script_text: str) -> None:
    html_page = page(f'<script type="application/ld+json">{script_text}</script>')
    assert html_page.article is not None
    assert "json_ld" in remarks(html_page)


def test_json_with_a_comma_too_many_is_read() -> None:
    script_text = '{"@type": "Article", "author": "Zoé",}'
    parsed = article(f'<script type="application/ld+json">{script_text}</script>')
    assert parsed.author == ("Zoé",)


@pytest.mark.parametrize("value", [False, "False", "false"])
def test_paid_articles_are_partial(value: object) -> None:
    html_page = page(script(isAccessibleForFree=value))
    assert html_page.article is not None
    assert html_page.article.extra == {"isAccessibleForFree": False, "completeness": "partial"}
    assert "partial" in remarks(html_page)


COMMENTS = [
    {"@type": "Comment", "@id": "#c1", "about": {"@id": "#a"}, "text": "Un.", "author": "Zoé"},
    {"@type": "Comment", "@id": "#c2", "parentItem": "#c1", "text": "Deux.", "author": "Yann"},
    {"@type": "Comment", "@id": "#c3", "about": "https://b.example/", "text": "Ailleurs."},
    {"@type": "Comment", "@id": "#c4", "parentItem": "#c5", "text": "En rond."},
    {"@type": "Comment", "@id": "#c5", "parentItem": "#c4", "text": "En rond."},
]


def test_comments_that_only_name_what_they_answer() -> None:
    graph = [{"@type": "Article", "@id": "#a", "headline": "Un titre"}, *reversed(COMMENTS)]
    parsed = article(f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>')
    assert [(comment.author, comment.text) for comment in parsed.comments] == [
        ("Zoé", "Un."),
        ("Yann", "Deux."),
    ]
    first, second = parsed.comments
    assert second.parent_id == first.id


@pytest.mark.parametrize("kind", ["WebPage", "ItemPage"])
def test_the_page_around_the_article_may_tell_its_author(kind: str) -> None:
    page_members = {"@type": kind, "author": {"@type": "Person", "name": "Lise Martin"}}
    page_members["datePublished"] = "2024-03-02"
    parsed = article(f'<script type="application/ld+json">{json.dumps(page_members)}</script>')
    assert (parsed.author, parsed.date_published) == (("Lise Martin",), "2024-03-02")
    signed = {"@type": "Person", "name": "Zoé Roy"}
    scripts = (
        script(author=signed)
        + f'<script type="application/ld+json">{json.dumps(page_members)}</script>'
    )
    assert article(scripts).author == ("Zoé Roy",)


def test_comments_as_schema_org_named_them_first() -> None:
    # `UserComments` was there before `Comment`, and is still written by themes
    old = article(
        script(
            interactionCount="2 UserComments",
            comment=[
                {"@type": "UserComments", "creator": {"name": who}, "commentText": "Bonjour.",
                 "commentTime": f"2024-12-02T1{hour}:00:00+01:00"}
                for hour, who in enumerate(("Zoé", "Yann"))
            ],
        )
    )  # fmt: skip
    assert old.comment_count == 2
    assert [(comment.author, comment.date_published) for comment in old.comments] == [
        ("Zoé", "2024-12-02T10:00:00+01:00"),
        ("Yann", "2024-12-02T11:00:00+01:00"),
    ]


def test_comments_under_answers_are_more_than_the_answers() -> None:
    thanks = {"text": "Merci.", "author": {"name": "Léo"}}
    answer = {"text": "Lundi.", "author": {"name": "Zoé"}, "comment": [thanks]}
    second_answer = {"text": "Mardi.", "author": {"name": "Ada"}}
    question = {
        "@type": "Question", "name": "Un titre", "text": "Quand reprend le bac ? " * 9,
        "answerCount": 2, "acceptedAnswer": answer, "suggestedAnswer": [second_answer],
    }  # fmt: skip
    html_page = page(script(**{"@type": "QAPage", "headline": "", "mainEntity": question}), "")
    assert html_page.article is not None
    assert (html_page.article.comment_count, len(html_page.article.comments)) == (3, 3)
    assert "comment_count" not in remarks(html_page)
