// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What large requests leave behind in the journal and the logs is bounded. */
class GraphqlBoundsTest {
  private static final String LOGGED =
      "'authenticationType':'API_KEY','logConfig':{'fieldLogLevel':'ALL',"
          + "'cloudWatchLogsRoleArn':'arn:aws:iam::111111111111:role/r'}";

  @TempDir private Path work;

  /** An API whose list has 600 items, each with a resolver. */
  private GraphqlWhole withList(String settings) {
    var api = new GraphqlWhole(work, settings);
    api.schema("type Item { id: ID big: String } type Query { items: [Item] }");
    api.call("CreateDataSource", "'name':'none','type':'NONE'");
    api.resolver(
        "Query", "items", "[#foreach($i in [1..600]){\"id\":$i}#if($foreach.hasNext),#end#end]");
    api.resolver("Item", "big", "\"$ctx.source.id " + "x".repeat(6_000) + "\"");
    return api;
  }

  @Test
  void theJournalKeepsTheFirstResolversAndShortTexts() {
    try (var api = withList("'authenticationType':'API_KEY'")) {
      long before = api.aws.simulator.journal().lastSequence();

      HttpResponse answer = api.query("{ items { id big } }", "x-api-key", api.key());

      assertThat(json(answer).at("/data/items/599/big").asText()).startsWith("600 x");
      List<Journal.Entry> entries = api.aws.simulator.journal().since(before);
      assertThat(entries.stream().filter(GraphqlBoundsTest::ofResolver)).hasSize(200);
      assertThat(entries)
          .allSatisfy(
              entry ->
                  assertThat(entry.event().details().values())
                      .allSatisfy(text -> assertThat(text).hasSizeLessThan(4_200)));
    }
  }

  private static boolean ofResolver(Journal.Entry entry) {
    return entry.event().type().startsWith("appsync.Resolver");
  }

  @Test
  void theLogOfARequestEndsAtOneMegabyte() {
    try (var api = withList(LOGGED)) {
      api.query("{ items { big } }", "x-api-key", api.key());

      long characters = 0;
      String token = "";
      do {
        JsonNode page =
            api.aws.call(
                "logs",
                "FilterLogEvents",
                "{'logGroupName':'/aws/appsync/apis/" + api.apiId + "'" + token + "}");
        for (JsonNode event : page.path("events")) {
          characters += event.path("message").asText().length();
        }
        token =
            page.hasNonNull("nextToken")
                ? ",'nextToken':'" + page.path("nextToken").asText() + "'"
                : "";
      } while (!token.isEmpty());
      assertThat(characters).isBetween(1_000_000L, 1_048_576L);
    }
  }
}
