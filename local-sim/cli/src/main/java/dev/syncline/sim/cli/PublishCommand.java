// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes events to a channel, over HTTP as any publisher does. */
@Command(name = "publish", description = "Publish events to an AppSync Events channel.")
final class PublishCommand extends ClientCommand {
  private static final int MAX_EVENTS = 5;

  @Mixin private EventsTarget target = new EventsTarget();

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "Such as /AsyncEvents/a/b.")
  private String channel = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "EVENT",
      description = "A JSON value; 1 to 5 of them.")
  private List<String> events = List.of();

  @Override
  public Integer call() {
    ArrayNode texts = texts();
    AdminClient client = connect();
    DeployedApis.EventsApi api = target.choose(DeployedApis.fromJson(client.status()));
    ObjectNode body = CliJson.object().put("channel", channel);
    body.set("events", texts);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(client.uri("http", EventsTarget.path(api)))
                .header("Content-Type", "application/json")
                .header("x-api-key", EventsTarget.key(api))
                .POST(BodyPublishers.ofString(body.toString())));
    if (answer.statusCode() != 200) {
      throw new Failure(
          "publishing to "
              + channel
              + " was refused with "
              + answer.statusCode()
              + ": "
              + answer.body().strip()
              + (answer.statusCode() == 403 ? " (is there such a channel namespace?)" : ""));
    }
    out().println(answer.body());
    if (someFailed(answer.body())) {
      throw new Failure("not every event was accepted");
    }
    return 0;
  }

  /** The service requires each event as a text with JSON. */
  private ArrayNode texts() {
    if (events.size() > MAX_EVENTS) {
      throw refused("a request takes 1 to 5 events, got " + events.size());
    }
    ArrayNode texts = CliJson.array();
    for (int i = 0; i < events.size(); i++) {
      try {
        texts.add(CliJson.parse(events.get(i)).toString());
      } catch (JsonProcessingException notJson) {
        throw refused("EVENT " + (i + 1) + " is not JSON: " + notJson.getOriginalMessage());
      }
    }
    return texts;
  }

  private static boolean someFailed(String answer) {
    try {
      JsonNode failed = CliJson.parse(answer).path("failed");
      return !failed.isEmpty();
    } catch (JsonProcessingException notJson) {
      return true;
    }
  }
}
