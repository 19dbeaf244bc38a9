// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A function with everything that hangs on it. Guarded by {@link FunctionStore}'s lock. */
final class LambdaFunction {
  /**
   * An alias.
   *
   * @param weights the share of further versions, by version
   */
  record Alias(
      String name,
      String version,
      String description,
      Map<String, Double> weights,
      String revisionId) {}

  final String name;
  final String arn;
  final TreeMap<Integer, FunctionConfig> versions = new TreeMap<>();
  final TreeMap<String, Alias> aliases = new TreeMap<>();

  /** Statements by id, by qualifier; the empty qualifier is the function itself. */
  final Map<String, Map<String, ObjectNode>> policies = new LinkedHashMap<>();

  /** How to go on with asynchronous invocations, by qualifier. */
  final Map<String, EventConfig> eventConfigs = new LinkedHashMap<>();

  /**
   * Where events go that failed; of the function as a whole, where AWS has one for each version.
   */
  @Nullable String deadLetterTarget;

  final Map<String, String> tags = new LinkedHashMap<>();
  FunctionConfig latest;
  int lastVersion;
  @Nullable Integer reservedConcurrency;
  String policyRevision = "";

  LambdaFunction(String name, String arn, FunctionConfig latest) {
    this.name = name;
    this.arn = arn;
    this.latest = latest;
  }
}
