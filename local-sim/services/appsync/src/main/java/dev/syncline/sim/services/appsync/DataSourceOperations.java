// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.List;
import java.util.NavigableMap;

/**
 * Data sources of both kinds of API: Lambda, EventBridge, HTTP and none; other types are refused by
 * name. Thread-safe.
 */
record DataSourceOperations(SharedApis apis, EventsLimits limits) {
  private static final String ALL = "/v1/apis/{apiId}/datasources";
  private static final String ONE = ALL + "/{name}";
  private static final String[] MEMBERS = {
    "name",
    "description",
    "type",
    "serviceRoleArn",
    "metricsConfig",
    "dynamodbConfig",
    "elasticsearchConfig",
    "openSearchServiceConfig",
    "relationalDatabaseConfig",
    "lambdaConfig",
    "httpConfig",
    "eventBridgeConfig"
  };

  List<Operation> operations() {
    return List.of(
        Operation.rest("CreateDataSource", HttpBinding.post(ALL), this::create, MEMBERS),
        Operation.rest("GetDataSource", HttpBinding.get(ONE), this::get),
        Operation.rest("UpdateDataSource", HttpBinding.post(ONE), this::update, MEMBERS),
        Operation.rest("DeleteDataSource", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListDataSources: nextToken, maxResults", HttpBinding.get(ALL), this::listSources));
  }

  private Output create(Input input, CallContext context) {
    String name = DataSourceChecks.newName(input);
    return put(
        input,
        name,
        sources -> {
          if (sources.containsKey(name)) {
            throw AppSyncErrors.badRequest("Data source with name " + name + " already exists.");
          }
          if (sources.size() >= limits.dataSourcesPerApi()) {
            throw AppSyncErrors.badRequest(
                "The API has " + limits.dataSourcesPerApi() + " data sources already.");
          }
        });
  }

  private Output update(Input input, CallContext context) {
    String name = AppSyncErrors.required(input, "name");
    return put(input, name, sources -> require(sources, name));
  }

  private Output put(
      Input input,
      String name,
      java.util.function.Consumer<NavigableMap<String, DataSource>> check) {
    return answer(
        apis.putSource(
            AppSyncErrors.required(input, "apiId"),
            name,
            check,
            (apiArn, types) ->
                DataSourceChecks.read(input, name, apiArn + "/datasources/" + name, types)));
  }

  private Output get(Input input, CallContext context) {
    NavigableMap<String, DataSource> sources =
        apis.dataSources(AppSyncErrors.required(input, "apiId"));
    return answer(require(sources, AppSyncErrors.required(input, "name")));
  }

  private Output delete(Input input, CallContext context) {
    String name = AppSyncErrors.required(input, "name");
    apis.removeSource(
        AppSyncErrors.required(input, "apiId"), name, sources -> require(sources, name));
    return Output.empty();
  }

  private Output listSources(Input input, CallContext context) {
    NavigableMap<String, DataSource> sources =
        apis.dataSources(AppSyncErrors.required(input, "apiId"));
    return Output.of(AppSyncPages.page(input, "dataSources", sources, DataSource::json));
  }

  private static DataSource require(NavigableMap<String, DataSource> sources, String name) {
    DataSource source = sources.get(name);
    if (source == null) {
      throw AppSyncErrors.missing("No data source found named " + name);
    }
    return source;
  }

  private static Output answer(DataSource source) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("dataSource", source.json());
    return Output.of(answer);
  }
}
