// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An execution environment that is a handler object in this process. Its end interrupts its threads
 * and abandons them, because a thread cannot be stopped. Those that continue are counted.
 * Thread-safe.
 */
final class InProcessEnvironment implements ExecutionEnvironment {
  private final SimClock clock;
  private final ThreadWatch watch;
  private final AbandonedThreads abandoned;
  private final FunctionSpec spec;
  private final String logStream;
  private final Consumer<String> output;
  private final FunctionOutput printed;
  private final FunctionThreads threads;
  private final SimScheduler scheduler;
  private final CompletableFuture<FunctionOutcome> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Map<Invocation, CompletableFuture<FunctionOutcome>> inFlight =
      new ConcurrentHashMap<>();
  private volatile @Nullable RequestStreamHandler handler;
  private volatile @Nullable HandlerLoader loader;

  InProcessEnvironment(
      SimClock clock,
      ThreadWatch watch,
      AbandonedThreads abandoned,
      FunctionSpec spec,
      String logStream,
      Consumer<String> output) {
    this.clock = clock;
    this.watch = watch;
    this.abandoned = abandoned;
    this.spec = spec;
    this.logStream = logStream;
    this.output = output;
    this.printed = new FunctionOutput(output);
    this.threads = new FunctionThreads(spec.name(), clock, watch);
    this.scheduler = new SimScheduler(clock, threads::run);
  }

  /** Ends before it has started. */
  void refuse(FunctionOutcome reason) {
    ready.complete(reason);
    kill();
  }

  void start(
      @Nullable HandlerFactory factory, Map<String, String> environment, RuntimeClients clients) {
    threads.run(
        () -> {
          try {
            if (factory != null) {
              handler = factory.create(environment, clock.asJavaClock(), scheduler);
            } else {
              var newLoader = new HandlerLoader(spec, clients);
              loader = newLoader;
              Thread.currentThread().setContextClassLoader(newLoader.classLoader());
              newLoader.start(environment, printed.asPrintStream(), this::exit, output);
              handler = newLoader.load(spec, environment, clock.asJavaClock(), scheduler);
            }
            printed.endOpenLine();
            ready.complete(FunctionOutcome.success(new byte[0]));
          } catch (Throwable failure) {
            // Each exception or Error of a function is the function's error.
            printed.endOpenLine();
            ready.complete(failure(failure, true));
            kill();
          }
        });
  }

  /** The function called exit, which ends this environment. */
  private void exit(int status) {
    // An operating system keeps eight bits of the status.
    int kept = status & 0xff;
    printed.endOpenLine();
    inFlight.forEach(
        (invocation, outcome) ->
            outcome.complete(RuntimeErrors.exited(invocation.requestId(), kept)));
    ready.complete(RuntimeErrors.exited("", kept));
    kill();
    throw new FunctionExit(status);
  }

  @Override
  public CompletableFuture<FunctionOutcome> ready() {
    return ready;
  }

  @Override
  public CompletableFuture<FunctionOutcome> invoke(Invocation invocation, Duration limit) {
    var outcome = new CompletableFuture<FunctionOutcome>();
    inFlight.put(invocation, outcome);
    if (ended.isDone()) {
      outcome.complete(RuntimeErrors.exited(invocation.requestId(), 137));
      return outcome;
    }
    var context =
        new InProcessContext(clock, spec, invocation, logStream, clock.now().plus(limit), output);
    try {
      threads.run(
          () -> {
            FunctionOutcome result = call(invocation, context);
            printed.endOpenLine();
            inFlight.remove(invocation);
            outcome.complete(result);
          });
    } catch (RejectedExecutionException endedMeanwhile) {
      outcome.complete(RuntimeErrors.exited(invocation.requestId(), 137));
    }
    return outcome;
  }

  @Override
  public CompletableFuture<Void> kill() {
    if (!ended.complete(null)) {
      return ended;
    }
    scheduler.shutdown();
    threads.abandon();
    inFlight.forEach(
        (invocation, outcome) ->
            outcome.complete(RuntimeErrors.exited(invocation.requestId(), 137)));
    ready.complete(RuntimeErrors.exited("", 137));
    // On its own thread: closing runs the function's code and may block.
    Thread.ofPlatform()
        .daemon()
        .name("function-" + spec.name() + "-close")
        .start(this::closeHandler);
    watch.whenSettled(() -> abandoned.add(spec.name(), threads.alive()));
    return ended;
  }

  @Override
  public CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public Optional<Duration> restoreDuration() {
    return Optional.empty();
  }

  @Override
  public OptionalInt peakMemoryMb() {
    return OptionalInt.empty();
  }

  private void closeHandler() {
    if (handler instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception | LinkageError | FunctionExit failure) {
        output.accept("The function's handler could not be closed: " + failure);
      }
    }
    HandlerLoader opened = loader;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException failure) {
        output.accept("The function's class loader could not be closed: " + failure.getMessage());
      }
    }
  }

  private FunctionOutcome call(Invocation invocation, InProcessContext context) {
    HandlerLoader opened = loader;
    if (opened != null) {
      Thread.currentThread().setContextClassLoader(opened.classLoader());
    }
    RequestStreamHandler target = handler;
    if (target == null) {
      throw new IllegalStateException("invoked before it was ready");
    }
    var answer = new ByteArrayOutputStream();
    try {
      target.handleRequest(new ByteArrayInputStream(invocation.payload()), answer, context);
    } catch (Throwable failure) {
      // An exception or Error is the function's error; the JVM's own errors end the environment.
      return failure(failure, failure instanceof VirtualMachineError || failure instanceof IOError);
    }
    return answer.size() > RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD
        ? RuntimeErrors.responseTooLarge(false)
        : FunctionOutcome.success(answer.toByteArray());
  }

  private static FunctionOutcome failure(Throwable failure, boolean lost) {
    FunctionOutcome fault = RuntimeClient.fault(failure, lost);
    if (fault != null) {
      return fault;
    }
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    String message = failure.getLocalizedMessage();
    error.put("errorMessage", message == null ? failure.getClass().getName() : message);
    error.put("errorType", failure.getClass().getName());
    var trace = error.putArray("stackTrace");
    for (StackTraceElement element : failure.getStackTrace()) {
      trace.add(element.toString());
    }
    return FunctionOutcome.failure(
        error.toString().getBytes(StandardCharsets.UTF_8), failure.getClass().getName(), lost);
  }
}
