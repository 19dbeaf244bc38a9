// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.PathFailure;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import dev.syncline.sim.asl.internal.expr.Query;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.ResultTarget;
import dev.syncline.sim.asl.internal.model.Selector;
import org.jspecify.annotations.Nullable;

/** The steps that process a state's input and output. */
final class DataSteps {
  private DataSteps() {}

  /** InputPath or OutputPath. */
  static Payload select(Selector selector, Payload from, Scope scope) {
    if (selector.discard()) {
      return Payload.empty();
    }
    Query query = selector.query();
    if (query == null) {
      return from;
    }
    return Payload.of(read(query, scope));
  }

  /** A path whose failure is reported in Jayway's words. */
  static JsonNode read(Query query, Scope scope) {
    try {
      return query.read(scope);
    } catch (PathFailure e) {
      throw StateFailure.runtime("Invalid path '" + query.text() + "' : " + e.reason());
    }
  }

  /** Parameters, ItemSelector or ResultSelector; {@code absent} where the field is missing. */
  static Payload fill(@Nullable PayloadTemplate template, Scope scope, Payload absent) {
    return template == null ? absent : Payload.of(template.evaluate(scope));
  }

  /** Output of a JSONata state. */
  static Payload output(@Nullable PayloadTemplate template, Scope scope, Payload absent) {
    return fill(template, scope, absent);
  }

  /** ResultPath. */
  static Payload merge(ResultTarget target, Payload input, Payload result) {
    if (target.discard()) {
      return input;
    }
    return target.path() == null
        ? result
        : Payload.of(target.path().write(input.json(), result.json()));
  }

  /** More than 256 KiB. */
  static StateFailure tooLarge(String stateOrTask) {
    return StateFailure.plain(
        "States.DataLimitExceeded",
        "The state/task '"
            + stateOrTask
            + "' returned a result with a size exceeding the maximum number of bytes service"
            + " limit.");
  }
}
