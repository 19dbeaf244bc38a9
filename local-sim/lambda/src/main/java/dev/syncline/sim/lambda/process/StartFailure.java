// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of Lambda for a program that the system did not start. */
final class StartFailure {
  /** As the JDK writes the system's error number, by way of its helper program or without it. */
  private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d{1,3})");

  private StartFailure() {}

  /** The text for the function's developer, with Lambda's paths. */
  static String text(IOException failure, FunctionSpec spec, String program) {
    String message = String.valueOf(failure.getMessage());
    Matcher number = ERROR.matcher(message);
    String reason = number.find() ? reason(number.group(1)) : null;
    return reason == null ? message : "fork/exec " + onLambda(spec, program) + ": " + reason;
  }

  private static @Nullable String reason(String number) {
    return switch (number) {
      case "2" -> "no such file or directory";
      case "8" -> "exec format error";
      case "13" -> "permission denied";
      default -> null;
    };
  }

  private static String onLambda(FunctionSpec spec, String program) {
    Path file = Path.of(program);
    Path task = spec.code().directory();
    Path layers = spec.layers();
    if (file.startsWith(task)) {
      return "/var/task/" + task.relativize(file);
    }
    return layers != null && file.startsWith(layers) ? "/opt/" + layers.relativize(file) : program;
  }
}
