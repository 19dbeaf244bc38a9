// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The role of a state machine: its session in an execution, and what it must allow when the machine
 * is created or updated. Source of the actions: the Step Functions guide's policies for log
 * delivery and for {@code .sync}. Thread-safe.
 */
record MachineRole(Dispatcher dispatcher) {
  private static final String PRINCIPAL = "states.amazonaws.com";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String CREATION_SESSION = "StepFunctionsValidation";
  private static final String CHILD_RULE =
      "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
  private static final List<String> LOG_DELIVERY =
      List.of(
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups");
  private static final List<String> MANAGED_RULE =
      List.of("events:PutTargets", "events:PutRule", "events:DescribeRule");

  /** The session of an execution: AWS shows 32 letters, here a digest of the execution's ARN. */
  static CallPrincipal.RoleSession session(ExecutionOrigin origin) {
    byte[] digest = digest(origin.arn());
    var name = new StringBuilder(digest.length);
    for (byte one : digest) {
      name.append(LETTERS.charAt((one & 0xff) % LETTERS.length()));
    }
    return new CallPrincipal.RoleSession(origin.machine().roleArn(), name.toString());
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Checks the role where permissions are enforced.
   *
   * @param definition a valid definition
   * @throws dev.syncline.sim.service.AwsException when the service may not assume the role, or when
   *     the role lacks what log delivery or a {@code .sync} task needs
   */
  void check(
      String machineArn,
      String roleArn,
      String definition,
      StateMachine.Settings settings,
      CallContext context) {
    var service = new CallPrincipal.Service(PRINCIPAL, machineArn, context.account());
    if (denied(AccessCheck.of("sts:AssumeRole", roleArn), context.as(service))) {
      throw StepFunctionsErrors.roleNotAssumable();
    }
    CallContext asRole = context.as(new CallPrincipal.RoleSession(roleArn, CREATION_SESSION));
    if (startsChildren(definition)) {
      String rule = Arn.aws("events", context.region(), context.account(), CHILD_RULE);
      for (String action : MANAGED_RULE) {
        if (denied(AccessCheck.of(action, rule), asRole)) {
          throw StepFunctionsErrors.noManagedRule(roleArn);
        }
      }
    }
    if (!settings.logging().path("level").asText("OFF").equals("OFF")) {
      for (String action : LOG_DELIVERY) {
        if (denied(AccessCheck.of(action, "*"), asRole)) {
          throw StepFunctionsErrors.noLogDelivery();
        }
      }
    }
  }

  private static boolean startsChildren(String definition) {
    return definition.contains(":states:startExecution.sync");
  }

  private boolean denied(AccessCheck check, CallContext context) {
    return dispatcher.permissions().denial(check, context).isPresent();
  }
}
