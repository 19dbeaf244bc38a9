// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The roles of the examples are least-privileged: each example works with them while permissions
 * are enforced, does not work without any single action of them, and works with the policies that a
 * recorded run suggests.
 */
@Timeout(300)
class EnforcedExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path scratch = Path.of(".");

  @Test
  void theRolesOfTheAsyncApiAreLeastPrivileged() throws Exception {
    leastPrivileged("examples/async-api/", "async-api-functions.zip", EnforcedExamplesTest::jobs);
  }

  @Test
  void theRolesOfTheRealtimeSyncAreLeastPrivileged() throws Exception {
    leastPrivileged(
        "examples/realtime-sync/", "realtime-sync-function.zip", EnforcedExamplesTest::changes);
  }

  @Test
  void theRolesOfTheChatAreLeastPrivileged() throws Exception {
    EnforcedSystem.leastPrivileged(
        scratch.resolve("data"),
        ChatDeployment.EXAMPLE + "template.yaml",
        Map.of(),
        Map.of(),
        (outputs, http) -> chats(outputs));
  }

  private void leastPrivileged(String example, String archive, EnforcedSystem.Stories stories)
      throws Exception {
    EnforcedSystem.leastPrivileged(
        scratch.resolve("data"),
        example + "template.yaml",
        Map.of("Language", "java"),
        Map.of(archive, Functions.java(example + "java", scratch)),
        stories);
  }

  private static EnforcedSystem.Story jobs(Map<String, String> outputs, HttpClient http) {
    return system -> {
      String api =
          system.simulator().endpoint()
              + "/restapis/"
              + output(outputs, "ApiId")
              + "/"
              + output(outputs, "StageName")
              + "/_user_request_";
      forgetLogs(system);
      JsonNode mapping =
          system
              .call("lambda", "ListEventSourceMappings", EnforcedSystem.input("{}"))
              .path("EventSourceMappings")
              .path(0);
      HttpResponse<String> accepted =
          http.send(
              HttpRequest.newBuilder(URI.create(api + "/submit"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"task\":\"sum\",\"numbers\":[1]}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      String id = JSON.readTree(accepted.body()).path("id").asText();
      system.until(
          "the job",
          () -> {
            HttpResponse<String> answer =
                http.send(
                    HttpRequest.newBuilder(URI.create(api + "/status/" + id)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path("status").asText().equals("completed");
          });
      waitForLogs(system, 2);
      system.until("the queue", () -> messages(system, output(outputs, "QueueUrl")) == 0);
      assertThat(mapping.path("State").asText()).isEqualTo("Enabled");
    };
  }

  private static EnforcedSystem.Story changes(Map<String, String> outputs, HttpClient http) {
    return system -> {
      forgetLogs(system);
      JsonNode mapping =
          system
              .call("lambda", "ListEventSourceMappings", EnforcedSystem.input("{}"))
              .path("EventSourceMappings")
              .path(0);
      system.call(
          "lambda",
          "UpdateEventSourceMapping",
          EnforcedSystem.input("{'BatchSize': 10}").put("UUID", mapping.path("UUID").asText()));
      try (var api =
          new GraphqlApi(
              output(outputs, "GraphQLUrl"),
              output(outputs, "RealtimeUrl"),
              output(outputs, "ApiKey"))) {
        GraphqlApi.Connection connection = api.connect().ready();
        connection.start("all", "subscription { onChange { id kind } }");
        JsonNode created = api.data("mutation { createItem(input: {title: \"a\"}) { id } }");
        String id = created.at("/createItem/id").asText();
        system.until("the change", connection::hasFrame);
        api.data(
            "mutation { updateItem(input: {id: \"%s\", version: 1, title: \"b\"}) { id } }"
                .formatted(id));
        api.data("{ getItem(id: \"" + id + "\") { id } }");
        api.data("{ listItems { items { id } } }");
        api.data("mutation { deleteItem(id: \"" + id + "\", version: 2) { id } }");
      }
      waitForLogs(system, 2);
      int before = messages(system, output(outputs, "UnpublishedUrl"));
      // A change that the API does not take.
      system.call(
          "dynamodb",
          "PutItem",
          EnforcedSystem.input("{'Item': {'id': {'S': 'bad'}, 'title': {'N': '1'}}}")
              .put("TableName", output(outputs, "TableName")));
      system.call(
          "dynamodb",
          "DeleteItem",
          EnforcedSystem.input("{'Key': {'id': {'S': 'bad'}}}")
              .put("TableName", output(outputs, "TableName")));
      system.until(
          "the dead letter", () -> messages(system, output(outputs, "UnpublishedUrl")) > before);
    };
  }

  private static EnforcedSystem.Story chats(Map<String, String> outputs) {
    return system -> {
      forgetLogs(system);
      ChatDeployment chat = ChatDeployment.around(system.simulator(), outputs);
      String user = chat.addNewUser();
      try (GraphqlApi api = chat.api(chat.signIn(user).path("AccessToken").asText())) {
        String id =
            api.data("mutation { createConversation(title: \"t\", members: [\"other\"]) { id } }")
                .at("/createConversation/id")
                .asText();
        String of = "(conversationId: \"" + id + "\"";
        api.data("{ conversations { items { id } } }");
        api.data("mutation { sendMessage" + of + ", text: \"a\") { id } }");
        api.data("{ messages" + of + ") { items { id } } }");
        api.data("mutation { setPresence" + of + ", state: ONLINE) { member } }");
        api.data("{ presence" + of + ") { member } }");
        GraphqlApi.Connection connection = api.connect().ready();
        connection.start("all", "subscription { onMessage" + of + ") { id } }");
        api.answer("{ messages(conversationId: \"other\") { items { id } } }");
      }
      waitForLogs(system, 1);
    };
  }

  /** Without log groups, so that they must be created. */
  private static void forgetLogs(EnforcedSystem system) {
    for (JsonNode group :
        system.call("logs", "DescribeLogGroups", EnforcedSystem.input("{}")).path("logGroups")) {
      system.call(
          "logs",
          "DeleteLogGroup",
          EnforcedSystem.input("{}").put("logGroupName", group.path("logGroupName").asText()));
    }
  }

  private static void waitForLogs(EnforcedSystem system, int groups) throws Exception {
    system.until(
        "the logs",
        () ->
            system
                    .call("logs", "DescribeLogGroups", EnforcedSystem.input("{}"))
                    .path("logGroups")
                    .size()
                >= groups);
  }

  private static int messages(EnforcedSystem system, String url) {
    JsonNode attributes =
        system
            .call(
                "sqs",
                "GetQueueAttributes",
                EnforcedSystem.input("{'AttributeNames': ['All']}").put("QueueUrl", url))
            .path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
  }

  private static String output(Map<String, String> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }
}
