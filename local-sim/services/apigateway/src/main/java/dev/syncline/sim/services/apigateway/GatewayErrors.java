// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AwsException;

/** Errors of the control plane, with API Gateway's codes and statuses. */
final class GatewayErrors {
  private GatewayErrors() {}

  /** A resource whose identifier is unknown. */
  static AwsException notFound(String what) {
    return notFoundText("Invalid " + what + " identifier specified");
  }

  static AwsException noResponse() {
    return notFoundText("Invalid Response status code specified");
  }

  static AwsException modelNotFound(String name) {
    return notFoundText("Invalid model name specified: " + name);
  }

  static AwsException stageNotFound(String apiId, String stage) {
    return notFoundText("API Stage not found: " + apiId + ":" + stage);
  }

  private static AwsException notFoundText(String message) {
    return new AwsException("NotFoundException", 404, message);
  }

  static AwsException conflict(String message) {
    return new AwsException("ConflictException", 409, message);
  }

  static AwsException badRequest(String message) {
    return new AwsException("BadRequestException", 400, message);
  }

  static AwsException invalidSchema(String reason) {
    return badRequest("Invalid model schema specified. " + reason);
  }

  static AwsException invalidPatch(String value, String path) {
    return badRequest("Invalid value '" + value + "' for patch path '" + path + "'");
  }

  static AwsException invalidPatch(String value, String path, String expected) {
    return badRequest(
        "Invalid value '" + value + "' for patch path '" + path + "': it must be " + expected);
  }

  static AwsException throttled() {
    return new AwsException("TooManyRequestsException", 429, "Too Many Requests");
  }
}
