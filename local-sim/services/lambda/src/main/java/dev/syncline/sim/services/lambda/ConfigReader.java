// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a function's configuration from an operation's input, over the previous configuration. */
final class ConfigReader {
  /** Members that CreateFunction and UpdateFunctionConfiguration share. */
  static final String[] MEMBERS = {
    "FunctionName",
    "Runtime",
    "Role",
    "Handler",
    "Description",
    "Timeout",
    "MemorySize",
    "VpcConfig",
    "Environment",
    "KMSKeyArn",
    "TracingConfig",
    "Layers",
    "FileSystemConfigs",
    "EphemeralStorage",
    "SnapStart",
    "LoggingConfig",
    "CapacityProviderConfig",
    "DeadLetterConfig"
  };

  private static final List<String> APPLICATION_LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
  private static final List<String> SYSTEM_LEVELS = List.of("DEBUG", "INFO", "WARN");
  private static final Pattern LOG_GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_MAX_CONCURRENCY",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private ConfigReader() {}

  static FunctionConfig read(
      Input input,
      @Nullable FunctionConfig before,
      CodePackage code,
      List<FunctionLayer> layers,
      String revision,
      Instant now) {
    String name = FunctionRef.parse(input.requiredText("FunctionName"), null).name();
    refuseUnsupported(input);
    String runtime =
        FunctionRuntimes.require(
            input.text("Runtime").orElse(before == null ? "" : before.runtime()));
    ObjectNode capacity = capacity(input, before);
    return new FunctionConfig(
        "$LATEST",
        revision,
        revision,
        now,
        runtime,
        role(input, before),
        before == null
            ? input.requiredText("Handler")
            : input.text("Handler").orElse(before.handler()),
        input.text("Description").orElse(before == null ? "" : before.description()),
        number(input, "Timeout", 1, 900, before == null ? 3 : before.timeout()),
        number(input, "MemorySize", 128, 10_240, before == null ? 128 : before.memorySize()),
        environment(input, before),
        tracing(input, before),
        before == null ? architectures(input, List.of("x86_64")) : before.architectures(),
        input
            .structure("EphemeralStorage")
            .map(storage -> number(storage.only("Size"), "Size", 512, 10_240, 512))
            .orElse(before == null ? 512 : before.ephemeralStorage()),
        snapStart(input, before),
        logging(input, before, name),
        input.text("KMSKeyArn").orElse(before == null ? null : before.kmsKeyArn()),
        capacity,
        concurrency(capacity),
        VersionState.ACTIVE,
        code,
        layers);
  }

  static List<String> architectures(Input input, List<String> fallback) {
    List<String> given = input.texts("Architectures");
    if (given.isEmpty()) {
      return fallback;
    }
    if (given.size() != 1 || !Set.of("x86_64", "arm64").contains(given.get(0))) {
      throw LambdaErrors.invalid("Architectures must be one of [x86_64] and [arm64].");
    }
    return given;
  }

  /** Refuses a function that is a container image. */
  static void requireZip(Input input, String function) {
    String packageType = input.text("PackageType").orElse("Zip");
    if (packageType.equals("Image")) {
      throw LambdaErrors.invalid(
          "The simulator does not run container images (PackageType Image) of function '"
              + function
              + "'. Deploy it as a zip.");
    }
    if (!packageType.equals("Zip")) {
      throw LambdaErrors.violated(
          packageType, "packageType", "Member must satisfy enum value set: [Image, Zip]");
    }
  }

  private static void refuseUnsupported(Input input) {
    if (!input.list("FileSystemConfigs").isEmpty()) {
      throw unsupported("FileSystemConfigs");
    }
    input
        .structure("VpcConfig")
        .ifPresent(
            vpc -> {
              vpc.only("SubnetIds", "SecurityGroupIds", "Ipv6AllowedForDualStack");
              if (!vpc.list("SubnetIds").isEmpty() || !vpc.list("SecurityGroupIds").isEmpty()) {
                throw unsupported("VpcConfig with subnets or security groups");
              }
            });
  }

  /**
   * The dead-letter target, absent when the input has none, empty to remove it. A configuration
   * without a target changes nothing, as recorded.
   *
   * @throws AwsException when nothing can be sent to it
   */
  static Optional<String> deadLetterTarget(Input input) {
    return input
        .structure("DeadLetterConfig")
        .flatMap(config -> config.only("TargetArn").text("TargetArn"))
        .map(
            target -> {
              if (!target.isEmpty()) {
                EventOutcomes.requireDeadLetterTarget(target);
              }
              return target;
            });
  }

  private static AwsException unsupported(String what) {
    return LambdaErrors.invalid("The simulator does not support " + what + " for functions.");
  }

  private static String role(Input input, @Nullable FunctionConfig before) {
    String role =
        before == null ? input.requiredText("Role") : input.text("Role").orElse(before.role());
    if (!role.matches("arn:aws[a-zA-Z-]*:iam::\\d{12}:role/.+")) {
      throw LambdaErrors.violated(
          role,
          "role",
          "Member must satisfy regular expression pattern:"
              + " arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    }
    return role;
  }

  private static int number(Input input, String member, int least, int most, int fallback) {
    int value = input.integer(member).orElse(fallback);
    if (value < least || value > most) {
      String shown = Character.toLowerCase(member.charAt(0)) + member.substring(1);
      throw LambdaErrors.violated(
          value,
          shown,
          "Member must have value "
              + (value < least
                  ? "greater than or equal to " + least
                  : "less than or equal to " + most));
    }
    return value;
  }

  private static Map<String, String> environment(Input input, @Nullable FunctionConfig before) {
    if (!input.has("Environment")) {
      return before == null ? Map.of() : before.environment();
    }
    Map<String, String> variables =
        input
            .structure("Environment")
            .map(given -> given.only("Variables").textMap("Variables"))
            .orElse(Map.of());
    var reserved = new TreeSet<>(variables.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw LambdaErrors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    return variables;
  }

  private static String tracing(Input input, @Nullable FunctionConfig before) {
    return input
        .structure("TracingConfig")
        .flatMap(config -> config.only("Mode").text("Mode"))
        .orElse(before == null ? "PassThrough" : before.tracingMode());
  }

  private static String snapStart(Input input, @Nullable FunctionConfig before) {
    String applyOn =
        input
            .structure("SnapStart")
            .flatMap(config -> config.only("ApplyOn").text("ApplyOn"))
            .orElse(before == null ? "None" : before.snapStart());
    if (!Set.of("None", "PublishedVersions").contains(applyOn)) {
      throw LambdaErrors.invalid("SnapStart.ApplyOn must be None or PublishedVersions.");
    }
    return applyOn;
  }

  private static ObjectNode logging(Input input, @Nullable FunctionConfig before, String name) {
    ObjectNode logging =
        before == null ? JsonNodeFactory.instance.objectNode() : before.logging().deepCopy();
    input
        .structure("LoggingConfig")
        .ifPresent(
            given -> {
              given.only("LogFormat", "LogGroup", "ApplicationLogLevel", "SystemLogLevel");
              Constraints.of(given)
                  .oneOf("LogFormat", List.of("JSON", "Text"))
                  .oneOf("ApplicationLogLevel", APPLICATION_LEVELS)
                  .oneOf("SystemLogLevel", SYSTEM_LEVELS)
                  .pattern("LogGroup", LOG_GROUP)
                  .length("LogGroup", 1, 512)
                  .verify();
              logging.setAll(given.json());
            });
    if (!logging.hasNonNull("LogFormat")) {
      logging.put("LogFormat", "Text");
    }
    if (!logging.hasNonNull("LogGroup")) {
      logging.put("LogGroup", "/aws/lambda/" + name);
    }
    List<String> levels = List.of("ApplicationLogLevel", "SystemLogLevel");
    if (logging.path("LogFormat").asText().equals("JSON")) {
      levels.stream()
          .filter(level -> !logging.hasNonNull(level))
          .forEach(level -> logging.put(level, "INFO"));
    } else if (input
        .structure("LoggingConfig")
        .filter(g -> g.has(levels.get(0)) || g.has(levels.get(1)))
        .isPresent()) {
      throw LambdaErrors.invalid(
          "Log Level is not supported when LogFormat is set to \"Text\". Remove log level from your"
              + " request or change the LogFormat to \"JSON\" and try again.");
    } else {
      logging.remove(levels);
    }
    return logging;
  }

  private static @Nullable ObjectNode capacity(Input input, @Nullable FunctionConfig before) {
    if (!input.has("CapacityProviderConfig")) {
      return before == null ? null : before.capacityProvider();
    }
    return input
        .structure("CapacityProviderConfig")
        .map(
            config -> {
              config
                  .only("LambdaManagedInstancesCapacityProviderConfig")
                  .structure("LambdaManagedInstancesCapacityProviderConfig")
                  .ifPresent(
                      instances ->
                          instances.only(
                              "CapacityProviderArn",
                              "PerExecutionEnvironmentMaxConcurrency",
                              "ExecutionEnvironmentMemoryGiBPerVCpu"));
              return config.json();
            })
        .orElse(null);
  }

  private static int concurrency(@Nullable ObjectNode capacity) {
    if (capacity == null) {
      return 1;
    }
    var instances =
        new Input(capacity).structure("LambdaManagedInstancesCapacityProviderConfig").orElse(null);
    return instances == null
        ? 1
        : number(instances, "PerExecutionEnvironmentMaxConcurrency", 1, 1600, 32);
  }
}
