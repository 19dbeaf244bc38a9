// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.PathFailure;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import dev.syncline.sim.asl.internal.model.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Wait. */
final class WaitRun extends StateRun {
  /** AWS keeps the delay in 32-bit milliseconds of seconds: 24,855 days pass, 24,856 do not. */
  private static final long MAX_SECONDS = Integer.MAX_VALUE;

  private final State.Wait wait;
  private @Nullable String timer;

  WaitRun(Branch branch, State.Wait wait, Payload input, long before) {
    super(branch, wait, input, before);
    this.wait = wait;
  }

  @Override
  void attempt() {
    Payload effective = effectiveInput();
    Duration delay = delay(scope().withInput(effective));
    if (delay.toSeconds() > MAX_SECONDS) {
      throw StateFailure.runtime("Wait state delay is too long.");
    }
    timer =
        branch()
            .execution()
            .startTimer(delay, TimerPurpose.WAIT, () -> guarded(() -> complete(effective)));
  }

  @Override
  void cancel(long because) {
    scheduler().cancelTimer(timer);
  }

  private Duration delay(Scope scope) {
    return switch (wait.until()) {
      case FieldValue.Literal literal ->
          wait.timestamp()
              ? until(literal.value().textValue(), "", literal.field())
              : Duration.ofSeconds(Math.max(0, literal.value().longValue()));
      case FieldValue.FromTemplate template ->
          throw new IllegalStateException(template.field() + " is no template");
      case FieldValue.FromPath path -> fromPath(path, scope);
      case FieldValue.FromExpression expression -> fromExpression(expression, scope);
    };
  }

  private Duration fromPath(FieldValue.FromPath path, Scope scope) {
    String subject = "The " + path.field() + " parameter ";
    String text = path.query().text();
    JsonNode value;
    try {
      value = path.query().read(scope);
    } catch (PathFailure e) {
      throw StateFailure.runtime(subject + "does not reference an input value: " + text);
    }
    String shown = value.isTextual() ? value.textValue() : AslJson.write(value);
    if (wait.timestamp()) {
      Instant time = Timestamps.parse(value.textValue());
      if (time == null) {
        throw StateFailure.runtime(
            subject
                + "does not reference a valid ISO-8601 extended offset date-time format string: "
                + text
                + " == "
                + shown);
      }
      return from(time);
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw StateFailure.runtime(
          subject + "cannot be parsed as a long value: " + text + " == " + shown);
    }
    if (value.longValue() < 0) {
      throw StateFailure.runtime(subject + "references a negative value: " + text + " == " + shown);
    }
    return Duration.ofSeconds(value.longValue());
  }

  private Duration fromExpression(FieldValue.FromExpression field, Scope scope) {
    JsonNode value = field.expression().evaluate(scope, field.field());
    if (wait.timestamp()) {
      if (!value.isTextual()) {
        throw field.expression().unexpected(field.field(), "string", value);
      }
      return until(value.textValue(), "The Timestamp field ", field.field());
    }
    if (!value.isIntegralNumber() || value.longValue() < 0) {
      throw field.expression().unexpected(field.field(), "number", value);
    }
    return Duration.ofSeconds(value.longValue());
  }

  private Duration until(String text, String subject, String field) {
    Instant time = Timestamps.parse(text);
    if (time == null) {
      throw StateFailure.evaluation(
          field,
          subject
              + "cannot be parsed as an ISO-8601 extended offset date-time format string: "
              + text);
    }
    return from(time);
  }

  private Duration from(Instant time) {
    Duration left = Duration.between(scheduler().now(), time);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
