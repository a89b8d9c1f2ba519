#!/usr/bin/env bash
# With OpenSearch 3.9.0, what a `scripted_metric` reads as `_score` changes when another one stands beside it.
#
# 9,000 comments of one to eleven words all hold « fleuve ». Two aggregations, each the same sum of `_score`, are
# asked alone, then both in one search. Where several aggregations want scores, these are kept for all of them in an
# object that is made anew every 2,048 records; a script takes that object at the first record of a segment
# (ScriptedMetricAggregator) and no other after. So each record past the 2,048th has the score of one of the first.
# No shard fails, and nothing is said.
#
# Expected: the same sum, alone or beside another. A boost makes whole numbers of it.
#
# Seen (aggregations asked in one search; hits, sum of scores, how many scores there are, failed shards):
# | alone, first: 9000 hits, sum 23879, 11 scores, 0 shards failed
# | alone, second: 9000 hits, sum 23879, 11 scores, 0 shards failed
# | together, first: 9000 hits, sum 25207, 11 scores, 0 shards failed
# | together, second: 9000 hits, sum 25207, 11 scores, 0 shards failed
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/pom.xml" <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>seen</groupId><artifactId>seen</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.opensearch</groupId><artifactId>opensearch</artifactId><version>3.9.0</version></dependency>
    <dependency><groupId>org.opensearch.plugin</groupId><artifactId>transport-netty4-client</artifactId><version>3.9.0</version></dependency>
    <dependency><groupId>org.opensearch.plugin</groupId><artifactId>lang-painless</artifactId><version>3.9.0</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>2.25.4</version></dependency>
  </dependencies>
</project>
XML
mvn --batch-mode --quiet -Dstyle.color=never --file "$dir/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$dir/lib" >&2
cat >"$dir/Seen.java" <<'JAVA'
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.script.Script;
import org.opensearch.search.aggregations.AggregationBuilders;
import org.opensearch.search.aggregations.metrics.ScriptedMetric;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

public class Seen extends Node {
  Seen(Path home, List<PluginInfo> plugins) {
    super(InternalSettingsPreparer.prepareEnvironment(
        Settings.builder().put("path.home", home).put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1").put("http.port", "0").put("transport.port", "0").build(),
        Map.of(), home.resolve("config"), () -> "seen"), plugins, true);
  }

  static PluginInfo plugin(String name) {
    return new PluginInfo(name, "", "", Version.CURRENT, "21", name, List.of(), false);
  }

  static void show(Client client, String label, String... names) {
    var source = new SearchSourceBuilder().size(0).trackTotalHits(true).query(QueryBuilders.matchQuery("text", "fleuve").boost(100_000));
    for (String name : names)
      source.aggregation(AggregationBuilders.scriptedMetric(name)
          .initScript(new Script("state.sum = 0.0; state.scores = new HashSet();"))
          .mapScript(new Script("state.sum += _score; state.scores.add(_score);"))
          .combineScript(new Script("return [state.sum, state.scores.size()];"))
          .reduceScript(new Script("return states[0];")));
    var answer = client.search(new SearchRequest("comments").source(source)).actionGet();
    for (String name : names) {
      var seen = (List<?>) ((ScriptedMetric) answer.getAggregations().get(name)).aggregation();
      System.out.printf("%s %s: %d hits, sum %.0f, %d scores, %d shards failed%n", label, name,
          answer.getHits().getTotalHits().value(), (Double) seen.get(0), seen.get(1), answer.getFailedShards());
    }
  }

  public static void main(String[] arguments) throws Exception {
    var modules = List.of(plugin("org.opensearch.transport.Netty4ModulePlugin"), plugin("org.opensearch.painless.PainlessModulePlugin"));
    try (var node = new Seen(Path.of(arguments[0]), modules)) {
      node.start();
      var client = node.client();
      client.admin().indices().prepareCreate("comments")
          .setSettings(Settings.builder().put("index.number_of_shards", 1).put("index.number_of_replicas", 0)
              .put("index.refresh_interval", "-1")).setMapping("text", "type=text").get();
      var bulk = new BulkRequest();
      for (int n = 0; n < 9000; n++)
        bulk.add(new IndexRequest("comments").source(Map.of("text", "fleuve" + " mot".repeat(n % 11)), XContentType.JSON));
      if (client.bulk(bulk).actionGet().hasFailures()) throw new IllegalStateException();
      client.admin().indices().prepareForceMerge("comments").setMaxNumSegments(1).get();
      client.admin().indices().prepareRefresh("comments").get();
      show(client, "alone,", "first");
      show(client, "alone,", "second");
      show(client, "together,", "first", "second");
    }
  }
}
JAVA
# OpenSearch 3 wants a JDK of 21 or more
for java in "${JAVA_HOME:+$JAVA_HOME/bin/java}" java /usr/lib/jvm/*/bin/java; do
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || continue
  [ "${version:-0}" -lt 21 ] || break
done
mkdir -p "$dir/home/config" "$dir/home/logs"
"$java" --add-modules=jdk.incubator.vector -Dfile.encoding=UTF-8 -Dio.netty.noUnsafe=true -cp "$dir/lib/*" "$dir/Seen.java" "$dir/home" \
  >"$dir/seen" 2>"$dir/errors" || { head -20 "$dir/errors" >&2; exit 1; }
cat "$dir/seen"
diff <(sed -n 's/^# | //p' "$0") "$dir/seen"
