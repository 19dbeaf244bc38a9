// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Payload;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data that a query can read: an input, the context object, the variables, and for JSONata the
 * state's result or error. Immutable; the {@code with} methods give a changed copy.
 *
 * @param input the root of <code>$</code> paths, and <code>$states.input</code>
 * @param contextSource builds the context object when a query first asks for it
 * @param variables readable variables
 * @param random the execution's seeded source
 * @param now the time of the execution's clock
 * @param result <code>$states.result</code>
 * @param errorOutput <code>$states.errorOutput</code>
 */
public record Scope(
    Payload input,
    Supplier<? extends JsonNode> contextSource,
    Variables variables,
    RandomGenerator random,
    Instant now,
    @Nullable JsonNode result,
    @Nullable JsonNode errorOutput) {

  /** The context object. */
  public JsonNode context() {
    return contextSource.get();
  }

  /** The same with another input. */
  public Scope withInput(Payload other) {
    return new Scope(other, contextSource, variables, random, now, result, errorOutput);
  }

  /** The same with a result. */
  public Scope withResult(JsonNode value) {
    return new Scope(input, contextSource, variables, random, now, value, errorOutput);
  }

  /** The same with an error output. */
  public Scope withErrorOutput(JsonNode value) {
    return new Scope(input, contextSource, variables, random, now, result, value);
  }
}
