// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import dev.syncline.sim.aws.port.HttpRequest;
import dev.syncline.sim.events.AuthRequest;

/** Callers as requests show them. */
final class Callers {
  private Callers() {}

  static AuthRequest.Caller of(HttpRequest request) {
    return new AuthRequest.Caller(
        request.remoteAddress(), request.rawPath(), request.headers().byName());
  }
}
