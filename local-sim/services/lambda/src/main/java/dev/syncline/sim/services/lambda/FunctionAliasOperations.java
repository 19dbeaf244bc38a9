// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Aliases. */
record FunctionAliasOperations(FunctionStore store, FunctionHost host) {
  private static final String ALL = "/2015-03-31/functions/{FunctionName}/aliases";
  private static final String ONE = ALL + "/{Name}";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateAlias",
            HttpBinding.post(ALL, 201),
            this::create,
            "Name",
            "FunctionVersion",
            "Description",
            "RoutingConfig"),
        Operation.rest("GetAlias", HttpBinding.get(ONE), this::get),
        Operation.rest(
            "UpdateAlias",
            HttpBinding.put(ONE),
            this::update,
            "FunctionVersion",
            "Description",
            "RoutingConfig",
            "RevisionId"),
        Operation.rest("DeleteAlias", HttpBinding.delete(ONE, 204), this::delete),
        Operation.rest(
            "ListAliases",
            HttpBinding.get(ALL),
            this::list,
            "FunctionVersion",
            "Marker",
            "MaxItems"));
  }

  private Output create(Input input, CallContext context) {
    String name = input.requiredText("Name");
    if (!name.matches("(?!^[0-9]+$)[a-zA-Z0-9-_]{1,128}")) {
      throw LambdaErrors.violated(
          name,
          "name",
          "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    }
    return store.answer(
        input,
        (function, ref) -> {
          if (function.aliases.containsKey(name)) {
            throw LambdaErrors.conflict("Alias already exists: " + function.arn + ":" + name);
          }
          String version = version(function, input.requiredText("FunctionVersion"));
          var alias =
              new LambdaFunction.Alias(
                  name,
                  version,
                  input.text("Description").orElse(""),
                  weights(function, input),
                  store.newRevision());
          return put(function, alias);
        });
  }

  /** A version with an alias will be invoked, so the host may start it ahead. */
  private ObjectNode put(LambdaFunction function, LambdaFunction.Alias alias) {
    function.aliases.put(alias.name(), alias);
    host.activate(store.spec(function, store.resolve(function, alias.version())));
    return ConfigWriter.write(function, alias);
  }

  private Output get(Input input, CallContext context) {
    return store.answer(
        input, (function, ref) -> ConfigWriter.write(function, existing(function, input)));
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          LambdaFunction.Alias before = existing(function, input);
          String expected = input.text("RevisionId").orElse("");
          if (!expected.isEmpty() && !expected.equals(before.revisionId())) {
            throw LambdaErrors.staleRevision("GetAlias");
          }
          var alias =
              new LambdaFunction.Alias(
                  before.name(),
                  input
                      .text("FunctionVersion")
                      .map(version -> version(function, version))
                      .orElse(before.version()),
                  input.text("Description").orElse(before.description()),
                  input.has("RoutingConfig") ? weights(function, input) : before.weights(),
                  store.newRevision());
          return put(function, alias);
        });
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        (function, ref) -> {
          String name = input.requiredText("Name");
          function.aliases.remove(name);
          function.urls.remove(name);
        });
  }

  private Output list(Input input, CallContext context) {
    String version = input.text("FunctionVersion").orElse("");
    List<ObjectNode> items =
        store.with(
            FunctionRef.of(input),
            function -> {
              var all = new ArrayList<ObjectNode>();
              for (LambdaFunction.Alias alias : function.aliases.values()) {
                if (version.isEmpty() || alias.version().equals(version)) {
                  all.add(ConfigWriter.write(function, alias));
                }
              }
              return all;
            });
    return LambdaPages.of(items, "Aliases", input);
  }

  private String version(LambdaFunction function, String version) {
    if (function.aliases.containsKey(version)) {
      throw LambdaErrors.invalid("An alias points to a version, not to an alias: " + version);
    }
    return store.resolve(function, version).version();
  }

  private Map<String, Double> weights(LambdaFunction function, Input input) {
    var weights = new TreeMap<String, Double>();
    input
        .structure("RoutingConfig")
        .flatMap(
            routing ->
                routing.only("AdditionalVersionWeights").structure("AdditionalVersionWeights"))
        .ifPresent(
            given ->
                given
                    .json()
                    .properties()
                    .forEach(
                        entry -> {
                          JsonNode weight = entry.getValue();
                          if (!weight.isNumber()
                              || weight.asDouble() < 0
                              || weight.asDouble() > 1) {
                            throw LambdaErrors.invalid(
                                "A version's weight must be from 0.0 to 1.0: " + entry.getKey());
                          }
                          weights.put(version(function, entry.getKey()), weight.asDouble());
                        }));
    return weights;
  }

  private static LambdaFunction.Alias existing(LambdaFunction function, Input input) {
    String name = input.requiredText("Name");
    LambdaFunction.Alias alias = function.aliases.get(name);
    if (alias == null) {
      throw LambdaErrors.notFound("Cannot find alias arn: " + function.arn + ":" + name);
    }
    return alias;
  }
}
