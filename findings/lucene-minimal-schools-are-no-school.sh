#!/usr/bin/env bash
# Lucene 9.12.3's FrenchMinimalStemFilter parts schools from a school: « écoles » is « écol », « école » stays.
#
# It leaves words of five letters or fewer as they are, and cuts off the « s » of longer ones together with
# the « r », the « e » or the double letter before it. A noun of five letters that ends so has a plural of six:
# the one is left, the other is cut, and neither finds the other. Plurals of five letters keep their « s ».
# So the filter, chosen because it only joins plural to singular, parts those of the commonest nouns;
# those of longer nouns it joins.
#
# Expected: a plural and its singular are one term, or both words stay as they are.
#
# Seen (a singular and its plural, then their terms):
# | conseiller, conseillers -> conseil, conseil
# | accident, accidents -> accident, accident
# | école, écoles -> école, écol
# | maire, maires -> maire, mair
# | ville, villes -> ville, vil
# | année, années -> année, an
# | grève, grèves -> grève, grèv
# | loyer, loyers -> loyer, loy
# | plage, plages -> plage, plag
# | élue, élues -> élue, élues
# | port, ports -> port, ports
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for module in core analysis-common; do
  mvn --batch-mode --quiet -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="org.apache.lucene:lucene-$module:9.12.3" -DoutputDirectory="$dir"
done
cat >"$dir/Seen.java" <<'JAVA'
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

public class Seen {
  static String term(String word) throws Exception {
    var words = new WhitespaceTokenizer();
    words.setReader(new java.io.StringReader(word));
    try (var tokens = new FrenchMinimalStemFilter(words)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      tokens.incrementToken();
      return term.toString();
    }
  }

  public static void main(String[] arguments) throws Exception {
    for (String word : "conseiller accident école maire ville année grève loyer plage élue port".split(" "))
      System.out.printf("%s, %ss -> %s, %s%n", word, word, term(word), term(word + "s"));
  }
}
JAVA
java -Dfile.encoding=UTF-8 -cp "$dir/*" "$dir/Seen.java" >"$dir/seen"
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
