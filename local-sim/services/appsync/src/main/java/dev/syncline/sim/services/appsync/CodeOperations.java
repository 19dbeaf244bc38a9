// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.handlers.CodeException;
import dev.syncline.sim.handlers.CodeKind;
import dev.syncline.sim.handlers.HandlerCode;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerEngine.Phase;
import dev.syncline.sim.handlers.HandlerOutcome;
import dev.syncline.sim.handlers.HandlerTraces;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.util.List;

/**
 * EvaluateCode: runs a function of some code with a context, and nothing else. {@code function} is
 * {@code request} or {@code response} of a resolver, or a hook of an Event API; {@code
 * onPublish.request} names a function of an object. Thread-safe.
 */
record CodeOperations(HandlerEngine engine, EventsLimits limits) {
  private static final int MAX_CONTEXT = 28_000;
  private static final List<String> OF_RESOLVERS = List.of("request", "response");
  private static final List<String> EMPTY_IF_MISSING =
      List.of("arguments", "source", "stash", "prev", "request", "info", "env");
  private static final List<String> NULL_IF_MISSING = List.of("result", "error", "identity");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "EvaluateCode: runtime, code, context, function",
            HttpBinding.post("/v1/dataplane-evaluatecode"),
            this::evaluate));
  }

  private Output evaluate(Input input, CallContext call) {
    requireRuntime(input);
    String text = AppSyncErrors.required(input, "code");
    HandlerSettings.requireLength("code", text, limits.handlerCodeLength());
    String contextText = AppSyncErrors.required(input, "context");
    HandlerSettings.requireLength("context", contextText, MAX_CONTEXT);
    ObjectNode context = JsonText.object(contextText).orElseThrow(AppSyncErrors::contextIsNotJson);
    String[] function = input.text("function").orElse("request").split("\\.", 2);
    CodeKind kind = OF_RESOLVERS.contains(function[0]) ? CodeKind.GRAPHQL : CodeKind.EVENTS;
    HandlerCode code;
    try {
      code = engine.compile(text, kind);
    } catch (CodeException refused) {
      ObjectNode error = Json.object().put("message", "The code contains one or more errors.");
      error.set("codeErrors", Json.MAPPER.valueToTree(HandlerSettings.json(refused.errors())));
      return Output.of(Json.object().set("error", error));
    }
    if (kind == CodeKind.GRAPHQL) {
      complete(context);
    }
    String authType = EvaluatedIdentity.mode(context.path("identity")).authType();
    return Output.of(
        answer(engine.run(code, function[0], phase(code, function), authType, context)));
  }

  private static void complete(ObjectNode context) {
    if (!context.has("arguments") && context.path("args").isObject()) {
      context.set("arguments", context.path("args"));
    }
    for (String member : EMPTY_IF_MISSING) {
      if (!context.has(member)) {
        context.putObject(member);
      }
    }
    for (String member : NULL_IF_MISSING) {
      if (!context.has(member)) {
        context.putNull(member);
      }
    }
  }

  private static Phase phase(HandlerCode code, String[] function) {
    HandlerCode.Form form = code.exports().get(function[0]);
    if (function.length == 1 && form == HandlerCode.Form.FUNCTION) {
      return Phase.NONE;
    }
    if (function.length == 2 && form == HandlerCode.Form.OBJECT) {
      switch (function[1]) {
        case "request":
          return Phase.REQUEST;
        case "response":
          return Phase.RESPONSE;
        default:
          break;
      }
    }
    throw AppSyncErrors.badRequest(
        "The code exports no function " + String.join(".", function) + ", only " + code.exports());
  }

  private static void requireRuntime(Input input) {
    Input runtime =
        input
            .structure("runtime")
            .orElseThrow(() -> AppSyncErrors.badRequest("'runtime' is required."));
    AppSyncErrors.onlySupported(runtime, "runtime", List.of("name", "runtimeVersion"));
    String name = AppSyncErrors.required(runtime, "name");
    String version = AppSyncErrors.required(runtime, "runtimeVersion");
    if (!name.equals("APPSYNC_JS") || !version.equals("1.0.0")) {
      throw AppSyncErrors.badRequest(
          "The runtime must be APPSYNC_JS 1.0.0, not " + name + " " + version + ".");
    }
  }

  private static ObjectNode answer(HandlerOutcome outcome) {
    ObjectNode answer = Json.object();
    switch (outcome) {
      case HandlerOutcome.Returned returned ->
          answer.put("evaluationResult", Json.write(returned.value()));
      case HandlerOutcome.Refused refused -> {
        JsonNode data = refused.error().path("data");
        if (!data.isMissingNode()) {
          answer.put("evaluationResult", Json.write(data));
        }
        answer.putObject("error").put("message", refused.message());
      }
      case HandlerOutcome.Unauthorized unauthorized ->
          answer.putObject("error").put("message", "Unauthorized");
      case HandlerOutcome.Failed failed ->
          answer.putObject("error").put("message", failed.message());
    }
    HandlerTraces traces = outcome.traces();
    if (traces.completed()) {
      answer.put("stash", Json.write(traces.stash()));
      answer.put("outErrors", Json.write(traces.outErrors()));
    }
    answer.set("logs", Json.texts(outcome.logs()));
    return answer;
  }
}
