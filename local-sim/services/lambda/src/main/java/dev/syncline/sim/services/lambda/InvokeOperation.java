// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EventInvoker;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.RuntimeErrors;
import dev.syncline.sim.lambda.ThrottledException;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Invoke. The payload is the body; a caller inside the simulator without a body may give it as the
 * member {@code Payload}, any JSON value. A caller may pass a trace id as {@code TraceId}.
 */
record InvokeOperation(
    SimClock clock,
    Ids ids,
    FunctionStore store,
    CodeCollector collector,
    FunctionHost host,
    EventInvoker events,
    EventOutcomes outcomes) {
  private static final int MAX_EVENT_PAYLOAD = 1024 * 1024;
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** The members that come as headers. */
  static final Map<String, String> HEADERS =
      Map.of(
          "x-amz-invocation-type",
          "InvocationType",
          "x-amz-log-type",
          "LogType",
          "x-amz-client-context",
          "ClientContext",
          "x-amzn-trace-id",
          "TraceId");

  Operation operation() {
    return Operation.restBlob(
        "Invoke",
        new HttpBinding(
            "POST", "/2015-03-31/functions/{FunctionName}/invocations", 200, Map.of(), HEADERS),
        this::invoke,
        "Qualifier",
        "InvocationType",
        "LogType",
        "ClientContext",
        "TraceId",
        "Payload");
  }

  private Output invoke(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    FunctionSpec spec = spec(ref);
    try {
      return invoke(ref, spec, input, context);
    } finally {
      collector.release(spec);
    }
  }

  private Output invoke(FunctionRef ref, FunctionSpec spec, Input input, CallContext context) {
    String type = input.text("InvocationType").orElse("RequestResponse");
    int limit =
        switch (type) {
          case "RequestResponse", "DryRun" -> RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD;
          case "Event" -> MAX_EVENT_PAYLOAD;
          default ->
              throw LambdaErrors.violated(
                  type,
                  "invocationType",
                  "Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
        };
    Invocation invocation = invocation(ref, input, context, type, limit);
    if (type.equals("DryRun")) {
      return Output.raw(204, Map.of(), new byte[0]);
    }
    if (type.equals("Event")) {
      Supplier<@Nullable FunctionSpec> current = () -> currentSpec(ref);
      EventConfig config =
          store.with(
              ref,
              function ->
                  function.eventConfigs.getOrDefault(
                      ref.qualifier() == null ? "$LATEST" : ref.qualifier(), EventConfig.DEFAULT));
      events.accept(ref.name(), current, invocation, config.policy(), outcomes.ending(ref, config));
      return Output.raw(202, Map.of("X-Amz-Executed-Version", spec.version()), new byte[0]);
    }
    InvocationResult result = awaited(spec, invocation);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Amz-Executed-Version", spec.version());
    if (result.functionError() != null) {
      headers.put("X-Amz-Function-Error", result.functionError());
    }
    if (invocation.wantLogTail()) {
      headers.put(
          "X-Amz-Log-Result",
          Base64.getEncoder().encodeToString(result.logTail().getBytes(StandardCharsets.UTF_8)));
    }
    return Output.raw(200, headers, result.payload());
  }

  /**
   * The invocation that an input describes.
   *
   * @throws AwsException when the payload is larger than {@code limit} or is not JSON
   */
  Invocation invocation(FunctionRef ref, Input input, CallContext context, String type, int limit) {
    byte[] payload = payload(input, context);
    if (payload.length > limit) {
      throw LambdaErrors.payloadTooLarge(type, payload.length, limit);
    }
    requireJson(payload);
    return new Invocation(
        requestId(context),
        invokedArn(ref),
        payload,
        input.text("TraceId").orElseGet(this::newTraceId),
        clientContext(input),
        input.text("LogType").filter("Tail"::equals).isPresent());
  }

  /**
   * Invokes, and waits until the function begins to stream its response, or ends.
   *
   * @throws AwsException as {@link #run}
   */
  StreamedInvocation stream(FunctionRef ref, Invocation invocation) {
    FunctionSpec spec = spec(ref);
    var pipe = new ResponsePipe();
    boolean running = false;
    try {
      host.invoke(spec, invocation.streamedTo(pipe)).whenComplete(pipe::end);
      clock.await(pipe.begun());
      running = true;
      return new StreamedInvocation(clock, pipe, spec.version(), () -> collector.release(spec));
    } catch (ThrottledException throttled) {
      throw LambdaErrors.throttled(throttled);
    } finally {
      if (!running) {
        pipe.abandon();
        collector.release(spec);
      }
    }
  }

  /**
   * Invokes and waits for the result.
   *
   * @throws AwsException when there is no such function, or it is throttled
   */
  InvocationResult run(FunctionRef ref, Invocation invocation) {
    FunctionSpec spec = spec(ref);
    try {
      return awaited(spec, invocation);
    } finally {
      collector.release(spec);
    }
  }

  private InvocationResult awaited(FunctionSpec spec, Invocation invocation) {
    try {
      return clock.await(host.invoke(spec, invocation));
    } catch (ThrottledException throttled) {
      throw LambdaErrors.throttled(throttled);
    }
  }

  /** The version to run; its package is held. */
  private FunctionSpec spec(FunctionRef ref) {
    return store.with(
        ref,
        function -> {
          FunctionConfig config = store.resolve(function, ref.qualifier());
          if (!config.state().isActive()) {
            throw LambdaErrors.conflict(
                "The operation cannot be performed at this time. The function is currently in the"
                    + " following state: "
                    + config.state().name());
          }
          FunctionSpec spec = store.spec(function, config);
          collector.hold(spec);
          return spec;
        });
  }

  private @Nullable FunctionSpec currentSpec(FunctionRef ref) {
    try {
      FunctionSpec spec = spec(ref);
      // The environment that runs it holds the package from then on.
      collector.release(spec);
      return spec;
    } catch (AwsException gone) {
      return null;
    }
  }

  /** The invocation's id is the request's, as on AWS, where that is a UUID. */
  private String requestId(CallContext context) {
    return UUID_FORM.matcher(context.requestId()).matches()
        ? context.requestId()
        : ids.uuid().toString();
  }

  /** The value of a trace header. */
  String newTraceId() {
    return "Root=1-"
        + HexFormat.of().toHexDigits((int) clock.now().getEpochSecond())
        + "-"
        + ids.hex(24)
        + ";Parent="
        + ids.hex(16)
        + ";Sampled=0";
  }

  private String invokedArn(FunctionRef ref) {
    String arn = store.arn(ref.name());
    return ref.qualifier() == null ? arn : arn + ":" + ref.qualifier();
  }

  private static byte[] payload(Input input, CallContext context) {
    if (context.body().length > 0) {
      return context.body();
    }
    return input
        .node("Payload")
        .map(JsonNode::toString)
        .orElse("{}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void requireJson(byte[] payload) {
    try (JsonParser parser = JSON.createParser(payload)) {
      int values = 0;
      while (parser.nextToken() != null) {
        parser.skipChildren();
        values++;
      }
      if (values != 1) {
        throw notJson("expected one value, found " + values);
      }
    } catch (IOException damaged) {
      throw notJson(String.valueOf(damaged.getMessage()));
    }
  }

  private static AwsException notJson(String reason) {
    return LambdaErrors.invalidContent("Could not parse request body into json: " + reason);
  }

  private static @Nullable String clientContext(Input input) {
    return input
        .text("ClientContext")
        .map(
            text -> {
              try {
                return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
              } catch (IllegalArgumentException notBase64) {
                throw LambdaErrors.invalidContent(
                    "Client context must be a valid Base64-encoded JSON object.");
              }
            })
        .orElse(null);
  }
}
