// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Starts environments in this process, on virtual time: for tests, where a second of waiting costs
 * nothing and the 29th comes when it is due. What a function prints to {@code System.out} goes
 * where ours goes; its logger goes to its log.
 *
 * <p>Thread-safe.
 */
public final class InProcessEnvironments implements EnvironmentFactory {
  private final SimClock clock;
  private final InProcessFunctions functions;
  private final Supplier<Map<String, String>> environment;
  private final ThreadWatch watch;
  private final Set<InProcessEnvironment> running = ConcurrentHashMap.newKeySet();

  /**
   * A factory.
   *
   * @param functions handlers given as objects; others are loaded from their code
   * @param environment variables beneath each function's own; asked at each start
   */
  public InProcessEnvironments(
      SimClock clock, InProcessFunctions functions, Supplier<Map<String, String>> environment) {
    this.clock = clock;
    this.functions = functions;
    this.environment = environment;
    this.watch = new ThreadWatch(clock);
  }

  @Override
  public ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output) {
    var started = new InProcessEnvironment(clock, watch, spec, logStream, output);
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
    started.start(functions.find(spec), Map.copyOf(variables));
    return started;
  }

  @Override
  public boolean external() {
    return false;
  }

  @Override
  public void close() {
    running.forEach(InProcessEnvironment::kill);
    watch.close();
  }
}
