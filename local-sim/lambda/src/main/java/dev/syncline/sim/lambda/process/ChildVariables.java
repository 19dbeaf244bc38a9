// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionSpec;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of a child process, none of the simulator's own environment. The function's
 * variables replace defaults, and reserved variables replace the function's.
 */
final class ChildVariables {
  /** As Lambda sets it, behind the directories of this machine. */
  private static final String PATH = "/usr/local/bin:/usr/bin/:/bin";

  private ChildVariables() {}

  /**
   * All variables.
   *
   * @param options the defaults of every function
   * @param temporary its own directory in place of {@code /tmp}
   * @param runtimeApi the address of its Runtime API
   */
  static Map<String, String> of(
      FunctionSpec spec,
      Child child,
      ProcessOptions options,
      Path temporary,
      String logStream,
      String runtimeApi) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PATH", path(spec, child));
    variables.put("LD_LIBRARY_PATH", libraries(spec, child));
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("TMPDIR", temporary.toString());
    variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization(spec));
    variables.putAll(child.defaults());
    variables.putAll(options.environment().get());
    variables.putAll(spec.environment());
    if (child.managed()) {
      variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + spec.runtime());
    }
    variables.put("_HANDLER", spec.handler());
    variables.put("LAMBDA_TASK_ROOT", spec.code().directory().toString());
    variables.put("LAMBDA_RUNTIME_DIR", child.runtimeDirectory().toString());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", spec.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(spec.memoryMb()));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", spec.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    if (spec.logging().json()) {
      variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
      variables.put("AWS_LAMBDA_LOG_LEVEL", spec.logging().applicationLevel());
    }
    if (spec.environmentConcurrency() > 1) {
      variables.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(spec.environmentConcurrency()));
    }
    return variables;
  }

  private static String path(FunctionSpec spec, Child child) {
    var directories = new ArrayList<String>();
    if (child.programs() != null) {
      directories.add(child.programs().toString());
    }
    Path layers = spec.layers();
    if (layers != null) {
      directories.add(layers.resolve("bin").toString());
    }
    directories.add(PATH);
    return String.join(File.pathSeparator, directories);
  }

  /** Without Lambda's {@code /lib64}: the host's interpreter needs the host's own libraries. */
  private static String libraries(FunctionSpec spec, Child child) {
    Path task = spec.code().directory();
    var directories =
        new ArrayList<Path>(
            List.of(
                child.runtimeDirectory(),
                child.runtimeDirectory().resolve("lib"),
                task,
                task.resolve("lib")));
    Path layers = spec.layers();
    if (layers != null) {
      directories.add(layers.resolve("lib"));
    }
    return String.join(File.pathSeparator, directories.stream().map(Path::toString).toList());
  }

  private static String initialization(FunctionSpec spec) {
    if (spec.snapStart()) {
      return "snap-start";
    }
    return spec.environmentConcurrency() > 1 ? "lambda-managed-instances" : "on-demand";
  }
}
