// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.syncline.work.Randomness;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.InvalidJobException;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobReader;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.process.WorkerComponents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The worker as a Lambda function, invoked with {@code InvocationType: Event}. One invocation is
 * one job. A delayed job waits in the function, which is billed; in a queue it waits for free
 * ({@link SqsWorkerHandler}). When the answer cannot be published, the invocation fails. Lambda
 * retries it, by default twice, and then sends it to the function's failure destination.
 *
 * <p>Thread-safe: one environment may run jobs concurrently. Reads streams, not objects, because a
 * cold start is shorter without a serializer.
 */
public final class WorkerHandler implements RequestStreamHandler, AutoCloseable {
  private final Clock clock;
  private final WorkerComponents parts;

  /**
   * The constructor that Lambda calls: the process's environment and real time.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public WorkerHandler() {
    this(System.getenv(), Clock.systemUTC(), Sleeper.real());
  }

  /**
   * Uses the process's environment, and waits on the given scheduler, whose time may be virtual.
   */
  public WorkerHandler(Clock clock, ScheduledExecutorService scheduler) {
    this(System.getenv(), clock, scheduler);
  }

  /** Uses the given environment, and waits on the given scheduler. */
  public WorkerHandler(
      Map<String, String> environment, Clock clock, ScheduledExecutorService scheduler) {
    this(environment, clock, Sleeper.on(scheduler));
  }

  private WorkerHandler(Map<String, String> environment, Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.parts =
        new WorkerComponents(
            environment, clock, sleeper, Randomness.real(), WorkerLog.to(System.out, clock));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    LambdaLogger logger = context.getLogger();
    long start = clock.millis();
    Job job = read(input, logger);
    try {
      JobOutcome outcome = parts.heartbeats().process(job, parts.config().delay());
      if (outcome == null) {
        logger.log(job + "  is cancelled: its task no longer waits", LogLevel.WARN);
        return;
      }
      String took = (clock.millis() - start) + " ms";
      logger.log(describe(job, outcome) + " after " + took, LogLevel.INFO);
      // An asynchronous invocation discards the output; a manual test invocation shows it.
      output.write(outcome.envelope(job.id()).getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(job + "  was interrupted and must be redelivered", e);
    } catch (RuntimeException e) {
      logger.log(
          job + "  is not answered and must be redelivered:  " + e.getMessage(), LogLevel.ERROR);
      throw e;
    }
  }

  private static Job read(InputStream input, LambdaLogger logger) throws IOException {
    try {
      return JobReader.read(input);
    } catch (InvalidJobException e) {
      logger.log(e.getMessage(), LogLevel.ERROR);
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String describe(Job job, JobOutcome outcome) {
    String detail = outcome instanceof JobOutcome.Failed failed ? " with " + failed.error() : "";
    return job + " answered " + outcome.status() + detail;
  }

  /** Closes connections. Lambda never calls this; programs that embed the handler may. */
  @Override
  public void close() {
    parts.close();
  }
}
