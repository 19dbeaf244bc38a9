// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example {@code examples/realtime-sync}, deployed and used as its README says. */
@Timeout(600)
class RealtimeSyncExampleTest {
  private static final String EXAMPLE = "examples/realtime-sync/";
  private static final String BUCKET = "artifacts";
  private static final String PACKAGE = "realtime-sync-function.zip";
  private static final String ITEM = "{ id title content version updatedAt }";
  private static final String CHANGES = "subscription { onChange%s { id kind item " + ITEM + " } }";

  @TempDir private Path scratch = Path.of(".");

  @Test
  void changesReachSubscribersByAFunctionInPython() throws Exception {
    Functions.requireBoto3();
    deployedByTemplate("python", Functions.python(EXAMPLE + "python"));
  }

  @Test
  void changesReachSubscribersByAFunctionInJava() throws Exception {
    deployedByTemplate("java", Functions.java(EXAMPLE + "java", scratch));
  }

  @Test
  void theTerraformConfigurationIsTheSameSystem() throws Exception {
    Terraform.requirePlugins();
    Path jar =
        Files.write(scratch.resolve("function.jar"), Functions.java(EXAMPLE + "java", scratch));
    try (Simulator simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.ofTree(
              EXAMPLE,
              "terraform",
              scratch,
              Map.of(
                  "AWS_ENDPOINT_URL",
                  simulator.endpoint().toString(),
                  "TF_VAR_function_file",
                  jar.toString(),
                  "TF_VAR_language",
                  "java"));
      terraform.apply();
      try (var api =
          new GraphqlApi(
              terraform.output("graphql_url"),
              terraform.output("realtime_url"),
              terraform.output("api_key"))) {
        follow(api);
      }
      terraform.run("destroy", "-auto-approve").succeeded("destroy");
    }
  }

  /** What the README calls the same text has to be the same. */
  @Test
  void theTemplateHasTheSchemaAndTheResolversOfTheFiles() throws Exception {
    String template = unindented(Repository.text(EXAMPLE + "template.yaml"));
    assertThat(template).contains(unindented(Repository.text(EXAMPLE + "schema.graphql")));
    for (String resolver :
        new String[] {
          "createItem", "updateItem", "deleteItem", "getItem", "listItems", "publishChange"
        }) {
      assertThat(template)
          .contains(unindented(Repository.text(EXAMPLE + "resolvers/" + resolver + ".js")));
    }
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  private static void deployedByTemplate(String language, byte[] function) throws Exception {
    try (Simulator simulator = Simulator.start(Deployed.config());
        var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      deployer.upload(BUCKET, PACKAGE, function);
      Map<String, String> outputs =
          deployer.create(
              "sync",
              Repository.text(EXAMPLE + "template.yaml"),
              Map.of("ArtifactBucket", BUCKET, "Language", language),
              step -> {});
      try (var api =
          new GraphqlApi(
              output(outputs, "GraphQLUrl"),
              output(outputs, "RealtimeUrl"),
              output(outputs, "ApiKey"))) {
        follow(api);
        aWritePastTheApiReachesSubscribersToo(api, simulator, output(outputs, "TableName"));
        theKeyMayNotPublish(api);
      }
    }
  }

  private static String output(Map<String, String> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  private static void follow(GraphqlApi api) throws Exception {
    GraphqlApi.Connection every = api.connect().ready();
    every.start("all", CHANGES.formatted(""));
    every.start("deletions", CHANGES.formatted("(kind: DELETED)"));
    GraphqlApi.Connection other = api.connect().ready();
    other.start("other", CHANGES.formatted("(id: \"other\")"));

    JsonNode created =
        api.data("mutation { createItem(input: {title: \"first\"}) " + ITEM + " }")
            .path("createItem");
    assertThat(created.path("version").asInt()).isEqualTo(1);
    assertChange(every.event("all"), "CREATED", created);

    String id = created.path("id").asText();
    JsonNode updated = api.data(update(id, 1, "second")).path("updateItem");
    assertThat(updated.path("version").asInt()).isEqualTo(2);
    assertThat(updated.path("title").asText()).isEqualTo("second");
    assertChange(every.event("all"), "UPDATED", updated);

    JsonNode late = api.answer(update(id, 1, "too late"));
    assertThat(late.at("/errors/0/errorType").asText())
        .isEqualTo("DynamoDB:ConditionalCheckFailedException");
    assertThat(api.data("{ getItem(id: \"" + id + "\") " + ITEM + " }").path("getItem"))
        .isEqualTo(updated);
    assertThat(api.data("{ listItems { items " + ITEM + " nextToken } }").at("/listItems/items/0"))
        .isEqualTo(updated);

    api.data("mutation { deleteItem(id: \"" + id + "\", version: 2) { id } }");
    JsonNode first = every.next();
    JsonNode second = every.next();
    assertThat(first.path("id").asText() + second.path("id").asText())
        .isIn("alldeletions", "deletionsall");
    assertChange(first.at("/payload/data"), "DELETED", updated);
    assertChange(second.at("/payload/data"), "DELETED", updated);

    // The other connection got no event: its next frame is the answer to its stop.
    api.data("mutation { createItem(input: {title: \"last\"}) { id } }");
    assertThat(every.event("all").at("/onChange/item/title").asText()).isEqualTo("last");
    other.send(new ObjectMapper().createObjectNode().put("type", "stop").put("id", "other"));
    assertThat(other.next().path("type").asText()).isEqualTo("complete");
  }

  private static String update(String id, int version, String title) {
    return "mutation { updateItem(input: {id: \"%s\", version: %d, title: \"%s\"}) %s }"
        .formatted(id, version, title, ITEM);
  }

  private static void assertChange(JsonNode data, String kind, JsonNode item) {
    assertThat(data.at("/onChange/kind").asText()).as(data.toString()).isEqualTo(kind);
    assertThat(data.at("/onChange/id")).isEqualTo(item.path("id"));
    assertThat(data.at("/onChange/item")).isEqualTo(item);
  }

  private static void aWritePastTheApiReachesSubscribersToo(
      GraphqlApi api, Simulator simulator, String table) throws Exception {
    GraphqlApi.Connection connection = api.connect().ready();
    connection.start("direct", CHANGES.formatted("(id: \"direct\")"));
    JsonNode put =
        new ObjectMapper()
            .readTree(
                """
                {"TableName": "%s", "Item": {"id": {"S": "direct"}, "title": {"S": "past the API"},
                 "version": {"N": "1"}, "updatedAt": {"S": "2026-01-01T00:00:00.000Z"}}}
                """
                    .formatted(table));
    simulator.dispatcher().call("dynamodb", "PutItem", (ObjectNode) put, simulator.internalCall());
    JsonNode event = connection.event("direct");
    assertThat(event.at("/onChange/item/title").asText()).isEqualTo("past the API");
    assertThat(event.at("/onChange/item/content").isNull()).isTrue();
  }

  private static void theKeyMayNotPublish(GraphqlApi api) throws Exception {
    JsonNode refused =
        api.answer(
            "mutation { publishChange(change: {id: \"a\", kind: CREATED, item: {id: \"a\","
                + " title: \"t\", version: 1, updatedAt: \"2026-01-01T00:00:00Z\"}}) { id } }");
    assertThat(refused.at("/errors/0/message").asText())
        .isEqualTo("Not Authorized to access publishChange on type Mutation");
  }
}
