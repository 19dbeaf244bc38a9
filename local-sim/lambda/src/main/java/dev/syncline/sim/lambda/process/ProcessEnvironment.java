// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An execution environment that is a child process. Thread-safe. */
final class ProcessEnvironment implements ExecutionEnvironment {
  private final ProcessOptions options;
  private final int memoryMb;
  private final Consumer<String> output;
  private final CompletableFuture<FunctionOutcome> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Process process;
  private @Nullable OutputPump pump;
  private @Nullable RuntimeApi api;
  private final RuntimeSecret secret = new RuntimeSecret();
  private volatile @Nullable TemporaryDirectory temporary;
  private boolean killed;

  ProcessEnvironment(ProcessOptions options, int memoryMb, Consumer<String> output) {
    this.options = options;
    this.memoryMb = memoryMb;
    this.output = output;
  }

  /** Starts the process; returns when it runs or the start has failed. */
  void start(FunctionSpec spec, String logStream, RuntimeFamily family) {
    Child child;
    try {
      // Without the lock: this may run programs to find an interpreter.
      child = family.child(spec);
    } catch (CannotStartException | RuntimeException refused) {
      failToStart(String.valueOf(refused.getMessage()));
      return;
    }
    lock.lock();
    try {
      if (killed) {
        end(null, "", 137);
        return;
      }
      var newApi =
          new RuntimeApi(
              secret, spec.environmentConcurrency(), options.realClock(), this::afterOutput);
      api = newApi;
      newApi.ready().thenAccept(ready::complete);
      var directory = TemporaryDirectory.make(options.temporary());
      temporary = directory;
      Map<String, String> variables =
          ChildVariables.of(spec, child, options, directory.path(), logStream, newApi.address());
      List<String> command = command(spec, child, variables);
      var builder = new ProcessBuilder(command);
      builder.directory(spec.code().directory().toFile());
      var channel = OutputChannel.of(builder, directory.path(), options.platform());
      builder.environment().clear();
      builder.environment().putAll(variables);
      Process started = start(builder, spec, command.getFirst());
      process = started;
      pump = channel.pump(started, line -> output.accept(secret.masked(line)));
      closeInput(started);
      child.notices().forEach(notice -> output.accept("[NOTICE] " + notice));
      started
          .onExit()
          .thenAcceptAsync(
              exited -> end(newApi, newApi.address(), exited.exitValue()),
              // The thread that reaps processes has too small a stack for this.
              task -> Thread.ofVirtual().start(task));
    } catch (CannotStartException | IOException | RuntimeException failure) {
      failToStart(String.valueOf(failure.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  private static Process start(ProcessBuilder builder, FunctionSpec spec, String program)
      throws CannotStartException {
    try {
      return Programs.start(builder);
    } catch (IOException failure) {
      throw new CannotStartException(StartFailure.text(failure, spec, program));
    }
  }

  /** A wrapper script gets the whole command of a managed runtime as its arguments. */
  private static List<String> command(
      FunctionSpec spec, Child child, Map<String, String> variables) {
    String wrapper = variables.getOrDefault("AWS_LAMBDA_EXEC_WRAPPER", "");
    if (wrapper.isEmpty() || !child.managed()) {
      return child.command();
    }
    var command = new ArrayList<String>();
    command.add(here(spec, wrapper));
    command.addAll(child.command());
    return command;
  }

  /** A path of Lambda on this machine. */
  private static String here(FunctionSpec spec, String path) {
    Path layers = spec.layers();
    if (layers != null && path.startsWith("/opt/")) {
      return layers.resolve(path.substring("/opt/".length())).toString();
    }
    return path.startsWith("/var/task/")
        ? spec.code().directory().resolve(path.substring("/var/task/".length())).toString()
        : path;
  }

  private void failToStart(String reason) {
    output.accept("The execution environment could not be started: " + reason);
    RuntimeApi opened = api;
    if (opened != null) {
      opened.close();
    }
    deleteTemporary();
    ready.complete(RuntimeErrors.invalidEntrypoint(reason));
    ended.complete(null);
  }

  private void deleteTemporary() {
    TemporaryDirectory directory = temporary;
    if (directory != null) {
      directory.delete();
    }
  }

  @Override
  public CompletableFuture<FunctionOutcome> ready() {
    return ready;
  }

  @Override
  public CompletableFuture<FunctionOutcome> invoke(Invocation invocation, Duration limit) {
    RuntimeApi target = locked(() -> api);
    if (target == null || ended.isDone()) {
      return CompletableFuture.completedFuture(RuntimeErrors.exited(invocation.requestId(), 1));
    }
    CompletableFuture<FunctionOutcome> outcome =
        target.deliver(invocation, options.realClock().millis() + limit.toMillis());
    if (ended.isDone()) {
      // It ended between the two checks, so no answer would come.
      outcome.complete(RuntimeErrors.exited(invocation.requestId(), 1));
    }
    return outcome;
  }

  @Override
  public CompletableFuture<Void> free(String requestId) {
    RuntimeApi current = locked(() -> api);
    return current == null ? CompletableFuture.completedFuture(null) : current.free(requestId);
  }

  @Override
  public CompletableFuture<Void> kill() {
    Process victim =
        locked(
            () -> {
              killed = true;
              return process;
            });
    if (victim != null) {
      victim.descendants().forEach(ProcessHandle::destroyForcibly);
      victim.destroyForcibly();
    }
    return ended;
  }

  @Override
  public CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public Optional<Duration> restoreDuration() {
    RuntimeApi current = locked(() -> api);
    return current == null ? Optional.empty() : current.restoreDuration();
  }

  @Override
  public OptionalInt peakMemoryMb() {
    Process running = locked(() -> process);
    if (running == null) {
      return OptionalInt.empty();
    }
    try {
      long peak = ProcessStatus.of(running.pid()).kilobytes("VmHWM");
      return peak == 0 ? OptionalInt.empty() : OptionalInt.of((int) (peak / 1024));
    } catch (IOException gone) {
      return OptionalInt.empty();
    }
  }

  /** Its memory limit in MB. */
  int memoryMb() {
    return memoryMb;
  }

  /** The process; null before it has started. */
  @Nullable Process process() {
    return locked(() -> process);
  }

  private CompletableFuture<FunctionOutcome> afterOutput(FunctionOutcome outcome) {
    OutputPump current = locked(() -> pump);
    if (current == null) {
      return CompletableFuture.completedFuture(outcome);
    }
    return current.mark().thenApply(done -> outcome);
  }

  private void end(@Nullable RuntimeApi ending, String runtimeApi, int status) {
    OutputPump current = locked(() -> pump);
    Orphans.end("AWS_LAMBDA_RUNTIME_API=" + runtimeApi);
    CompletableFuture<Void> drained =
        current == null ? CompletableFuture.completedFuture(null) : current.finish();
    drained.thenRun(
        () -> {
          deleteTemporary();
          // Ended first, so that invoke refuses invocations from now on.
          ended.complete(null);
          if (ending != null) {
            ending.fail(requestId -> RuntimeErrors.exited(requestId, status));
            ending.close();
          }
          ready.complete(RuntimeErrors.exited("", status));
        });
  }

  private <T extends @Nullable Object> T locked(java.util.function.Supplier<T> access) {
    lock.lock();
    try {
      return access.get();
    } finally {
      lock.unlock();
    }
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // It has ended; its exit is watched.
    }
  }
}
