"""Do the files of news agencies give their usable items, in each of the forms they are sent in?

NITF 3.6 alone and in a NewsML-G2 (2.34), NewsML 1.2, ninjs 1.3 and 2.1, from the IPTC's
specifications. Agencies write a DOCTYPE above NITF, with no DTD inside.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.article import Publication
from indexer.files import ReadingOptions
from indexer.pipeline.sources import open_file
from indexer.reporting import Remark, Skipped
from tests.indexer.outcomes import articles, outcomes_of

ONE = "Le bac a repris son service ce matin, après trois semaines de travaux."
TWO = "Les horaires d'hiver seront connus avant la fin du mois."
CONTENT = (
    f"<p>{ONE}</p><media><media-caption>Le bac</media-caption></media><hl2>Suite</hl2><p>{TWO}</p>"
)
NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf><head><title>Bac</title><tobject><tobject.subject tobject.subject.matter="Transports"/>
</tobject><docdata management-status="usable"><doc-id id-string="urn:quai:1"/><date.issue
norm="20240302T080000+0100"/><key-list><keyword key="bac"/></key-list></docdata><pubdata
name="Le Quai"/></head><body><body.head><hedline><hl1>Le bac reprend</hl1><hl2>Enfin</hl2></hedline>
<byline>Par <person>Zoé Roux</person> et <person>Léo Blanc</person></byline><abstract><p>Le service
est rétabli.</p></abstract></body.head><body.content>{CONTENT}</body.content></body></nitf>"""
G2 = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:quai:1" standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:text"/><provider>
<name>Le Quai</name></provider><versionCreated>2024-03-02T09:00:00+01:00</versionCreated>
<firstCreated>2024-03-02T08:00:00+01:00</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><by>Par Zoé Roux et Léo Blanc</by><language tag="fr"/><keyword>bac</keyword><headline>
Le bac reprend</headline><description>Le service est rétabli.</description></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<body><body.head><hedline><hl1>Autre</hl1></hedline></body.head><body.content>{CONTENT}
</body.content></body></nitf></inlineXML></contentSet></newsItem><newsItem guid="urn:quai:2">
<itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><headline>Le bac</headline></contentMeta>
<contentSet><remoteContent href="a.jpg"/></contentSet></newsItem></itemSet></newsMessage>"""
NEWSML_1 = f"""<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier>
<PublicIdentifier>urn:quai:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
<NewsItemType FormalName="News"/><FirstCreated>20240302T080000+0100</FirstCreated>
<ThisRevisionCreated>20240302T080000+0100</ThisRevisionCreated><Status FormalName="Usable"/>
</NewsManagement><NewsComponent><NewsLines><HeadLine>Le bac reprend</HeadLine><SubHeadLine>Enfin
</SubHeadLine><ByLine>Par Zoé Roux et Léo Blanc</ByLine><KeywordLine>bac</KeywordLine></NewsLines>
<ContentItem><DataContent><p>{ONE}</p><h2>Suite</h2><p>{TWO}</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""
NINJS = {
    "uri": "urn:quai:1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2024-03-02T08:00:00+01:00",
    "headline": "Le bac reprend",
    "byline": "Par Zoé Roux et Léo Blanc",
    "description_text": "Le service est rétabli.",
    "body_xhtml": f"<p>{ONE}</p><h2>Suite</h2><p>{TWO}</p>",
    "keyword": ["bac"],
}
NINJS_2 = {
    "uri": "urn:quai:1",
    "pubStatus": "usable",
    "versionCreated": "2024-03-02T08:00:00+01:00",
    "headlines": [{"role": "web", "value": "Bac"}, {"role": "main", "value": "Le bac reprend"}],
    "by": "Zoé Roux et Léo Blanc",
    "bodies": [
        {"contentType": "text/plain", "value": ONE},
        {"contentType": "text/html", "value": f"<p>{ONE}</p><h2>Suite</h2><p>{TWO}</p>"},
    ],
    "keywords": ["bac"],
}
WIRES = {
    "NITF": NITF,
    "NewsML-G2": G2,
    "NewsML 1": NEWSML_1,
    "ninjs 1": json.dumps(NINJS),
    "ninjs 2": json.dumps(NINJS_2),
    "ninjs, a list": json.dumps([NINJS]),
}


@pytest.mark.parametrize("name", WIRES)
def test_an_item(name: str, tmp_path: Path) -> None:
    [article] = articles(outcomes_of(tmp_path, WIRES[name]))
    assert (article.id, article.headline) == ("news:urn:quai:1", "Le bac reprend")
    assert article.author == ("Zoé Roux", "Léo Blanc")
    assert article.date_published == "2024-03-02T08:00:00+01:00"
    assert article.keywords == ("bac",)
    assert [(part.headline, part.text) for part in article.sections] == [
        (None, ONE),
        ("Suite", TWO),
    ]


def test_what_each_tells_beside(tmp_path: Path) -> None:
    [nitf] = articles(outcomes_of(tmp_path, NITF))
    assert (nitf.alternative_headline, nitf.description) == ("Enfin", "Le service est rétabli.")
    assert (nitf.article_section, nitf.publisher) == (("Transports",), "Le Quai")
    message = outcomes_of(tmp_path, G2)
    [item] = articles(message)
    assert (item.date_modified, item.in_language) == ("2024-03-02T09:00:00+01:00", "fr")
    [remark] = [o for o in message if isinstance(o, Remark)]
    assert "ninat:picture : 1" in remark.message


STATES = [
    (G2.replace("stat:usable", "stat:canceled"), "canceled"),
    (G2.replace("stat:usable", "stat:withheld"), "withheld"),
    (NITF.replace('status="usable"', 'status="embargoed"'), "embargoed"),
    (NEWSML_1.replace('"Usable"', '"Canceled"'), "canceled"),
    (json.dumps(NINJS | {"pubstatus": "withheld"}), "withheld"),
    (json.dumps(NINJS | {"embargoed": "2999-01-01T00:00:00Z"}), "programme"),
]


@pytest.mark.parametrize(("text", "state"), STATES)
def test_what_is_not_usable_is_left_aside(text: str, state: str, tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, text)
    assert articles(outcomes) == []
    assert any(isinstance(o, Remark) and f"{state} : 1" in o.message for o in outcomes)
    options = ReadingOptions(publication=Publication((state,)))
    assert articles(outcomes_of(tmp_path, text, options=options))


WRONG = {
    "a DTD inside": NITF.replace('SYSTEM "nitf-3-6.dtd"', '[<!ENTITY a "b">]'),
    "cut": NITF[:600],
    "empty": "<newsMessage/>",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_read_is_told(name: str, tmp_path: Path) -> None:
    [skipped] = outcomes_of(tmp_path, WRONG[name])
    assert isinstance(skipped, Skipped)


def test_an_article_of_ours_is_no_item(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    own_article = {"headline": "A", "versioncreated": "2024", "body_text": "B", "articleBody": "C"}
    path.write_text(json.dumps(own_article), "utf-8")
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "jsonl"
