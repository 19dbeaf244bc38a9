// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlace;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.IamMode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Calls operations, for requests from the wire and from inside: CloudFormation's resources and Step
 * Functions' integrations call services through it too.
 *
 * <p>Fault places: {@code call} before an operation (details {@code service}, {@code operation} and
 * {@code input}; takes {@link Fault.Refuse}, {@link Fault.Throttle} and {@link Fault.Delay}),
 * {@code answer} after the operation and before the caller gets its answer (takes the same).
 *
 * <p>Thread-safe once every service is registered.
 */
public final class Dispatcher {
  private static final String CALL = "call";
  private static final String ANSWER = "answer";

  private final SimClock clock;
  private final FaultPlan faults;
  private final Map<String, AwsService> services = new LinkedHashMap<>();
  private final Map<String, Map<String, Operation>> operations = new LinkedHashMap<>();

  private final LongAdder calls = new LongAdder();
  private volatile Permissions permissions = Permissions.OFF;
  private volatile Observer observer = (id, operation, input, output) -> {};

  /** A dispatcher without services. */
  public Dispatcher(SimClock clock, FaultPlan faults) {
    this.clock = clock;
    this.faults = faults;
    for (String place : List.of(CALL, ANSWER)) {
      faults.declare(
          new FaultPlace(
              place,
              "every operation of every service, "
                  + (place.equals(CALL) ? "before it is carried out" : "once it has been")
                  + "; input is its JSON text",
              List.of(Fault.Refuse.class, Fault.Throttle.class, Fault.Delay.class),
              Set.of("service", "operation", "input")));
    }
  }

  /**
   * Adds a service; done once, at start, before any call.
   *
   * @throws IllegalStateException when another service has its id
   */
  public void register(AwsService service) {
    if (services.putIfAbsent(service.id(), service) != null) {
      throw new IllegalStateException("two services have the id '" + service.id() + "'");
    }
    var byName = new LinkedHashMap<String, Operation>();
    for (Operation operation : service.operations()) {
      byName.put(operation.name(), operation);
    }
    operations.put(service.id(), byName);
  }

  /** Receives every answer, to check it. */
  @FunctionalInterface
  public interface Observer {
    /** An operation has answered, without an error. Called on the caller's thread. */
    void answered(String id, String operation, ObjectNode input, Output output);
  }

  /** Replaces the observer; the first one does nothing. */
  public void observe(Observer newObserver) {
    observer = newObserver;
  }

  /** Replaces the decision point for permissions; the first one allows everything. */
  public void authorize(Permissions newPermissions) {
    permissions = newPermissions;
  }

  /** The decision point for permissions, for rooms that decide outside of operations. */
  public Permissions permissions() {
    return permissions;
  }

  /** Counts a change of a service's state outside of operations; called after the change. */
  public void changed() {
    calls.increment();
  }

  /** A counter of operations begun, operations ended, and calls of {@link #changed}. */
  public long calls() {
    return calls.sum();
  }

  /** The time of the simulator's clock. */
  public Instant now() {
    return clock.now();
  }

  /** Every service, in order of registration. */
  public Collection<AwsService> services() {
    return services.values();
  }

  /** The service of that id; null without such a service. */
  public @Nullable AwsService service(String id) {
    return services.get(id);
  }

  /** The operation, null when it is not supported. */
  public @Nullable Operation operation(String id, String name) {
    return operations.getOrDefault(id, Map.of()).get(name);
  }

  /**
   * Carries out an operation on the calling thread.
   *
   * @throws AwsException as the operation answers; {@code UnknownOperationException} for an
   *     operation, {@code ValidationException} for a member that is not supported
   */
  public Output call(String id, String name, ObjectNode input, CallContext context) {
    Operation operation = operation(id, name);
    if (operation == null) {
      throw AwsException.badRequest(
          "UnknownOperationException",
          "The simulator does not support the operation " + id + ":" + name + ".");
    }
    refuseUnknownMembers(id, operation, input);
    requirePermissions(id, operation, input, context);
    strike(CALL, id, name, input);
    Output output;
    calls.increment();
    try {
      output = operation.handler().handle(new Input(input), context);
    } catch (AwsException error) {
      requireSight(error, id, operation, input, context);
      throw error;
    } finally {
      calls.increment();
    }
    observer.answered(id, name, input, output);
    try {
      strike(ANSWER, id, name, input);
    } catch (AwsException fault) {
      if (output.stream() != null) {
        output.stream().abandon();
      }
      throw fault;
    }
    return output;
  }

  private void requirePermissions(
      String id, Operation operation, ObjectNode input, CallContext context) {
    AwsService service = services.get(id);
    if (service != null && decides(context)) {
      require(service, service.accessChecks(operation, new Input(input), context), context);
    }
  }

  /** Some errors would tell a caller without permission what there is. */
  private void requireSight(
      AwsException error, String id, Operation operation, ObjectNode input, CallContext context) {
    AwsService service = services.get(id);
    if (service != null && decides(context)) {
      require(service, service.checksToSee(error, operation, new Input(input), context), context);
    }
  }

  private boolean decides(CallContext context) {
    return permissions.mode() != IamMode.OFF
        && !(context.caller() instanceof CallPrincipal.Internal);
  }

  private void require(AwsService service, List<AccessCheck> checks, CallContext context) {
    for (AccessCheck check : checks) {
      permissions
          .denial(check, context)
          .ifPresent(
              denial -> {
                throw service.accessDenied(denial);
              });
    }
  }

  private void strike(String place, String service, String operation, ObjectNode input) {
    if (!faults.plans(place)) {
      // Writing the input as text is costly.
      return;
    }
    faults
        .strike(
            place, Map.of("service", service, "operation", operation, "input", input.toString()))
        .ifPresent(
            fault -> {
              switch (fault) {
                case Fault.Refuse refuse ->
                    throw new AwsException(refuse.errorType(), refuse.status(), refuse.message());
                case Fault.Throttle throttle -> throw throttled(service);
                case Fault.Delay delay -> clock.pause(delay.delay());
                default ->
                    throw new IllegalStateException("place '" + place + "' cannot do " + fault);
              }
            });
  }

  private AwsException throttled(String id) {
    AwsService service = services.get(id);
    return service == null
        ? AwsException.badRequest("ThrottlingException", "Rate exceeded")
        : service.throttled();
  }

  private static void refuseUnknownMembers(String service, Operation operation, ObjectNode input) {
    input
        .fieldNames()
        .forEachRemaining(
            member -> {
              if (!operation.members().contains(member)) {
                throw AwsException.badRequest(
                    "ValidationException",
                    "The simulator does not support the member '"
                        + member
                        + "' of "
                        + service
                        + ":"
                        + operation.name()
                        + ".");
              }
            });
  }
}
