// SPDX-License-Identifier: Apache-2.0
package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Answers {@code GET /status/{id}} from the table of jobs. */
public final class JobStatus implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobTable table = new JobTable(System.getenv("TABLE"));

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    String id = JSON.valueToTree(event).at("/pathParameters/id").asText();
    Map<String, Object> job = table.find(id);
    // A job that the function has not taken from the queue yet has no record.
    return job.isEmpty()
        ? answer(404, Map.of("error", "There is no job of this id, or it waits in the queue."))
        : answer(200, job);
  }

  private static Map<String, Object> answer(int status, Map<String, Object> body) {
    try {
      return Map.of(
          "statusCode",
          status,
          "headers",
          Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
          "body",
          JSON.writeValueAsString(body));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a map of texts and numbers cannot be written", impossible);
    }
  }
}
