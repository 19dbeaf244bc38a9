// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of pipeline resolvers. Thread-safe. */
record GraphqlFunctionOperations(GraphqlApiStore store, GraphqlStepReader reader, Ids ids) {
  private static final int ID_LENGTH = 26;
  private static final String VERSION = "2018-05-29";
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");
  private static final String ALL = "/v1/apis/{apiId}/functions";
  private static final String ONE = ALL + "/{functionId}";
  private static final String[] MEMBERS = {
    "name",
    "description",
    "dataSourceName",
    "requestMappingTemplate",
    "responseMappingTemplate",
    "functionVersion",
    "syncConfig",
    "maxBatchSize",
    "runtime",
    "code"
  };

  List<Operation> operations() {
    return List.of(
        Operation.rest("CreateFunction", HttpBinding.post(ALL), this::create, MEMBERS),
        Operation.rest("GetFunction", HttpBinding.get(ONE), this::get),
        Operation.rest("UpdateFunction", HttpBinding.post(ONE), this::update, MEMBERS),
        Operation.rest("DeleteFunction", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListFunctions: nextToken, maxResults", HttpBinding.get(ALL), this::listFunctions),
        Operation.rest(
            "ListResolversByFunction: nextToken, maxResults",
            HttpBinding.get(ONE + "/resolvers"),
            this::listResolvers));
  }

  private Output create(Input input, CallContext context) {
    String apiId = AppSyncErrors.required(input, "apiId");
    store.get(apiId);
    return put(input, apiId, ids.lowerAlphanumeric(ID_LENGTH), false);
  }

  private Output update(Input input, CallContext context) {
    String id = AppSyncErrors.required(input, "functionId");
    return put(input, AppSyncErrors.required(input, "apiId"), id, true);
  }

  private Output put(Input input, String apiId, String id, boolean mustExist) {
    if (mustExist) {
      require(store.get(apiId), id);
    }
    String name = AppSyncErrors.required(input, "name");
    if (!NAME.matcher(name).matches()) {
      throw AppSyncErrors.badRequest("'name' must match " + NAME + ", got '" + name + "'.");
    }
    String dataSource = AppSyncErrors.required(input, "dataSourceName");
    GraphqlStepSource source = reader.source(input);
    var syncConfig = GraphqlStepReader.syncConfig(input);
    int maxBatchSize = GraphqlStepReader.maxBatchSize(input);
    String version = version(input, source);
    GraphqlApiRecord changed =
        store.change(
            apiId,
            api -> {
              if (mustExist) {
                require(api, id);
              }
              GraphqlStepReader.requireTemplates(
                  source, GraphqlStepReader.requireSource(api, dataSource).type());
              var functions = new TreeMap<>(api.functions());
              functions.put(
                  id,
                  new GraphqlFunctionRecord(
                      id,
                      api.arn() + "/functions/" + id,
                      name,
                      input.text("description").orElse(null),
                      dataSource,
                      source,
                      version,
                      syncConfig,
                      maxBatchSize));
              return api.withFunctions(functions);
            });
    return answer(require(changed, id));
  }

  private static @Nullable String version(Input input, GraphqlStepSource source) {
    String given = GraphqlStepReader.given(input, "functionVersion").orElse(null);
    if (source.code() != null) {
      if (given != null) {
        throw AppSyncErrors.badRequest("Function version not supported with the provided runtime.");
      }
      return null;
    }
    if (given != null && !given.equals(VERSION)) {
      throw AppSyncErrors.badRequest(
          "'functionVersion' must be " + VERSION + ", not '" + given + "'.");
    }
    return VERSION;
  }

  private Output get(Input input, CallContext context) {
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    return answer(require(api, AppSyncErrors.required(input, "functionId")));
  }

  private Output delete(Input input, CallContext context) {
    String id = AppSyncErrors.required(input, "functionId");
    store.change(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          require(api, id);
          usedBy(api, id).values().stream()
              .findFirst()
              .ifPresent(
                  resolver -> {
                    throw AppSyncErrors.badRequest(
                        "Function " + id + " is used by the resolver " + resolver.key() + ".");
                  });
          var functions = new TreeMap<>(api.functions());
          functions.remove(id);
          return api.withFunctions(functions);
        });
    return Output.empty();
  }

  private Output listFunctions(Input input, CallContext context) {
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    return Output.of(
        AppSyncPages.page(input, "functions", api.functions(), GraphqlFunctionRecord::json));
  }

  private Output listResolvers(Input input, CallContext context) {
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    String id = AppSyncErrors.required(input, "functionId");
    require(api, id);
    return Output.of(
        AppSyncPages.page(input, "resolvers", usedBy(api, id), GraphqlResolverRecord::json));
  }

  /** Resolvers of existing fields that run the function. */
  private static NavigableMap<String, GraphqlResolverRecord> usedBy(
      GraphqlApiRecord api, String functionId) {
    NavigableMap<String, GraphqlResolverRecord> using = GraphqlResolverOperations.visible(api);
    using.values().removeIf(resolver -> !resolver.functions().contains(functionId));
    return using;
  }

  /**
   * The function of that id.
   *
   * @throws AwsException when the API does not have it
   */
  private static GraphqlFunctionRecord require(GraphqlApiRecord api, String id) {
    GraphqlFunctionRecord function = api.functions().get(id);
    if (function == null) {
      throw AppSyncErrors.missing("Function " + id + " not found");
    }
    return function;
  }

  private static Output answer(GraphqlFunctionRecord function) {
    return Output.of(Json.object().set("functionConfiguration", function.json()));
  }
}
