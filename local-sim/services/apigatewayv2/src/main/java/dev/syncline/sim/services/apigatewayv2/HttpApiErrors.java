// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import dev.syncline.sim.service.AwsException;

/** Errors of the control plane, with API Gateway's codes and statuses. */
final class HttpApiErrors {
  private HttpApiErrors() {}

  static AwsException notFound(String noun, String id) {
    return new AwsException(
        "NotFoundException", 404, "Invalid " + noun + " identifier specified " + id);
  }

  static AwsException stageNotFound(String name) {
    return new AwsException("NotFoundException", 404, "Unable to find Stage by name " + name);
  }

  static AwsException badRequest(String message) {
    return new AwsException("BadRequestException", 400, message);
  }

  static AwsException unsupported(String what) {
    return badRequest("The simulator does not support " + what + ".");
  }

  static AwsException conflict(String message) {
    return new AwsException("ConflictException", 409, message);
  }

  static AwsException throttled() {
    return new AwsException("TooManyRequestsException", 429, "Too Many Requests");
  }
}
