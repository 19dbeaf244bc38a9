// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import dev.syncline.sim.simulator.deploy.StackFailedException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A GraphQL API with mistakes that AWS refuses, and mistakes that AWS does not see: it is refused
 * in AWS's words, and where that is tolerated it misbehaves as on AWS.
 */
@Timeout(300)
class RealtimeSyncDefectsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTE = "{ id headline text changed revision }";

  private static Map<String, String> deploy(Simulator simulator, List<String> said)
      throws Exception {
    String template;
    try (var resource =
        Objects.requireNonNull(
            RealtimeSyncDefectsTest.class.getResourceAsStream("/realtime-sync-defects.yaml"))) {
      template = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      return new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock)
          .create(
              "notes",
              template,
              Map.of(),
              step -> {
                if (!step.reason().isEmpty() && !step.status().endsWith("IN_PROGRESS")) {
                  said.add(step.logicalId() + " " + step.status() + " " + step.reason());
                }
              });
    }
  }

  private static List<String> refusals(Set<Tolerance> tolerated) throws Exception {
    try (Simulator simulator = Simulator.start(Deployed.config().withTolerances(tolerated))) {
      var said = new ArrayList<String>();
      assertThatThrownBy(() -> deploy(simulator, said)).isInstanceOf(StackFailedException.class);
      return said;
    }
  }

  @Test
  void awsRefusesAManagedPolicyThatDoesNotExist() throws Exception {
    assertThat(refusals(Set.of(Tolerance.KEY_EXPIRY)))
        .anyMatch(
            line ->
                line.startsWith(
                    "LogRole CREATE_FAILED Policy arn:aws:iam::aws:policy/service-role/"
                        + "AppSyncPushToCloudWatchLogs does not exist or is not attachable."));
  }

  @Test
  void awsRefusesAnExpiryThatIsPast() throws Exception {
    assertThat(refusals(Set.of(Tolerance.UNKNOWN_MANAGED_POLICIES)))
        .anyMatch(
            line -> line.startsWith("Key CREATE_FAILED 'expires' must be 1 to 365 days from now"));
  }

  @Test
  void toleratedItDeploysAndMisbehavesAsOnAws() throws Exception {
    AwsCli.requireCommand("python3");
    try (Simulator simulator =
        Simulator.start(Deployed.config().withTolerances(EnumSet.allOf(Tolerance.class)))) {
      var said = new ArrayList<String>();
      Map<String, String> outputs = deploy(simulator, said);
      assertThat(said).anyMatch(line -> line.startsWith("LogRole CREATE_COMPLETE Tolerated"));
      assertThat(said).anyMatch(line -> line.startsWith("Key CREATE_COMPLETE Tolerated"));
      try (var api = client(outputs, output(outputs, "ApiKey"))) {
        JsonNode note = itsItemsAreCreatedAndRead(api);
        eachMutationReachesItsOwnSubscribers(api, note);
        anUpdateOfAnUnknownItemFails(api);
        theFunctionTellsItsLogOnly(simulator, outputs, note);
      }
      for (String key : new String[] {"", "da2-aaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        isRefused(outputs, key);
      }
      simulator.clock().pause(Duration.ofDays(8));
      isRefused(outputs, output(outputs, "ApiKey"));
    }
  }

  private static String output(Map<String, String> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  private static GraphqlApi client(Map<String, String> outputs, String key) {
    return new GraphqlApi(output(outputs, "GraphQLUrl"), output(outputs, "RealtimeUrl"), key);
  }

  private static JsonNode itsItemsAreCreatedAndRead(GraphqlApi api) throws Exception {
    JsonNode note = api.data(added("first")).path("addNote");
    String id = note.path("id").asText();
    assertThat(UUID.fromString(id)).hasToString(id);
    assertThat(note.path("revision").asInt()).isEqualTo(1);
    assertThat(note.path("changed").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
    assertThat(api.data("{ note(id: \"" + id + "\") " + NOTE + " }").path("note")).isEqualTo(note);
    assertThat(api.data("{ note(id: \"none\") { id } }").path("note").isNull()).isTrue();
    assertThat(api.data("{ notes " + NOTE + " }").path("notes")).containsExactly(note);
    return note;
  }

  private static String added(String headline) {
    return "mutation { addNote(input: {headline: \"" + headline + "\", text: \"t\"}) " + NOTE + "}";
  }

  private static String edited(String id) {
    return "mutation { editNote(input: {id: \"" + id + "\", headline: \"second\"}) " + NOTE + " }";
  }

  private static void eachMutationReachesItsOwnSubscribers(GraphqlApi api, JsonNode note)
      throws Exception {
    String id = note.path("id").asText();
    GraphqlApi.Connection connection = api.connect().ready();
    for (String kind : new String[] {"Added", "Edited", "Removed", "Archived"}) {
      connection.start(kind, "subscription { on" + kind + " " + NOTE + " }");
    }

    // The subscriber gets what the mutation selects: text was not, and headline was.
    JsonNode other =
        api.data(
                "mutation { addNote(input: {headline: \"h\", text: \"t\"})"
                    + " { id headline changed revision } }")
            .path("addNote");
    JsonNode event = connection.event("Added").path("onAdded");
    assertThat(event.path("text").isNull()).isTrue();
    assertThat(event).isEqualTo(((ObjectNode) other).putNull("text"));

    // The update is lost: only the time and the revision change.
    JsonNode updated = api.data(edited(id)).path("editNote");
    assertThat(updated.path("headline").asText()).isEqualTo("first");
    assertThat(updated.path("revision").asInt()).isEqualTo(2);
    assertThat(connection.event("Edited").path("onEdited")).isEqualTo(updated);

    // No resolver: no error, nothing done, and no subscriber is told.
    JsonNode archived = api.data("mutation { archiveNote(id: \"" + id + "\") { id } }");
    assertThat(archived.path("archiveNote").isNull()).isTrue();

    JsonNode removed = api.data("mutation { removeNote(id: \"" + id + "\") " + NOTE + " }");
    assertThat(removed.path("removeNote")).isEqualTo(updated);
    assertThat(connection.event("Removed").path("onRemoved")).isEqualTo(updated);

    connection.send(JSON.createObjectNode().put("type", "stop").put("id", "Added"));
    assertThat(connection.next().path("type").asText()).isEqualTo("complete");
  }

  private static void anUpdateOfAnUnknownItemFails(GraphqlApi api) throws Exception {
    JsonNode answer = api.answer(edited("none"));
    assertThat(answer.at("/data/editNote").isNull()).isTrue();
    assertThat(answer.at("/errors/0/errorType").asText()).isEqualTo("DynamoDB:DynamoDbException");
    assertThat(answer.at("/errors/0/message").asText())
        .startsWith(
            "The provided expression refers to an attribute that does not exist in the item");
    assertThat(answer.at("/errors/0/path/0").asText()).isEqualTo("editNote");
  }

  /** Its log has the changes in their order once the batching window is over. */
  private static void theFunctionTellsItsLogOnly(
      Simulator simulator, Map<String, String> outputs, JsonNode note) throws Exception {
    String group = "/aws/lambda/" + output(outputs, "FunctionName");
    Deployed.until(() -> changes(simulator, group).count() == 4);
    List<JsonNode> lines = changes(simulator, group).toList();
    String id = note.path("id").asText();
    assertThat(lines.stream().map(line -> line.path("message").asText().strip()))
        .contains("change INSERT of " + id, "change MODIFY of " + id, "change REMOVE of unknown");
    assertThat(Instant.ofEpochMilli(lines.getFirst().path("timestamp").asLong()))
        .isAfterOrEqualTo(Instant.parse(note.path("changed").asText()).plusSeconds(5));
  }

  private static Stream<JsonNode> changes(Simulator simulator, String group) {
    boolean known =
        StreamSupport.stream(
                call(simulator, "DescribeLogGroups", JSON.createObjectNode())
                    .path("logGroups")
                    .spliterator(),
                false)
            .anyMatch(each -> each.path("logGroupName").asText().equals(group));
    JsonNode events =
        known
            ? call(simulator, "FilterLogEvents", JSON.createObjectNode().put("logGroupName", group))
                .path("events")
            : JSON.createArrayNode();
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("message").asText().startsWith("change "));
  }

  private static JsonNode call(Simulator simulator, String operation, ObjectNode input) {
    return simulator.dispatcher().call("logs", operation, input, simulator.internalCall()).json();
  }

  private static void isRefused(Map<String, String> outputs, String key) throws Exception {
    try (var api = client(outputs, key)) {
      HttpResponse<String> answer = api.send("{ notes { id } }");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
      assertThat(answer.headers().firstValue("x-amzn-ErrorType").orElse(""))
          .isEqualTo("UnauthorizedException");
      JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
      assertThat(error.path("errorType").asText()).isEqualTo("UnauthorizedException");
      assertThat(error.path("message").asText())
          .isEqualTo("You are not authorized to make this call.");
      JsonNode frame = api.connect().next();
      assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo("connection_error");
      assertThat(frame.at("/payload/errors/0/errorType").asText())
          .isEqualTo("UnauthorizedException");
    }
  }
}
