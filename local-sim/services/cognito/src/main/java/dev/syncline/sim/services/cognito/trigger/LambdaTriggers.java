// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.TimedCall;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Calls triggers through Lambda's operation {@code Invoke}. A function has five seconds; after
 * three calls without an answer the operation fails. Thread-safe.
 */
public final class LambdaTriggers implements TriggerCalls {
  /** The trigger whose event has versions. */
  public static final String PRE_TOKEN_GENERATION = "PreTokenGeneration";

  /** How long a function may take, in the time of the clock. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int MAX_ATTEMPTS = 3;
  private static final String PRINCIPAL = "cognito-idp.amazonaws.com";
  private static final String NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";
  private static final String SDK = "aws-sdk-unknown-unknown";

  private final ServiceContext context;
  private final Supplier<InvokePermissions> permissions;

  /** Triggers of the pools of this simulator. */
  public LambdaTriggers(ServiceContext context) {
    this.context = context;
    this.permissions = context.contracts().later(InvokePermissions.class);
  }

  /** The ARN of the function of a trigger; empty when the pool has no such trigger. */
  public static String function(UserPool pool, String trigger) {
    JsonNode config = pool.setting("/LambdaConfig");
    String plain = config.path(trigger).asText();
    return plain.isEmpty() ? config.path(trigger + "Config").path("LambdaArn").asText() : plain;
  }

  /**
   * Refuses triggers that are never called here: they get codes that a KMS key encrypted.
   *
   * @param config {@code LambdaConfig}
   * @throws AwsException {@code InvalidParameterException}
   */
  public static void requireSupported(JsonNode config) {
    for (String sender : List.of("CustomEmailSender", "CustomSMSSender", "InboundFederation")) {
      if (config.hasNonNull(sender)) {
        throw TriggerErrors.unsupported(sender);
      }
    }
  }

  /** The version of a trigger's event: 1, or what PreTokenGenerationConfig says. */
  public static int version(UserPool pool, String trigger) {
    String version =
        trigger.equals(PRE_TOKEN_GENERATION)
            ? pool.setting("/LambdaConfig/PreTokenGenerationConfig/LambdaVersion").asText()
            : "";
    return switch (version) {
      case "V2_0" -> 2;
      case "V3_0" -> 3;
      default -> 1;
    };
  }

  @Override
  public Optional<ObjectNode> call(TriggerCall call) {
    String function = function(call.pool(), call.trigger());
    return function.isEmpty() ? Optional.empty() : Optional.of(invoke(call, function));
  }

  private ObjectNode invoke(TriggerCall call, String function) {
    String poolArn = call.pool().arn();
    if (!permissions.get().mayInvoke(function, PRINCIPAL, poolArn, context.account())) {
      throw TriggerErrors.notCalled(call.trigger(), "AccessDeniedException");
    }
    byte[] event = Json.writeBytes(event(call));
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      TimedCall.Ending<Output> ending =
          new TimedCall(context.clock())
              .run(
                  "cognito-trigger",
                  LIMIT,
                  false,
                  () ->
                      context
                          .dispatcher()
                          .call("lambda", "Invoke", input(function), caller(poolArn, event)));
      switch (ending) {
        case TimedCall.Ending.Answered<Output> answered -> {
          return response(call.trigger(), answered.value());
        }
        case TimedCall.Ending.Failed<Output> failed ->
            throw TriggerErrors.notCalled(call.trigger(), failed.error().code());
        case TimedCall.Ending.Unreachable<Output> unreachable ->
            throw TriggerErrors.notCalled(
                call.trigger(), String.valueOf(unreachable.reason().getMessage()));
        case TimedCall.Ending.Broke<Output> broke -> throw TimedCall.unchecked(broke.defect());
        case TimedCall.Ending.TimedOut<Output> late -> {
          // The next attempt follows.
        }
      }
    }
    throw TriggerErrors.notCalled(call.trigger(), "Socket timeout while invoking Lambda function");
  }

  private static ObjectNode input(String function) {
    return Json.object().put("FunctionName", function).put("InvocationType", "RequestResponse");
  }

  private CallContext caller(String poolArn, byte[] event) {
    return new CallContext(
            context.account(), context.region(), context.ids().uuid().toString(), "", event)
        .as(new CallPrincipal.Service(PRINCIPAL, poolArn, context.account()));
  }

  private static ObjectNode event(TriggerCall call) {
    ObjectNode event = Json.object();
    event.put("version", String.valueOf(version(call.pool(), call.trigger())));
    event.put("region", call.pool().region());
    event.put("userPoolId", call.pool().id());
    event.put("userName", call.userName());
    event
        .putObject("callerContext")
        .put("awsSdkVersion", SDK)
        .put("clientId", call.clientId() == null ? NO_CLIENT : call.clientId());
    event.put("triggerSource", call.source());
    ObjectNode request = event.putObject("request");
    ObjectNode attributes = request.putObject("userAttributes");
    String sub = call.attributes().get("sub");
    Json.putIfPresent(attributes, "sub", sub);
    if (call.status() != null) {
      attributes.put("cognito:user_status", call.status().name());
    }
    call.attributes().forEach(attributes::put);
    request.setAll(call.request());
    event.set("response", call.response());
    return event;
  }

  private static ObjectNode response(String trigger, Output output) {
    byte[] raw = output.raw();
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(raw == null ? new byte[0] : raw);
    } catch (IOException malformed) {
      throw TriggerErrors.unreadable();
    }
    if (output.headers().containsKey("X-Amz-Function-Error")) {
      throw TriggerErrors.failed(trigger, answer.path("errorMessage").asText());
    }
    if (answer.path("response") instanceof ObjectNode response) {
      return response;
    }
    throw TriggerErrors.unreadable();
  }

  /** Whether an error comes from a trigger, and not from the pool. */
  public static boolean caused(AwsException error) {
    return switch (error.code()) {
      case "UserLambdaValidationException",
          "UnexpectedLambdaException",
          "InvalidLambdaResponseException" ->
          true;
      default -> false;
    };
  }
}
