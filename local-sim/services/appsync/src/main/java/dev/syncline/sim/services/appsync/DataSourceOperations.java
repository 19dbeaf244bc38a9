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
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Data sources of an API: Lambda, EventBridge, HTTP and none; other types are refused by name.
 * Thread-safe.
 */
record DataSourceOperations(ApiStore store, EventsLimits limits) {
  private static final String ALL = "/v1/apis/{apiId}/datasources";
  private static final String ONE = ALL + "/{name}";
  private static final String[] MEMBERS = {
    "name",
    "description",
    "type",
    "serviceRoleArn",
    "metricsConfig",
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
    ApiRecord updated =
        store.update(
            AppSyncErrors.required(input, "apiId"),
            api -> {
              check.accept(api.dataSources());
              var sources = new TreeMap<>(api.dataSources());
              sources.put(
                  name,
                  DataSourceChecks.read(
                      input, name, api.arn() + "/datasources/" + name, DataSource.Type.OF_EVENTS));
              return api.withDataSources(sources);
            });
    return answer(require(updated.dataSources(), name));
  }

  private Output get(Input input, CallContext context) {
    ApiRecord api = store.get(AppSyncErrors.required(input, "apiId")).stored();
    return answer(require(api.dataSources(), AppSyncErrors.required(input, "name")));
  }

  private Output delete(Input input, CallContext context) {
    String name = AppSyncErrors.required(input, "name");
    store.update(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          require(api.dataSources(), name);
          api.namespaces()
              .values()
              .forEach(
                  namespace -> {
                    if (namespace.handlers().uses(name)) {
                      throw AppSyncErrors.badRequest(
                          "Data source "
                              + name
                              + " is used by the channel namespace "
                              + namespace.name()
                              + ".");
                    }
                  });
          var sources = new TreeMap<>(api.dataSources());
          sources.remove(name);
          return api.withDataSources(sources);
        });
    return Output.empty();
  }

  private Output listSources(Input input, CallContext context) {
    ApiRecord api = store.get(AppSyncErrors.required(input, "apiId")).stored();
    return Output.of(AppSyncPages.page(input, "dataSources", api.dataSources(), DataSource::json));
  }

  private static DataSource require(NavigableMap<String, DataSource> sources, String name) {
    DataSource source = sources.get(name);
    if (source == null) {
      throw AppSyncErrors.notFound("Data source " + name);
    }
    return source;
  }

  private static Output answer(DataSource source) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("dataSource", source.json());
    return Output.of(answer);
  }
}
