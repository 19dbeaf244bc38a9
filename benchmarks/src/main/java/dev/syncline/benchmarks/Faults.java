// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import java.time.Duration;

/** What goes wrong, and how often. Stateless. */
final class Faults {
  private static final int ALWAYS = Integer.MAX_VALUE;

  private Faults() {}

  /** Plans faults for a backend: of the channel, of its start, and of where its state is. */
  static void plan(FaultPlan plan, String backend) {
    always(plan, "appsync.delivery", 0.03, new Fault.Drop());
    always(plan, "appsync.delivery", 0.02, new Fault.Corrupt("{\"id\": nonsense"));
    always(plan, "appsync.delivery", 0.01, new Fault.Disconnect());
    always(plan, "appsync.delivery", 0.01, new Fault.Delay(Duration.ofSeconds(25)));
    always(plan, "appsync.delivery", 0.05, new Fault.Duplicate(3));
    always(plan, "appsync.delivery", 0.05, new Fault.Delay(Duration.ofSeconds(2)));
    always(plan, "appsync.subscribe", 0.05, new Fault.Delay(Duration.ofSeconds(3)));
    always(
        plan, "appsync.subscribe", 0.05, new Fault.Refuse(400, "LimitExceededError", "too many"));
    always(plan, "appsync.subscribe", 0.02, new Fault.Disconnect());
    String start =
        switch (backend) {
          case "stepfunctions" -> "StartExecution";
          case "worker" -> "Invoke";
          case "sqs" -> "SendMessage";
          default -> throw new IllegalArgumentException("no faults are known for " + backend);
        };
    call(plan, "call", start, 0.05, new Fault.Refuse(400, "ThrottlingException", "slow down"));
    call(plan, "call", start, 0.02, new Fault.Refuse(500, "InternalFailure", "before"));
    call(plan, "answer", start, 0.03, new Fault.Refuse(500, "InternalFailure", "afterwards"));
    call(plan, "answer", start, 0.01, new Fault.Delay(Duration.ofSeconds(12)));
    if (backend.equals("stepfunctions")) {
      String describe = "DescribeExecution";
      call(plan, "call", describe, 0.10, new Fault.Refuse(400, "ThrottlingException", "slow down"));
      call(plan, "call", describe, 0.03, new Fault.Refuse(500, "InternalFailure", "no"));
    } else {
      call(plan, "call", "GetObject", 0.05, new Fault.Refuse(503, "SlowDown", "slow down"));
      call(plan, "call", "PutObject", 0.03, new Fault.Refuse(503, "SlowDown", "slow down"));
      call(plan, "answer", "PutObject", 0.02, new Fault.Refuse(500, "InternalError", "afterwards"));
    }
    call(plan, "call", "GetSecretValue", 0.05, new Fault.Refuse(500, "InternalFailure", "no"));
  }

  private static void always(FaultPlan plan, String place, double probability, Fault fault) {
    plan.add(place, details -> true, probability, ALWAYS, fault);
  }

  private static void call(
      FaultPlan plan, String place, String operation, double probability, Fault fault) {
    plan.add(
        place, details -> operation.equals(details.get("operation")), probability, ALWAYS, fault);
  }
}
