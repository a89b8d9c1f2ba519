#!/usr/bin/env bash
# With Lucene 9.12.3's FrenchAnalyzer, « poison » finds fish (« poisson »), and « base » finds low (« basse »).
#
# After its suffix is cut, FrenchLightStemmer makes one letter of two that are the same, in words of five letters
# or more. French tells /s/ from /z/ by that letter: fish from poison, a cushion from a cousin, Russians
# from ruses, a fall of prices from a kiss, a dessert from a desert. Both words are one term in the index, so that
# no order nor question tells them apart, and a highlighter marks the one for the other.
#
# Expected: « mareyeurs » for « mareyeur », but not another noun.
#
# Seen (a text and the word asked for, what is indexed of each, then whether it is found):
# | Du poisson à la criée | poison -> poison, crie | poison: found
# | Un coussin bleu | cousin -> cousin, bleu | cousin: found
# | Les élus russes | ruses -> élu, ruse | ruse: found
# | À marée basse | base -> mare, base | base: found
# | La baisse des prix | baiser -> bais, pri | bais: found
# | Le dessert du jour | désert -> desert, jour | desert: found
# | Les mareyeurs | mareyeur -> mareyeu | mareyeu: found
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

  static String terms(String text) throws Exception {
    var terms = new ArrayList<String>();
    try (var tokens = FRENCH.tokenStream("text", text)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) terms.add(term.toString());
      tokens.end();
    }
    return String.join(", ", terms);
  }

  static void show(String text, String word) throws Exception {
    var index = new MemoryIndex();
    index.addField("text", text, FRENCH);
    boolean found = index.search(new QueryBuilder(FRENCH).createBooleanQuery("text", word)) > 0;
    System.out.printf("%s | %s -> %s | %s: %s%n", text, word, terms(text), terms(word), found ? "found" : "not found");
  }

  public static void main(String[] arguments) throws Exception {
    show("Du poisson à la criée", "poison");
    show("Un coussin bleu", "cousin");
    show("Les élus russes", "ruses");
    show("À marée basse", "base");
    show("La baisse des prix", "baiser");
    show("Le dessert du jour", "désert");
    show("Les mareyeurs", "mareyeur");
  }
}
JAVA
java -Dfile.encoding=UTF-8 -cp "$dir/*" "$dir/Seen.java" >"$dir/seen"
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
