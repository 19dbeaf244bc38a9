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
import dev.syncline.sim.graphql.execution.ResolverCalls.Call;
import graphql.language.OperationDefinition.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One execution of an operation. Used by the thread of the request only. */
final class Run implements Completion.Fields, ResolverCalls.Receiver {
  private static final ObjectNode NO_ARGUMENTS = JsonNodeFactory.instance.objectNode();

  private final GraphqlExecutor engine;
  private final PreparedOperation operation;
  private final ObjectNode variables;
  private final FieldAccess access;
  private final SelectionPlan plan;
  private final Errors errors = new Errors();
  private final Completion completion;
  private final ResolverCalls scheduler;
  private final ObjectNode data = JsonNodeFactory.instance.objectNode();
  private final Set<PlannedField> failedRoots = new HashSet<>();
  private RunField[] states;
  private int resolverRuns;
  private boolean isDataNull;

  Run(
      GraphqlExecutor engine,
      PreparedOperation operation,
      ObjectNode variables,
      RequestContext request,
      FieldAccess access) {
    this.engine = engine;
    this.operation = operation;
    this.variables = variables;
    this.access = access;
    this.plan = operation.plan(variables);
    this.states = new RunField[plan.size()];
    this.completion = new Completion(engine.graphql(), errors, this, engine.limits().queryDepth());
    this.scheduler = new ResolverCalls(request, engine.executor(), engine.deadline(), this);
  }

  GraphqlResponse execute() {
    Runnable cancel = engine.deadline().start(scheduler::expire);
    try {
      boolean isSerial = operation.definition().getOperation() == Operation.MUTATION;
      for (PlannedField field : plan.roots()) {
        isDataNull |= !completion.field(null, field, data, NullNode.instance);
        if (isSerial) {
          scheduler.drain();
          if (isDataNull) {
            break;
          }
        }
      }
      scheduler.drain();
      return response(isSerial);
    } catch (TooLargeException tooLarge) {
      isDataNull = true;
      errors.add(null, ErrorNodes.request(String.valueOf(tooLarge.getMessage()), null));
      return response(false);
    } finally {
      cancel.run();
    }
  }

  private GraphqlResponse response(boolean isMutation) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("data", isDataNull ? NullNode.instance : data);
    if (!errors.isEmpty()) {
      body.set("errors", errors.shown());
    }
    List<CompletedMutation> completed = List.of();
    if (isMutation) {
      completed = new ArrayList<>();
      for (PlannedField field : plan.roots()) {
        JsonNode value = isDataNull ? NullNode.instance : data.path(field.key);
        if (!field.name.startsWith("__") && !value.isMissingNode()) {
          completed.add(
              new CompletedMutation(
                  field.name,
                  !value.isNull() && !failedRoots.contains(field),
                  () -> SelectionProjection.byName(field, value, engine.graphql(), completion)));
        }
      }
    }
    return new GraphqlResponse(200, body, completed, resolverRuns);
  }

  @Override
  public RunField state(PlannedField field) {
    if (field.id >= states.length) {
      states = Arrays.copyOf(states, Math.max(plan.size(), field.id + 1));
    }
    RunField known = states[field.id];
    if (known == null) {
      FieldResolver resolver = engine.resolvers().find(field.parentType, field.name);
      known =
          new RunField(
              field,
              access.allows(field.parentType, field.name),
              resolver,
              resolver == null
                  ? NO_ARGUMENTS
                  : InputCoercion.arguments(
                      field.definition.getArguments(), field.arguments(), variables),
              new SelectedFields(field));
      states[field.id] = known;
    }
    return known;
  }

  @Override
  public void call(Place place, RunField state, JsonNode source) {
    FieldResolver resolver = state.resolver();
    if (resolver == null) {
      throw new IllegalStateException("no resolver for " + place.text());
    }
    if (resolverRuns >= engine.limits().resolvers() || scheduler.isExpired()) {
      completed(
          place,
          FieldOutcome.failed(
              scheduler.isExpired()
                  ? FieldError.of("ExecutionTimeout", "Execution timed out.")
                  : FieldError.of(
                      "ResolverExecutionLimitReached", "Resolver execution limit reached.")));
      return;
    }
    resolverRuns++;
    PlannedField field = state.field();
    FieldCall call =
        new FieldCall(
            field.parentType,
            field.name,
            state.arguments().isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : state.arguments().deepCopy(),
            source,
            place.path(),
            variables,
            state.selection());
    scheduler.add(new Call(place, call, resolver));
  }

  @Override
  public void completed(Call call, FieldOutcome outcome) {
    completed(call.place(), outcome);
  }

  private void completed(Place place, FieldOutcome outcome) {
    for (FieldError error : outcome.errors()) {
      JsonNode shown = SelectionProjection.selected(place.field(), error.data(), engine.graphql());
      errors.add(place, ErrorNodes.resolver(place, error, shown));
    }
    if (place.parent() == null && !outcome.errors().isEmpty()) {
      failedRoots.add(place.field());
    }
    completion.late(place, outcome.value(), !outcome.errors().isEmpty(), () -> isDataNull = true);
  }

  @Override
  public JsonNode introspect(PlannedField field) {
    return engine.introspection().value(field, operation, variables, errors);
  }
}
