// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.Suitability;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.settings.FunctionRules;
import dev.syncline.sim.service.settings.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks of a function's configuration against other resources and the date. What AWS refuses and
 * the simulator takes is told as a notice: an event of the journal and a line in the function's log
 * group.
 */
record FunctionChecks(
    SimClock clock,
    NoticeTeller notices,
    FunctionRules rules,
    Tolerances tolerances,
    LayerDirectories folders,
    Dispatcher dispatcher,
    Supplier<RolePermissions> roles,
    EnvironmentFactory environments) {
  /** What a function's role must be allowed, by the service of the dead-letter target. */
  private static final Map<String, String> SENDING =
      Map.of("sqs", "sqs:SendMessage", "sns", "sns:Publish");

  private static final Map<String, String> NAMES = Map.of("sqs", "SQS", "sns", "SNS");

  /**
   * A runtime whose dates have passed on the simulator's clock.
   *
   * @throws AwsException if the rules refuse it
   */
  void runtime(String function, FunctionConfig config, boolean create) {
    FunctionRuntimes.refusedSince(config.runtime(), create, clock.now())
        .ifPresent(
            day -> {
              if (rules.refusesEndedRuntimes()) {
                throw LambdaErrors.runtimeEnded(config.runtime());
              }
              tell(
                  function,
                  config,
                  "AWS refuses to "
                      + (create ? "create" : "update")
                      + " functions with the runtime "
                      + config.runtime()
                      + " since "
                      + day
                      + ".");
            });
  }

  /** Lambda must be allowed to assume the role, where permissions are enforced. */
  void role(FunctionConfig config, String functionArn, CallContext context) {
    var lambda =
        new CallPrincipal.Service(RoleEnvironments.PRINCIPAL, functionArn, context.account());
    dispatcher
        .permissions()
        .denial(AccessCheck.of("sts:AssumeRole", config.role()), context.as(lambda))
        .ifPresent(
            denial -> {
              throw LambdaErrors.invalid(
                  "The role defined for the function cannot be assumed by Lambda.");
            });
  }

  /**
   * The role must be allowed to send to the dead-letter target. A role that does not exist in the
   * simulator is not checked.
   */
  void deadLetters(Input input, FunctionConfig config) {
    ConfigReader.deadLetterTarget(input)
        .filter(target -> !target.isEmpty())
        .ifPresent(
            target -> {
              String service = Arn.parse(target).service();
              String action = SENDING.getOrDefault(service, "");
              if (!action.isEmpty() && !roles.get().mayAllow(config.role(), action, target)) {
                tolerances.refuse(
                    Tolerance.DEAD_LETTER_PERMISSION,
                    "DeadLetterConfig",
                    target,
                    LambdaErrors.invalid(
                        "The provided execution role does not have permissions to call "
                            + action.substring(action.indexOf(':') + 1)
                            + " on "
                            + NAMES.get(service)));
              }
            });
  }

  /**
   * How the function's runtime runs on this machine.
   *
   * @throws AwsException if versions of interpreters must be exact and there is no such interpreter
   */
  void interpreter(String function, FunctionConfig config) {
    Suitability suitability = environments.suitability(config.runtime());
    if (suitability.refusal() != null) {
      throw LambdaErrors.invalid(suitability.refusal());
    }
    suitability.notices().forEach(notice -> tell(function, config, notice));
  }

  /** Code that names Lambda's directories, which are elsewhere here. */
  void paths(String function, FunctionConfig config) {
    List<String> files = LiteralPaths.in(config.code().code().directory());
    if (!files.isEmpty()) {
      tell(
          function,
          config,
          "Its code names /opt/, /var/task or /var/runtime: "
              + String.join(", ", files)
              + ". On this machine these directories are elsewhere: LAMBDA_TASK_ROOT and"
              + " LAMBDA_RUNTIME_DIR name them.");
    }
  }

  /** External extensions are not started. */
  void extensions(String function, FunctionConfig config, List<FunctionLayer> layers) {
    List<String> extensions = LayerDirectories.extensions(folders.of(layers));
    if (!extensions.isEmpty()) {
      tell(
          function,
          config,
          "The layers "
              + String.join(", ", layers.stream().map(FunctionLayer::arn).toList())
              + " bring the extensions "
              + String.join(", ", extensions)
              + ". The simulator does not start them.");
    }
  }

  private void tell(String function, FunctionConfig config, String text) {
    notices.tell(function, config.logging().path("LogGroup").asText(), text);
  }
}
