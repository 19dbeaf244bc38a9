// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and checks the members of a data source. Stateless. */
final class DataSourceChecks {
  private static final String METRICS = "metricsConfig";
  private static final List<String> METRICS_CONFIGS = List.of("ENABLED", "DISABLED");
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");
  private static final String REGION = "awsRegion";
  private static final String ENDPOINT = "endpoint";
  private static final String VERSIONED = "versioned";
  private static final String AUTHORIZATION = "authorizationConfig";

  private DataSourceChecks() {}

  /** The name of a data source to create. */
  static String newName(Input input) {
    String name = AppSyncErrors.required(input, "name");
    if (!NAME.matcher(name).matches()) {
      throw AppSyncErrors.badRequest("'name' must match " + NAME + ", got '" + name + "'.");
    }
    return name;
  }

  /**
   * The data source that a request describes.
   *
   * @param supported the types of this kind of API; any other is refused by name
   */
  static DataSource read(Input input, String name, String arn, Set<DataSource.Type> supported) {
    DataSource.Type type = type(AppSyncErrors.required(input, "type"), supported);
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
      if (supported.equals(DataSource.Type.OF_EVENTS) && config.has(AUTHORIZATION)) {
        throw AppSyncErrors.unsupported(
            "the member '" + type.member() + "." + AUTHORIZATION + "' for Event APIs");
      }
      settings.set(type.member(), config.json().deepCopy());
    }
    return new DataSource(name, arn, type, input.text("description").orElse(null), settings);
  }

  private static void check(DataSource.Type type, Input config) {
    String path = type.member();
    switch (type) {
      case AWS_LAMBDA -> members(config, path, List.of("lambdaFunctionArn"), List.of());
      case AMAZON_EVENTBRIDGE -> members(config, path, List.of("eventBusArn"), List.of());
      case AMAZON_DYNAMODB -> table(config, path);
      case HTTP -> {
        members(config, path, List.of(ENDPOINT), List.of(AUTHORIZATION));
        requireEndpoint(AppSyncErrors.required(config, ENDPOINT));
        config
            .structure(AUTHORIZATION)
            .ifPresent(given -> authorization(given, path + "." + AUTHORIZATION));
      }
      case AMAZON_OPENSEARCH_SERVICE, AMAZON_ELASTICSEARCH ->
          members(config, path, List.of(ENDPOINT, REGION), List.of());
      case RELATIONAL_DATABASE -> database(config, path);
      case NONE, AMAZON_BEDROCK_RUNTIME -> {}
    }
  }

  private static void table(Input config, String path) {
    members(
        config,
        path,
        List.of("tableName", REGION),
        List.of("useCallerCredentials", VERSIONED, "deltaSyncConfig"));
    if (config.bool(VERSIONED, false) || config.has("deltaSyncConfig")) {
      throw AppSyncErrors.unsupported("versioned data sources ('dynamodbConfig.versioned')");
    }
  }

  private static void authorization(Input given, String path) {
    members(given, path, List.of("authorizationType"), List.of("awsIamConfig"));
    String type = AppSyncErrors.required(given, "authorizationType");
    if (!type.equals("AWS_IAM")) {
      throw AppSyncErrors.badRequest(
          "'" + path + ".authorizationType' must be AWS_IAM, got '" + type + "'.");
    }
    given
        .structure("awsIamConfig")
        .ifPresent(
            signing ->
                members(
                    signing,
                    path + ".awsIamConfig",
                    List.of(),
                    List.of("signingRegion", "signingServiceName")));
  }

  private static void database(Input config, String path) {
    members(
        config, path, List.of(), List.of("relationalDatabaseSourceType", "rdsHttpEndpointConfig"));
    config
        .structure("rdsHttpEndpointConfig")
        .ifPresent(
            endpoint ->
                members(
                    endpoint,
                    path + ".rdsHttpEndpointConfig",
                    List.of(),
                    List.of(
                        REGION,
                        "dbClusterIdentifier",
                        "databaseName",
                        "schema",
                        "awsSecretStoreArn")));
  }

  /** Refuses members that AWS does not have, and requires some. */
  private static void members(
      Input structure, String path, List<String> required, List<String> optional) {
    var all = new ArrayList<>(required);
    all.addAll(optional);
    AppSyncErrors.onlySupported(structure, path, all);
    for (String member : required) {
      AppSyncErrors.required(structure, member);
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

  private static DataSource.Type type(String text, Set<DataSource.Type> supported) {
    return Arrays.stream(DataSource.Type.values())
        .filter(type -> type.name().equals(text) && supported.contains(type))
        .findFirst()
        .orElseThrow(
            () ->
                AppSyncErrors.unsupported(
                    "data sources of type "
                        + text
                        + ", only "
                        + Arrays.stream(DataSource.Type.values())
                            .filter(supported::contains)
                            .toList()));
  }
}
