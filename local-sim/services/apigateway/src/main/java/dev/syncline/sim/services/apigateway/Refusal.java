// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.LinkedHashMap;
import java.util.Map;

/** The gateway answers by itself. Not a defect, so it carries no stack trace. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final GatewayResponseType type;
  private final int status;
  private final String text;
  private final String reason;
  private String findings = "";

  /** As the type has it; {@code reason} is for the log and the journal. */
  Refusal(GatewayResponseType type, String reason) {
    this(type, type.status(), type.message(), reason);
  }

  Refusal(GatewayResponseType type, int status, String text, String reason) {
    super(reason, null, false, false);
    this.type = type;
    this.status = status;
    this.text = text;
    this.reason = reason;
  }

  /** A function that failed or answered in the wrong shape: always 502. */
  static Refusal badIntegration(String reason) {
    return new Refusal(
        GatewayResponseType.INTEGRATION_FAILURE,
        502,
        GatewayResponseType.INTEGRATION_FAILURE.message(),
        reason);
  }

  /**
   * A body that is not as its model asks.
   *
   * @param findings as {@code $context.error.validationErrorString} shows them
   */
  static Refusal badBody(String findings) {
    var refusal =
        new Refusal(
            GatewayResponseType.BAD_REQUEST_BODY,
            "Request body does not match model schema for content type: " + findings);
    refusal.findings = findings;
    return refusal;
  }

  /**
   * A body that cannot be checked within bounds. AWS does not publish its own bounds nor its words
   * for it; the status is that of a body that does not match.
   *
   * @param why which part of the model takes too much
   */
  static Refusal uncheckedBody(String why) {
    var refusal =
        new Refusal(
            GatewayResponseType.BAD_REQUEST_BODY,
            GatewayResponseType.BAD_REQUEST_BODY.status(),
            GatewayResponseType.BAD_REQUEST_BODY.message() + ". " + why,
            "The simulator cannot check the request body against its model: " + why);
    refusal.findings = "[" + why + "]";
    return refusal;
  }

  /** What {@code $context.error.…} references mean for it. */
  Map<String, String> context() {
    var values = new LinkedHashMap<String, String>();
    values.put("context.error.message", text);
    values.put("context.error.messageString", GatewayLogs.quoted(text));
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
