// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Dispatcher;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for an integration, which API Gateway checks before it stores it. Thread-safe. */
record IntegrationRules(Dispatcher dispatcher) {
  private static final int MIN_TIMEOUT_MILLIS = 50;
  private static final int MAX_TIMEOUT_MILLIS = 300_000;
  private static final Set<String> TYPES = Set.of("AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK");
  private static final Set<String> PASSTHROUGH =
      Set.of("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER");
  static final Set<String> HANDLING = Set.of("CONVERT_TO_BINARY", "CONVERT_TO_TEXT");
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/[\\w+=,.@/-]+");
  private static final String CALLER = "arn:aws:iam::*:user/*";

  /**
   * Checks an integration as it would be stored.
   *
   * @param account the account of the API
   */
  void require(ObjectNode method, ObjectNode integration, String account) {
    String type = integration.get("type").asText();
    if (!TYPES.contains(type)) {
      throw GatewayErrors.badRequest(
          "Enumeration value for Integration type is invalid: '"
              + type
              + "'. Valid values are "
              + "AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK");
    }
    requireSupported(integration, "responseTransferMode", "BUFFERED");
    requireSupported(integration, "connectionType", "INTERNET");
    requireOneOf(integration, "passthroughBehavior", PASSTHROUGH);
    requireOneOf(integration, "contentHandling", HANDLING);
    int timeout = integration.get("timeoutInMillis").asInt();
    if (timeout < MIN_TIMEOUT_MILLIS || timeout > MAX_TIMEOUT_MILLIS) {
      throw GatewayErrors.badRequest(
          "Timeout should be between "
              + MIN_TIMEOUT_MILLIS
              + " ms and "
              + MAX_TIMEOUT_MILLIS
              + " ms");
    }
    String uri = integration.path("uri").asText();
    if (!type.equals("MOCK") && integration.path("httpMethod").asText().isEmpty()) {
      throw GatewayErrors.badRequest("Enumeration value for HttpMethod must be non-empty");
    }
    switch (type) {
      case "AWS" -> aws(integration, uri, account);
      case "AWS_PROXY" -> function(integration, uri, account);
      case "HTTP", "HTTP_PROXY" -> {
        if (!uri.matches("https?://\\S+") && !uri.startsWith("${stageVariables.")) {
          throw GatewayErrors.badRequest("Invalid HTTP endpoint specified for URI");
        }
      }
      default -> {
        // A mock has no backend.
      }
    }
    ResponseMappings.requireValidRequest(method, integration);
  }

  private void aws(ObjectNode integration, String uri, String account) {
    ServiceTarget target = ServiceTarget.parse(uri);
    if (target.isFunction()) {
      function(integration, uri, account);
      return;
    }
    String credentials = integration.path("credentials").asText("");
    if (credentials.isEmpty()) {
      throw GatewayErrors.badRequest("Role ARN must be specified for AWS integrations");
    }
    role(credentials, account);
    boolean variable = target.service().contains("$");
    if (!variable && AwsIntegration.service(dispatcher, target.service()) == null) {
      throw GatewayErrors.badRequest(
          "The simulator does not have the service '"
              + target.service()
              + "' that the integration's URI names.");
    }
  }

  private static void function(ObjectNode integration, String uri, String account) {
    if (!ServiceTarget.parse(uri).isFunction()) {
      throw GatewayErrors.badRequest(
          "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose"
              + " stream invocations.");
    }
    FunctionUri.parse(uri);
    if (!integration.path("httpMethod").asText().equals("POST")) {
      throw GatewayErrors.badRequest(
          "Enumeration value for HttpMethod must be non-empty and POST for a Lambda function");
    }
    String credentials = integration.path("credentials").asText("");
    if (!credentials.isEmpty()) {
      role(credentials, account);
    }
  }

  private static void role(String credentials, String account) {
    if (credentials.equals(CALLER)) {
      throw GatewayErrors.badRequest(
          "The simulator does not support the credentials '"
              + CALLER
              + "' of the caller; name a role.");
    }
    Matcher role = ROLE.matcher(credentials);
    if (!role.matches()) {
      throw GatewayErrors.badRequest("Invalid ARN specified in the request");
    }
    if (!role.group(1).equals(account)) {
      throw GatewayErrors.badRequest("Cross-account pass role is not allowed.");
    }
  }

  private static void requireSupported(ObjectNode integration, String member, String supported) {
    String value = integration.path(member).asText(supported);
    if (!value.equals(supported)) {
      throw GatewayErrors.badRequest(
          "The simulator does not support the " + member + " '" + value + "'.");
    }
  }

  /** Refuses a value of an enumeration that is not one of them. */
  static void requireOneOf(ObjectNode integration, String member, Set<String> values) {
    String value = integration.path(member).asText("");
    if (!value.isEmpty() && !values.contains(value)) {
      throw GatewayErrors.badRequest(
          "Enumeration value for " + member + " is invalid: '" + value + "'");
    }
  }
}
