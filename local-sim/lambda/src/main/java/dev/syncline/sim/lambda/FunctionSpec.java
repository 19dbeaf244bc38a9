// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one version of a function that an execution environment uses. Immutable.
 *
 * @param name the function's name
 * @param version {@code $LATEST} or a number
 * @param arn the unqualified ARN
 * @param revision changes with each change of code or configuration; environments of another
 *     revision are not used
 * @param runtime such as {@code java21}
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param memoryMb memory in MB; bounds a child's heap
 * @param timeout after which an invocation is ended
 * @param environment the function's own variables
 * @param code the deployment package
 * @param environmentConcurrency how many invocations one environment takes at once, at least 1
 * @param reservedConcurrency how many invocations of this function may run at once, null for no
 *     function limit; may change without a new revision
 * @param logGroup where its output goes
 * @param snapStart whether environments are restored from a snapshot
 * @param logging the format and levels of its log
 * @param layers the directory with the unpacked layers in place of {@code /opt}, null for none
 * @param role the ARN of the role that the function runs with; empty for none
 */
public record FunctionSpec(
    String name,
    String version,
    String arn,
    String revision,
    String runtime,
    String handler,
    int memoryMb,
    Duration timeout,
    Map<String, String> environment,
    FunctionCode code,
    int environmentConcurrency,
    @Nullable Integer reservedConcurrency,
    String logGroup,
    boolean snapStart,
    LogSettings logging,
    @Nullable Path layers,
    String role) {

  /** A function with a text log, without layers and without a role. */
  public FunctionSpec(
      String name,
      String version,
      String arn,
      String revision,
      String runtime,
      String handler,
      int memoryMb,
      Duration timeout,
      Map<String, String> environment,
      FunctionCode code,
      int environmentConcurrency,
      @Nullable Integer reservedConcurrency,
      String logGroup,
      boolean snapStart) {
    this(
        name,
        version,
        arn,
        revision,
        runtime,
        handler,
        memoryMb,
        timeout,
        environment,
        code,
        environmentConcurrency,
        reservedConcurrency,
        logGroup,
        snapStart,
        LogSettings.TEXT,
        null,
        "");
  }

  /** Refuses invalid values. */
  public FunctionSpec {
    environment = Map.copyOf(environment);
    if (environmentConcurrency < 1) {
      throw new IllegalArgumentException(
          "environmentConcurrency must be at least 1, got " + environmentConcurrency);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, got " + timeout);
    }
  }

  /** The same with further variables, beneath the function's own. */
  public FunctionSpec withDefaults(Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.putAll(environment);
    return new FunctionSpec(
        name,
        version,
        arn,
        revision,
        runtime,
        handler,
        memoryMb,
        timeout,
        all,
        code,
        environmentConcurrency,
        reservedConcurrency,
        logGroup,
        snapStart,
        logging,
        layers,
        role);
  }

  /** The class path of a Java function: its code, then the jars in {@code java/lib} of layers. */
  public List<Path> classPath() {
    var entries = new ArrayList<>(code.classPath());
    if (layers != null) {
      entries.addAll(FunctionCode.jars(layers.resolve("java").resolve("lib")));
    }
    return entries;
  }

  /** The key of its environments. */
  public String key() {
    return arn + ":" + version + ":" + revision;
  }
}
