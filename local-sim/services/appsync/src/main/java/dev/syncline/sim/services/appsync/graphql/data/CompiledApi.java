// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.cache.ResolverCache;
import dev.syncline.sim.graphql.cache.ResolverCaching;
import dev.syncline.sim.graphql.execution.ExecutionLimits;
import dev.syncline.sim.graphql.execution.FieldAccess;
import dev.syncline.sim.graphql.execution.GraphAccess;
import dev.syncline.sim.graphql.execution.GraphCaller;
import dev.syncline.sim.graphql.execution.GraphqlExecutor;
import dev.syncline.sim.graphql.execution.ResolverLookup;
import dev.syncline.sim.graphql.js.JsStepCode;
import dev.syncline.sim.graphql.resolver.ResolverPlan;
import dev.syncline.sim.graphql.resolver.ResolverRunner;
import dev.syncline.sim.graphql.resolver.SourceCalls;
import dev.syncline.sim.graphql.resolver.StepCode;
import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.handlers.CodeException;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.services.appsync.auth.GraphqlCaller;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiSettings.LogConfig;
import dev.syncline.sim.services.appsync.graphql.GraphqlFunctionRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlResolverRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlStepSource;
import dev.syncline.sim.services.appsync.graphql.sources.GraphqlSources;
import dev.syncline.sim.services.appsync.graphql.sources.SourceServices;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The executable form of one version of an API's schema, settings and resolvers. Resolvers are made
 * at their first use. Thread-safe.
 */
final class CompiledApi implements ResolverLookup {
  private final GraphqlApiRecord api;
  private final ApiSchema schema;
  private final CompiledApis.Parts parts;
  private final @Nullable ResolverCache cache;
  private final SourceCalls sources;
  private final GraphqlExecutor executor;
  private final GraphAccess rules;
  private final Map<String, Optional<FieldResolver>> resolvers = new ConcurrentHashMap<>();

  CompiledApi(
      GraphqlApiRecord api,
      ApiSchema schema,
      CompiledApis.Parts parts,
      @Nullable ResolverCache cache) {
    this.cache = cache;
    this.api = api;
    this.schema = schema;
    this.parts = parts;
    this.sources =
        new ObservedSources(
            api.apiId(),
            new GraphqlSources(api.dataSources()::get, parts.services()),
            parts.runs());
    this.executor =
        new GraphqlExecutor(
            schema,
            this,
            new ExecutionLimits(
                api.settings().queryDepthLimit(),
                api.settings().resolverCountLimit(),
                api.settings().introspectionEnabled()),
            parts.executor(),
            parts.deadline());
    this.rules =
        new GraphAccess(
            schema,
            api.settings().authenticationType().name(),
            api.settings().additionalProviders().stream()
                .map(provider -> provider.mode().name())
                .collect(Collectors.toSet()),
            api.settings().denysByDefault());
  }

  /** Whether a later snapshot of the API can be executed by this. */
  boolean fits(GraphqlApiRecord later) {
    return later.schemaState() == api.schemaState()
        && later.content() == api.content()
        && later.settings() == api.settings()
        && later.cache() == api.cache();
  }

  GraphqlExecutor executor() {
    return executor;
  }

  ApiSchema schema() {
    return schema;
  }

  /** The cache of results and responses; null without one. */
  @Nullable ResolverCache cache() {
    return cache;
  }

  /** The fields that a caller may see. */
  FieldAccess access(GraphqlCaller caller) {
    FieldAccess access =
        rules.of(new GraphCaller(caller.mode().name(), caller.groups(), caller.deniedFields()));
    String key = caller.accessKeyId();
    SourceServices services = parts.services();
    if (key != null && services.dispatcher().permissions().mode() != IamMode.OFF) {
      return new PermittedAccess(
          access,
          services.context().get().as(new CallPrincipal.Signed(key)),
          api.arn(),
          rootTypes(),
          services.dispatcher().permissions());
    }
    String principal = caller.principalArn();
    Optional<String> role = principal == null ? Optional.empty() : Principals.role(principal);
    return role.isEmpty()
        ? access
        : new RoleAccess(
            access, role.get(), api.arn(), rootTypes(), parts.services().roles().get());
  }

  private Set<String> rootTypes() {
    return Stream.of(
            schema.graphql().getQueryType(),
            schema.graphql().getMutationType(),
            schema.graphql().getSubscriptionType())
        .filter(Objects::nonNull)
        .map(GraphQLObjectType::getName)
        .collect(Collectors.toSet());
  }

  @Override
  public @Nullable FieldResolver find(String parentType, String field) {
    GraphqlResolverRecord resolver =
        api.resolvers().get(GraphqlResolverRecord.key(parentType, field));
    return resolver == null
        ? null
        : resolvers
            .computeIfAbsent(resolver.key(), key -> Optional.of(cached(resolver)))
            .orElse(null);
  }

  private FieldResolver cached(GraphqlResolverRecord resolver) {
    FieldResolver observed = observed(resolver);
    GraphQLObjectType queries = schema.graphql().getQueryType();
    boolean changes =
        rootTypes().contains(resolver.typeName()) && !queries.getName().equals(resolver.typeName());
    if (cache == null || changes) {
      return observed;
    }
    GraphqlResolverRecord.Caching caching = resolver.caching();
    return cache.around(
        observed,
        caching == null
            ? null
            : new ResolverCaching(Duration.ofSeconds(caching.ttlSeconds()), caching.keys()));
  }

  private FieldResolver observed(GraphqlResolverRecord resolver) {
    return new ObservedResolver(
        api.apiId(),
        resolver.key(),
        resolver.arn(),
        returnType(resolver),
        mayBlock(resolver),
        made(resolver),
        parts.clock(),
        parts.faults(),
        parts.runs());
  }

  private FieldResolver made(GraphqlResolverRecord resolver) {
    try {
      return new ResolverRunner(plan(resolver), sources);
    } catch (CodeException refused) {
      return failing("Code", "The code contains one or more errors.");
    } catch (MissingFunctionException missing) {
      return failing("NotFoundException", "Function " + missing.id + " does not exist.");
    }
  }

  private static FieldResolver failing(String errorType, String message) {
    FieldOutcome failure = FieldOutcome.failed(FieldError.of(errorType, message));
    return (calls, request) -> Collections.nCopies(calls.size(), failure);
  }

  private ResolverPlan plan(GraphqlResolverRecord resolver)
      throws CodeException, MissingFunctionException {
    GraphqlStepSource source = resolver.source();
    String dataSource = resolver.dataSourceName();
    if (dataSource != null && resolver.kind() == GraphqlResolverRecord.Kind.UNIT) {
      return new ResolverPlan.Unit(
          logged(
              step(source, resolver.maxBatchSize()),
              source.code() == null
                  ? ObservedStep.Kind.UNIT_TEMPLATES
                  : ObservedStep.Kind.UNIT_CODE,
              resolver,
              null),
          dataSource,
          resolver.maxBatchSize());
    }
    List<ResolverPlan.Step> steps = new ArrayList<>();
    for (String id : resolver.functions()) {
      GraphqlFunctionRecord function = api.functions().get(id);
      if (function == null) {
        throw new MissingFunctionException(id);
      }
      GraphqlStepSource code = function.source();
      steps.add(
          new ResolverPlan.Step(
              id,
              logged(
                  step(code, function.maxBatchSize()),
                  code.code() == null
                      ? ObservedStep.Kind.UNIT_TEMPLATES
                      : ObservedStep.Kind.UNIT_CODE,
                  resolver,
                  function.name()),
              function.dataSourceName(),
              function.maxBatchSize()));
    }
    String code = source.code();
    return new ResolverPlan.Pipeline(
        code == null
            ? logged(
                parts.templates().around(source.requestTemplate(), source.responseTemplate()),
                ObservedStep.Kind.PIPELINE_TEMPLATES,
                resolver,
                null)
            : logged(
                JsStepCode.compile(parts.engine(), code),
                ObservedStep.Kind.PIPELINE_CODE,
                resolver,
                null),
        steps);
  }

  private StepCode step(GraphqlStepSource source, int maxBatchSize) throws CodeException {
    String code = source.code();
    return code == null
        ? parts.templates().step(source.requestTemplate(), source.responseTemplate(), maxBatchSize)
        : JsStepCode.compile(parts.engine(), code);
  }

  private StepCode logged(
      StepCode code,
      ObservedStep.Kind kind,
      GraphqlResolverRecord resolver,
      @Nullable String function) {
    LogConfig config = api.settings().logConfig();
    return config == null || config.fieldLogLevel().equals("NONE")
        ? code
        : new ObservedStep(code, kind, resolver.arn(), function, parts.runs());
  }

  /** A resolver of templates whose sources are all of type NONE waits for nothing. */
  private boolean mayBlock(GraphqlResolverRecord resolver) {
    if (resolver.source().code() != null || !isNone(resolver.dataSourceName())) {
      return true;
    }
    return resolver.functions().stream()
        .map(api.functions()::get)
        .anyMatch(
            function ->
                function == null
                    || function.source().code() != null
                    || !isNone(function.dataSourceName()));
  }

  private boolean isNone(@Nullable String dataSource) {
    DataSource source = dataSource == null ? null : api.dataSources().get(dataSource);
    return dataSource == null || (source != null && source.type() == DataSource.Type.NONE);
  }

  private String returnType(GraphqlResolverRecord resolver) {
    return schema.graphql().getType(resolver.typeName()) instanceof GraphQLObjectType type
            && type.getFieldDefinition(resolver.fieldName()) != null
        ? GraphQLTypeUtil.simplePrint(type.getFieldDefinition(resolver.fieldName()).getType())
        : "";
  }

  /** A pipeline names a function that does not exist. */
  private static final class MissingFunctionException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String id;

    MissingFunctionException(String id) {
      this.id = id;
    }
  }
}
