"""What of a SPIP is public, and what is never read?"""

from __future__ import annotations

import shutil
from datetime import UTC
from pathlib import Path

import pytest

from indexer.article.publication import Publication
from indexer.files import ReadingOptions
from indexer.pipeline.sources import read
from indexer.spip import SpipFormat
from indexer.times import Capture
from tests.indexer.outcomes import articles, remarks
from tests.indexer.samples import EXPORTS
from tests.indexer.spip.spip_dumps import ARTICLE, MESSAGE, META, Rows, dump, tables


@pytest.mark.parametrize(
    ("state", "public"),
    [
        # the states of ecrire/base/objets.php and of the plugin Forum, SPIP 4.4.28
        *(("publie", True), ("prepa", False), ("prop", False), ("refuse", False)),
        *(("poubelle", False), ("original", False), ("off", False), ("spam", False)),
        *(("prive", False), ("privrac", False), ("privadm", False), ("privoff", False)),
        *(("", False), ("embargo", False), ("1", False), ("oui", False)),
    ],
)
def test_states(state: str, public: bool, tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}, {**ARTICLE, "id_article": 2, "statut": state}],
        "breves": [
            {"id_breve": 1, "titre": "Brève", "texte": "Elle.", "statut": state, "date_heure": ""}
        ],
        "forum": [
            {**MESSAGE, "id_forum": 1, "statut": state},
            {**MESSAGE, "id_forum": 2, "id_objet": 2},
        ],
    }
    outcomes = list(read([dump(tmp_path / "spip.sqlite", rows)]))
    articles_found = articles(outcomes)
    assert [len(article.comments) for article in articles_found] == ([1, 1, 0] if public else [0])
    messages = remarks(outcomes)
    assert ("unpublished_articles" in messages) == ("unpublished" in messages) == (not public)


def test_a_state_that_is_asked_for(tmp_path: Path) -> None:
    path = dump(
        tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1, "statut": "prop"}]}
    )
    form = SpipFormat(ReadingOptions(Publication(["prop"]), UTC))
    [article] = articles(read([path], forced=form))
    assert article.date_published == "2024-05-03T10:46:00Z"


def test_a_thread_kept_elsewhere_stays_aside_with_its_article(tmp_path: Path) -> None:
    dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1, "statut": "prop"}]})
    (tmp_path / "isso.json").write_text(
        '[{"id": "/spip.php?article1", "title": "T", "comments":'
        ' [{"id": 1, "author": "Yann", "created": "2024-05-04", "text": "Mirabelle"}]}]'
    )
    assert articles(read([tmp_path])) == []


def test_what_members_alone_see_stays(tmp_path: Path) -> None:
    """The plugin Accès restreint (5.x) closes rubrics, and leaves `publie` on their articles."""
    rows: Rows = {
        "articles": [
            {**ARTICLE, "id_article": 1, "id_rubrique": 2},
            {**ARTICLE, "id_article": 2, "id_rubrique": 3},
        ],
        "rubriques": [
            {"id_rubrique": 1, "id_parent": 0, "titre": "Bureau"},
            {"id_rubrique": 2, "id_parent": 1, "titre": "Comptes"},
            {"id_rubrique": 3, "id_parent": 3, "titre": "En cercle"},
        ],
        "zones": [
            {"id_zone": 1, "titre": "Bureau", "publique": "oui"},
            {"id_zone": 2, "titre": "Espace privé", "publique": "non"},
        ],
        "zones_liens": [
            {"id_zone": 1, "id_objet": 1, "objet": "rubrique"},
            {"id_zone": 2, "id_objet": 3, "objet": "rubrique"},
        ],
    }
    outcomes = list(read([dump(tmp_path / "spip.sqlite", rows)]))
    assert [article.id for article in articles(outcomes)] == ["spip:phare.example:article2"]
    assert "accès restreint" in remarks(outcomes)["unpublished_articles"]
    format_asked = SpipFormat(ReadingOptions(Publication(["accès restreint"])))
    assert len(articles(read([tmp_path / "spip.sqlite"], forced=format_asked))) == 2


def test_a_draft_for_members_is_a_draft_first(tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1, "id_rubrique": 1, "statut": "prepa"}],
        "rubriques": [{"id_rubrique": 1, "id_parent": 0, "titre": "Bureau"}],
        "zones": [{"id_zone": 1, "titre": "Bureau", "publique": "oui"}],
        "zones_liens": [{"id_zone": 1, "id_objet": 1, "objet": "rubrique"}],
    }
    path = dump(tmp_path / "spip.sqlite", rows)
    format_asked = SpipFormat(ReadingOptions(Publication(["accès restreint", "programme"])))
    assert articles(read([path], forced=format_asked)) == []


@pytest.mark.parametrize(("setting", "count"), [("non", 1), ("oui", 2), (None, 1)])
def test_an_article_of_a_day_to_come(setting: str | None, count: int, tmp_path: Path) -> None:
    """With `post_dates` at `non`, as SPIP installs it, `publie` shows from its date on only."""
    rows: Rows = {
        "articles": [
            {**ARTICLE, "id_article": 1},
            {**ARTICLE, "id_article": 2, "date": "2024-05-20 10:00:00"},
        ]
    }
    path = dump(tmp_path / "spip.sqlite", rows, META | ({"post_dates": setting} if setting else {}))
    captured = Capture.parse("2024-05-10")
    assert len(articles(read([path], captured))) == count


def test_nothing_private_leaves_the_file(tmp_path: Path) -> None:
    tables(tmp_path, "articles", "forum", "auteurs", "auteurs_liens")
    shutil.copy(EXPORTS / "spip.xml", tmp_path)
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}],
        "auteurs": [
            {"id_auteur": 1, "nom": "S", "email": "s@courrier.example", "pass": "0123456789abcdef"}
        ],
        "forum": [
            {**MESSAGE, "id_forum": 1, "email_auteur": "z@courrier.example", "ip": "192.0.2.9"},
            {**MESSAGE, "id_forum": 2, "texte": "Mirabelle", "statut": "prive"},
        ],
    }
    dump(tmp_path / "spip.sqlite", rows)
    text = " ".join(map(str, read([tmp_path])))
    assert len(articles(read([tmp_path]))) == 5
    for private in ("courrier.example", "192.0.2", "0123456789", "irabelle", "apaye", "oyave"):
        assert private not in text
