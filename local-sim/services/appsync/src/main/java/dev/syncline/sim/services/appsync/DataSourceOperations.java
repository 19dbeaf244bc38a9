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
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.Pattern;

/**
 * Data sources of both kinds of API: Lambda, EventBridge, HTTP and none; other types are refused by
 * name. Thread-safe.
 */
record DataSourceOperations(SharedApis apis, EventsLimits limits) {
  private static final String METRICS = "metricsConfig";
  private static final List<String> METRICS_CONFIGS = List.of("ENABLED", "DISABLED");
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");
  private static final String ALL = "/v1/apis/{apiId}/datasources";
  private static final String ONE = ALL + "/{name}";
  private static final String[] MEMBERS = {
    "name",
    "description",
    "type",
    "serviceRoleArn",
    METRICS,
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
    String name = AppSyncErrors.required(input, "name");
    if (!NAME.matcher(name).matches()) {
      throw AppSyncErrors.badRequest("'name' must match " + NAME + ", got '" + name + "'.");
    }
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
            apiArn -> read(input, name, apiArn + "/datasources/" + name)));
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

  private static DataSource read(Input input, String name, String arn) {
    DataSource.Type type = type(AppSyncErrors.required(input, "type"));
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    for (String member : List.of("serviceRoleArn", METRICS)) {
      input.text(member).ifPresent(value -> settings.put(member, value));
    }
    if (!METRICS_CONFIGS.contains(settings.path(METRICS).asText("DISABLED"))) {
      throw AppSyncErrors.badRequest("'metricsConfig' must be one of " + METRICS_CONFIGS + ".");
    }
    for (DataSource.Type other : DataSource.Type.values()) {
      if (other != type && !other.member().isEmpty() && input.has(other.member())) {
        throw AppSyncErrors.badRequest(
            "'" + other.member() + "' does not belong to a data source of type " + type + ".");
      }
    }
    if (!type.member().isEmpty()) {
      Input config =
          input
              .structure(type.member())
              .orElseThrow(
                  () ->
                      AppSyncErrors.badRequest(
                          "'" + type.member() + "' is required for the type " + type + "."));
      check(type, config);
      settings.set(type.member(), config.json().deepCopy());
    }
    return new DataSource(name, arn, type, input.text("description").orElse(null), settings);
  }

  private static void check(DataSource.Type type, Input config) {
    String path = type.member();
    switch (type) {
      case AWS_LAMBDA -> {
        AppSyncErrors.onlySupported(config, path, List.of("lambdaFunctionArn"));
        AppSyncErrors.required(config, "lambdaFunctionArn");
      }
      case AMAZON_EVENTBRIDGE -> {
        AppSyncErrors.onlySupported(config, path, List.of("eventBusArn"));
        AppSyncErrors.required(config, "eventBusArn");
      }
      case HTTP -> {
        AppSyncErrors.onlySupported(config, path, List.of("endpoint"));
        requireEndpoint(AppSyncErrors.required(config, "endpoint"));
      }
      case NONE -> {}
    }
  }

  private static void requireEndpoint(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      String path = uri.getRawPath();
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && (path == null || path.isEmpty() || path.equals("/"))) {
        return;
      }
    } catch (java.net.URISyntaxException malformed) {
      // The error below covers it.
    }
    throw AppSyncErrors.badRequest(
        "'httpConfig.endpoint' must be a URL with a host and no path, got '" + endpoint + "'.");
  }

  private static DataSource.Type type(String text) {
    return Arrays.stream(DataSource.Type.values())
        .filter(type -> type.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                AppSyncErrors.unsupported(
                    "data sources of type "
                        + text
                        + ", only "
                        + Arrays.toString(DataSource.Type.values())));
  }

  private static Output answer(DataSource source) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("dataSource", source.json());
    return Output.of(answer);
  }
}
