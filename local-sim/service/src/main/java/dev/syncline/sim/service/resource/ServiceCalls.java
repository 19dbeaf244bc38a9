// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Calls operations for resource types. Thread-safe.
 *
 * @param account the account that calls, 12 digits
 * @param region where it calls
 * @param caller whose permissions the calls need
 */
public record ServiceCalls(
    SimClock clock,
    Ids ids,
    Dispatcher dispatcher,
    String account,
    String region,
    CallPrincipal caller) {
  private static final Set<String> GONE =
      Set.of(
          "NotFoundException",
          "NoSuchBucket",
          "NoSuchEntity",
          "QueueDoesNotExist",
          "ResourceNotFoundException",
          "StateMachineDoesNotExist",
          "UserNotFoundException");
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MAX_POLLS = 600;

  /** Calls of the simulator itself. */
  public ServiceCalls(
      SimClock clock, Ids ids, Dispatcher dispatcher, String account, String region) {
    this(clock, ids, dispatcher, account, region, CallPrincipal.INTERNAL);
  }

  /** The same with the permissions of another caller. */
  public ServiceCalls as(CallPrincipal other) {
    return new ServiceCalls(clock, ids, dispatcher, account, region, other);
  }

  /** A new idempotency token. */
  public String token() {
    return ids.uuid().toString();
  }

  /** The ARN of a regional resource. */
  public String arn(String service, String resource) {
    return Arn.aws(service, region, account, resource);
  }

  /**
   * Calls an operation.
   *
   * @throws AwsException as it answers
   */
  public JsonNode call(String service, String operation, ObjectNode input) {
    return output(service, operation, input).json();
  }

  /** As {@link #call}, but ignores that the resource no longer exists. */
  public void callUnlessGone(String service, String operation, ObjectNode input) {
    try {
      call(service, operation, input);
    } catch (AwsException refused) {
      if (!GONE.contains(refused.code())) {
        throw refused;
      }
    }
  }

  /**
   * The bytes of an S3 object.
   *
   * @throws AwsException when the object does not exist
   */
  public byte[] object(String bucket, String key) {
    Output output = output("s3", "GetObject", input().put("Bucket", bucket).put("Key", key));
    byte[] bytes = output.raw();
    return bytes == null ? new byte[0] : bytes;
  }

  /** An empty input. */
  public ObjectNode input() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Waits until {@code ready} holds, polling every second: in virtual time, and in real time while
   * a real process works, because the wait may depend on it.
   *
   * @throws ResourceException after ten minutes
   */
  public void await(String what, BooleanSupplier ready) {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (ready.getAsBoolean()) {
        return;
      }
      var over = new CompletableFuture<Boolean>();
      // A limit, because skipping must not use up the polls while a real process starts.
      clock.schedule(TimerKind.LIMIT, POLL, () -> over.complete(true));
      clock.await(over);
    }
    throw new ResourceException(what + " did not become ready within " + MAX_POLLS + " s");
  }

  /**
   * Carries out the further steps of a creation. If one fails, undoes the creation, so that a
   * failed resource leaves nothing behind.
   */
  public static void finish(Runnable steps, Runnable undo) {
    try {
      steps.run();
    } catch (RuntimeException failure) {
      try {
        undo.run();
      } catch (RuntimeException secondFailure) {
        failure.addSuppressed(secondFailure);
      }
      throw failure;
    }
  }

  private Output output(String service, String operation, ObjectNode input) {
    var context = new CallContext(account, region, ids.uuid().toString(), "", new byte[0]);
    return dispatcher.call(service, operation, input, context.as(caller));
  }
}
