// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Suitability;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.FunctionCredentials;
import dev.syncline.sim.service.contract.SessionIssuer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives each environment the credentials of a session of its function's role, named after the
 * function. As on AWS they are not renewed: the session outlives the environment. Thread-safe.
 */
record RoleEnvironments(ServiceContext context, EnvironmentFactory others)
    implements EnvironmentFactory {
  static final String PRINCIPAL = "lambda.amazonaws.com";

  /** The clock may be moved by years while an environment waits. */
  private static final Duration LIFETIME = Duration.ofDays(36_500);

  @Override
  public ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output) {
    return others.start(spec.withDefaults(variables(spec)), logStream, output);
  }

  /** None when the role does not trust Lambda: requests of the function are then unsigned. */
  private Map<String, String> variables(FunctionSpec spec) {
    var lambda = new CallPrincipal.Service(PRINCIPAL, spec.arn(), context.account());
    if (context
        .dispatcher()
        .permissions()
        .denial(AccessCheck.of("sts:AssumeRole", spec.role()), context.callAs(lambda))
        .isPresent()) {
      return Map.of();
    }
    AccessKeys.AccessKey key = key(spec);
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        key.id(),
        "AWS_SECRET_ACCESS_KEY",
        key.secret(),
        "AWS_SESSION_TOKEN",
        Objects.requireNonNullElse(key.sessionToken(), ""));
  }

  private AccessKeys.AccessKey key(FunctionSpec spec) {
    Optional<SessionIssuer> issuer = context.contracts().find(SessionIssuer.class);
    return issuer.isPresent()
        ? issuer.get().issue(SessionIssuer.Session.ofService(spec.role(), spec.name(), LIFETIME))
        : context.contracts().get(FunctionCredentials.class).key();
  }

  @Override
  public boolean external(String runtime) {
    return others.external(runtime);
  }

  @Override
  public boolean holdsConnection(int clientPort, int serverPort) {
    return others.holdsConnection(clientPort, serverPort);
  }

  @Override
  public Suitability suitability(String runtime) {
    return others.suitability(runtime);
  }

  @Override
  public void close() {
    others.close();
  }
}
