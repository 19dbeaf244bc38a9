// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.Interpreter;
import java.util.ArrayList;
import java.util.List;

/** The arguments that Lambda starts Node.js with. */
final class NodeOptions {
  private static final int MAX_HEADERS = 81920;
  private static final String REQUIRE_MODULES = "experimental-require-module";
  private static final String DETECT_MODULES = "experimental-detect-module";

  private NodeOptions() {}

  /**
   * The arguments for a function. The runtimes before nodejs24.x neither load ES modules by {@code
   * require} nor take files for ES modules by their syntax, unless the function's {@code
   * NODE_OPTIONS} asks for it; an option that the host's Node.js does not know is left out, as its
   * default is the same.
   */
  static List<String> of(FunctionSpec spec, Interpreter node) {
    var options = new ArrayList<String>();
    options.add("--expose-gc");
    options.add("--max-http-header-size=" + MAX_HEADERS);
    options.add("--max-semi-space-size=" + Math.max(1, spec.memoryMb() * 5 / 100));
    options.add("--max-old-space-size=" + spec.memoryMb() * 90 / 100);
    int wanted = major(spec.runtime());
    String given = spec.environment().getOrDefault("NODE_OPTIONS", "");
    if (wanted < 24 && knows(node, 20, 17) && !given.contains("--" + REQUIRE_MODULES)) {
      options.add("--no-" + REQUIRE_MODULES);
    }
    if (wanted < 24
        && wanted != 20
        && knows(node, 20, 10)
        && !given.contains("--" + DETECT_MODULES)) {
      options.add("--no-" + DETECT_MODULES);
    }
    return options;
  }

  /** The version that a runtime such as {@code nodejs22.x} names. */
  static int major(String runtime) {
    return Integer.parseInt(runtime.replaceAll("\\D", ""));
  }

  /** Whether the version is at least {@code major.minor}. */
  private static boolean knows(Interpreter node, int major, int minor) {
    return node.major() > major || (node.major() == major && node.minor() >= minor);
  }
}
