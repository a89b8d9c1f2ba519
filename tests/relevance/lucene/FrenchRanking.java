/*
 * What does real Lucene answer? FrenchAnalyzer as it comes, BM25 as it comes, any of the words in
 * the title or in the text, both weighing the same.
 *
 *     java -cp JARS FrenchRanking.java DOCUMENTS QUESTIONS DEPTH
 *
 * DOCUMENTS: a line each, id, title and text between tabs. QUESTIONS: a line each. One line is
 * written for each question: id and score between spaces, the best first, DEPTH at most.
 */

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

public class FrenchRanking {
    static final String[] FIELDS = {"title", "text"};

    public static void main(String[] args) throws IOException {
        int depth = Integer.parseInt(args[2]);
        IndexSearcher.setMaxClauseCount(100_000);
        try (Analyzer french = new FrenchAnalyzer();
                Directory directory = new ByteBuffersDirectory()) {
            index(Path.of(args[0]), french, directory);
            try (DirectoryReader reader = DirectoryReader.open(directory);
                    Stream<String> questions = Files.lines(Path.of(args[1]));
                    BufferedWriter out = new BufferedWriter(
                            new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (String question : (Iterable<String>) questions::iterator) {
                    out.write(answer(searcher, french, question, depth));
                    out.newLine();
                }
            }
        }
    }

    static void index(Path documents, Analyzer french, Directory directory) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(french));
                Stream<String> lines = Files.lines(documents)) {
            for (String line : (Iterable<String>) lines::iterator) {
                String[] cells = line.split("\t", -1);
                Document document = new Document();
                document.add(new StoredField("id", cells[0]));
                document.add(new TextField("title", cells[1], Field.Store.NO));
                document.add(new TextField("text", cells[2], Field.Store.NO));
                writer.addDocument(document);
            }
        }
    }

    static String answer(IndexSearcher searcher, Analyzer french, String question, int depth)
            throws IOException {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String field : FIELDS) {
            try (TokenStream words = french.tokenStream(field, question)) {
                CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
                words.reset();
                while (words.incrementToken()) {
                    any.add(new TermQuery(new Term(field, word.toString())), Occur.SHOULD);
                }
                words.end();
            }
        }
        StringBuilder said = new StringBuilder();
        for (ScoreDoc hit : searcher.search(any.build(), depth).scoreDocs) {
            String id = searcher.storedFields().document(hit.doc).get("id");
            said.append(said.isEmpty() ? "" : " ").append(id).append(' ').append(hit.score);
        }
        return said.toString();
    }
}
