// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules for an integration and its responses, which API Gateway checks before it stores them.
 * The words of the errors are AWS's, from public reports.
 */
final class ResponseMappings {
  private static final String HEADER = "method.response.header.";
  private static final Pattern VALUE =
      Pattern.compile(
          "'.*'|integration\\.response\\.(?:header|multivalueheader)\\.[^ ]+"
              + "|integration\\.response\\.body(?:[.\\[].*)?"
              + "|context\\.[A-Za-z0-9_.-]+|stageVariables\\.[A-Za-z0-9_]+");
  private static final Pattern TARGET =
      Pattern.compile("integration\\.request\\.(?:header|querystring|path)\\.[^ ]+");
  private static final Pattern SOURCE =
      Pattern.compile(
          "'.*'|method\\.request\\.(?:header|multivalueheader|querystring|multivaluequerystring"
              + "|path)\\.[^ ]+|method\\.request\\.body(?:[.\\[].*)?"
              + "|context\\.[A-Za-z0-9_.-]+|stageVariables\\.[A-Za-z0-9_]+");
  private static final Pattern DECLARED =
      Pattern.compile("method\\.request\\.(?:multivalue)?(header|querystring|path)\\.([^ ]+)");

  private ResponseMappings() {}

  /**
   * Checks an integration response.
   *
   * @param method as it is stored
   * @param others the responses of the integration by status code
   */
  static void requireValid(ObjectNode method, JsonNode others, ObjectNode response) {
    String status = response.path("statusCode").asText();
    JsonNode methodResponse = method.path("methodResponses").path(status);
    if (methodResponse.isMissingNode()) {
      throw GatewayErrors.noResponse();
    }
    requireSelection(others, status, response.path("selectionPattern").asText(""));
    IntegrationRules.requireOneOf(response, "contentHandling", IntegrationRules.HANDLING);
    var errors = new ArrayList<String>();
    JsonNode declared = methodResponse.path("responseParameters");
    for (var parameter : response.path("responseParameters").properties()) {
      String name = parameter.getKey();
      String value = parameter.getValue().asText();
      if (!name.startsWith(HEADER) || name.length() == HEADER.length() || !declared.has(name)) {
        errors.add("Invalid mapping expression parameter specified: " + name);
      }
      if (!VALUE.matcher(value).matches()) {
        errors.add("Invalid mapping expression specified: " + value);
      }
    }
    refuse(errors);
  }

  private static void requireSelection(JsonNode others, String status, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw GatewayErrors.badRequest("Invalid selection pattern specified: " + pattern);
    }
    for (var other : others.properties()) {
      boolean same = other.getValue().path("selectionPattern").asText("").equals(pattern);
      if (same && !other.getKey().equals(status)) {
        throw GatewayErrors.conflict(
            "Integration response with selection pattern "
                + (pattern.isEmpty() ? "default" : pattern)
                + " already exists");
      }
    }
  }

  /** Checks the request parameters of an integration against what its method declares. */
  static void requireValidRequest(ObjectNode method, ObjectNode integration) {
    var errors = new ArrayList<String>();
    for (var parameter : integration.path("requestParameters").properties()) {
      String value = parameter.getValue().asText();
      if (!TARGET.matcher(parameter.getKey()).matches()) {
        errors.add("Invalid mapping expression parameter specified: " + parameter.getKey());
      }
      if (!SOURCE.matcher(value).matches()) {
        errors.add("Invalid mapping expression specified: " + value);
      } else if (!isDeclared(method, value)) {
        errors.add("Invalid mapping expression parameter specified: " + value);
      }
    }
    refuse(errors);
  }

  private static boolean isDeclared(ObjectNode method, String value) {
    var parameter = DECLARED.matcher(value);
    return !parameter.matches()
        || method
            .path("requestParameters")
            .has("method.request." + parameter.group(1) + "." + parameter.group(2));
  }

  private static void refuse(List<String> errors) {
    if (!errors.isEmpty()) {
      throw GatewayErrors.badRequest(
          "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
              + errors);
    }
  }
}
