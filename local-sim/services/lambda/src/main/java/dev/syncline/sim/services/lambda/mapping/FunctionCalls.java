// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Invokes functions and calls services for mappings. Thread-safe. */
final class FunctionCalls {
  private final Ids ids;
  private final Dispatcher dispatcher;
  private final String account;
  private final String region;
  private final SourceAccess access;

  FunctionCalls(
      Ids ids,
      Dispatcher dispatcher,
      String account,
      String region,
      Function<String, CallPrincipal> roles) {
    this.access = new SourceAccess(ids, dispatcher, roles, account, region);
    this.ids = ids;
    this.dispatcher = dispatcher;
    this.account = account;
    this.region = region;
  }

  /** How an invocation ended. */
  sealed interface Outcome {
    /** The id of the invocation. */
    String requestId();
  }

  /**
   * The function has run.
   *
   * @param error {@code Handled} or {@code Unhandled} when it failed, otherwise null
   */
  record Invoked(String requestId, String version, @Nullable String error, byte[] answer)
      implements Outcome {}

  /** The function was not invoked: it is throttled, or it is gone. */
  record Refused(String requestId, AwsException reason) implements Outcome {
    boolean throttled() {
      return reason.status() == 429;
    }
  }

  String region() {
    return region;
  }

  SourceAccess access() {
    return access;
  }

  /** Invokes the function as Lambda itself, and waits for its answer; blocks through the clock. */
  Outcome invoke(Mapping mapping, ObjectNode event) {
    ObjectNode input =
        Json.object()
            .put("FunctionName", mapping.functionArn())
            .put("InvocationType", "RequestResponse");
    input.set("Payload", event);
    var context = new CallContext(account, region, ids.uuid().toString(), "", new byte[0]);
    try {
      Output output = dispatcher.call("lambda", "Invoke", input, context);
      byte[] raw = output.raw();
      return new Invoked(
          context.requestId(),
          output.headers().getOrDefault("X-Amz-Executed-Version", "$LATEST"),
          output.headers().get("X-Amz-Function-Error"),
          raw == null ? new byte[0] : raw);
    } catch (AwsException refused) {
      return new Refused(context.requestId(), refused);
    }
  }

  /**
   * Calls an operation of another service with the permissions of the function's role; throws its
   * error.
   */
  void call(Mapping mapping, String service, String operation, ObjectNode input, byte[] body) {
    dispatcher.call(service, operation, input, access.context(mapping, body));
  }

  /** Whether the simulator has the service. */
  boolean has(String service) {
    return dispatcher.service(service) != null;
  }

  /** Tells that the state of a mapping has changed, so that it is saved. */
  void changed() {
    dispatcher.changed();
  }
}
