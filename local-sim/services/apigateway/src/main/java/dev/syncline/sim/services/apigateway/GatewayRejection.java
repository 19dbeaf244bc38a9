// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that the gateway itself answers. It is not a defect, so it has no stack trace. */
final class GatewayRejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final GatewayResponseType type;
  private final int status;
  private final String text;
  private final String reason;
  private String findings = "";

  /** With the type's status and message; {@code reason} is for the log and the journal. */
  GatewayRejection(GatewayResponseType type, String reason) {
    this(type, type.status(), type.message(), reason);
  }

  GatewayRejection(GatewayResponseType type, int status, String text, String reason) {
    super(reason, null, false, false);
    this.type = type;
    this.status = status;
    this.text = text;
    this.reason = reason;
  }

  /** A function that failed or gave a response of the wrong form: always 502. */
  static GatewayRejection badIntegration(String reason) {
    return new GatewayRejection(
        GatewayResponseType.INTEGRATION_FAILURE,
        502,
        GatewayResponseType.INTEGRATION_FAILURE.message(),
        reason);
  }

  /**
   * A body that does not match its model.
   *
   * @param findings as {@code $context.error.validationErrorString} shows them
   */
  static GatewayRejection badBody(String findings) {
    var refusal =
        new GatewayRejection(
            GatewayResponseType.BAD_REQUEST_BODY,
            "Request body does not match model schema for content type: " + findings);
    refusal.findings = findings;
    return refusal;
  }

  /**
   * A body that cannot be checked within the limits. AWS does not publish its limits and its
   * message; the status is that of a body that does not match.
   *
   * @param why which part of the model exceeds a limit
   */
  static GatewayRejection uncheckedBody(String why) {
    var refusal =
        new GatewayRejection(
            GatewayResponseType.BAD_REQUEST_BODY,
            GatewayResponseType.BAD_REQUEST_BODY.status(),
            GatewayResponseType.BAD_REQUEST_BODY.message() + ". " + why,
            "The simulator cannot check the request body against its model: " + why);
    refusal.findings = "[" + why + "]";
    return refusal;
  }

  /** The values of the {@code $context.error.…} variables. */
  Map<String, String> context() {
    var values = new LinkedHashMap<String, String>();
    values.put("context.error.message", text);
    // AWS has no message for a failed authorizer.
    values.put("context.error.messageString", text.isEmpty() ? "null" : GatewayLogs.quoted(text));
    values.put("context.error.responseType", type.name());
    if (!findings.isEmpty()) {
      values.put("context.error.validationErrorString", findings);
    }
    return values;
  }

  GatewayResponseType type() {
    return type;
  }

  int status() {
    return status;
  }

  String text() {
    return text;
  }

  String reason() {
    return reason;
  }
}
