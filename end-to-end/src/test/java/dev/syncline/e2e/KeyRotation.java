// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Replaces the API key as an operator does: creates the new key first, deletes the old one last.
 */
final class KeyRotation {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyRotation() {}

  static void replaceKeyAndCutConnections(Deployed fresh) throws Exception {
    String api = eventsApi(fresh);
    JsonNode keys =
        JSON.readTree(
            fresh.send("appsync", "GET", "/v1/apis/" + api + "/apikeys", Map.of(), "").body());
    String old = keys.path("apiKeys").get(0).path("id").asText();
    String next =
        JSON.readTree(
                fresh
                    .send("appsync", "POST", "/v1/apis/" + api + "/apikeys", Map.of(), "{}")
                    .body())
            .path("apiKey")
            .path("id")
            .asText();
    assertThat(next).startsWith("da2-").isNotEqualTo(old);
    ok(
        json(
            fresh,
            "secretsmanager",
            "secretsmanager.PutSecretValue",
            JSON.createObjectNode()
                .put("SecretId", fresh.output("SecretsManagerArn"))
                .put("SecretString", next)));
    ObjectNode connection = JSON.createObjectNode();
    String arn = fresh.output("ConnectionArn");
    connection.put("Name", arn.split("/")[1]).put("AuthorizationType", "API_KEY");
    connection
        .putObject("AuthParameters")
        .putObject("ApiKeyAuthParameters")
        .put("ApiKeyName", "x-api-key")
        .put("ApiKeyValue", next);
    ok(json(fresh, "events", "AWSEvents.UpdateConnection", connection));
    ok(fresh.send("appsync", "DELETE", "/v1/apis/" + api + "/apikeys/" + old, Map.of(), ""));
    // An open connection keeps the old key; the next connection cannot use it.
    fresh.simulator().faults().once("appsync.delivery", new Fault.Disconnect());
    Deployed.assertFullName(fresh.post(Deployed.person("In", "Between")), "In Between");
  }

  private static String eventsApi(Deployed fresh) throws Exception {
    return JSON.readTree(fresh.send("appsync", "GET", "/v2/apis", Map.of(), "").body())
        .path("apis")
        .get(0)
        .path("apiId")
        .asText();
  }

  private static HttpResponse<String> json(
      Deployed fresh, String service, String target, ObjectNode input) throws Exception {
    return fresh.send(
        service,
        "POST",
        "/",
        Map.of("X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.1"),
        input.toString());
  }

  private static void ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
  }
}
