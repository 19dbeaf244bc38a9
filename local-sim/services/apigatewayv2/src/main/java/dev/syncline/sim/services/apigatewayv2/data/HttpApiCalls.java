// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.InvokePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Calls other services for the gateway, each call on a thread of its own, because the gateway stops
 * waiting at a time-out while the called service continues. Thread-safe.
 */
public record HttpApiCalls(
    SimClock clock, Ids ids, Dispatcher dispatcher, InvokePermissions permissions) {
  private static final String CALLER = "apigateway.amazonaws.com";

  /** AWS's name of the session of a role. */
  private static final String SESSION = "BackplaneAssumeRoleSession";

  /** Work that may fail with an error of a service. */
  @FunctionalInterface
  interface Work<T> {
    T call() throws Exception;
  }

  /**
   * Invokes a function and answers its payload.
   *
   * @param role the role to invoke it with; empty for the function's resource policy
   * @param sourceArn what the function's resource policy must allow
   * @throws HttpApiRefusal with the reason
   */
  byte[] invoke(
      HttpApiCall call, String function, String role, String sourceArn, JsonNode event, int millis)
      throws HttpApiRefusal {
    CallPrincipal caller = new CallPrincipal.Service(CALLER, sourceArn, call.account());
    if (!role.isEmpty()) {
      caller = role(call, role);
    } else if (!permissions.mayInvoke(function, CALLER, sourceArn, call.account())) {
      throw HttpApiRefusal.failed(
          "the resource policy of " + function + " does not allow " + sourceArn);
    }
    ObjectNode input = Json.object();
    input.put("FunctionName", function);
    input.put("InvocationType", "RequestResponse");
    CallPrincipal as = caller;
    Output output =
        limited(call, millis, () -> operation(call, as, "lambda", "Invoke", input, event));
    String error = output.headers().get("X-Amz-Function-Error");
    if (error != null) {
      throw HttpApiRefusal.failed("the function failed: " + error);
    }
    byte[] payload = output.raw();
    return payload == null ? new byte[0] : payload;
  }

  /**
   * The session of a role that exists, and that trusts the gateway where permissions are enforced.
   *
   * @throws HttpApiRefusal when it cannot be assumed
   */
  CallPrincipal role(HttpApiCall call, String role) throws HttpApiRefusal {
    ObjectNode input = Json.object().put("RoleName", role.substring(role.lastIndexOf('/') + 1));
    try {
      operation(call, CallPrincipal.INTERNAL, "iam", "GetRole", input, MissingNode.getInstance());
    } catch (AwsException unknown) {
      throw HttpApiRefusal.failed("the role " + role + " cannot be assumed: " + unknown.text());
    }
    var gateway = new CallPrincipal.Service(CALLER, call.arn(), call.account());
    if (dispatcher
        .permissions()
        .denial(
            AccessCheck.of("sts:AssumeRole", role),
            context(call, MissingNode.getInstance()).as(gateway))
        .isPresent()) {
      throw HttpApiRefusal.failed("the role " + role + " does not trust " + CALLER);
    }
    return new CallPrincipal.RoleSession(role, SESSION);
  }

  /** Calls an operation on the calling thread, in the account of the API. */
  Output operation(
      HttpApiCall call,
      CallPrincipal caller,
      String service,
      String operation,
      ObjectNode input,
      JsonNode body) {
    return dispatcher.call(service, operation, input, context(call, body).as(caller));
  }

  private CallContext context(HttpApiCall call, JsonNode body) {
    return new CallContext(
        call.account(),
        call.region(),
        ids.uuid().toString(),
        "",
        body.isMissingNode() ? new byte[0] : Json.writeBytes(body));
  }

  /**
   * Runs the work and waits for it at most so long.
   *
   * @throws HttpApiRefusal at the time-out, or with the reason of a service's error
   */
  <T> T limited(HttpApiCall call, int millis, Work<T> work) throws HttpApiRefusal {
    var done = new CompletableFuture<T>();
    var late = HttpApiRefusal.unavailable("the integration did not answer in " + millis + " ms");
    Timer limit =
        clock.schedule(
            TimerKind.LIMIT, Duration.ofMillis(millis), () -> done.completeExceptionally(late));
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("apigatewayv2-" + call.requestId())
        .start(
            () ->
                clock.run(
                    () -> {
                      handedOver.close();
                      complete(done, work);
                    }));
    try {
      return clock.await(done);
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      throw refusal(cause == null ? failed : cause);
    } finally {
      limit.cancel();
    }
  }

  private static <T> void complete(CompletableFuture<T> done, Work<T> work) {
    try {
      done.complete(work.call());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      done.completeExceptionally(interrupted);
    } catch (Throwable failure) {
      // An Error too: otherwise the request would wait for its time-out without a reason.
      done.completeExceptionally(failure);
    }
  }

  private static HttpApiRefusal refusal(Throwable failure) {
    return switch (failure) {
      case HttpApiRefusal refusal -> refusal;
      case AwsException error when error.status() == 413 -> HttpApiRefusal.tooLarge(error.text());
      case AwsException error -> HttpApiRefusal.failed(error.code() + ": " + error.text());
      case java.io.IOException unreachable ->
          HttpApiRefusal.unavailable(String.valueOf(unreachable.getMessage()));
      case Error error -> throw error;
      case RuntimeException defect -> throw defect;
      default -> throw new IllegalStateException(failure);
    };
  }
}
