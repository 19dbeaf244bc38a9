// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.lambda.LambdaFunction.Provisioned;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Provisioned concurrency of versions and aliases: its rules and states. It is ready at once, and
 * the host may start one environment ahead; how many are kept is the host's own rule.
 */
record ProvisionedConcurrency(SimClock clock, FunctionStore store, FunctionHost host) {
  private static final String URI = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx").withZone(ZoneOffset.UTC);

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PutProvisionedConcurrencyConfig",
            HttpBinding.put(URI, 202),
            this::put,
            "Qualifier",
            "ProvisionedConcurrentExecutions"),
        Operation.rest(
            "ListProvisionedConcurrencyConfigs",
            HttpBinding.get(URI + "?List=ALL"),
            this::list,
            "Marker",
            "MaxItems",
            "List"),
        Operation.rest(
            "GetProvisionedConcurrencyConfig", HttpBinding.get(URI), this::get, "Qualifier"),
        Operation.rest(
            "DeleteProvisionedConcurrencyConfig",
            HttpBinding.delete(URI, 204),
            this::delete,
            "Qualifier"));
  }

  private Output put(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String qualifier = qualifier(ref);
    int requested = input.integer("ProvisionedConcurrentExecutions").orElse(0);
    if (requested < 1) {
      throw LambdaErrors.violated(
          requested,
          "provisionedConcurrentExecutions",
          "Member must have value greater than or equal to 1");
    }
    return Output.of(
        store.with(
            ref,
            function -> {
              FunctionConfig version = store.resolve(function, qualifier);
              requireFree(function, qualifier);
              requireRoom(function, qualifier, requested);
              function.provisioned.put(qualifier, new Provisioned(requested, clock.now()));
              host.activate(store.spec(function, version));
              ObjectNode answer = state(function, qualifier);
              answer.put("AvailableProvisionedConcurrentExecutions", 0);
              answer.put("AllocatedProvisionedConcurrentExecutions", 0);
              return answer.put("Status", "IN_PROGRESS");
            }));
  }

  /** A version has it once: by its number, or by one alias. */
  private static void requireFree(LambdaFunction function, String qualifier) {
    LambdaFunction.Alias alias = function.aliases.get(qualifier);
    if (alias != null && function.provisioned.containsKey(alias.version())) {
      throw LambdaErrors.conflict(
          "Alias can't be used for Provisioned Concurrency configuration on an already"
              + " Provisioned version");
    }
    boolean byAlias =
        function.provisioned.keySet().stream()
            .map(function.aliases::get)
            .anyMatch(other -> other != null && other.version().equals(qualifier));
    if (byAlias) {
      throw LambdaErrors.conflict("Version is pointed by a Provisioned Concurrency alias");
    }
  }

  private void requireRoom(LambdaFunction function, String qualifier, int requested) {
    int others = total(function) - requested(function, qualifier);
    Integer reserved = function.reservedConcurrency;
    if (reserved != null && others + requested > reserved) {
      throw LambdaErrors.invalid(
          "Requested Provisioned Concurrency should not be greater than the"
              + " reservedConcurrentExecution for function");
    }
    int unreserved = FunctionHost.ACCOUNT_CONCURRENCY - store.reservedInAll();
    if (reserved == null && others + requested > unreserved - FunctionStore.MIN_UNRESERVED) {
      throw LambdaErrors.invalid(
          "Specified ConcurrentExecutions for function is greater than account's unreserved"
              + " concurrency ["
              + unreserved
              + "].");
    }
  }

  private static int requested(LambdaFunction function, String qualifier) {
    return Optional.ofNullable(function.provisioned.get(qualifier))
        .map(Provisioned::requested)
        .orElse(0);
  }

  /** The total over all versions and aliases of a function. */
  static int total(LambdaFunction function) {
    return function.provisioned.values().stream().mapToInt(Provisioned::requested).sum();
  }

  private Output get(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String qualifier = qualifier(ref);
    return Output.of(
        store.with(
            ref,
            function -> {
              requireExisting(function, qualifier);
              return state(function, qualifier);
            }));
  }

  private Output list(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    var items = new ArrayList<ObjectNode>();
    store.with(
        ref,
        function -> {
          for (String qualifier : function.provisioned.keySet()) {
            ObjectNode item = JsonNodeFactory.instance.objectNode();
            item.put("FunctionArn", function.arn + ":" + qualifier);
            items.add(item.setAll(state(function, qualifier)));
          }
          return true;
        });
    return LambdaPages.of(items, "ProvisionedConcurrencyConfigs", input);
  }

  private Output delete(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String qualifier = qualifier(ref);
    store.with(
        ref,
        function -> {
          store.resolve(function, qualifier);
          function.provisioned.remove(qualifier);
          return true;
        });
    return Output.empty();
  }

  private static void requireExisting(LambdaFunction function, String qualifier) {
    if (!function.provisioned.containsKey(qualifier)) {
      throw LambdaErrors.noProvisionedConcurrency();
    }
  }

  private static ObjectNode state(LambdaFunction function, String qualifier) {
    Provisioned provisioned = function.provisioned.get(qualifier);
    int requested = requested(function, qualifier);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("RequestedProvisionedConcurrentExecutions", requested);
    json.put("AvailableProvisionedConcurrentExecutions", requested);
    json.put("AllocatedProvisionedConcurrentExecutions", requested);
    json.put("Status", "READY");
    if (provisioned != null) {
      json.put("LastModified", TIME.format(provisioned.modified()));
    }
    return json;
  }

  private static String qualifier(FunctionRef ref) {
    String qualifier = ref.qualifier();
    if (qualifier == null || qualifier.equals("$LATEST")) {
      throw LambdaErrors.invalid(
          "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    }
    return qualifier;
  }
}
