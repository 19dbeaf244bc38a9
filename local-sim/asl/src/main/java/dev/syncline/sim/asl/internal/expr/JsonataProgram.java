// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A parsed JSONata text: the library with Step Functions' functions, its bounds, and every failure
 * as a {@link JsonataFailure}. Thread-safe: evaluations of one program take turns.
 */
final class JsonataProgram {
  // Guards against programs that never end; AWS has bounds of its own that it does not publish.
  private static final int MAX_DEPTH = 500;
  private static final long MAX_MILLIS = 10_000;

  private final Jsonata parsed;
  private final ReentrantLock turn = new ReentrantLock();

  private JsonataProgram(Jsonata parsed) {
    this.parsed = parsed;
  }

  static JsonataProgram parse(String text) throws JsonataFailure {
    try {
      Jsonata parsed = Jsonata.jsonata(text);
      parsed.setOutputConvertNulls(false);
      JsonataFunctions.register(parsed);
      return new JsonataProgram(parsed);
    } catch (JException e) {
      throw JsonataFailure.of(e);
    } catch (RuntimeException e) {
      throw new JsonataFailure(null, String.valueOf(e.getMessage()));
    }
  }

  /** Null means undefined; JSON null is {@link Jsonata#NULL_VALUE}. */
  @Nullable Object evaluate(
      @Nullable Object input, Map<String, Object> bindings, RandomGenerator random)
      throws JsonataFailure {
    turn.lock();
    try {
      Jsonata.Frame frame = parsed.createFrame();
      frame.setRuntimeBounds(MAX_MILLIS, MAX_DEPTH);
      JsonataFunctions.bindRandom(frame, random);
      bindings.forEach(frame::bind);
      return parsed.evaluate(input, frame);
    } catch (JException e) {
      throw JsonataFailure.of(e);
    } catch (StackOverflowError e) {
      throw new JsonataFailure("U1001", JsonataFailure.STACK_OVERFLOW);
    } catch (RuntimeException e) {
      throw new JsonataFailure(null, String.valueOf(e.getMessage()));
    } finally {
      turn.unlock();
    }
  }
}
