// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A role. Guarded by its store. */
final class Role {
  static final int DEFAULT_SESSION_SECONDS = 3600;

  final String name;
  final String path;
  final String id;
  final String arn;
  final Instant created;
  String trust;
  String description = "";

  /** Whether a description was given; an empty one counts. */
  boolean described;

  int maxSessionSeconds = DEFAULT_SESSION_SECONDS;
  @Nullable String boundary;
  final Map<String, String> tags = new LinkedHashMap<>();

  /** The documents of the inline policies by name. */
  final Map<String, String> inline = new TreeMap<>();

  /** The ARNs of the attached policies. */
  final TreeSet<String> attached = new TreeSet<>();

  Role(String name, String path, String id, String arn, Instant created, String trust) {
    this.name = name;
    this.path = path;
    this.id = id;
    this.arn = arn;
    this.created = created;
    this.trust = trust;
  }

  void describe(String text) {
    description = text;
    described = true;
  }
}
