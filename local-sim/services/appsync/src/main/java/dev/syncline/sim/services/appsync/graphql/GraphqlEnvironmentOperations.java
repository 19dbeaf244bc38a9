// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Environment variables of an API, which resolvers read as {@code ctx.env}. Thread-safe. */
record GraphqlEnvironmentOperations(GraphqlApiStore store) {
  private static final int MAX_VARIABLES = 50;
  private static final int MAX_VALUE = 512;
  private static final Pattern NAME = Pattern.compile("(?=.{2,64}$)[A-Za-z]+\\w*");
  private static final String VARIABLES = "environmentVariables";
  private static final String URI = "/v1/apis/{apiId}/environmentVariables";

  List<Operation> operations() {
    return List.of(
        Operation.rest("GetGraphqlApiEnvironmentVariables", HttpBinding.get(URI), this::get),
        Operation.rest(
            "PutGraphqlApiEnvironmentVariables: " + VARIABLES, HttpBinding.put(URI), this::put));
  }

  private Output get(Input input, CallContext context) {
    return answer(store.get(AppSyncErrors.required(input, "apiId")));
  }

  /** Replaces all variables. */
  private Output put(Input input, CallContext context) {
    if (!input.has(VARIABLES)) {
      throw AppSyncErrors.badRequest("'" + VARIABLES + "' is required.");
    }
    var variables = new TreeMap<>(input.textMap(VARIABLES));
    if (variables.size() > MAX_VARIABLES) {
      throw AppSyncErrors.badRequest(
          "'"
              + VARIABLES
              + "' must have at most "
              + MAX_VARIABLES
              + " variables, not "
              + variables.size()
              + ".");
    }
    variables.forEach(GraphqlEnvironmentOperations::check);
    return answer(
        store.change(
            AppSyncErrors.required(input, "apiId"), api -> api.withEnvironment(variables)));
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw AppSyncErrors.badRequest(
          "The environment variable '"
              + name
              + "' must have 2 to 64 letters, digits or underscores and begin with a letter.");
    }
    if (value.length() > MAX_VALUE) {
      throw AppSyncErrors.badRequest(
          "The value of the environment variable '"
              + name
              + "' is longer than "
              + MAX_VALUE
              + " characters.");
    }
  }

  private static Output answer(GraphqlApiRecord api) {
    var variables = Json.object();
    api.environment().forEach(variables::put);
    return Output.of(Json.object().set(VARIABLES, variables));
  }
}
