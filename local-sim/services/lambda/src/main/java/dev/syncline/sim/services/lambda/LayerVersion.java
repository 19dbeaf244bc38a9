// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A published version of a layer. Immutable.
 *
 * @param layer the name of the layer
 * @param number from 1
 * @param layerArn without the version
 * @param license null for none
 * @param statements of its policy, by id
 * @param policyRevision the revision of the policy, empty without a policy
 */
record LayerVersion(
    String layer,
    long number,
    String layerArn,
    String description,
    List<String> runtimes,
    List<String> architectures,
    @Nullable String license,
    Instant created,
    CodePackage content,
    Map<String, ObjectNode> statements,
    String policyRevision) {

  String arn() {
    return layerArn + ":" + number;
  }

  /** The same with another policy. */
  LayerVersion withPolicy(Map<String, ObjectNode> newStatements, String newRevision) {
    return new LayerVersion(
        layer,
        number,
        layerArn,
        description,
        runtimes,
        architectures,
        license,
        created,
        content,
        new LinkedHashMap<>(newStatements),
        newRevision);
  }

  /** Whether it is for the runtime and the architecture; null for any. */
  boolean fits(@Nullable String runtime, @Nullable String architecture) {
    return (runtime == null || runtimes.contains(runtime))
        && (architecture == null || architectures.contains(architecture));
  }
}
