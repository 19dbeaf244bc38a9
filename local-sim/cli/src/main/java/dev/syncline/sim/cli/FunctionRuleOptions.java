// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.settings.FunctionRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what Lambda accepts. */
final class FunctionRuleOptions {
  private static final String LAYER = "--layer";
  private static final String ENDED = "--ended-runtimes";
  private static final String URLS = "--url-permissions";

  @Option(
      names = LAYER,
      paramLabel = "ARN=FILE",
      description =
          "A zip file in place of a layer version of another account, such as"
              + " arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV3:1=layer.zip."
              + " Repeatable. Default: none; functions with such a layer are refused.")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = ENDED,
      paramLabel = "ANSWER",
      description =
          "What happens to functions with a runtime that AWS no longer takes, by the simulator's"
              + " clock: warn (a line in the function's log) or refuse. Default: ${DEFAULT-VALUE}.")
  private String ended = "warn";

  @Option(
      names = URLS,
      paramLabel = "N",
      description =
          "The permissions that a function URL needs: 1 (lambda:InvokeFunctionUrl) or 2 (and"
              + " lambda:InvokeFunction, as on AWS since October 2025). With 1, a line in the"
              + " function's log tells what AWS would refuse. Default: ${DEFAULT-VALUE}.")
  private int urlPermissions = 2;

  /**
   * The options as settings.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  FunctionRules settings() {
    boolean refuse =
        switch (ended.toLowerCase(Locale.ROOT)) {
          case "warn" -> false;
          case "refuse" -> true;
          default ->
              throw new IllegalArgumentException(
                  ENDED + " must be warn or refuse, got '" + ended + "'");
        };
    if (urlPermissions != 1 && urlPermissions != 2) {
      throw new IllegalArgumentException(URLS + " must be 1 or 2, got " + urlPermissions);
    }
    return new FunctionRules(refuse, urlPermissions == 2, files());
  }

  private Map<String, Path> files() {
    var files = new LinkedHashMap<String, Path>();
    for (String layer : layers) {
      int equals = layer.indexOf('=');
      String arn = equals < 0 ? layer : layer.substring(0, equals);
      if (equals < 0 || !arn.matches("arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:layer:[^:]+:\\d+")) {
        throw new IllegalArgumentException(
            LAYER + " must be the ARN of a layer version, = and a zip file, got '" + layer + "'");
      }
      Path file = Path.of(layer.substring(equals + 1)).toAbsolutePath();
      if (!Files.isReadable(file)) {
        throw new IllegalArgumentException(LAYER + " " + arn + ": cannot read " + file);
      }
      files.put(arn, file);
    }
    return files;
  }
}
