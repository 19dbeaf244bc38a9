// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.ResourceLimits;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/**
 * GraalJS without access to the machine. Creating a sandbox loads the engine, which takes a second;
 * it parses a source once for all calls.
 *
 * <p>No code sees data of other code or of an earlier call: each call evaluates its module again,
 * and every object that existed before, the language's own included, is frozen ({@code
 * harden.mjs}). So a context can serve one call after another. A context is not used again after a
 * call that did not end normally. Thread-safe.
 */
final class Sandbox implements AutoCloseable {
  /** After so many calls a context is replaced, so that leftovers inside the engine are bounded. */
  static final int MAX_CALLS = 10_000;

  private static final String MODULE = "application/javascript+module";
  private static final String MAX_TEXT = String.valueOf(8 << 20);

  private final Engine engine;
  private final IOAccess files = IOAccess.newBuilder().fileSystem(new ModuleFiles()).build();
  private final Source driver;
  private final HostFunctions host;
  private final HandlerLimits limits;
  private final HandlerGuard guard;
  private final Deque<Realm> idle = new ConcurrentLinkedDeque<>();

  /** A context with the simulator's own modules. */
  private record Realm(Context context, Value driver, int calls) {
    Realm next() {
      return new Realm(context, driver, calls + 1);
    }
  }

  Sandbox(SimClock clock, Ids ids, HandlerLimits limits) {
    this.limits = limits;
    this.host = new HostFunctions(clock, ids);
    this.guard = new HandlerGuard(limits);
    this.engine =
        Engine.newBuilder("js")
            .allowExperimentalOptions(true)
            .option("engine.WarnInterpreterOnly", "false")
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .build();
    this.driver =
        source(
            "driver.mjs",
            "export { __begin as begin, __run as run, __describe as describe, __audit as audit }"
                + " from '"
                + ModuleFiles.UTILS
                + "';");
  }

  static Source source(String name, String text) {
    try {
      return Source.newBuilder("js", text, name).mimeType(MODULE).build();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The code exceeded a limit; the message names it. */
  static final class OverLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverLimitException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Evaluates the code and runs an action with the driver and the code's exports. Call it on a
   * platform thread that does nothing else meanwhile, because the limits apply to the thread.
   *
   * @throws OverLimitException when it exceeded a limit
   * @throws PolyglotException when loading the code fails
   */
  String run(Source code, CodeKind kind, String authType, BiFunction<Value, Value, String> work) {
    // Loading the simulator's own code does not count against the limits.
    Realm realm = realm();
    boolean usable = false;
    try {
      HandlerGuard.Watch watch = guard.watch(realm.context());
      String result;
      try {
        result =
            bounded(
                watch,
                () -> {
                  realm.driver().invokeMember("begin", kind.name(), authType);
                  return work.apply(realm.driver(), realm.context().eval(code));
                });
      } finally {
        usable = watch.end();
      }
      usable = usable && realm.calls() < MAX_CALLS;
      return result;
    } catch (PolyglotException | OverLimitException failed) {
      usable = false;
      throw failed;
    } finally {
      if (usable) {
        idle.push(realm.next());
      } else {
        realm.context().close(true);
      }
    }
  }

  /** A JSON list: how many objects that code can reach are not frozen, and the number of all. */
  String audit() {
    Realm realm = realm();
    String found = realm.driver().invokeMember("audit").asString();
    idle.push(realm);
    return found;
  }

  private Realm realm() {
    Realm realm = idle.poll();
    if (realm == null) {
      Context context = context();
      realm = new Realm(context, context.eval(driver), 0);
    }
    realm.context().resetLimits();
    return realm;
  }

  private String bounded(HandlerGuard.Watch watch, Supplier<String> work) {
    try {
      return work.get();
    } catch (PolyglotException stopped) {
      String reason = watch.reason();
      if (reason != null) {
        throw new OverLimitException(reason);
      }
      if (stopped.isResourceExhausted()) {
        throw new OverLimitException("it ran more than " + limits.statements() + " statements");
      }
      throw stopped;
    }
  }

  private Context context() {
    Context context =
        Context.newBuilder("js")
            .engine(engine)
            .allowAllAccess(false)
            .allowExperimentalOptions(true)
            .allowHostAccess(HostAccess.NONE)
            .allowPolyglotAccess(PolyglotAccess.NONE)
            .allowIO(files)
            .resourceLimits(
                ResourceLimits.newBuilder().statementLimit(limits.statements(), null).build())
            .option("js.esm-eval-returns-exports", "true")
            .option("js.string-length-limit", MAX_TEXT)
            .option("js.regexp-static-result", "false")
            .option("js.disable-eval", "true")
            .option("js.graal-builtin", "false")
            .option("js.polyglot-builtin", "false")
            .option("js.load", "false")
            .option("js.print", "false")
            .option("js.console", "false")
            .option("js.performance", "false")
            .option("js.shared-array-buffer", "false")
            .build();
    context.getBindings("js").putMember("__host", host.functions());
    return context;
  }

  @Override
  public void close() {
    guard.close();
    idle.clear();
    engine.close(true);
  }
}
