// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Optional;

/**
 * A service: its operations over its own store. Every service has the same shape, so a reader of
 * one service can write another. Implementations are thread-safe.
 */
public interface AwsService extends AutoCloseable {
  /** The id of its {@link ServiceProvider}: the signing name, unless another room has that name. */
  default String id() {
    return signingName();
  }

  /** The name in the SigV4 credential scope, such as {@code states}. */
  String signingName();

  /**
   * What stands before the region in the name of its host, such as {@code states} in {@code
   * states.us-east-1.amazonaws.com}. The signing name, unless another room has that host.
   */
  default String hostPrefix() {
    return signingName();
  }

  /** The service's name in the coverage table, such as {@code AWS Step Functions}. */
  String title();

  /** The wire protocol. */
  Protocol protocol();

  /** Every operation that is supported; anything else is refused by name. */
  List<Operation> operations();

  /**
   * The error for throttled callers, in the service's own words. Source: the errors of each
   * service's published model; where the model has none, AWS's common errors.
   */
  default AwsException throttled() {
    return AwsException.badRequest(
        protocol() instanceof Protocol.Query ? "Throttling" : "ThrottlingException",
        "Rate exceeded");
  }

  /** The services in the names of its actions, such as {@code lambda} in {@code lambda:Invoke…}. */
  default List<String> actionPrefixes() {
    return access().map(RoomAccess::actionPrefixes).orElseGet(() -> List.of(signingName()));
  }

  /** What its operations need; empty for a service whose operations need their own names. */
  default Optional<RoomAccess> access() {
    return Optional.empty();
  }

  /**
   * The permissions that a call needs; none for an operation that anyone may call. Quick, and
   * without effects. By default those of {@link #access()}, or the operation's name on every
   * resource.
   *
   * @param input not checked yet: members may be missing or wrong
   */
  default List<AccessCheck> accessChecks(Operation operation, Input input, CallContext context) {
    return access()
        .map(access -> access.table().checks(new AccessRequest(operation, input, context)))
        .orElseGet(
            () -> List.of(AccessCheck.of(actionPrefixes().get(0) + ":" + operation.name(), "*")));
  }

  /**
   * The permissions without which a caller learns of a refusal only, not of this error of an
   * operation. None by default.
   */
  default List<AccessCheck> checksToSee(
      AwsException error, Operation operation, Input input, CallContext context) {
    return access()
        .map(access -> access.checksToSee(error, new AccessRequest(operation, input, context)))
        .orElse(List.of());
  }

  /** Whether a call needs a signature. */
  default boolean needsSignature(String operation) {
    return access().map(access -> access.needsSignature(operation)).orElse(true);
  }

  /** Whether a policy may let callers without a signature in. */
  default boolean takesAnonymous() {
    return access().map(RoomAccess::takesAnonymous).orElse(false);
  }

  /** Whether calls without a signature are refused although permissions are not enforced. */
  default boolean refusesUnsigned() {
    return access().map(RoomAccess::refusesUnsigned).orElse(false);
  }

  /**
   * The policy of a resource as JSON; empty for a resource without one.
   *
   * @param resource as {@link #accessChecks} names it
   */
  default Optional<String> resourcePolicy(String resource) {
    return access().flatMap(access -> access.resourcePolicy(resource));
  }

  /** The error for a refused permission, in the service's own form. */
  default AwsException accessDenied(AccessDenial denial) {
    return access()
        .map(access -> access.denied(protocol(), denial))
        .orElseGet(() -> AccessErrors.of(protocol(), denial.message()));
  }

  /**
   * Saves and restores the service's state; {@link ServiceState#NONE} for a service without state.
   */
  ServiceState state();

  /** Its data planes over HTTP, in the order in which they are tried; none by default. */
  default List<HttpEndpoint> endpoints() {
    return List.of();
  }

  /** Its data planes over WebSocket; none by default. */
  default List<WebSocketEndpoint> webSocketEndpoints() {
    return List.of();
  }

  /** Which of its operations foreign web pages may call; none by default. */
  default PageRules pageRules() {
    return PageRules.NONE;
  }

  /** Ends its processes and connections and frees its files. Does nothing by default. */
  @Override
  default void close() {}
}
