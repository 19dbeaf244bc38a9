// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A GraphQL API of Terraform's provider with all its parts: made, changed and destroyed. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class TerraformGraphqlTest {
  /** Replaced texts of the first configuration and the second's. */
  private static final Map<String, String> CHANGES =
      Map.ofEntries(
          Map.entry("xray_enabled        = true", "introspection_config = \"DISABLED\""),
          Map.entry("query_depth_limit   = 5", "resolver_count_limit = 100"),
          Map.entry("greeting(name: String)", "greeting(name: String!)"),
          Map.entry("latest: [Post]", "latest: [Post]\n      count: Int"),
          Map.entry("\"ERROR\"", "\"ALL\""),
          Map.entry("team = \"first\"", "team = \"second\""),
          Map.entry("https://one.example", "https://two.example"),
          Map.entry("\\\"payload\\\": {}", "\\\"payload\\\": {\\\"saved\\\": true}"),
          Map.entry("'Hello '", "'Good day '"),
          Map.entry("ttl          = 60", "ttl          = 90"),
          Map.entry("ttl                  = 60", "ttl                  = 120"),
          // The provider sends only what changes, and its SDK requires all three.
          Map.entry("\"PER_RESOLVER_CACHING\"", "\"FULL_REQUEST_CACHING\""),
          Map.entry("\"SMALL\"", "\"LARGE\""),
          Map.entry("type Author {", "type Author {\n      age: Int"),
          Map.entry("description = \"one\"", "description = \"two\""));

  @TempDir Path scratch;

  @Test
  void anApiIsMadeChangedAndDestroyed() throws Exception {
    String first = configuration();
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(first, scratch, Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      terraform.apply();
      String id = terraform.output("id");
      assertThat(api(simulator, id).path("queryDepthLimit").asInt()).isEqualTo(5);
      assertThat(
              api(simulator, id)
                  .path("additionalAuthenticationProviders")
                  .findValuesAsText("authenticationType"))
          .containsExactly("AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "AWS_LAMBDA", "OPENID_CONNECT");

      terraform.change(changed(first));
      assertThat(terraform.output("id")).isEqualTo(id);
      assertThat(api(simulator, id).path("introspectionConfig").asText()).isEqualTo("DISABLED");
      JsonNode resolvers =
          call(
              simulator,
              "ListResolvers",
              JsonNodeFactory.instance.objectNode().put("apiId", id).put("typeName", "Query"));
      assertThat(resolvers.path("resolvers").findValuesAsText("code"))
          .singleElement()
          .asString()
          .contains("Good day");

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(
              call(simulator, "ListGraphqlApis", JsonNodeFactory.instance.objectNode())
                  .path("graphqlApis"))
          .isEmpty();
    }
  }

  private static String changed(String first) {
    String text = first;
    for (var change : CHANGES.entrySet()) {
      assertThat(text).contains(change.getKey());
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }

  private static String configuration() throws Exception {
    String file = "/terraform/graphql.tf";
    try (InputStream stream = TerraformGraphqlTest.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode api(Simulator simulator, String id) {
    return call(simulator, "GetGraphqlApi", JsonNodeFactory.instance.objectNode().put("apiId", id))
        .path("graphqlApi");
  }

  private static JsonNode call(Simulator simulator, String operation, ObjectNode input) {
    return simulator
        .dispatcher()
        .call("appsync", operation, input, simulator.internalCall())
        .json();
  }
}
