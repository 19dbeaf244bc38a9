// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.lambda.mapping.MappingStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reserved concurrency, the account's limits and tags. */
record SettingsOperations(FunctionStore store, MappingStore mappings, LayerStore layers) {
  private static final String TAGS = "/2017-03-31/tags/{Resource}";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PutFunctionConcurrency",
            HttpBinding.put("/2017-10-31/functions/{FunctionName}/concurrency"),
            this::putConcurrency,
            "ReservedConcurrentExecutions"),
        Operation.rest(
            "GetFunctionConcurrency",
            HttpBinding.get("/2019-09-30/functions/{FunctionName}/concurrency"),
            this::getConcurrency),
        Operation.rest(
            "DeleteFunctionConcurrency",
            HttpBinding.delete("/2017-10-31/functions/{FunctionName}/concurrency", 204),
            this::deleteConcurrency),
        Operation.rest(
            "GetAccountSettings", HttpBinding.get("/2016-08-19/account-settings"), this::account),
        Operation.rest("TagResource", HttpBinding.post(TAGS, 204), this::tag, "Tags"),
        Operation.rest(
            "UntagResource",
            new HttpBinding("DELETE", TAGS, 204, Map.of("tagKeys", "TagKeys"), Map.of()),
            this::untag,
            "TagKeys"),
        Operation.rest("ListTags", HttpBinding.get(TAGS), this::listTags));
  }

  private Output putConcurrency(Input input, CallContext context) {
    int reserved =
        input
            .integer("ReservedConcurrentExecutions")
            .orElseThrow(
                () -> LambdaErrors.invalid("ReservedConcurrentExecutions must not be null"));
    if (reserved < 0) {
      throw LambdaErrors.invalid("ReservedConcurrentExecutions must be 0 or more");
    }
    return store.answer(
        input,
        (function, ref) -> {
          store.reserve(function, reserved);
          return concurrency(function);
        });
  }

  private Output getConcurrency(Input input, CallContext context) {
    return Output.of(store.with(FunctionRef.of(input), SettingsOperations::concurrency));
  }

  private Output deleteConcurrency(Input input, CallContext context) {
    return store.change(
        input,
        (function, ref) -> {
          store.reserve(function, null);
        });
  }

  private Output account(Input input, CallContext context) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("AccountLimit")
        .put("TotalCodeSize", 80_530_636_800L)
        .put("CodeSizeUnzipped", Unpacking.MAX_UNZIPPED)
        .put("CodeSizeZipped", 52_428_800)
        .put("ConcurrentExecutions", FunctionHost.ACCOUNT_CONCURRENCY)
        .put(
            "UnreservedConcurrentExecutions",
            FunctionHost.ACCOUNT_CONCURRENCY - store.reservedInAll());
    ObjectNode usage = answer.putObject("AccountUsage");
    store.locked(
        all -> {
          long size = layers.all().stream().mapToLong(version -> version.content().size()).sum();
          for (LambdaFunction function : all.values()) {
            size += function.latest.code().size();
            for (FunctionConfig version : function.versions.values()) {
              size += version.code().size();
            }
          }
          return usage.put("TotalCodeSize", size).put("FunctionCount", all.size());
        });
    return Output.of(answer);
  }

  private Output tag(Input input, CallContext context) {
    withTags(
        input,
        tags -> {
          tags.putAll(input.textMap("Tags"));
          return true;
        });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    // A query parameter that occurs once may arrive as a plain value.
    List<String> keys =
        input
            .node("TagKeys")
            .map(node -> node.isArray() ? input.texts("TagKeys") : List.of(node.asText()))
            .orElse(List.of());
    withTags(
        input,
        tags -> {
          keys.forEach(tags::remove);
          return true;
        });
    return Output.empty();
  }

  private Output listTags(Input input, CallContext context) {
    return Output.of(
        withTags(
            input,
            tags -> {
              ObjectNode answer = JsonNodeFactory.instance.objectNode();
              ObjectNode shown = answer.putObject("Tags");
              tags.forEach(shown::put);
              return answer;
            }));
  }

  /** The tags of a mapping or of a function. */
  private <T> T withTags(Input input, Function<Map<String, String>, T> work) {
    String resource = input.requiredText("Resource");
    Map<String, String> ofMapping = mappings.tags(resource).orElse(null);
    return ofMapping != null
        ? work.apply(ofMapping)
        : store.with(FunctionRef.parse(resource, null), function -> work.apply(function.tags));
  }

  private static ObjectNode concurrency(LambdaFunction function) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    Json.putIfPresent(answer, "ReservedConcurrentExecutions", function.reservedConcurrency);
    return answer;
  }
}
