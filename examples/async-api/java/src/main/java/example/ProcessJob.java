// SPDX-License-Identifier: Apache-2.0
package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes jobs from the queue, does their work, and keeps their state and results. */
public final class ProcessJob
    implements RequestHandler<Map<String, Object>, Map<String, List<Map<String, String>>>> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobTable table = new JobTable(System.getenv("TABLE"));
  private final ResultBucket bucket = new ResultBucket(System.getenv("BUCKET"));

  /** Answers with the failed messages only, so that no job is repeated because of another. */
  @Override
  public Map<String, List<Map<String, String>>> handleRequest(
      Map<String, Object> event, Context context) {
    var failures = new ArrayList<Map<String, String>>();
    JsonNode records = JSON.valueToTree(event).path("Records");
    for (JsonNode message : records) {
      table.accept(id(message), message.at("/attributes/SentTimestamp").asLong() / 1000);
    }
    for (JsonNode message : records) {
      int attempt = message.at("/attributes/ApproximateReceiveCount").asInt();
      try {
        process(message, attempt);
      } catch (Exception failure) {
        context.getLogger().log("job " + id(message) + " failed: " + failure);
        table.change(id(message), "failed", attempt, "error", String.valueOf(failure.getMessage()));
        failures.add(Map.of("itemIdentifier", message.path("messageId").asText()));
      }
    }
    return Map.of("batchItemFailures", failures);
  }

  private void process(JsonNode message, int attempt) throws Exception {
    String id = id(message);
    table.change(id, "processing", attempt, "", "");
    JsonNode job = JSON.readTree(message.path("body").asText());
    ObjectNode result = JSON.createObjectNode().put("id", id);
    result.put("task", job.path("task").asText()).set("result", work(job));
    String key = "results/" + id + ".json";
    bucket.put(key, JSON.writeValueAsBytes(result));
    table.change(id, "completed", attempt, "result", bucket.uri(key));
  }

  /** The work. A job of another task fails each time, and ends in the dead-letter queue. */
  private static ObjectNode work(JsonNode job) {
    ObjectNode result = JSON.createObjectNode();
    switch (job.path("task").asText()) {
      case "count-words" -> {
        String text = job.path("text").asText().strip();
        return result.put("words", text.isEmpty() ? 0 : text.split("\\s+").length);
      }
      case "sum" -> {
        long total = 0;
        for (JsonNode number : job.path("numbers")) {
          total += number.asLong();
        }
        return result.put("total", total);
      }
      default ->
          throw new IllegalArgumentException(
              "there is no task '" + job.path("task").asText() + "'");
    }
  }

  private static String id(JsonNode message) {
    return message.at("/messageAttributes/jobId/stringValue").asText();
  }
}
