// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import dev.syncline.sim.services.appsync.graphql.GraphqlResolverRecord.Caching;
import dev.syncline.sim.services.appsync.graphql.GraphqlResolverRecord.Kind;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolvers of fields. Those of fields that the schema no longer has are kept. Thread-safe. */
record GraphqlResolverOperations(GraphqlApiStore store, GraphqlStepReader reader) {
  private static final int MAX_FUNCTIONS = 10;
  private static final int MAX_TTL_SECONDS = 3_600;
  private static final Pattern CACHING_KEY =
      Pattern.compile("\\$(context|ctx)\\.(arguments|args|source|identity)(\\.[^.\\s]+)*");
  private static final String CACHING = "cachingConfig";
  private static final String PIPELINE = "pipelineConfig";
  private static final String METRICS = "metricsConfig";
  private static final String SOURCE = "dataSourceName";
  private static final String ALL = "/v1/apis/{apiId}/types/{typeName}/resolvers";
  private static final String ONE = ALL + "/{fieldName}";
  private static final String MEMBERS =
      ": dataSourceName, requestMappingTemplate, responseMappingTemplate, kind, pipelineConfig,"
          + " syncConfig, cachingConfig, maxBatchSize, runtime, code, metricsConfig";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateResolver" + MEMBERS + ", fieldName", HttpBinding.post(ALL), this::create),
        Operation.rest("GetResolver", HttpBinding.get(ONE), this::get),
        Operation.rest("UpdateResolver" + MEMBERS, HttpBinding.post(ONE), this::update),
        Operation.rest("DeleteResolver", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListResolvers: nextToken, maxResults", HttpBinding.get(ALL), this::listResolvers));
  }

  /** The resolvers of fields that the schema has; a new map. */
  static NavigableMap<String, GraphqlResolverRecord> visible(GraphqlApiRecord api) {
    var visible = new TreeMap<>(api.resolvers());
    visible
        .values()
        .removeIf(
            resolver ->
                !GraphqlSchemas.hasField(api.schema(), resolver.typeName(), resolver.fieldName()));
    return visible;
  }

  private Output create(Input input, CallContext context) {
    return put(input, false);
  }

  private Output update(Input input, CallContext context) {
    return put(input, true);
  }

  private Output put(Input input, boolean mustExist) {
    String apiId = AppSyncErrors.required(input, "apiId");
    String type = AppSyncErrors.required(input, "typeName");
    String field = AppSyncErrors.required(input, "fieldName");
    String key = GraphqlResolverRecord.key(type, field);
    requirePlace(store.get(apiId), type, field, mustExist);
    GraphqlStepSource source = reader.source(input);
    Kind kind =
        AppSyncErrors.choice(input, "kind", List.of("UNIT", "PIPELINE"))
            .map(Kind::valueOf)
            .orElse(Kind.UNIT);
    String dataSource = dataSource(input, kind);
    List<String> functions = functions(input, kind);
    var syncConfig = GraphqlStepReader.syncConfig(input);
    Caching caching = input.structure(CACHING).map(GraphqlResolverOperations::caching).orElse(null);
    int maxBatchSize = GraphqlStepReader.maxBatchSize(input);
    String metrics =
        AppSyncErrors.choice(input, METRICS, List.of("ENABLED", "DISABLED")).orElse(null);
    GraphqlApiRecord changed =
        store.change(
            apiId,
            api -> {
              requirePlace(api, type, field, mustExist);
              GraphqlStepReader.requireTemplates(
                  source,
                  dataSource == null
                      ? null
                      : GraphqlStepReader.requireSource(api, dataSource).type());
              requireFunctions(api, functions);
              var resolvers = new TreeMap<>(api.resolvers());
              resolvers.put(
                  key,
                  new GraphqlResolverRecord(
                      type,
                      field,
                      api.arn() + "/types/" + type + "/resolvers/" + field,
                      kind,
                      dataSource,
                      functions,
                      source,
                      syncConfig,
                      caching,
                      maxBatchSize,
                      metrics));
              return api.withResolvers(resolvers);
            });
    return answer(require(changed, type, field));
  }

  private static void requirePlace(
      GraphqlApiRecord api, String type, String field, boolean mustExist) {
    if (mustExist) {
      require(api, type, field);
      return;
    }
    GraphqlSchemas.requireField(api.schema(), type, field);
    if (api.resolvers().containsKey(GraphqlResolverRecord.key(type, field))) {
      throw AppSyncErrors.badRequest("Only one resolver is allowed per field.");
    }
  }

  private static @Nullable String dataSource(Input input, Kind kind) {
    Optional<String> name = GraphqlStepReader.given(input, SOURCE);
    if (kind == Kind.UNIT && name.isEmpty()) {
      throw AppSyncErrors.badRequest("'" + SOURCE + "' is required for a UNIT resolver.");
    }
    if (kind == Kind.PIPELINE && name.isPresent()) {
      throw AppSyncErrors.badRequest(
          "'" + SOURCE + "' is not allowed for a PIPELINE resolver: its functions have sources.");
    }
    return name.orElse(null);
  }

  private static List<String> functions(Input input, Kind kind) {
    Optional<Input> pipeline = input.structure(PIPELINE);
    if (kind == Kind.UNIT) {
      if (pipeline.filter(config -> !config.texts("functions").isEmpty()).isPresent()) {
        throw AppSyncErrors.badRequest("'" + PIPELINE + "' is not allowed for a UNIT resolver.");
      }
      return List.of();
    }
    Input config =
        pipeline.orElseThrow(
            () ->
                AppSyncErrors.badRequest(
                    "'" + PIPELINE + "' is required for a PIPELINE resolver."));
    AppSyncErrors.onlySupported(config, PIPELINE, List.of("functions"));
    List<String> functions = config.texts("functions");
    if (functions.size() > MAX_FUNCTIONS) {
      throw AppSyncErrors.badRequest(
          "A pipeline can have at most "
              + MAX_FUNCTIONS
              + " functions, not "
              + functions.size()
              + ".");
    }
    return functions;
  }

  private static void requireFunctions(GraphqlApiRecord api, List<String> functions) {
    List<String> unknown =
        functions.stream().filter(id -> !api.functions().containsKey(id)).distinct().toList();
    if (!unknown.isEmpty()) {
      throw AppSyncErrors.missing(
          "The specified functions ["
              + String.join(",", unknown)
              + "] must exist before referencing them from a resolver.");
    }
  }

  private static Caching caching(Input config) {
    AppSyncErrors.onlySupported(config, CACHING, List.of("ttl", "cachingKeys"));
    int ttl = AppSyncErrors.within(config, "ttl", 0, MAX_TTL_SECONDS).orElse(0);
    List<String> keys = config.texts("cachingKeys");
    for (String key : keys) {
      if (!CACHING_KEY.matcher(key).matches()) {
        throw AppSyncErrors.badRequest(
            "The caching key '"
                + key
                + "' must begin with $context.arguments, $context.source or $context.identity.");
      }
    }
    return new Caching(ttl, keys);
  }

  private Output get(Input input, CallContext context) {
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    return answer(
        require(
            api,
            AppSyncErrors.required(input, "typeName"),
            AppSyncErrors.required(input, "fieldName")));
  }

  private Output delete(Input input, CallContext context) {
    String key =
        GraphqlResolverRecord.key(
            AppSyncErrors.required(input, "typeName"), AppSyncErrors.required(input, "fieldName"));
    store.change(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          var resolvers = new TreeMap<>(api.resolvers());
          if (resolvers.remove(key) == null) {
            throw AppSyncErrors.missing("No resolver found.");
          }
          return api.withResolvers(resolvers);
        });
    return Output.empty();
  }

  private Output listResolvers(Input input, CallContext context) {
    GraphqlApiRecord api = store.get(AppSyncErrors.required(input, "apiId"));
    String type = AppSyncErrors.required(input, "typeName");
    GraphqlSchemas.requireType(api.schema(), type);
    NavigableMap<String, GraphqlResolverRecord> ofType = visible(api);
    ofType.values().removeIf(resolver -> !resolver.typeName().equals(type));
    return Output.of(AppSyncPages.page(input, "resolvers", ofType, GraphqlResolverRecord::json));
  }

  /**
   * The resolver of a field that the schema has.
   *
   * @throws AwsException when the field or its resolver does not exist
   */
  private static GraphqlResolverRecord require(GraphqlApiRecord api, String type, String field) {
    GraphqlResolverRecord resolver = api.resolvers().get(GraphqlResolverRecord.key(type, field));
    if (resolver == null || !GraphqlSchemas.hasField(api.schema(), type, field)) {
      throw AppSyncErrors.missing("No resolver found.");
    }
    return resolver;
  }

  private static Output answer(GraphqlResolverRecord resolver) {
    return Output.of(Json.object().set("resolver", resolver.json()));
  }
}
