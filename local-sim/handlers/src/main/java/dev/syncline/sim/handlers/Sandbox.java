// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
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
 * it parses a source once for all calls. Each call has its own context, so no handler sees data of
 * another handler or of an earlier call. Thread-safe.
 */
final class Sandbox implements AutoCloseable {
  private static final String MODULE = "application/javascript+module";
  private static final String MAX_TEXT = String.valueOf(8 << 20);

  private final Engine engine;
  private final IOAccess files = IOAccess.newBuilder().fileSystem(new ModuleFiles()).build();
  private final Source driver;
  private final HostFunctions host;
  private final HandlerLimits limits;
  private final HandlerGuard guard;

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
            "export { __run as run, __describe as describe } from '" + ModuleFiles.UTILS + "';");
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
   * Loads the code in a new context and runs an action with the driver and the code's exports. Call
   * it on a platform thread that does nothing else meanwhile, because the limits apply to the
   * thread.
   *
   * @throws OverLimitException when it exceeded a limit
   * @throws PolyglotException when loading the code fails
   */
  String run(Source code, String authType, BiFunction<Value, Value, String> work) {
    // Loading the simulator's own code does not count against the limits.
    Context context = context(authType);
    try {
      Value calls = context.eval(driver);
      try (HandlerGuard.Watch watch = guard.watch(context)) {
        return bounded(watch, () -> work.apply(calls, context.eval(code)));
      }
    } finally {
      context.close(true);
    }
  }

  private String bounded(HandlerGuard.Watch watch, java.util.function.Supplier<String> work) {
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

  private Context context(String authType) {
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
            .option("js.disable-eval", "true")
            .option("js.graal-builtin", "false")
            .option("js.polyglot-builtin", "false")
            .option("js.load", "false")
            .option("js.print", "false")
            .option("js.console", "false")
            .option("js.performance", "false")
            .option("js.shared-array-buffer", "false")
            .build();
    context.getBindings("js").putMember("__host", host.forCall(authType));
    return context;
  }

  @Override
  public void close() {
    guard.close();
    engine.close(true);
  }
}
