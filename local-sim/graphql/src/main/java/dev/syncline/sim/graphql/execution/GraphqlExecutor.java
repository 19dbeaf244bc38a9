// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.execution.InputCoercion.VariableException;
import dev.syncline.sim.graphql.execution.SubscriptionStart.Refused;
import dev.syncline.sim.graphql.schema.ApiSchema;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Executes queries and mutations against one schema. Keep one for each version of an API's schema
 * and settings, because it holds the parsed documents. Thread-safe.
 */
public final class GraphqlExecutor {
  private final GraphQLSchema graphql;
  private final ResolverLookup resolvers;
  private final ExecutionLimits limits;
  private final Executor executor;
  private final RequestDeadline deadline;
  private final Documents documents;
  private final Introspector introspection;

  /**
   * An executor.
   *
   * @param executor runs resolver calls that may block, such as one virtual thread for each
   * @param deadline ends requests that take too long
   */
  public GraphqlExecutor(
      ApiSchema schema,
      ResolverLookup resolvers,
      ExecutionLimits limits,
      Executor executor,
      RequestDeadline deadline) {
    this.graphql = schema.graphql();
    this.resolvers = resolvers;
    this.limits = limits;
    this.executor = executor;
    this.deadline = deadline;
    this.documents = new Documents(graphql, limits.introspection());
    this.introspection = new Introspector(graphql);
  }

  /**
   * Executes a query or mutation on the caller's thread, which waits for the resolvers.
   *
   * @return the answer, also for documents that are refused
   */
  public GraphqlResponse execute(
      GraphqlRequest request, RequestContext context, FieldAccess access) {
    return switch (documents.get(request.query())) {
      case PreparedDocument.Malformed malformed -> malformed.refusal().response();
      case PreparedDocument.Invalid invalid -> failed(invalid.errors());
      case PreparedDocument.Valid valid -> {
        PreparedOperation operation = choose(valid.operations(), request.operationName());
        if (operation == null) {
          yield GraphqlRefusal.noOperation(request.operationName()).response();
        }
        if (operation.definition().getOperation() == Operation.SUBSCRIPTION) {
          yield GraphqlRefusal.SUBSCRIPTION.response();
        }
        yield execute(operation, request, context, access);
      }
    };
  }

  /**
   * Starts a subscription on the caller's thread, which waits for the field's resolver. Effects of
   * the resolver, such as filters, are in the request's context.
   */
  public SubscriptionStart subscribe(
      GraphqlRequest request, RequestContext context, FieldAccess access) {
    return switch (documents.get(request.query())) {
      case PreparedDocument.Malformed malformed ->
          Refused.of(malformed.refusal().errorType(), malformed.refusal().message());
      case PreparedDocument.Invalid invalid -> {
        Refused refused = new Refused(JsonNodeFactory.instance.arrayNode());
        invalid.errors().forEach(error -> refused.add(null, error.path("message").asText()));
        yield refused;
      }
      case PreparedDocument.Valid valid -> {
        PreparedOperation operation = choose(valid.operations(), request.operationName());
        if (operation == null) {
          GraphqlRefusal refusal = GraphqlRefusal.noOperation(request.operationName());
          yield Refused.of(refusal.errorType(), refusal.message());
        }
        yield subscribe(operation, request, context, access);
      }
    };
  }

  private SubscriptionStart subscribe(
      PreparedOperation operation,
      GraphqlRequest request,
      RequestContext context,
      FieldAccess access) {
    if (operation.definition().getOperation() != Operation.SUBSCRIPTION) {
      return Refused.of("UnsupportedOperation", " not supported through the realtime channel");
    }
    try {
      ObjectNode variables = InputCoercion.variables(operation.variables(), request.variables());
      return new Subscriptions(graphql, resolvers).start(operation, variables, context, access);
    } catch (VariableException | TooLargeException refused) {
      return Refused.of(null, refused.getMessage());
    }
  }

  private GraphqlResponse execute(
      PreparedOperation operation,
      GraphqlRequest request,
      RequestContext context,
      FieldAccess access) {
    ObjectNode variables;
    try {
      variables = InputCoercion.variables(operation.variables(), request.variables());
    } catch (VariableException refused) {
      SourceLocation location = refused.location();
      ArrayNode errors = JsonNodeFactory.instance.arrayNode();
      errors.add(
          ErrorNodes.request(
              String.valueOf(refused.getMessage()), location == null ? null : List.of(location)));
      return failed(errors);
    }
    try {
      return new Run(this, operation, variables, context, access).execute();
    } catch (TooLargeException tooLarge) {
      ArrayNode errors = JsonNodeFactory.instance.arrayNode();
      errors.add(ErrorNodes.request(String.valueOf(tooLarge.getMessage()), null));
      return failed(errors);
    }
  }

  private static @Nullable PreparedOperation choose(
      Map<String, PreparedOperation> operations, @Nullable String name) {
    if (name != null) {
      return operations.get(name);
    }
    return operations.size() == 1 ? operations.values().iterator().next() : null;
  }

  private static GraphqlResponse failed(ArrayNode errors) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putNull("data");
    body.set("errors", errors.deepCopy());
    return GraphqlResponse.of(200, body);
  }

  GraphQLSchema graphql() {
    return graphql;
  }

  ResolverLookup resolvers() {
    return resolvers;
  }

  ExecutionLimits limits() {
    return limits;
  }

  Executor executor() {
    return executor;
  }

  RequestDeadline deadline() {
    return deadline;
  }

  Introspector introspection() {
    return introspection;
  }
}
