// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import java.util.Set;

/**
 * Who asks, as far as directives and an authorizer's answer need it. Immutable.
 *
 * @param mode the authorization mode by the service's name, such as {@code AWS_IAM}
 * @param groups of a user pool's user; empty in other modes
 * @param deniedFields of a Lambda authorizer: {@code Type.field} or the ARN of a field
 */
public record GraphCaller(String mode, Set<String> groups, Set<String> deniedFields) {
  /** Copies the sets. */
  public GraphCaller {
    groups = Set.copyOf(groups);
    deniedFields = Set.copyOf(deniedFields);
  }

  /** A caller without groups and denied fields. */
  public static GraphCaller of(String mode) {
    return new GraphCaller(mode, Set.of(), Set.of());
  }
}
