"""What does a stock French chain answer?

tantivy's own French tokenizer (simple, lowercase, ascii_fold, French stop words, French stemmer)
over the title and the text, which weigh the same; any of the words, BM25. What everybody uses.
"""

from __future__ import annotations

from collections.abc import Callable

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from index.doors import evaluating
from index.doors.evaluating import Ranked
from indexer.doors.judgements import JudgementSet


def analyzer(*, folding: bool) -> tantivy.TextAnalyzer:
    """tantivy's French, that folds accents or keeps them."""
    built = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    if folding:
        built = built.filter(Filter.ascii_fold())
    return built.filter(Filter.stopword("french")).filter(Filter.stemmer("french")).build()


def stock(judged: JudgementSet, *, folding: bool) -> Callable[[str], Ranked]:
    """Index the documents with a stock chain, and give the search that ranks them."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name="stock", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    chain = analyzer(folding=folding)
    index.register_tokenizer("stock", chain)
    writer = index.writer(192_000_000, 1)
    for article in judged.articles():
        document = tantivy.Document()
        document.add_text("id", article.id)
        document.add_text("title", article.headline)
        for section in article.sections:
            document.add_text("text", section.text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> list[tuple[str, float]]:
        words = [
            (Occur.Should, Query.term_query(schema, field, word, "freq"))
            for word in chain.analyze(text)
            for field in ("title", "text")
        ]
        results = searcher.search(Query.boolean_query(words), evaluating.DEPTH)
        return [(searcher.doc(ref)["id"][0], score) for score, ref in results.hits]

    return answer
