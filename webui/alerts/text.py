"""How are the news of saved questions written, as text or as JSON?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from index.results import IndexState, Passage
from webui.addresses import Links, original
from webui.alerts.news import AlertReport, News
from webui.json_views import article_json, notice_json, passage_json, state_json
from webui.locale import Tongue

_WIDTH = 76


def subject(report: AlertReport, tongue: Tongue) -> str:
    """Return the subject line that announces the news."""
    names = ", ".join(new.saved.name for new in report.news if new.total)
    return tongue("alert_subject", n=report.total, names=names)


def text(report: AlertReport, address: str, tongue: Tongue) -> str:
    """News in words: the questions, their articles, what was written in each and where.

    `address` is where Glose is served, "" when nobody said; links then lead to the originals.
    """
    return "\n".join(line for new in report.news for line in _question(new, address, tongue))


def _question(news: News, address: str, tongue: Tongue) -> Iterator[str]:
    name = news.saved.name
    if news.first and not news.passages:
        yield tongue("alert_first", name=name, n=news.match_count)
    else:
        yield tongue("alert_none" if not news.total else "alert_new", name=name, n=news.total)
    # said once: a question that means something else would be silent for years
    for notice in news.notices if news.first else ():
        if notice.code != "common_word":
            yield f"  {tongue('notices')} : {tongue.either(notice.message, notice.message_en)}"
    if news.passages and address:
        yield f"  {address.rstrip('/')}{Links().search(news.saved.params)}"
    for _, group in groupby(news.passages, key=lambda passage: passage.record.about.id):
        passages = list(group)
        yield ""
        yield from textwrap.wrap(passages[0].record.about.title, _WIDTH, **_inside(2))
        for passage in passages:
            yield from _passage(passage, news, address, tongue)
    if remaining := news.total - len(news.passages):
        yield ""
        yield tongue("alert_more", n=remaining)
    if news.passages:
        yield ""


def _passage(passage: Passage, news: News, address: str, tongue: Tongue) -> Iterator[str]:
    record = passage.record
    date = tongue.when(record).text
    yield f"    {tongue.heading(record)}{date and f', {date}'}"
    for snippet in passage.snippets[:1]:
        words = " ".join(snippet.text.split())
        before, after = "… " * snippet.starts_inside, " …" * snippet.ends_inside
        yield from textwrap.wrap(f"{before}{words}{after}", _WIDTH, **_inside(6))
    link = original(record) or ""
    if address:
        link = address.rstrip("/") + Links().article(
            record.about.id, news.saved.params.q, record.anchor
        )
    if link:
        yield f"      {link}"


def _inside(columns: int) -> dict[str, Any]:
    margin = " " * columns
    return {
        "initial_indent": margin, "subsequent_indent": margin,
        "break_long_words": False, "break_on_hyphens": False,
    }  # fmt: skip


def value(report: AlertReport, state: IndexState) -> dict[str, Any]:
    """News for programs; passages are those of `/search.json`, with their article."""
    links = Links()
    return {
        "index": state_json(state),
        "questions": [
            {
                "name": new.saved.name,
                "url": links.search(new.saved.params),
                "first": new.first,
                "held": new.match_count,
                "new": new.total,
                "notices": [notice_json(notice, Tongue("fr")) for notice in new.notices],
                "passages": [
                    {
                        "article": article_json(passage.record.about),
                        "seen": passage.record.seen,
                        **passage_json(passage, new.saved.params.q, links),
                    }
                    for passage in new.passages
                ],
            }
            for new in report.news
        ],
    }
