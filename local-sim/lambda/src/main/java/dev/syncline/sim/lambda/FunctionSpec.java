// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a function, as an execution environment needs to know it. Immutable.
 *
 * @param name the function's name
 * @param version {@code $LATEST} or a number
 * @param arn the unqualified ARN
 * @param revision changes whenever code or configuration changes; environments of another revision
 *     are not used
 * @param runtime such as {@code java21}
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param memoryMb memory in MB; bounds a child's heap
 * @param timeout after which an invocation is ended
 * @param environment the function's own variables
 * @param code the deployment package
 * @param environmentConcurrency how many invocations one environment takes at once, at least 1
 * @param reservedConcurrency how many invocations of this function may run at once, null for no
 *     limit of its own; may change without a new revision
 * @param logGroup where its output goes
 * @param snapStart whether environments are restored from a snapshot
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
    boolean snapStart) {

  /** Refuses what no environment could run. */
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

  /** What environments are kept apart by. */
  public String key() {
    return arn + ":" + version + ":" + revision;
  }
}
