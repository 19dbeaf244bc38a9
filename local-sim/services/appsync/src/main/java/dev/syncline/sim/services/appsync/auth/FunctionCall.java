// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.datasource.AppSyncPrincipal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function on behalf of an API and waits for its answer, at most as long as AppSync does.
 * Thread-safe. Blocks while the function runs.
 */
public final class FunctionCall {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final String ERROR_HEADER = "X-Amz-Function-Error";

  private final SimClock clock;
  private final Ids ids;
  private final Dispatcher dispatcher;
  private final String account;
  private final String region;
  private final Duration limit;

  /** Calls that may take up to {@code limit}. */
  public FunctionCall(
      SimClock clock,
      Ids ids,
      Dispatcher dispatcher,
      String account,
      String region,
      Duration limit) {
    this.clock = clock;
    this.ids = ids;
    this.dispatcher = dispatcher;
    this.account = account;
    this.region = region;
    this.limit = limit;
  }

  /** How a call ended. */
  public enum End {
    /** The function returned a value, or failed. */
    RAN,
    /** The operation Invoke answered an error. */
    REFUSED,
    /** It took too long. */
    LATE,
    /** The simulator failed. */
    BROKEN
  }

  /**
   * The result of a call.
   *
   * @param payload the function's answer, or its error when it failed
   * @param error why there is no valid answer; null if there is one
   * @param end how the call ended
   * @param refusal the error of the operation Invoke; null if it has none
   */
  public record Answer(
      byte[] payload, @Nullable String error, End end, @Nullable AwsException refusal) {
    static Answer failed(String error, End end) {
      return new Answer(new byte[0], error, end, null);
    }
  }

  /** AppSync itself, which calls for an API; the function's policy decides. */
  public CallPrincipal appSync(String apiId) {
    return new CallPrincipal.Service(
        AppSyncPrincipal.NAME, Arn.aws("appsync", region, account, "apis/" + apiId), account);
  }

  /**
   * Calls and waits; the function gets an empty object for a missing event.
   *
   * @param caller whose permission the call needs
   */
  public Answer call(String functionArn, JsonNode event, CallPrincipal caller) {
    var ending = new CompletableFuture<Answer>();
    Timer timer =
        clock.schedule(
            TimerKind.LIMIT,
            limit,
            () ->
                ending.complete(
                    Answer.failed(
                        "it did not answer within " + limit.toSeconds() + " s", End.LATE)));
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("appsync-function")
        .start(
            () ->
                clock.run(
                    () -> {
                      handedOver.close();
                      ending.complete(invoke(functionArn, "RequestResponse", event, caller));
                    }));
    Answer answer = clock.await(ending);
    timer.cancel();
    return answer;
  }

  /** Invokes the function asynchronously and does not wait for its result. */
  public Answer send(String functionArn, JsonNode event, CallPrincipal caller) {
    return invoke(functionArn, "Event", event, caller);
  }

  private Answer invoke(String functionArn, String type, JsonNode event, CallPrincipal caller) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("FunctionName", functionArn).put("InvocationType", type);
    byte[] body = new byte[0];
    if (event.isNull()) {
      // The member of a request counts as missing when it is null, and the event would be {}.
      body = NULL;
    } else if (!event.isMissingNode()) {
      input.set("Payload", event);
    }
    var context = new CallContext(account, region, ids.uuid().toString(), "", body).as(caller);
    try {
      Output output = dispatcher.call("lambda", "Invoke", input, context);
      byte[] raw = output.raw();
      byte[] payload = raw == null ? new byte[0] : raw;
      String error = output.headers().get(ERROR_HEADER);
      return new Answer(payload, error == null ? null : "function error " + error, End.RAN, null);
    } catch (AwsException error) {
      return new Answer(new byte[0], error.code() + ": " + error.text(), End.REFUSED, error);
    } catch (RuntimeException | Error defect) {
      // Reported at once: otherwise the caller would wait for the time-out without a reason.
      return Answer.failed("the simulator failed to call it: " + defect, End.BROKEN);
    }
  }
}
