// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.FunctionSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts environments in this process, on virtual time: for tests, in which waiting takes no real
 * time. A function's code has its own class loader, in which {@code System.getenv}, its properties,
 * its output and {@code System.exit} are its own; see {@link HandlerLoader} and {@code
 * docs/gateway-and-lambda.md} for the state that it shares with the simulator nevertheless.
 * Handlers given as objects share everything.
 *
 * <p>A function that does not end at its time-out continues: its thread is interrupted, then
 * abandoned, and the journal records it. A function with several such threads is not started again.
 *
 * <p>Thread-safe.
 */
public final class InProcessEnvironments implements EnvironmentFactory {
  private final SimClock clock;
  private final InProcessFunctions functions;
  private final Supplier<Map<String, String>> environment;
  private final ThreadWatch watch;
  private final AbandonedThreads abandoned;
  private final RuntimeClients clients = new RuntimeClients();
  private final Set<InProcessEnvironment> running = ConcurrentHashMap.newKeySet();

  /**
   * A factory.
   *
   * @param functions handlers given as objects; others are loaded from their code
   * @param environment variables beneath each function's own; asked at each start
   */
  public InProcessEnvironments(
      SimClock clock, InProcessFunctions functions, Supplier<Map<String, String>> environment) {
    this(clock, null, functions, environment);
  }

  /**
   * A factory.
   *
   * @param journal records functions that still run after their time-out; null to record none
   * @param functions handlers given as objects; others are loaded from their code
   * @param environment variables beneath each function's own; asked at each start
   */
  public InProcessEnvironments(
      SimClock clock,
      @Nullable Journal journal,
      InProcessFunctions functions,
      Supplier<Map<String, String>> environment) {
    this.clock = clock;
    this.abandoned = new AbandonedThreads(journal);
    this.functions = functions;
    this.environment = environment;
    this.watch = new ThreadWatch(clock);
  }

  @Override
  public ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output) {
    var started = new InProcessEnvironment(clock, watch, abandoned, spec, logStream, output);
    running.add(started);
    started.ended().thenRun(() -> running.remove(started));
    var variables = new HashMap<>(environment.get());
    variables.putAll(spec.environment());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", spec.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMb()));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", spec.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    variables.put("_HANDLER", spec.handler());
    variables.put("LAMBDA_TASK_ROOT", spec.code().directory().toString());
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + spec.runtime());
    FunctionOutcome refusal = abandoned.refusal(spec.name());
    if (refusal == null) {
      started.start(functions.find(spec), Map.copyOf(variables), clients);
    } else {
      started.refuse(refusal);
    }
    return started;
  }

  @Override
  public boolean external(String runtime) {
    return false;
  }

  @Override
  public void close() {
    running.forEach(InProcessEnvironment::kill);
    watch.close();
    clients.close();
  }
}
