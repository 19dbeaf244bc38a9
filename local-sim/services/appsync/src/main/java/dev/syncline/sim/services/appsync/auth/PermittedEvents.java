// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.settings.IamMode;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks the decision point for the permissions of callers of Event APIs who sign: {@code
 * appsync:EventConnect} on the API, {@code EventPublish} and {@code EventSubscribe} on the
 * namespace. Thread-safe.
 */
public record PermittedEvents(ServiceContext context, Verifier verifier) implements Verifier {
  @Override
  public AuthDecision verify(ApiConfig api, AuthRequest request, Instant now) {
    AuthDecision decision = verifier.verify(api, request, now);
    if (context.dispatcher().permissions().mode() == IamMode.OFF
        || !(decision instanceof AuthDecision.Granted granted)
        || granted.accessKeyId() == null) {
      return decision;
    }
    String resource = "apis/" + api.apiId();
    if (request.channel() != null) {
      resource += "/channelNamespace/" + request.namespace();
    }
    var call = context.callAs(new CallPrincipal.Signed(granted.accessKeyId()));
    Optional<AccessDenial> denial =
        context
            .dispatcher()
            .permissions()
            .denial(AccessCheck.of(action(request), call.arn("appsync", resource)), call);
    return denial.isPresent() ? Refusal.forbidden(denial.get().message()) : decision;
  }

  private static String action(AuthRequest request) {
    return switch (request.operation()) {
      case CONNECT -> "appsync:EventConnect";
      case PUBLISH -> "appsync:EventPublish";
      case SUBSCRIBE -> "appsync:EventSubscribe";
    };
  }
}
