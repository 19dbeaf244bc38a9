// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.execution.SubscriptionStart.Refused;
import graphql.language.Argument;
import graphql.schema.GraphQLSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts subscriptions: access, the subscribe-time resolver, and the check of its result. */
final class Subscriptions {
  private final GraphQLSchema schema;
  private final ResolverLookup resolvers;

  Subscriptions(GraphQLSchema schema, ResolverLookup resolvers) {
    this.schema = schema;
    this.resolvers = resolvers;
  }

  SubscriptionStart start(
      PreparedOperation operation,
      ObjectNode variables,
      RequestContext request,
      FieldAccess access) {
    SelectionPlan plan = operation.plan(variables);
    if (plan.roots().size() != 1) {
      return Refused.of(
          null,
          "Validation error of type SubscriptionMultipleRootFields: "
              + "Subscription operation must have exactly one root field");
    }
    PlannedField root = plan.roots().get(0);
    if (root.name.startsWith("__")) {
      return Refused.of(
          null,
          "Validation error of type SubscriptionIntrospectionRootField: "
              + "Subscription operation root field '"
              + root.name
              + "' cannot be an introspection field");
    }
    FieldError denied = new DeniedSelections(schema, plan, access).first(root);
    if (denied != null) {
      return Refused.of(denied.errorType(), denied.message());
    }
    ObjectNode arguments =
        InputCoercion.arguments(root.definition.getArguments(), root.arguments(), variables);
    SubscriberView view = plan.view(root, access);
    FieldOutcome outcome = resolve(root, arguments, variables, request);
    Refused refused = refusal(outcome, view);
    if (refused != null) {
      return refused;
    }
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    for (Argument argument : root.arguments()) {
      JsonNode value = arguments.get(argument.getName());
      given.set(argument.getName(), value == null ? NullNode.instance : value);
    }
    return new SubscriptionStart.Started(new SubscriptionOperation(root.name, given, view));
  }

  private FieldOutcome resolve(
      PlannedField root, ObjectNode arguments, ObjectNode variables, RequestContext request) {
    FieldResolver resolver = resolvers.find(root.parentType, root.name);
    if (resolver == null) {
      return FieldOutcome.of(NullNode.instance);
    }
    FieldCall call =
        new FieldCall(
            root.parentType,
            root.name,
            arguments.deepCopy(),
            NullNode.instance,
            List.of(root.key),
            variables,
            new SelectedFields(root));
    return ResolverCalls.once(resolver, call, request);
  }

  private static @Nullable Refused refusal(FieldOutcome outcome, SubscriberView view) {
    Refused refused = new Refused(JsonNodeFactory.instance.arrayNode());
    for (FieldError error : outcome.errors()) {
      refused.add(error.errorType(), error.message());
    }
    if (refused.errors().isEmpty() && !outcome.value().isNull()) {
      for (JsonNode error : view.check(outcome.value())) {
        refused.add(null, error.path("message").asText());
      }
    }
    return refused.errors().isEmpty() ? null : refused;
  }
}
