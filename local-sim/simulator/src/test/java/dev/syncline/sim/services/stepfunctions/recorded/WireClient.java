// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Speaks Step Functions' protocol over HTTP, as little of it as a test needs. */
final class WireClient {
  private final URI endpoint;
  private final HttpClient http = HttpClient.newHttpClient();

  WireClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** The answer; an error as {@code {"Error":{"Code":..,"Message":..}}}, as boto3 shows it. */
  JsonNode call(String operation, JsonNode input) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AWSStepFunctions." + operation)
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(input)))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer = Json.MAPPER.readTree(response.body());
      if (response.statusCode() == 200) {
        return answer;
      }
      String type = answer.path("__type").asText();
      var error = Json.object();
      error
          .putObject("Error")
          .put("Code", type.substring(type.indexOf('#') + 1))
          .put("Message", answer.path("message").asText());
      return error.put("message", answer.path("message").asText());
    } catch (IOException failed) {
      throw new IllegalStateException(operation + " was not answered", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(operation + " was interrupted", interrupted);
    }
  }
}
