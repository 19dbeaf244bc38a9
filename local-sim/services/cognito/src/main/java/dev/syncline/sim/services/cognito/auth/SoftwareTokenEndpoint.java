// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.auth.crypto.TotpCodes;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the present code of a user's software token, because an authenticator app runs on the time
 * of the machine: {@code GET /_syncline/cognito/software-token?pool=…&user=…}. Thread-safe.
 */
public record SoftwareTokenEndpoint(PoolStore store, SimClock clock) implements HttpEndpoint {
  /** The path. */
  public static final String PATH = OWN_PATHS + "cognito/software-token";

  @Override
  public boolean claims(HttpRequest request) {
    return request.rawPath().equals(PATH);
  }

  /** Shows codes, which only the developer's own programs may read. */
  @Override
  public Access access(HttpRequest request) {
    return Access.LOCAL_PROGRAMS;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return message(405, "Use GET");
    }
    String pool = parameter(request, "pool");
    String user = parameter(request, "user");
    if (pool.isEmpty() || user.isEmpty()) {
      return message(400, "Name the pool and the user: ?pool=…&user=…");
    }
    Optional<String> secret =
        store
            .findPool(pool)
            .flatMap(found -> store.findUser(found.id(), user, true))
            .flatMap(found -> Optional.ofNullable(found.factors().totpSecret()));
    return secret
        .map(text -> TotpCodes.code(text, TotpCodes.step(clock.now())))
        .map(code -> HttpResponse.json(200, Json.write(Json.object().put("code", code))))
        .orElseGet(() -> message(404, "The pool has no such user with a software token"));
  }

  private static String parameter(HttpRequest request, String name) {
    return request.query().stream()
        .filter(parameter -> parameter.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static HttpResponse message(int status, String text) {
    return HttpResponse.json(status, Json.write(Json.object().put("message", text)));
  }
}
