// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log lines of an API at each level. */
class GraphqlLogsTest {
  @TempDir private Path work;

  private GraphqlWhole api(String level, boolean excludesVerbose) {
    return new GraphqlWhole(
            work,
            "'authenticationType':'API_KEY','logConfig':{'fieldLogLevel':'"
                + level
                + "','cloudWatchLogsRoleArn':'arn:aws:iam::111111111111:role/r',"
                + "'excludeVerboseContent':"
                + excludesVerbose
                + "}")
        .standard();
  }

  private static List<String> lines(GraphqlWhole api) {
    String group = "/aws/appsync/apis/" + api.apiId;
    List<String> lines = new ArrayList<>();
    for (JsonNode event :
        api.aws
            .call("logs", "FilterLogEvents", "{'logGroupName':'" + group + "'}")
            .path("events")) {
      lines.add(event.path("message").asText());
    }
    return lines;
  }

  private static List<JsonNode> ofType(List<String> lines, String logType) {
    return lines.stream()
        .filter(line -> line.startsWith("{"))
        .map(GraphqlWhole::json)
        .filter(line -> line.path("logType").asText().equals(logType))
        .toList();
  }

  @Test
  void anApiWithoutLogConfigWritesNothing() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard()) {
      api.query("{ other }", "x-api-key", api.key());

      assertThatThrownBy(() -> lines(api)).isInstanceOf(AwsException.class);
    }
  }

  @Test
  void theLevelAllHasMappingsAndTracing() {
    try (var api = api("ALL", false)) {
      HttpResponse answer =
          api.query("query Q { item(id: 4) { id } boom }", "x-api-key", api.key(), "X-Own", "o");
      String id = answer.headers().first("x-amzn-RequestId").orElseThrow();
      List<String> lines = lines(api);

      assertThat(lines)
          .contains(
              id
                  + " GraphQL Query: query Q { item(id: 4) { id } boom }, Operation: null,"
                  + " Variables: {}",
              id + " Begin Request",
              id + " Begin Execution - Type Name: Query and Field Name: item",
              id + " End Field Execution",
              id + " Begin Tracing",
              id + " End Tracing",
              id + " Tokens Consumed: 1",
              id + " End Request");
      assertThat(lines).anyMatch(line -> line.startsWith(id + " Request Headers: {"));
      assertThat(lines).anyMatch(line -> line.startsWith(id + " Response Headers: {"));
      assertThat(lines).noneMatch(line -> line.contains("da2-"));

      JsonNode request = ofType(lines, "RequestMapping").getFirst();
      assertThat(request.path("path").toString()).isEqualTo("[\"item\"]");
      assertThat(request.path("requestId").asText()).isEqualTo(id);
      assertThat(request.path("graphQLAPIId").asText()).isEqualTo(api.apiId);
      assertThat(request.path("resolverArn").asText()).endsWith("/types/Query/resolvers/item");
      assertThat(request.at("/context/arguments/id").asText()).isEqualTo("4");
      assertThat(request.path("fieldInError").asBoolean(true)).isFalse();
      assertThat(json(request.path("transformedTemplate").asText()).at("/payload/id").asText())
          .isEqualTo("4");
      JsonNode response = ofType(lines, "ResponseMapping").getFirst();
      assertThat(response.at("/context/result/id").asText()).isEqualTo("4");

      assertThat(ofType(lines, "RequestMapping").getLast().path("fieldInError").asBoolean())
          .isTrue();
      JsonNode tracing = ofType(lines, "Tracing").getFirst();
      assertThat(tracing.path("returnType").asText()).isEqualTo("Item");
      assertThat(tracing.path("parentType").asText()).isEqualTo("Query");
      assertThat(tracing.path("startOffset").isIntegralNumber()).isTrue();
      JsonNode execution = ofType(lines, "ExecutionSummary").getFirst();
      assertThat(execution.at("/parsing/startOffset").isIntegralNumber()).isTrue();
      assertThat(execution.path("version").asInt()).isEqualTo(1);
      JsonNode summary = ofType(lines, "RequestSummary").getFirst();
      assertThat(summary.path("statusCode").asInt()).isEqualTo(200);
      assertThat(summary.path("latency").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void theLevelErrorHasOnlyTheMappingsOfFailedFields() {
    try (var api = api("ERROR", false)) {
      api.query("{ item(id: 4) { id } boom }", "x-api-key", api.key());
      List<String> lines = lines(api);

      assertThat(ofType(lines, "RequestMapping"))
          .singleElement()
          .satisfies(line -> assertThat(line.path("fieldName").asText()).isEqualTo("boom"));
      assertThat(ofType(lines, "Tracing")).isEmpty();
      assertThat(ofType(lines, "RequestSummary")).hasSize(1);
    }
  }

  @Test
  void theLevelNoneHasTheRequestOnly() {
    try (var api = api("NONE", false)) {
      api.query("{ boom }", "x-api-key", api.key());
      List<String> lines = lines(api);

      assertThat(ofType(lines, "RequestMapping")).isEmpty();
      assertThat(ofType(lines, "FieldError")).isEmpty();
      assertThat(ofType(lines, "ExecutionSummary")).hasSize(1);
      assertThat(lines).anyMatch(line -> line.contains("Request Headers"));
    }
  }

  @Test
  void verboseContentCanBeLeftOut() {
    try (var api = api("ALL", true)) {
      api.query("{ item(id: 4) { id } }", "x-api-key", api.key());
      List<String> lines = lines(api);

      assertThat(lines).noneMatch(line -> line.contains("Headers"));
      JsonNode request = ofType(lines, "RequestMapping").getFirst();
      assertThat(request.has("context")).isFalse();
      assertThat(request.has("transformedTemplate")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, false, false, false",
    "ERROR, true, false, false",
    "INFO, true, true, false",
    "DEBUG, true, true, true",
    "ALL, true, true, true"
  })
  void theLevelChoosesTheLinesOfResolvers(
      String level, boolean error, boolean info, boolean debug) {
    try (var api = api(level, false)) {
      api.call("DeleteResolver", "'typeName':'Query','fieldName':'other'");
      api.template(
          "Query",
          "other",
          "$util.qr($util.log.error(\"e1\"))$util.qr($util.log.info(\"i1\"))"
              + "$util.qr($util.log.debug(\"d1\"))"
              + "{\"version\":\"2018-05-29\",\"payload\":\"o\"}");

      api.query("{ other }", "x-api-key", api.key());
      List<String> lines = lines(api);

      assertThat(lines.stream().anyMatch(line -> line.endsWith("ERROR - e1"))).isEqualTo(error);
      assertThat(lines.stream().anyMatch(line -> line.endsWith("INFO - i1"))).isEqualTo(info);
      assertThat(lines.stream().anyMatch(line -> line.endsWith("DEBUG - d1"))).isEqualTo(debug);
    }
  }

  @Test
  void aRefusedRequestHasASummary() {
    try (var api = api("ALL", false)) {
      api.query("{ other }", "x-api-key", "da2-wrong");

      assertThat(ofType(lines(api), "RequestSummary"))
          .singleElement()
          .satisfies(line -> assertThat(line.path("statusCode").asInt()).isEqualTo(401));
    }
  }
}
