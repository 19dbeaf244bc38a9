// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function with its versions, aliases, policies and settings. Guarded by {@link FunctionStore}'s
 * lock.
 */
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

  /** The settings of asynchronous invocations, by qualifier. */
  final Map<String, EventConfig> eventConfigs = new LinkedHashMap<>();

  /** The dead-letter target of the unpublished version, null for none. */
  @Nullable String deadLetterTarget;

  /** The dead-letter targets of published versions, by version, as at the publication. */
  final Map<String, String> versionDeadLetters = new LinkedHashMap<>();

  /** Whether a function that calls itself by way of queues is stopped; shown, not enforced. */
  String recursiveLoop = "Terminate";

  /** When the runtime is updated, by qualifier; the empty qualifier is the function itself. */
  final Map<String, RuntimeUpdates> runtimeUpdates = new LinkedHashMap<>();

  /** Concurrency kept ready, by version or alias. */
  final Map<String, Provisioned> provisioned = new LinkedHashMap<>();

  /** The URLs, by alias; the empty one is the function's own. */
  final Map<String, FunctionUrl> urls = new LinkedHashMap<>();

  /** The update mode of the runtime; the runtime itself is the machine's. */
  record RuntimeUpdates(String updateOn, @Nullable String runtimeVersionArn) {}

  /** Concurrency kept ready for a version or alias. */
  record Provisioned(int requested, Instant modified) {}

  /** The configuration of the unpublished version, and those of the published ones. */
  Stream<FunctionConfig> configs() {
    return Stream.concat(Stream.of(latest), versions.values().stream());
  }

  /** The version's dead-letter target, null for none. */
  @Nullable String deadLetterTarget(String version) {
    return version.equals("$LATEST") ? deadLetterTarget : versionDeadLetters.get(version);
  }

  final Map<String, String> tags = new LinkedHashMap<>();
  FunctionConfig latest;
  int lastVersion;
  @Nullable Integer reservedConcurrency;

  /** The revision of each policy, by qualifier. */
  final Map<String, String> policyRevisions = new LinkedHashMap<>();

  LambdaFunction(String name, String arn, FunctionConfig latest) {
    this.name = name;
    this.arn = arn;
    this.latest = latest;
  }
}
