// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.PathFailure;
import dev.syncline.sim.asl.internal.expr.PathTemplate;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.ChoiceOption;
import dev.syncline.sim.asl.internal.model.State;
import org.jspecify.annotations.Nullable;

/** Pass, Succeed, Fail and Choice: over as soon as they have begun. */
final class InstantRun extends StateRun {
  private final State state;

  InstantRun(Branch branch, State state, Payload input, long before) {
    super(branch, state, input, before);
    this.state = state;
  }

  @Override
  void attempt() {
    switch (state) {
      case State.Pass pass -> pass(pass);
      case State.Fail fail -> fail(fail);
      case State.Choice choice -> choose(choice);
      default -> complete(effectiveInput());
    }
  }

  @Override
  void cancel(long because) {}

  private void pass(State.Pass pass) {
    if (pass.result() != null) {
      effectiveInput();
      Payload result = Payload.of(pass.result());
      see("result", result);
      complete(result);
      return;
    }
    Payload effective = effectiveInput();
    if (head().jsonata()) {
      complete(effective);
      return;
    }
    Payload filled =
        DataSteps.fill(head().data().arguments(), scope().withInput(effective), effective);
    see("afterParameters", filled);
    complete(filled);
  }

  private void fail(State.Fail fail) {
    String error = text(fail.error());
    String cause = text(fail.cause());
    branch().fail(StateError.of(error, cause));
  }

  private @Nullable String text(@Nullable FieldValue value) {
    if (value == null) {
      return null;
    }
    return switch (value) {
      case FieldValue.Literal literal -> literal.value().asText();
      case FieldValue.FromTemplate template -> template.template().evaluate(scope()).asText();
      case FieldValue.FromPath path -> {
        JsonNode found;
        try {
          found = path.query().read(scope());
        } catch (PathFailure e) {
          throw PathTemplate.notFound(path.query().text(), path.field(), scope());
        }
        if (!found.isTextual()) {
          throw StateFailure.runtime(
              "The "
                  + path.field()
                  + " parameter does not reference a string value: "
                  + path.query().text());
        }
        yield found.textValue();
      }
      case FieldValue.FromExpression expression -> {
        JsonNode found = expression.expression().evaluate(scope(), expression.field());
        if (!found.isTextual()) {
          throw expression.expression().unexpected(expression.field(), "string", found);
        }
        yield found.textValue();
      }
    };
  }

  private void choose(State.Choice choice) {
    Payload effective = effectiveInput();
    Scope seen = scope().withInput(effective);
    for (ChoiceOption option : choice.options()) {
      if (option.rule().test(seen)) {
        Payload output =
            head().jsonata()
                ? DataSteps.output(option.output(), seen, effective)
                : DataSteps.select(head().data().outputPath(), effective, seen);
        leave(option.next(), output, option.assign(), seen);
        return;
      }
    }
    if (choice.otherwise() == null) {
      throw StateFailure.runtime(
          "Failed to transition out of the state. The state does not point to a next state.");
    }
    Payload output =
        head().jsonata()
            ? DataSteps.output(head().data().output(), seen, effective)
            : DataSteps.select(head().data().outputPath(), effective, seen);
    leave(choice.otherwise(), output, head().data().assign(), seen);
  }
}
