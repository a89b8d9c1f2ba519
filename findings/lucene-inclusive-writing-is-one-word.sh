#!/usr/bin/env bash
# With Lucene 9.12.3's FrenchAnalyzer, « les citoyen·ne·s » is found neither by « citoyens » nor by « citoyennes ».
#
# Inclusive writing sets a middle dot, or a full stop, before each ending. StandardTokenizer cuts words where Unicode
# says, and there both join letters (MidLetter, for « l·l » in Catalan; MidNumLet). What is indexed is one word
# with its dots, « citoyen·ne· », after a stemmer that took the last letter for a plural's. With a hyphen, a bullet or
# parentheses, the three other habits, the word is found: who wrote it decides, and the eye tells no · from •.
#
# Expected: « citoyen » among the terms, whichever sign stands after it.
#
# Seen (a text, what is indexed of it, then whether « citoyens » finds it):
# | les citoyen·ne·s -> citoyen·ne· | no
# | les citoyen.ne.s -> citoyen.ne. | no
# | les citoyen·nes -> citoyen·n | no
# | les citoyen•ne•s -> citoyen | yes
# | les citoyen-ne-s -> citoyen | yes
# | les citoyen(ne)s -> citoyen | yes
# | les citoyennes -> citoyen | yes
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for module in core analysis-common; do
  mvn --batch-mode --quiet -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="org.apache.lucene:lucene-$module:9.12.3" -DoutputDirectory="$dir"
done
cat >"$dir/Seen.java" <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

public class Seen {
  static List<String> terms(String text) throws Exception {
    var terms = new ArrayList<String>();
    try (var analyzer = new FrenchAnalyzer(); var tokens = analyzer.tokenStream("text", text)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) terms.add(term.toString());
      tokens.end();
    }
    return terms;
  }

  public static void main(String[] arguments) throws Exception {
    var question = terms("citoyens");
    for (String word : "citoyen·ne·s citoyen.ne.s citoyen·nes citoyen•ne•s citoyen-ne-s citoyen(ne)s citoyennes".split(" ")) {
      var terms = terms("les " + word);
      System.out.printf("les %s -> %s | %s%n", word, String.join(" ", terms), terms.containsAll(question) ? "yes" : "no");
    }
  }
}
JAVA
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp "$dir/*" "$dir/Seen.java" >"$dir/seen"
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
