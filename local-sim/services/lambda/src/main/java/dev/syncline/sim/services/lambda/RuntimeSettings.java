// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.lambda.LambdaFunction.RuntimeUpdates;
import java.util.List;
import java.util.Set;

/**
 * Recursion detection and runtime management: stored and shown only. No function is stopped, and
 * the runtime is the machine's.
 */
record RuntimeSettings(FunctionStore store) {
  private static final String RECURSION = "/2024-08-31/functions/{FunctionName}/recursion-config";
  private static final String RUNTIME =
      "/2021-07-20/functions/{FunctionName}/runtime-management-config";
  private static final Set<String> LOOPS = Set.of("Allow", "Terminate");
  private static final Set<String> UPDATES = Set.of("Auto", "Manual", "FunctionUpdate");
  private static final RuntimeUpdates AUTO = new RuntimeUpdates("Auto", null);

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "GetFunctionRecursionConfig", HttpBinding.get(RECURSION), this::getRecursion),
        Operation.rest(
            "PutFunctionRecursionConfig",
            HttpBinding.put(RECURSION),
            this::putRecursion,
            "RecursiveLoop"),
        Operation.rest(
            "GetRuntimeManagementConfig", HttpBinding.get(RUNTIME), this::getRuntime, "Qualifier"),
        Operation.rest(
            "PutRuntimeManagementConfig",
            HttpBinding.put(RUNTIME),
            this::putRuntime,
            "Qualifier",
            "UpdateRuntimeOn",
            "RuntimeVersionArn"));
  }

  private Output getRecursion(Input input, CallContext context) {
    return store.answer(input, (function, ref) -> recursion(function.recursiveLoop));
  }

  private Output putRecursion(Input input, CallContext context) {
    String loop = oneOf(input, "RecursiveLoop", "recursiveLoop", LOOPS);
    return store.answer(
        input,
        (function, ref) -> {
          function.recursiveLoop = loop;
          return recursion(loop);
        });
  }

  private static ObjectNode recursion(String loop) {
    return JsonNodeFactory.instance.objectNode().put("RecursiveLoop", loop);
  }

  private Output getRuntime(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          store.resolve(function, ref.qualifier());
          return runtime(function, ref);
        });
  }

  private Output putRuntime(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String updateOn = oneOf(input, "UpdateRuntimeOn", "updateRuntimeOn", UPDATES);
    String version = input.text("RuntimeVersionArn").orElse(null);
    boolean manual = updateOn.equals("Manual");
    if (manual != (version != null)) {
      throw LambdaErrors.invalid(
          manual
              ? "RuntimeVersionArn must be provided when UpdateRuntimeOn is Manual."
              : "RuntimeVersionArn can only be provided when UpdateRuntimeOn is Manual.");
    }
    return Output.of(
        store.with(
            ref,
            function -> {
              store.resolve(function, ref.qualifier());
              function.runtimeUpdates.put(key(ref), new RuntimeUpdates(updateOn, version));
              return runtime(function, ref);
            }));
  }

  private static ObjectNode runtime(LambdaFunction function, FunctionRef ref) {
    RuntimeUpdates updates = function.runtimeUpdates.getOrDefault(key(ref), AUTO);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("UpdateRuntimeOn", updates.updateOn());
    json.put("FunctionArn", function.arn + (key(ref).isEmpty() ? "" : ":" + key(ref)));
    Json.putIfPresent(json, "RuntimeVersionArn", updates.runtimeVersionArn());
    return json;
  }

  private static String key(FunctionRef ref) {
    String qualifier = ref.qualifier();
    return qualifier == null || qualifier.equals("$LATEST") ? "" : qualifier;
  }

  private static String oneOf(Input input, String member, String shown, Set<String> values) {
    String value = input.requiredText(member);
    if (!values.contains(value)) {
      throw LambdaErrors.violated(
          value, shown, "Member must satisfy enum value set: " + values.stream().sorted().toList());
    }
    return value;
  }
}
