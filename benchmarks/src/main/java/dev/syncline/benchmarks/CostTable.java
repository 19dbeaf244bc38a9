// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * The cost of a million requests at stated prices: prints the table of {@code docs/cost.md}, which
 * a test compares. Prices are US dollars on demand in us-east-1, without free tiers and discounts.
 */
public final class CostTable {
  static final double LAMBDA_X86_GB_SECOND = 0.0000166667;
  static final double LAMBDA_ARM_GB_SECOND = 0.0000133334;
  static final double LAMBDA_REQUESTS = 0.20;
  static final double REST_API = 3.50;
  static final double EVENTS_OPERATIONS = 1.00;
  static final double STATE_TRANSITIONS = 25.00;
  static final double EXPRESS_REQUESTS = 1.00;
  static final double EXPRESS_GB_SECOND = 0.00001667;
  static final double SQS_REQUESTS = 0.40;
  static final double S3_PUTS = 5.00;
  static final double S3_GETS = 0.40;
  static final double LOGS_GB = 0.50;

  /** An m7g.large, 2 vCPU, with Lambda's 15 % on it, an hour. */
  static final double MANAGED_INSTANCE_HOUR = 0.0816 * 1.15;

  private static final double MILLION = 1_000_000;
  private static final double WORK_SECONDS = 10;

  /** The time that bridge and socket add: the sample opens a connection for each request. */
  private static final double SAMPLE_SECONDS = WORK_SECONDS + 0.4;

  private static final double BRIDGE_SECONDS = WORK_SECONDS + 0.05;
  private static final double LOG_BYTES = 700;

  /**
   * One way to do it, in dollars a million requests.
   *
   * @param holding of the function that holds the caller
   * @param channel of AppSync Events
   * @param backend the cost of the backend
   * @param rest of the HTTP API, logs and storage
   */
  record Row(String name, double holding, double channel, double backend, double rest) {
    double total() {
      return holding + channel + backend + rest;
    }
  }

  private CostTable() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.out.println(markdown());
  }

  /** The table as the page has it. */
  public static String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| | waiting | channel | backend | rest | $ a million |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Row row : rows()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %.2f | %.2f | %.2f | **%.2f** |%n",
              row.name(),
              row.holding(),
              row.channel(),
              row.backend(),
              row.rest(),
              row.total()));
    }
    return text.toString().replace("\r", "");
  }

  static List<Row> rows() {
    double sampleWorkflow = 4 * STATE_TRANSITIONS;
    double workflow = 9 * STATE_TRANSITIONS;
    double rest = REST_API + logs();
    return List.of(
        new Row(
            "The sample: 3,000 MB x86, a socket a request",
            held(3_000, SAMPLE_SECONDS, LAMBDA_X86_GB_SECOND),
            4 * EVENTS_OPERATIONS,
            sampleWorkflow,
            rest),
        new Row(
            "This bridge in the sample's place: 512 MB arm64, the sample's workflow",
            held(512, BRIDGE_SECONDS, LAMBDA_ARM_GB_SECOND),
            3 * EVENTS_OPERATIONS,
            sampleWorkflow,
            rest),
        bridge(1_024, workflow, rest),
        bridge(512, workflow, rest),
        bridge(256, workflow, rest),
        new Row(
            "The same, 512 MB, a worker on SQS (0.2 s at 512 MB) with a result bucket",
            held(512, BRIDGE_SECONDS, LAMBDA_ARM_GB_SECOND),
            2 * EVENTS_OPERATIONS,
            3 * SQS_REQUESTS + held(512, 0.2, LAMBDA_ARM_GB_SECOND),
            rest + 2 * S3_PUTS + 0.1 * S3_GETS),
        new Row(
            "The same on Managed Instances, 64 waits on 2 vCPU, always full",
            managed(),
            2 * EVENTS_OPERATIONS,
            workflow,
            rest),
        new Row(
            "This bridge, 512 MB, an Express workflow by StartSyncExecution",
            held(512, BRIDGE_SECONDS, LAMBDA_ARM_GB_SECOND),
            0,
            express(),
            rest),
        new Row("API Gateway straight to an Express workflow, no bridge", 0, 0, express(), rest),
        new Row(
            "202 at once and three polls (128 MB, 20 ms each), the shipped workflow",
            4 * held(128, 0.02, LAMBDA_ARM_GB_SECOND),
            2 * EVENTS_OPERATIONS,
            workflow,
            4 * rest));
  }

  private static Row bridge(int megabytes, double workflow, double rest) {
    return new Row(
        String.format(Locale.ROOT, "This bridge: %,d MB arm64, the shipped workflow", megabytes),
        held(megabytes, BRIDGE_SECONDS, LAMBDA_ARM_GB_SECOND),
        2 * EVENTS_OPERATIONS,
        workflow,
        rest);
  }

  private static double held(double megabytes, double seconds, double gigabyteSecond) {
    return LAMBDA_REQUESTS + MILLION * megabytes / 1_024 * seconds * gigabyteSecond;
  }

  private static double managed() {
    double requestsAnHour = 64 * 3_600 / BRIDGE_SECONDS;
    return LAMBDA_REQUESTS + MANAGED_INSTANCE_HOUR * MILLION / requestsAnHour;
  }

  private static double express() {
    return EXPRESS_REQUESTS + MILLION * WORK_SECONDS * 64 / 1_024 * EXPRESS_GB_SECOND;
  }

  private static double logs() {
    return MILLION * LOG_BYTES / 1e9 * LOGS_GB;
  }
}
