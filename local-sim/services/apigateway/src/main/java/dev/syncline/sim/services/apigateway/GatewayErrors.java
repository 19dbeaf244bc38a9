// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AwsException;

/** The control plane's errors. */
final class GatewayErrors {
  private GatewayErrors() {}

  static AwsException notFound(String what) {
    return new AwsException("NotFoundException", 404, "Invalid " + what + " identifier specified");
  }

  static AwsException noResponse() {
    return new AwsException("NotFoundException", 404, "Invalid Response status code specified");
  }

  static AwsException conflict(String message) {
    return new AwsException("ConflictException", 409, message);
  }

  static AwsException badRequest(String message) {
    return new AwsException("BadRequestException", 400, message);
  }
}
