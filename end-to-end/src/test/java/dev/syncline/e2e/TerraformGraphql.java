// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A GraphQL API with all its parts. */
final class TerraformGraphql implements TerraformPart {
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

  private String id = "";

  @Override
  public String name() {
    return "graphql";
  }

  @Override
  public List<String> steps() throws IOException {
    String first =
        Files.readString(Repository.path("end-to-end/src/test/resources/terraform/graphql.tf"));
    return List.of(first, changed(first));
  }

  private static String changed(String first) {
    String text = first;
    for (var change : CHANGES.entrySet()) {
      assertThat(text).contains(change.getKey());
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }

  @Override
  public void check(int step, Applied applied) {
    if (step == 0) {
      id = applied.output("id");
    }
    assertThat(applied.output("id")).isEqualTo(id);
    JsonNode api =
        applied
            .call("appsync", "GetGraphqlApi", Applied.object().put("apiId", id))
            .path("graphqlApi");
    if (step == 0) {
      assertThat(api.path("queryDepthLimit").asInt()).isEqualTo(5);
      assertThat(
              api.path("additionalAuthenticationProviders").findValuesAsText("authenticationType"))
          .containsExactly("AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "AWS_LAMBDA", "OPENID_CONNECT");
      return;
    }
    assertThat(api.path("introspectionConfig").asText()).isEqualTo("DISABLED");
    JsonNode resolvers =
        applied.call(
            "appsync", "ListResolvers", Applied.object().put("apiId", id).put("typeName", "Query"));
    assertThat(resolvers.path("resolvers").findValuesAsText("code"))
        .singleElement()
        .asString()
        .contains("Good day");
  }
}
