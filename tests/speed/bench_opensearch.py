"""How fast is an index on a cluster, beside the embedded engine and OpenSearch asked bare?

    python tests/speed/bench_opensearch.py [--articles N] [--questions N] [--shards N] [--json]

One real node, started for the run (`tests/opensearch.sh`, heap of $GLOSE_OPENSEARCH_HEAP, else
1 GB), and the corpus of `bench.py`.

* loading: passages a second by the clock, and processor time of the node and of ours for each;
  bytes of the indices of the records and of the words.
* answering, by kind of question, medians: a whole page of Glose from the cluster and from an index
  in memory; the same words asked bare, `multi_match` on a title and a body that OpenSearch's own
  `french` analyzer reads, ten articles by `collapse` with three hits inside; and the same asked for
  what a page of Glose shows besides (`whole`): snippets by `highlight`, the number of articles by
  `cardinality`, which counts nearly, and those of each kind. Other questions are asked before, of
  each, so that none pays for the loading of its code nor answers from what it holds; then the same
  once more (`again`), as whoever turns a page or narrows a question does. `facets`: five of them,
  beside five `terms`.
  The clock says what a reader waits for; the node's processor time, which others on the machine
  move little, is what the ratios are of, without its threads that compile: a node that has just
  started compiles longer than it answers. `trips` are requests of Glose.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

sys.path.insert(0, str(Path(__file__).parents[2]))

from index import engines
from index.answering import FACETS, searching
from index.engines.opensearch import Cluster, bulk, state
from index.engines.opensearch.client import Client
from index.record import Record
from index.writing import write
from indexer.canonical import conversion
from indexer.canonical.objects import read_article
from tests.opensearch_node import Node
from tests.speed.bench import CLASSES, _lines, _shared

_BARE = "bare"
_KEYS = ("article", "kind", "category", "author", "commenter", "month")
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--articles", type=int, default=None, help="only the first N articles")
    flags.add_argument("--questions", type=int, default=30, help="questions of each class")
    flags.add_argument("--shards", type=int, default=1)
    flags.add_argument("--json", action="store_true")
    options = flags.parse_args()
    corpus = _shared() / "corpus" / "passages_100k.jsonl.xz"
    if not corpus.exists():
        print(f"bench: no corpus at {corpus}: set GLOSE_SHARED", file=sys.stderr)
        return 1
    os.environ.setdefault("GLOSE_OPENSEARCH_HEAP", "1g")
    os.environ.setdefault("GLOSE_OPENSEARCH_TIER", "4")
    with tempfile.TemporaryDirectory() as scratch:
        node = Node(Path(scratch))
        node.start()
        try:
            report = _measure(node, islice(_lines(corpus), options.articles), options)
        finally:
            node.stop()
    print(json.dumps(report, indent=1) if options.json else _sentence(report))
    return 0


def _measure(node: Node, lines: Iterator[bytes], options: argparse.Namespace) -> dict[str, Any]:
    articles = [conversion.records_of(read_article(orjson.loads(line))[0]) for line in lines]
    passages = sum(map(len, articles))
    cluster = engines.open(node.location("bench", shards=options.shards, follow=60), create=True)
    assert isinstance(cluster, Cluster)
    embedded = engines.open(":memory:")
    report: dict[str, Any] = {"articles": len(articles), "passages": passages}
    for name, engine in (("cluster", cluster), ("embedded", embedded)):
        before = _node(node), time.process_time(), time.perf_counter()
        write(engine, articles, seen=1)
        after = _node(node), time.process_time(), time.perf_counter()
        server, ours, clock = (b - a for a, b in zip(before, after, strict=True))
        report[f"loading, {name}"] = {
            "passages_per_s": round(passages / clock),
            "node_cpu_ms_a_passage": round(1000 * server / passages, 3),
            "our_cpu_ms_a_passage": round(1000 * ours / passages, 3),
        }
    present = cluster.state()
    for index in (present.index, present.words):
        _merge(cluster.client, index)
    index_size = state.size(cluster.client, present)
    words = cluster.client.get(f"/{present.words}/_stats/store,docs")["_all"]["primaries"]
    report["size"] = {
        "bytes_a_passage": round(index_size / passages),
        "words": words["docs"]["count"],
        "words_MB": round(words["store"]["size_in_bytes"] / 1e6, 1),
    }
    _bare(cluster.client, articles)
    questions = json.loads((_shared() / "corpus" / "queries.json").read_text())
    report |= _answering(node, cluster, embedded, questions, options.questions)
    return report


def _node(node: Node) -> float:
    """Seconds of processor that the node has used."""
    fields = Path(f"/proc/{node.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _answering_time(node: Node) -> float:
    """Milliseconds of processor that the node's threads have used, those that compile left out."""
    total = 0
    for task in Path(f"/proc/{node.pid}/task").iterdir():
        try:
            if "CompilerThre" not in (task / "comm").read_text():
                total += int((task / "schedstat").read_text().split()[0])
        except FileNotFoundError:
            # a thread that ended meanwhile
            continue
    return total / 1e6


def _bare(client: Client, articles: list[list[Record]]) -> None:
    """The same texts, as somebody would give them to OpenSearch without Glose."""
    text = {"type": "text", "analyzer": "french"}
    columns = {"title": text, "body": text} | {name: {"type": "keyword"} for name in _KEYS}
    settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}
    client.put(f"/{_BARE}", {"settings": settings, "mappings": {"properties": columns}})
    bulk.send(
        client,
        _BARE,
        (
            (
                orjson.dumps({"index": {"_id": str(hash(record.id))}}),
                orjson.dumps({"title": record.about.title, "body": record.text, **_keys(record)}),
            )
            for records in articles
            for record in records
        ),
    )
    _merge(client, _BARE)


def _merge(client: Client, index: str) -> None:
    client.post(f"/{index}/_forcemerge", max_num_segments=1, _timeout=600)
    # these indices are not refreshed by themselves: what was merged would be asked in pieces still
    client.post(f"/{index}/_refresh")


def _keys(record: Record) -> dict[str, Any]:
    """What the bare index counts, for each of `_KEYS`."""
    about = record.about
    values = about.id, record.kind, about.categories, about.authors, record.author
    return dict(zip(_KEYS, (*values, (record.start or "")[:7]), strict=True))


def _asked_bare(
    client: Client, kind: str, question: str, facets: Sequence[str] = (), *, grouped: bool = False
) -> object:
    match: dict[str, Any] = {"query": question, "fields": ["title", "body"], "operator": "and"}
    if kind == "or2":
        match["operator"] = "or"
    elif kind in ("phrase", "prefix"):
        del match["operator"]
        match["type"] = {"phrase": "phrase", "prefix": "phrase_prefix"}[kind]
        match["query"] = question.rstrip("*")
    inner: dict[str, Any] = {"name": "shown", "size": 3}
    aggs: dict[str, Any] = {}
    if grouped:
        inner["highlight"] = {"fields": {"title": {"number_of_fragments": 0}, "body": {}}}
        aggs = {"articles": {"cardinality": {"field": "article", "precision_threshold": 40_000}}}
    counted_fields = [*({"kind"} if grouped else ()), *(_KEYS[1:] if facets else ())]
    aggs |= {name: {"terms": {"field": name, "size": 12}} for name in counted_fields}
    body = {
        "query": {"multi_match": match},
        "size": 10,
        "track_total_hits": True,
        "collapse": {"field": "article", "inner_hits": inner},
        "aggs": aggs,
    }
    return client.post(f"/{_BARE}/_search", body)


def _answering(
    node: Node,
    cluster: Cluster,
    embedded: engines.Engine,
    questions: dict[str, list[str]],
    limit: int,
) -> dict[str, Any]:
    now = datetime.now(UTC)
    report: dict[str, Any] = {}
    for name, facets in (("answering", ()), ("answering, facets", tuple(FACETS)[:5])):
        ratios: dict[str, list[float]] = {"first": [], "again": [], "whole": [], "clock": []}
        for kind in CLASSES:
            warm_up, others = questions[kind][:limit], questions[kind][limit : 2 * limit]

            def page(engine: engines.Engine, question: str) -> object:
                text = _typed(kind, question)  # noqa: B023
                return searching.search(engine.reader(), text, now=now, facets=facets)  # noqa: B023

            def bare(grouped: bool, question: str) -> object:
                return _asked_bare(cluster.client, kind, question, facets, grouped=grouped)  # noqa: B023

            sides = {
                "cluster": partial(page, cluster),
                "bare": partial(bare, False),
                "whole": partial(bare, True),
                "embedded": partial(page, embedded),
            }
            clock, cpu = {}, {}
            for side, ask in sides.items():
                _timed(node, others, ask)
                before = cluster.client.trips
                clock[side], cpu[side] = _timed(node, warm_up, ask)
                trips = (cluster.client.trips - before) / len(warm_up)
                clock[f"{side} again"], cpu[f"{side} again"] = _timed(node, warm_up, ask)
                if side == "cluster":
                    cpu["trips"] = trips
            ratios["first"].append(cpu["cluster"] / cpu["bare"])
            ratios["again"].append(cpu["cluster again"] / cpu["bare again"])
            ratios["whole"].append(cpu["cluster"] / cpu["whole"])
            ratios["clock"].append(clock["cluster"] / clock["bare"])
            report[f"{name}: {kind}"] = {
                "clock_ms_p50": {side: round(value, 1) for side, value in clock.items()},
                "node_cpu_ms": {
                    side: round(value, 1) for side, value in cpu.items() if "embedded" not in side
                },
                "ratios": {
                    ratio_name: round(values[-1], 2) for ratio_name, values in ratios.items()
                },
            }
        report[f"{name}: ratios_p50"] = {
            ratio_name: round(statistics.median(values), 2) for ratio_name, values in ratios.items()
        }
    return report


def _typed(kind: str, question: str) -> str:
    return {"phrase": f'"{question}"', "or2": question.replace(" ", " OU ")}.get(kind, question)


def _timed(node: Node, texts: list[str], ask: Callable[[str], object]) -> tuple[float, float]:
    """The median of a question by the clock, and the node's processor time a question, in ms."""
    clocks = []
    before = _answering_time(node)
    for question in texts:
        began = time.perf_counter()
        ask(question)
        clocks.append(1000 * (time.perf_counter() - began))
    return statistics.median(clocks), (_answering_time(node) - before) / len(texts)


def _sentence(report: dict[str, Any]) -> str:
    lines = []
    for part, figures in report.items():
        lines.append(f"{part}: {figures}" if not isinstance(figures, dict) else part)
        if isinstance(figures, dict):
            lines += [f"  {name:<24} {value}" for name, value in figures.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
