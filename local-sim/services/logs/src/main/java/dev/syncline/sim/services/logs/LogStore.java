// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Log groups by name. Thread-safe: the map is concurrent and each group has its own lock. */
final class LogStore {
  private final ConcurrentSkipListMap<String, LogGroup> groups = new ConcurrentSkipListMap<>();

  /** Every group, by name. */
  Collection<LogGroup> groups() {
    return groups.values();
  }

  /** Adds a group; false when there is one of that name. */
  boolean add(LogGroup group) {
    return groups.putIfAbsent(group.name, group) == null;
  }

  /** Whether the group exists. */
  boolean has(String name) {
    return groups.containsKey(name);
  }

  /** Whether the group exists and has the stream. */
  boolean has(String name, String stream) {
    LogGroup group = groups.get(name);
    return group != null && group.has(stream);
  }

  /** Adds a saved group. It replaces one of that name. */
  void restore(LogGroup group) {
    groups.put(group.name, group);
  }

  /** Removes a group; false if no group has that name. */
  boolean remove(String name) {
    return groups.remove(name) != null;
  }

  /**
   * Appends an event and creates the group and the stream if necessary.
   *
   * @param now milliseconds since the epoch
   */
  void append(String group, String stream, Instant time, long now, String message) {
    groups
        .computeIfAbsent(group, name -> new LogGroup(name, now))
        .append(stream, time.toEpochMilli(), now, message);
  }

  /**
   * The group that {@code logGroupIdentifier} or {@code logGroupName} names.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  LogGroup group(Input input) {
    Optional<String> identifier = input.text("logGroupIdentifier");
    return group(identifier.isPresent() ? identifier.get() : input.requiredText("logGroupName"));
  }

  /**
   * The group of a name or an ARN, with or without the {@code :*} that AWS appends to ARNs.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  LogGroup group(String nameOrArn) {
    String name = nameOrArn;
    int marker = name.indexOf(":log-group:");
    if (name.startsWith("arn:") && marker >= 0) {
      name = name.substring(marker + ":log-group:".length());
    }
    if (name.endsWith(":*")) {
      name = name.substring(0, name.length() - 2);
    }
    LogGroup group = groups.get(name);
    if (group == null) {
      throw LogsErrors.noGroup();
    }
    return group;
  }
}
