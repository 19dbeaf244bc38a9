// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Step Functions' protocol, as plain as can be. Thread-safe. */
final class WireClient implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;

  WireClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  JsonNode call(String operation, ObjectNode input) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AWSStepFunctions." + operation)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(input)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    JsonNode answer = Json.MAPPER.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new IOException(operation + " was answered " + response.statusCode() + " " + answer);
    }
    return answer;
  }

  @Override
  public void close() {
    client.close();
  }
}
