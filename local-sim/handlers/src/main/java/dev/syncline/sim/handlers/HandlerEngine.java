// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

/**
 * Checks and runs handlers. The JavaScript engine is loaded at the first call. Thread-safe; calls
 * block until the handler has ended or was stopped.
 */
public final class HandlerEngine implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a thread waits for the next call. */
  private static final long IDLE_SECONDS = 10;

  private final SimClock clock;
  private final Ids ids;
  private final HandlerLimits limits;
  private final Semaphore places;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> Thread.ofPlatform().daemon().name("handler").unstarted(task));
  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable Sandbox sandbox;

  /** An engine that enforces {@code limits} on every call. */
  public HandlerEngine(SimClock clock, Ids ids, HandlerLimits limits) {
    this.clock = clock;
    this.ids = ids;
    this.limits = limits;
    this.places = new Semaphore(limits.concurrentCalls(), true);
  }

  /**
   * The called part of a hook. {@code NONE} is the hook itself, if it is a function; the others are
   * functions of an object.
   */
  public enum Phase {
    NONE(""),
    REQUEST("request"),
    RESPONSE("response");

    private final String function;

    Phase(String function) {
      this.function = function;
    }
  }

  /**
   * Checks handlers of an Event API against the restrictions of APPSYNC_JS and loads them once.
   *
   * @throws CodeException with all faults of the code
   */
  public HandlerCode compile(String text) throws CodeException {
    return compile(text, CodeKind.EVENTS);
  }

  /**
   * Checks code against the restrictions of APPSYNC_JS and loads it once.
   *
   * @throws CodeException with all faults of the code
   */
  public HandlerCode compile(String text, CodeKind kind) throws CodeException {
    var source = Sandbox.source(CodeCheck.FILE, CodeCheck.check(text, kind));
    Map<String, HandlerCode.Form> exports = new HashMap<>();
    try {
      String described =
          apart(
              () ->
                  sandbox()
                      .run(
                          source,
                          kind,
                          "",
                          (driver, code) -> driver.invokeMember("describe", code).asString()));
      for (Map.Entry<String, JsonNode> export : read(described).properties()) {
        switch (export.getValue().asText()) {
          case "FUNCTION" -> exports.put(export.getKey(), HandlerCode.Form.FUNCTION);
          case "OBJECT" -> exports.put(export.getKey(), HandlerCode.Form.OBJECT);
          default -> {
            if (export.getKey().startsWith("on")) {
              throw new CodeException(
                  List.of(
                      new CodeError(
                          "RUNTIME_ERROR",
                          export.getKey()
                              + " must be a function, or an object with the functions request and"
                              + " response",
                          1,
                          1,
                          1)));
            }
          }
        }
      }
    } catch (Sandbox.OverLimitException tooMuch) {
      throw runtimeError("Loading the code was stopped: " + tooMuch.getMessage(), null);
    } catch (PolyglotException broken) {
      throw runtimeError(String.valueOf(broken.getMessage()), broken.getSourceLocation());
    }
    return new HandlerCode(source, kind, exports);
  }

  /**
   * Calls a function of the code.
   *
   * @param hook an export of the code
   * @param authType the result of {@code util.authType()}
   * @param context {@code ctx}; not changed
   */
  public HandlerOutcome run(
      HandlerCode code, String hook, Phase phase, String authType, ObjectNode context) {
    String text = context.toString();
    String outcome;
    try {
      outcome =
          apart(
              () ->
                  sandbox()
                      .run(
                          code.source(),
                          code.kind(),
                          authType,
                          (driver, exports) ->
                              driver
                                  .invokeMember("run", exports, hook, phase.function, text)
                                  .asString()));
    } catch (Sandbox.OverLimitException tooMuch) {
      return new HandlerOutcome.Failed(
          "The handler was stopped: " + tooMuch.getMessage(), HandlerTraces.none());
    } catch (PolyglotException broken) {
      return new HandlerOutcome.Failed(String.valueOf(broken.getMessage()), HandlerTraces.none());
    }
    return outcome(read(outcome));
  }

  private static HandlerOutcome outcome(JsonNode said) {
    HandlerTraces traces = HandlerTraces.of(said);
    JsonNode value = said.path("value");
    String kind = said.path("kind").asText();
    return switch (kind) {
      case "return", "early" ->
          new HandlerOutcome.Returned(
              value,
              kind.equals("early"),
              said.hasNonNull("skipTo") ? said.path("skipTo").asText() : null,
              traces);
      case "error" ->
          new HandlerOutcome.Refused(
              value instanceof ObjectNode error ? error : JsonNodeFactory.instance.objectNode(),
              traces);
      case "unauthorized" -> new HandlerOutcome.Unauthorized(traces);
      default -> new HandlerOutcome.Failed(value.asText(), traces);
    };
  }

  private static CodeException runtimeError(String message, @Nullable SourceSection at) {
    int line = at == null ? 1 : at.getStartLine();
    int column = at == null ? 1 : at.getStartColumn();
    int span = at == null ? 1 : Math.max(1, at.getCharLength());
    return new CodeException(
        List.of(
            new CodeError(
                "RUNTIME_ERROR",
                CodeCheck.FILE + "(" + line + "," + column + "): error " + message,
                line,
                column,
                span)));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the sandbox answered no JSON", impossible);
    }
  }

  /** Runs on a platform thread, so that the thread's CPU time and memory are the call's. */
  private String apart(Callable<String> work) {
    places.acquireUninterruptibly();
    try {
      var ending = new CompletableFuture<String>();
      ClockActivity handedOver = clock.begin();
      threads.execute(
          () ->
              clock.run(
                  () -> {
                    handedOver.close();
                    try {
                      ending.complete(work.call());
                    } catch (Exception | Error failure) {
                      ending.completeExceptionally(failure);
                    }
                  }));
      return clock.await(ending);
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    } finally {
      places.release();
    }
  }

  private Sandbox sandbox() {
    starting.lock();
    try {
      Sandbox present = sandbox;
      if (present == null) {
        present = new Sandbox(clock, ids, limits);
        sandbox = present;
      }
      return present;
    } finally {
      starting.unlock();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    starting.lock();
    try {
      if (sandbox != null) {
        sandbox.close();
        sandbox = null;
      }
    } finally {
      starting.unlock();
    }
  }
}
