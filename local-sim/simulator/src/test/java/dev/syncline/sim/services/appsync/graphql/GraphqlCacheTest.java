// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of an API, seen from its requests. */
class GraphqlCacheTest {
  @TempDir private Path work;
  private GraphqlWhole api;
  private String key;

  @BeforeEach
  void start() {
    api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard();
    key = api.key();
    api.call("DeleteResolver", "'typeName':'Query','fieldName':'other'");
    api.resolver("Query", "other", "$util.toJson($util.autoId())");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void cache(String behavior) {
    api.call("CreateApiCache", "'ttl':60,'type':'SMALL','apiCachingBehavior':'" + behavior + "'");
  }

  private String other() {
    return json(api.query("{ other }", "x-api-key", key)).at("/data/other").asText();
  }

  @Test
  void withoutACacheEachRequestRunsTheResolver() {
    assertThat(other()).isNotEqualTo(other());
  }

  @Test
  void resultsOfResolversAreKeptForTheirTime() {
    cache("FULL_REQUEST_CACHING");
    String first = other();

    assertThat(other()).isEqualTo(first);
    api.call("FlushApiCache", "");
    String second = other();
    assertThat(second).isNotEqualTo(first);
    api.aws.simulator.clock().run(() -> api.aws.simulator.clock().pause(Duration.ofSeconds(61)));
    assertThat(other()).isNotEqualTo(second);
  }

  @Test
  void wholeResponsesAreKept() {
    cache("OPERATION_LEVEL_CACHING");
    String first = other();

    assertThat(other()).isEqualTo(first);
    api.call("DeleteApiCache", "");
    assertThat(other()).isNotEqualTo(first);
  }

  @Test
  void aMutationEvicts() {
    cache("FULL_REQUEST_CACHING");
    api.call("DeleteResolver", "'typeName':'Mutation','fieldName':'put'");
    api.template(
        "Mutation",
        "put",
        "$extensions.evictFromApiCache(\"Query\", \"other\", "
            + "{\"context.arguments\":{},\"context.source\":null,\"context.identity\":null})"
            + "{\"version\":\"2018-05-29\",\"payload\":{\"id\":\"1\"}}");
    String first = other();

    String answer =
        GraphqlWhole.text(api.query("mutation { put(name: \"n\") { id } }", "x-api-key", key));

    assertThat(json(answer).at("/extensions/apiCacheEntriesDeleted").asInt()).isEqualTo(1);
    assertThat(other()).isNotEqualTo(first);
  }
}
