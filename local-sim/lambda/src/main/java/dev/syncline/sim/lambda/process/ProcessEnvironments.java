// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Suitability;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Starts environments as child processes: each calls our Runtime API. They are ended with the
 * factory, and also when our own JVM exits. If our JVM is killed, they end at their next call of
 * the Runtime API.
 *
 * <p>Thread-safe.
 */
public final class ProcessEnvironments implements EnvironmentFactory {
  private final List<RuntimeFamily> families;
  private final ProcessOptions options;
  private final Set<ProcessEnvironment> running = ConcurrentHashMap.newKeySet();
  private final Thread atExit = new Thread(this::endAll, "end-function-processes");
  private final MemoryGuard memory = new MemoryGuard(() -> running);
  private volatile boolean closed;

  /** A factory of environments of these families; the first one that runs a runtime is used. */
  public ProcessEnvironments(List<RuntimeFamily> families, ProcessOptions options) {
    this.families = List.copyOf(families);
    this.options = options;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  @Override
  public ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output) {
    var environment = new ProcessEnvironment(options, spec.memoryMb(), output);
    running.add(environment);
    memory.begin();
    environment.ended().thenRun(() -> running.remove(environment));
    Thread.ofVirtual()
        .name("start-function")
        .start(() -> environment.start(spec, logStream, family(spec.runtime())));
    if (closed) {
      environment.kill();
    }
    return environment;
  }

  @Override
  public Suitability suitability(String runtime) {
    return family(runtime).suitability(runtime);
  }

  private RuntimeFamily family(String runtime) {
    return families.stream()
        .filter(family -> family.runs(runtime))
        .findFirst()
        .orElse(new NoFamily(runtime));
  }

  /** Stands for a runtime that the simulator does not run. */
  private record NoFamily(String runtime) implements RuntimeFamily {
    @Override
    public boolean runs(String other) {
      return true;
    }

    @Override
    public Child child(FunctionSpec spec) throws CannotStartException {
      throw new CannotStartException(
          "the simulator does not run functions of the runtime " + runtime + " here");
    }
  }

  @Override
  public boolean external(String runtime) {
    return true;
  }

  @Override
  public boolean holdsConnection(int clientPort, int serverPort) {
    Stream<ProcessHandle> processes =
        running.stream()
            .map(ProcessEnvironment::process)
            .flatMap(Stream::ofNullable)
            .flatMap(
                process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()));
    return PeerSocket.isHeldBy(processes, clientPort, serverPort);
  }

  @Override
  public void close() {
    closed = true;
    memory.close();
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exitingAlready) {
      // The hook is running and finds no environment.
    }
  }

  private void endAll() {
    running.forEach(ProcessEnvironment::kill);
    // On this thread, because at exit no other thread may get to it.
    for (ProcessEnvironment environment : running) {
      Process process = environment.process();
      if (process != null) {
        process
            .onExit()
            .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
            .handle((p, f) -> p)
            .join();
      }
    }
  }
}
