// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import dev.syncline.sim.aws.port.HttpRequest;
import dev.syncline.sim.events.AuthRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Callers as requests show them. */
final class Callers {
  private Callers() {}

  static AuthRequest.Caller of(HttpRequest request) {
    Map<String, String> headers = request.headers().byName();
    var repeated = new HashMap<String, List<String>>();
    for (String name : headers.keySet()) {
      List<String> values = request.headers().all(name);
      if (values.size() > 1) {
        repeated.put(name, values);
      }
    }
    return new AuthRequest.Caller(request.remoteAddress(), request.rawPath(), headers, repeated);
  }
}
