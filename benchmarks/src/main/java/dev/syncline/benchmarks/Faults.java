// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The faults of the fault matrix and their probabilities. Not thread-safe; the planned rules are.
 */
final class Faults {
  private static final Pattern INVOKES_THE_BRIDGE =
      Pattern.compile("\"FunctionName\":\"[^\"]*-bridge");
  private static final int ALWAYS = Integer.MAX_VALUE;

  private final FaultPlan plan;
  private final SeededDecisions decisions;

  private Faults(FaultPlan plan, SeededDecisions decisions) {
    this.plan = plan;
    this.decisions = decisions;
  }

  /** Plans faults of the channel, of the start, and of the place where the backend keeps state. */
  static void plan(FaultPlan plan, String backend, SeededDecisions decisions) {
    var faults = new Faults(plan, decisions);
    faults.channel();
    faults.start(startOf(backend));
    if (backend.equals("stepfunctions")) {
      faults.workflow();
    } else {
      faults.store();
    }
    faults.call("call", "GetSecretValue", 0.05, new Fault.Refuse(500, "InternalFailure", "no"));
  }

  /** The operation that starts work. */
  static String startOf(String backend) {
    return switch (backend) {
      case "stepfunctions" -> "StartExecution";
      case "worker" -> "Invoke";
      case "sqs" -> "SendMessage";
      default ->
          throw new IllegalArgumentException(
              "no faults are defined for the backend "
                  + backend
                  + "; use stepfunctions, worker or sqs");
    };
  }

  private void channel() {
    at("appsync.delivery", 0.03, new Fault.Drop());
    at("appsync.delivery", 0.02, new Fault.Corrupt("{\"id\": nonsense"));
    at("appsync.delivery", 0.01, new Fault.Disconnect());
    at("appsync.delivery", 0.01, new Fault.Delay(Duration.ofSeconds(25)));
    at("appsync.delivery", 0.05, new Fault.Duplicate(3));
    at("appsync.delivery", 0.05, new Fault.Delay(Duration.ofSeconds(2)));
    at("appsync.subscribe", 0.05, new Fault.Delay(Duration.ofSeconds(3)));
    at("appsync.subscribe", 0.05, new Fault.Refuse(400, "LimitExceededError", "too many"));
    at("appsync.subscribe", 0.02, new Fault.Disconnect());
  }

  private void start(String start) {
    call("call", start, 0.05, new Fault.Refuse(400, "ThrottlingException", "slow down"));
    call("call", start, 0.02, new Fault.Refuse(500, "InternalFailure", "before"));
    call("answer", start, 0.03, new Fault.Refuse(500, "InternalFailure", "afterwards"));
    call("answer", start, 0.01, new Fault.Delay(Duration.ofSeconds(12)));
  }

  private void workflow() {
    String describe = "DescribeExecution";
    call("call", describe, 0.10, new Fault.Refuse(400, "ThrottlingException", "slow down"));
    call("call", describe, 0.03, new Fault.Refuse(500, "InternalFailure", "no"));
  }

  private void store() {
    call("call", "GetObject", 0.05, new Fault.Refuse(503, "SlowDown", "slow down"));
    call("call", "PutObject", 0.03, new Fault.Refuse(503, "SlowDown", "slow down"));
    call("answer", "PutObject", 0.02, new Fault.Refuse(500, "InternalError", "afterwards"));
  }

  private void at(String place, double probability, Fault fault) {
    String question = place + " " + fault;
    plan.add(place, details -> decisions.strikes(question, details, probability), 1, ALWAYS, fault);
  }

  private void call(String place, String operation, double probability, Fault fault) {
    String question = place + " " + operation + " " + fault;
    plan.add(
        place,
        details ->
            operation.equals(details.get("operation"))
                && !isTheGateways(details.getOrDefault("input", ""))
                && decisions.strikes(question, details, probability),
        1,
        ALWAYS,
        fault);
  }

  /**
   * Whether this is the gateway's invocation of the bridge, which uses the same operation as the
   * bridge's invocation of the worker. A fault in it reaches the client and does not test the
   * bridge.
   */
  static boolean isTheGateways(String input) {
    return INVOKES_THE_BRIDGE.matcher(input).find();
  }
}
