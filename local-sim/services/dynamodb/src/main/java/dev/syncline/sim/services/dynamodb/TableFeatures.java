// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table has beside its description: tags, time to live, backups, policies. Immutable; it is
 * also the saved form.
 *
 * @param tags in the order in which they were set
 * @param recovery null while point-in-time recovery is off
 * @param policies resource policies by ARN, of the table and of its stream
 * @param insights the mode of contributor insights by index, the table under the empty name
 */
record TableFeatures(
    Map<String, String> tags,
    TimeToLive timeToLive,
    @Nullable Recovery recovery,
    Map<String, Policy> policies,
    Map<String, Insights> insights) {
  /**
   * Time to live.
   *
   * @param attribute null until it is enabled for the first time
   * @param changed when it was last enabled or disabled; null if never
   */
  record TimeToLive(boolean enabled, @Nullable String attribute, @Nullable Instant changed) {
    static final TimeToLive OFF = new TimeToLive(false, null, null);

    /** The attribute by which items expire; null while they do not. */
    @Nullable String expiring() {
      return enabled ? attribute : null;
    }
  }

  /** Point-in-time recovery. */
  record Recovery(Instant since, int days) {}

  /** A resource policy. */
  record Policy(String document, String revision) {}

  /** Contributor insights. */
  record Insights(boolean enabled, String mode, Instant changed) {}

  static final TableFeatures NONE =
      new TableFeatures(Map.of(), TimeToLive.OFF, null, Map.of(), Map.of());

  /** Copies the maps. */
  TableFeatures {
    tags = copy(tags);
    policies = copy(policies);
    insights = copy(insights);
  }

  private static <T> Map<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  TableFeatures withTags(Map<String, String> newTags) {
    return new TableFeatures(newTags, timeToLive, recovery, policies, insights);
  }

  TableFeatures withTimeToLive(TimeToLive newTimeToLive) {
    return new TableFeatures(tags, newTimeToLive, recovery, policies, insights);
  }

  TableFeatures withRecovery(@Nullable Recovery newRecovery) {
    return new TableFeatures(tags, timeToLive, newRecovery, policies, insights);
  }

  TableFeatures withPolicies(Map<String, Policy> newPolicies) {
    return new TableFeatures(tags, timeToLive, recovery, newPolicies, insights);
  }

  TableFeatures withInsights(Map<String, Insights> newInsights) {
    return new TableFeatures(tags, timeToLive, recovery, policies, newInsights);
  }
}
