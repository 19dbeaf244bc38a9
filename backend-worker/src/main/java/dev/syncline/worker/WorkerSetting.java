// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.work.NumberSetting;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The worker's own variables, with default, range and meaning. The parsing, the error messages, and
 * the table in {@code docs/workers.md} are derived from this list.
 */
public enum WorkerSetting {
  /** The class of the work. */
  WORK_CLASS(
      "",
      "your class that implements `dev.syncline.worker.Work` and has a public constructor"
          + " without parameters; default: the sample's work"),
  /** How long a job waits before its work. */
  WORKER_DELAY_MS(
      "10000",
      0,
      900_000,
      "how long a job waits before its work, in ms; simulates the time of real work, so"
          + " with `WORK_CLASS` it is 0 by default"),
  /** Which statuses are published. */
  WORKER_STATUSES(
      "all",
      Set.of("all", "none"),
      "`all` publishes PENDING and PROCESSING too; `none` publishes only the answer"),
  /** How many outcomes are remembered. */
  WORKER_REMEMBERED_JOBS(
      "10000",
      0,
      1_000_000,
      "how many outcomes a process remembers, to answer a redelivered job with its first outcome"),
  /** How many jobs a process runs concurrently. */
  WORKER_CONCURRENCY("64", 1, 10_000, "process: concurrent jobs"),
  /** How long a stopping process waits for its jobs. */
  WORKER_DRAIN_MS(
      "25000",
      0,
      900_000,
      "process: how long it continues its jobs after SIGTERM, in ms; unfinished jobs are put"
          + " back"),
  /** The queue to poll. */
  WORKER_QUEUE_URL("", "process: the SQS queue to poll"),
  /** The visibility timeout of a received message. */
  WORKER_VISIBILITY_MS(
      "30000",
      3_000,
      43_200_000,
      "queue: the visibility timeout, in ms; extended after each third of it while the job"
          + " runs"),
  /** How long a poll waits for a message. */
  WORKER_POLL_SECONDS("20", 0, 20, "queue: how long one poll waits for a message, in s"),
  /** The activity to work for. */
  WORKER_ACTIVITY_ARN("", "process: the Step Functions activity to work for"),
  /** The port that accepts jobs over HTTP. */
  WORKER_HTTP_PORT("", 0, 65_535, "process: the port for `POST /jobs`; 0 for a free port"),
  /** The address of that port. */
  WORKER_HTTP_ADDRESS("127.0.0.1", "http: the address to listen at; 0.0.0.0 for all"),
  /** The secret of that port's callers. */
  WORKER_HTTP_TOKEN(
      "",
      "http: a secret that callers send as `Authorization: Bearer`, at least 16 characters;"
          + " without it every client that reaches the port may call"),
  /** Where accepted jobs are kept. */
  WORKER_HTTP_DIRECTORY(
      "",
      "http: a directory, used by one process only, that keeps accepted jobs until they are"
          + " answered; without it a killed process loses them"),
  /** This worker's name in execution histories. */
  WORKER_NAME("backend-worker", "activity: this worker's name in execution histories"),
  /** The interval of a task's heartbeats. */
  WORKER_TASK_HEARTBEAT_MS(
      "20000",
      0,
      3_600_000,
      "activity and task tokens: the interval of heartbeats, in ms; below the state's"
          + " HeartbeatSeconds; 0 sends none");

  private final String defaultValue;
  private final long min;
  private final long max;
  private final Set<String> choices;
  private final String meaning;

  WorkerSetting(String defaultValue, String meaning) {
    this(defaultValue, 0, -1, Set.of(), meaning);
  }

  WorkerSetting(String defaultValue, Set<String> choices, String meaning) {
    this(defaultValue, 0, -1, choices, meaning);
  }

  WorkerSetting(String defaultValue, long min, long max, String meaning) {
    this(defaultValue, min, max, Set.of(), meaning);
  }

  WorkerSetting(String defaultValue, long min, long max, Set<String> choices, String meaning) {
    this.defaultValue = defaultValue;
    this.min = min;
    this.max = max;
    this.choices = choices;
    this.meaning = meaning;
  }

  /** Whether the variable is set and not blank. */
  public boolean isSet(Map<String, String> environment) {
    return !environment.getOrDefault(name(), "").isBlank();
  }

  /**
   * The variable's value, or its default.
   *
   * @throws IllegalArgumentException naming the variable, if the value is not one of its choices
   */
  public String text(Map<String, String> environment) {
    String value = environment.getOrDefault(name(), "").strip();
    if (value.isEmpty()) {
      return defaultValue;
    }
    if (!choices.isEmpty() && !choices.contains(value.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          name()
              + " must be one of "
              + choices.stream().sorted().toList()
              + ", but is \""
              + value
              + "\"");
    }
    return choices.isEmpty() ? value : value.toLowerCase(Locale.ROOT);
  }

  /**
   * The variable's value, which must be set.
   *
   * @throws IllegalArgumentException naming the variable and its meaning
   */
  public String required(Map<String, String> environment) {
    String value = text(environment);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name() + " is not set (" + meaning + ")");
    }
    return value;
  }

  /**
   * The variable's value as a number, or its default.
   *
   * @throws IllegalArgumentException naming the variable and its range
   */
  public long number(Map<String, String> environment) {
    return NumberSetting.within(name(), "a whole number", required(environment), min, max);
  }

  /** The variable's row of the table in the documentation. */
  public String row() {
    String range = max < min ? "" : min + " to " + max;
    String allowed =
        choices.isEmpty() ? range : String.join(", ", choices.stream().sorted().toList());
    return "| `" + name() + "` | " + defaultValue + " | " + allowed + " | " + meaning + " |";
  }
}
