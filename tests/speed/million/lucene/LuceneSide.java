/*
 * How fast does real Lucene do the work that Glose does?
 *
 *     java -cp JARS LuceneSide.java index PASSAGES FOLDER
 *     java -cp JARS LuceneSide.java ask FOLDER QUESTIONS ROUNDS
 *
 * FrenchAnalyzer for words; beside it every word as it is written, small ones too, for phrases. Ten
 * articles with three passages of each at most, their pieces of text marked by UnifiedHighlighter
 * from offsets in the postings, exact totals of passages and of articles, written as text.
 *
 * QUESTIONS: a line each, class and words between tabs. A line is written for each: class, CPU
 * milliseconds of its thread the first time and the least of the later times. What the compiler and
 * the collector of garbage do in threads of their own is left out, which favours Lucene.
 */

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.FixedBitSet;

public class LuceneSide {
    static final int FETCHED = 200;
    static final long SINCE = 1325376000L, UNTIL = 1577836800L;
    static final Analyzer WORDS = new FrenchAnalyzer();
    static final Analyzer WRITTEN = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer source = new StandardTokenizer();
            return new TokenStreamComponents(
                    source, new ASCIIFoldingFilter(new LowerCaseFilter(source)));
        }
    };

    public static void main(String[] args) throws IOException {
        if (args[0].equals("index")) {
            index(Path.of(args[1]), Path.of(args[2]));
        } else {
            ask(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
        }
    }

    static void index(Path passages, Path folder) throws IOException {
        FieldType offsets = new FieldType(TextField.TYPE_STORED);
        offsets.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        Analyzer analyzer = new PerFieldAnalyzerWrapper(WORDS, Map.of("written", WRITTEN));
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(96);
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, config);
                Stream<String> lines = Files.lines(passages)) {
            for (String line : (Iterable<String>) lines::iterator) {
                String[] cells = line.split("\t", -1);
                long time = Long.parseLong(cells[3]);
                Document document = new Document();
                document.add(new StringField("id", cells[0], Field.Store.YES));
                document.add(new NumericDocValuesField("article", Long.parseLong(cells[1])));
                document.add(new StringField("kind", cells[2], Field.Store.YES));
                document.add(new NumericDocValuesField("time", time));
                document.add(new LongPoint("time", time));
                document.add(new SortedDocValuesField("month", bytes(cells[4])));
                document.add(new SortedDocValuesField("rubric", bytes(cells[5])));
                document.add(new StringField("author", cells[6], Field.Store.YES));
                document.add(new TextField("title", cells[7], Field.Store.YES));
                document.add(new TextField("heading", cells[8], Field.Store.YES));
                document.add(new Field("text", cells[9], offsets));
                document.add(new TextField("written", cells[9], Field.Store.NO));
                document.add(new StoredField("shown", cells[4] + " " + cells[5]));
                writer.addDocument(document);
            }
        }
    }

    static org.apache.lucene.util.BytesRef bytes(String text) {
        return new org.apache.lucene.util.BytesRef(text);
    }

    static void ask(Path folder, Path questions, int rounds) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        IndexSearcher.setMaxClauseCount(100_000);
        List<String> lines = Files.readAllLines(questions);
        double[][] times = new double[rounds][lines.size()];
        try (FSDirectory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            Articles articles = new Articles(reader);
            for (int round = 0; round < rounds; round++) {
                for (int place = 0; place < lines.size(); place++) {
                    String[] cells = lines.get(place).split("\t");
                    long began = threads.getCurrentThreadCpuTime();
                    answer(searcher, articles, cells[0], cells[1]);
                    times[round][place] = (threads.getCurrentThreadCpuTime() - began) / 1e6;
                }
            }
        }
        for (int place = 0; place < lines.size(); place++) {
            double least = Double.MAX_VALUE;
            for (int round = 1; round < rounds; round++) {
                least = Math.min(least, times[round][place]);
            }
            String kind = lines.get(place).split("\t")[0];
            System.out.println(kind + "\t" + times[0][place] + "\t" + least);
        }
    }

    static String answer(IndexSearcher searcher, Articles articles, String kind, String words)
            throws IOException {
        Query query = query(kind, words);
        Counter counter = new Counter(articles, kind.equals("facets"));
        searcher.search(query, counter);
        TopDocs best = kind.equals("date and order")
                ? searcher.search(
                        query, FETCHED, new Sort(new SortField("time", SortField.Type.LONG, true)))
                : searcher.search(query, FETCHED);
        Map<Long, List<Integer>> groups = new LinkedHashMap<>();
        for (ScoreDoc hit : best.scoreDocs) {
            long article = articles.of(hit.doc);
            if (groups.containsKey(article) || groups.size() < 10) {
                List<Integer> passages = groups.computeIfAbsent(article, key -> new ArrayList<>());
                if (passages.size() < 3) {
                    passages.add(hit.doc);
                }
            }
        }
        int[] shown = groups.values().stream().flatMap(List::stream).mapToInt(doc -> doc).toArray();
        UnifiedHighlighter highlighter =
                UnifiedHighlighter.builder(searcher, WORDS).withFieldMatcher(field -> true).build();
        String[] pieces = highlighter
                .highlightFields(new String[] {"text"}, query, shown, new int[] {3})
                .get("text");
        StringBuilder out = new StringBuilder();
        out.append(counter.passages).append(' ').append(counter.seen.cardinality());
        counter.facets.forEach((value, count) -> out.append(value).append(' ').append(count));
        var stored = searcher.storedFields();
        for (int place = 0; place < shown.length; place++) {
            for (var field : stored.document(shown[place])) {
                out.append(field.name()).append('"').append(field.stringValue());
            }
            out.append(pieces[place]);
        }
        return out.toString();
    }

    static Query query(String kind, String words) throws IOException {
        if (kind.equals("prefix")) {
            return new PrefixQuery(new Term("text", terms(WRITTEN, words).get(0)));
        }
        if (kind.startsWith("phrase")) {
            PhraseQuery.Builder phrase = new PhraseQuery.Builder();
            for (String term : terms(WRITTEN, words)) {
                phrase.add(new Term("written", term));
            }
            return phrase.build();
        }
        List<String> terms = terms(WORDS, words);
        if (kind.equals("fuzzy")) {
            return new FuzzyQuery(new Term("text", terms.get(0)), 1, 1);
        }
        BooleanQuery.Builder every = new BooleanQuery.Builder();
        for (String term : terms) {
            BooleanQuery.Builder either = new BooleanQuery.Builder();
            either.add(new TermQuery(new Term("text", term)), Occur.SHOULD);
            either.add(new TermQuery(new Term("title", term)), Occur.SHOULD);
            every.add(
                    either.build(), kind.equals("either of two") ? Occur.SHOULD : Occur.MUST);
        }
        if (kind.equals("date and order")) {
            every.add(LongPoint.newRangeQuery("time", SINCE, UNTIL - 1), Occur.FILTER);
        }
        return every.build();
    }

    static List<String> terms(Analyzer analyzer, String words) throws IOException {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("text", words)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(word.toString());
            }
            stream.end();
        }
        return terms;
    }

    /** The number of the article of each passage, and how many there are. */
    static class Articles {
        final int[] numbers;
        final int most;

        Articles(DirectoryReader reader) throws IOException {
            numbers = new int[reader.maxDoc()];
            int highest = 0;
            for (LeafReaderContext leaf : reader.leaves()) {
                NumericDocValues values = DocValues.getNumeric(leaf.reader(), "article");
                for (int doc = values.nextDoc(); doc < leaf.reader().maxDoc(); doc = values.nextDoc()) {
                    numbers[leaf.docBase + doc] = (int) values.longValue();
                    highest = Math.max(highest, (int) values.longValue());
                }
            }
            most = highest + 1;
        }

        long of(int doc) {
            return numbers[doc];
        }
    }

    /** Counts passages and articles exactly, and the values of two fields when asked. */
    static class Counter extends SimpleCollector {
        final Articles articles;
        final boolean spread;
        final FixedBitSet seen;
        final Map<String, Integer> facets = new HashMap<>();
        final List<SortedDocValues> columns = new ArrayList<>();
        final List<int[]> counts = new ArrayList<>();
        int passages = 0;
        int base = 0;

        Counter(Articles articles, boolean spread) {
            this.articles = articles;
            this.spread = spread;
            seen = new FixedBitSet(articles.most);
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            base = leaf.docBase;
            if (spread) {
                columns.clear();
                counts.clear();
                for (String field : new String[] {"month", "rubric"}) {
                    columns.add(DocValues.getSorted(leaf.reader(), field));
                    counts.add(new int[columns.get(columns.size() - 1).getValueCount()]);
                }
            }
        }

        @Override
        public void collect(int doc) throws IOException {
            passages++;
            seen.set(articles.numbers[base + doc]);
            for (int place = 0; place < columns.size(); place++) {
                if (columns.get(place).advanceExact(doc)) {
                    counts.get(place)[columns.get(place).ordValue()]++;
                }
            }
        }

        @Override
        public void finish() throws IOException {
            for (int place = 0; place < columns.size(); place++) {
                for (int ord = 0; ord < counts.get(place).length; ord++) {
                    facets.merge(
                            columns.get(place).lookupOrd(ord).utf8ToString(),
                            counts.get(place)[ord],
                            Integer::sum);
                }
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
