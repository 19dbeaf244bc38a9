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
  private final Jsonata parsed;
  private final boolean random;
  private final ReentrantLock turn = new ReentrantLock();

  private JsonataProgram(Jsonata parsed, boolean random) {
    this.parsed = parsed;
    this.random = random;
  }

  static JsonataProgram parse(String text) throws JsonataFailure {
    try {
      Jsonata parsed = Jsonata.jsonata(text);
      parsed.setOutputConvertNulls(false);
      JsonataFunctions.register(parsed, text);
      return new JsonataProgram(parsed, JsonataFunctions.drawsRandomly(text));
    } catch (JException e) {
      throw JsonataFailure.of(e);
    } catch (RuntimeException e) {
      throw JsonataErrors.of(e);
    }
  }

  /** Null means undefined; JSON null is {@link Jsonata#NULL_VALUE}. */
  @Nullable Object evaluate(
      @Nullable Object input, Map<String, Object> bindings, RandomGenerator source)
      throws JsonataFailure {
    turn.lock();
    JsonataGuard guard = new JsonataGuard();
    guard.enter();
    try {
      Jsonata.Frame frame = parsed.createFrame();
      frame.setEvaluateEntryCallback(guard);
      frame.setEvaluateExitCallback(guard);
      if (random) {
        JsonataFunctions.bindRandom(frame, source);
      }
      bindings.forEach(frame::bind);
      return parsed.evaluate(input, frame);
    } catch (JException e) {
      throw JsonataFailure.of(e);
    } catch (StackOverflowError e) {
      throw new JsonataFailure(JsonataFailure.RUNAWAY, JsonataFailure.STACK_OVERFLOW);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw JsonataErrors.of(e);
    } finally {
      JsonataGuard.leave();
      turn.unlock();
    }
  }
}
