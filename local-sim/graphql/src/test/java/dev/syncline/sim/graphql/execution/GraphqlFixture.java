// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.graphql.schema.SchemaException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An API for tests: a schema, resolvers by {@code Type.field}, and requests as texts. */
final class GraphqlFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper LENIENT =
      JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  final ApiSchema schema;
  final Map<String, FieldResolver> resolvers = new ConcurrentHashMap<>();
  ExecutionLimits limits = ExecutionLimits.DEFAULT;
  Executor executor = Executors.newVirtualThreadPerTaskExecutor();
  RequestDeadline deadline = RequestDeadline.NONE;
  FieldAccess access = FieldAccess.ALL;
  private @Nullable GraphqlExecutor engine;

  GraphqlFixture(String sdl) {
    try {
      schema = ApiSchema.parse(sdl);
    } catch (SchemaException refused) {
      throw new IllegalArgumentException(refused);
    }
  }

  /** JSON with single quotes and names without quotes. */
  static JsonNode json(String text) {
    try {
      return LENIENT.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  static RequestContext context() {
    return new RequestContext(
        "request-1",
        "API Key Authorization",
        NullNode.instance,
        JsonNodeFactory.instance.objectNode(),
        null,
        JsonNodeFactory.instance.objectNode(),
        new RequestEffects());
  }

  GraphqlFixture resolve(String field, Function<FieldCall, FieldOutcome> function) {
    resolvers.put(field, (calls, request) -> calls.stream().map(function).toList());
    return this;
  }

  GraphqlFixture value(String field, String json) {
    JsonNode value = json(json);
    return resolve(field, call -> FieldOutcome.of(value));
  }

  GraphqlFixture batch(
      String field, int size, Function<List<FieldCall>, List<FieldOutcome>> function) {
    resolvers.put(
        field,
        new FieldResolver() {
          @Override
          public int maxBatchSize() {
            return size;
          }

          @Override
          public List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request) {
            return function.apply(calls);
          }
        });
    return this;
  }

  GraphqlExecutor engine() {
    GraphqlExecutor known = engine;
    if (known == null) {
      known =
          new GraphqlExecutor(
              schema,
              (type, field) -> resolvers.get(type + "." + field),
              limits,
              executor,
              deadline);
      engine = known;
    }
    return known;
  }

  GraphqlResponse response(String query, String variables) {
    return engine()
        .execute(new GraphqlRequest(query, (ObjectNode) json(variables), null), context(), access);
  }

  ObjectNode execute(String query, String variables) {
    return response(query, variables).body();
  }

  ObjectNode execute(String query) {
    return execute(query, "{}");
  }

  /** The data of a request that must not have errors. */
  JsonNode data(String query) {
    ObjectNode body = execute(query);
    if (body.has("errors")) {
      throw new AssertionError(body.toString());
    }
    return body.get("data");
  }

  /** The messages of all errors. */
  List<String> messages(String query, String variables) {
    return messages(execute(query, variables));
  }

  List<String> messages(String query) {
    return messages(query, "{}");
  }

  static List<String> messages(ObjectNode body) {
    return body.path("errors").findValuesAsText("message");
  }
}
