#!/usr/bin/env bash
# With Lucene 9.12.3's FrenchAnalyzer, « Un avocat ? » is not found by « avocat » where its space is the
# narrow no-break space that French typography sets before « ? », « ! », « ; » and inside guillemets.
#
# StandardTokenizer cuts words where Unicode says, and there U+202F is no space but a sign that joins
# letters, as « _ » is (ExtendNumLet: it sets off suffixes in Mongolian). So it becomes the last letter of the
# word before it, or the first of the word after: « avocat_ » is one more word, which nobody types, and the
# stemmer no longer sees its end. With the other no-break space, U+00A0, or a plain one, words are words.
#
# Expected: a space is in no word, whatever its width.
#
# Seen (_ for U+202F, ~ for U+00A0: what is indexed of each text, then whether the word on the right finds it):
# | Les avocats ? -> avocat | avocat: found
# | Les avocats~? -> avocat | avocat: found
# | Les avocats_? -> avocats_ | avocat: not found
# | Publiée_; le maire -> publie_, mair | publiée: not found
# | Un «_mot_» juste -> _mot_, just | mot: not found
# | Un « mot » juste -> mot, just | mot: found
# | En 2024_: 150_000 voix -> 2024_, 150_000, voi | 2024: not found
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for module in core analysis-common memory; do
  mvn --batch-mode --quiet -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="org.apache.lucene:lucene-$module:9.12.3" -DoutputDirectory="$dir"
done
cat >"$dir/Seen.java" <<'JAVA'
import java.util.ArrayList;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.util.QueryBuilder;

public class Seen {
  static final FrenchAnalyzer FRENCH = new FrenchAnalyzer();

  static void show(String text, String word) throws Exception {
    String spaced = text.replace('_', '\u202f').replace('~', '\u00a0');
    var terms = new ArrayList<String>();
    try (var tokens = FRENCH.tokenStream("text", spaced)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) terms.add(term.toString().replace('\u202f', '_'));
      tokens.end();
    }
    var index = new MemoryIndex();
    index.addField("text", spaced, FRENCH);
    boolean found = index.search(new QueryBuilder(FRENCH).createBooleanQuery("text", word)) > 0;
    System.out.println(text + " -> " + String.join(", ", terms) + " | " + word + ": " + (found ? "found" : "not found"));
  }

  public static void main(String[] arguments) throws Exception {
    show("Les avocats ?", "avocat");
    show("Les avocats~?", "avocat");
    show("Les avocats_?", "avocat");
    show("Publiée_; le maire", "publiée");
    show("Un «_mot_» juste", "mot");
    show("Un « mot » juste", "mot");
    show("En 2024_: 150_000 voix", "2024");
  }
}
JAVA
java -Dfile.encoding=UTF-8 -cp "$dir/*" "$dir/Seen.java" >"$dir/seen"
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
