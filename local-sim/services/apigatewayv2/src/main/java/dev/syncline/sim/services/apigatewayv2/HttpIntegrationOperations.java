// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.apigatewayv2.data.FunctionArn;
import dev.syncline.sim.services.apigatewayv2.data.ServiceAction;
import java.util.List;
import java.util.Set;

/** Integrations. */
record HttpIntegrationOperations(Ids ids, HttpApiStore store) {
  /** The time-out of an integration in milliseconds: the default, and the largest. */
  private static final int MAX_TIMEOUT_MILLIS = 30_000;

  private static final int MIN_TIMEOUT_MILLIS = 50;

  /** Members of WebSocket APIs are missing, so they are refused by name. */
  static final Set<String> MEMBERS =
      Set.of(
          "connectionType",
          "credentialsArn",
          "description",
          "integrationMethod",
          "integrationSubtype",
          "integrationType",
          "integrationUri",
          "payloadFormatVersion",
          "requestParameters",
          "responseParameters",
          "timeoutInMillis");

  List<Operation> operations() {
    var parts =
        new HttpApiParts(
            store,
            HttpApiPart.INTEGRATION,
            MEMBERS,
            (api, json) -> check(json),
            json -> ids.lowerAlphanumeric(7));
    return List.of(
        parts.create("CreateIntegration"),
        parts.get("GetIntegration"),
        parts.list("GetIntegrations"),
        parts.update("UpdateIntegration"),
        parts.delete("DeleteIntegration"));
  }

  void check(ObjectNode integration) {
    if (!integration.path("connectionType").asText("INTERNET").equals("INTERNET")) {
      throw HttpApiErrors.unsupported("connectionType VPC_LINK");
    }
    integration.put("connectionType", "INTERNET");
    int timeout = integration.path("timeoutInMillis").asInt(MAX_TIMEOUT_MILLIS);
    if (timeout < MIN_TIMEOUT_MILLIS || timeout > MAX_TIMEOUT_MILLIS) {
      throw HttpApiErrors.badRequest(
          "timeoutInMillis must be from "
              + MIN_TIMEOUT_MILLIS
              + " to "
              + MAX_TIMEOUT_MILLIS
              + ", not "
              + timeout);
    }
    integration.put("timeoutInMillis", timeout);
    String type = integration.path("integrationType").asText();
    switch (type) {
      case "AWS_PROXY" -> lambdaOrService(integration);
      case "HTTP_PROXY" -> http(integration);
      default ->
          throw HttpApiErrors.badRequest(
              "integrationType of an HTTP API must be AWS_PROXY or HTTP_PROXY, not '" + type + "'");
    }
  }

  private static void lambdaOrService(ObjectNode integration) {
    String subtype = integration.path("integrationSubtype").asText();
    if (!subtype.isEmpty()) {
      if (!ServiceAction.SUPPORTED.contains(subtype)) {
        throw HttpApiErrors.unsupported(
            "integrationSubtype '" + subtype + "', only " + ServiceAction.SUPPORTED);
      }
      if (integration.path("credentialsArn").asText().isEmpty()) {
        throw HttpApiErrors.badRequest("credentialsArn is required with integrationSubtype");
      }
      version(integration, "1.0", Set.of("1.0"));
      return;
    }
    String uri = integration.path("integrationUri").asText();
    if (FunctionArn.of(uri).isEmpty()) {
      throw HttpApiErrors.badRequest(
          "integrationUri must be the ARN of a Lambda function, not '" + uri + "'");
    }
    integration.put("integrationMethod", "POST");
    version(integration, "1.0", Set.of("1.0", "2.0"));
  }

  private static void http(ObjectNode integration) {
    String uri = integration.path("integrationUri").asText();
    if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
      throw HttpApiErrors.badRequest("integrationUri must be a URL, not '" + uri + "'");
    }
    if (integration.path("integrationMethod").asText().isEmpty()) {
      throw HttpApiErrors.badRequest("integrationMethod is required for HTTP_PROXY");
    }
    version(integration, "1.0", Set.of("1.0"));
  }

  private static void version(ObjectNode integration, String fallback, Set<String> allowed) {
    String version = integration.path("payloadFormatVersion").asText(fallback);
    if (!allowed.contains(version)) {
      throw HttpApiErrors.badRequest(
          "payloadFormatVersion must be one of " + allowed + ", not '" + version + "'");
    }
    integration.put("payloadFormatVersion", version);
  }
}
