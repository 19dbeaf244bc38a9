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
import java.util.ArrayList;
import java.util.List;

/** Reads functions. */
record FunctionQueries(FunctionStore store, ConfigWriter writer, CodeLinks links) {
  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "GetFunction", HttpBinding.get(FunctionOperations.ONE), this::get, "Qualifier"),
        Operation.rest(
            "GetFunctionConfiguration",
            HttpBinding.get(FunctionOperations.ONE + "/configuration"),
            this::getConfiguration,
            "Qualifier"),
        Operation.rest(
            "ListFunctions",
            HttpBinding.get(FunctionOperations.BASE),
            this::list,
            "FunctionVersion",
            "Marker",
            "MaxItems"),
        Operation.rest(
            "GetFunctionCodeSigningConfig",
            HttpBinding.get("/2020-06-30/functions/{FunctionName}/code-signing-config"),
            this::codeSigning));
  }

  private Output get(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          ObjectNode answer = JsonNodeFactory.instance.objectNode();
          answer.set(
              "Configuration",
              writer.write(
                  function, store.resolve(function, ref.qualifier()), ref.qualifier() != null));
          answer
              .putObject("Code")
              .put("RepositoryType", "S3")
              .put(
                  "Location",
                  links.to(function.name, store.resolve(function, ref.qualifier()).code()));
          Json.putUnlessEmpty(answer, "Tags", function.tags);
          if (function.reservedConcurrency != null) {
            answer
                .putObject("Concurrency")
                .put("ReservedConcurrentExecutions", function.reservedConcurrency);
          }
          return answer;
        });
  }

  private Output getConfiguration(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) ->
            writer.write(
                function, store.resolve(function, ref.qualifier()), ref.qualifier() != null));
  }

  private Output list(Input input, CallContext context) {
    boolean all = input.text("FunctionVersion").filter("ALL"::equals).isPresent();
    var items = new ArrayList<ObjectNode>();
    store.locked(
        functions -> {
          for (LambdaFunction function : functions.values()) {
            items.add(writer.write(function, function.latest, all));
            if (all) {
              function.versions.values().forEach(v -> items.add(writer.write(function, v, true)));
            }
          }
          return true;
        });
    return LambdaPages.of(items, "Functions", input);
  }

  private Output codeSigning(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) ->
            JsonNodeFactory.instance.objectNode().put("FunctionName", function.name));
  }
}
