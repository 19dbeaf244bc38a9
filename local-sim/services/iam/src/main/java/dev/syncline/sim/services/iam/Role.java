// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A role. Guarded by its store. */
final class Role {
  static final int DEFAULT_SESSION_SECONDS = 3600;

  final IamIdentity identity;
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

  Role(IamIdentity identity, String trust) {
    this.identity = identity;
    this.trust = trust;
  }

  void describe(String text) {
    description = text;
    described = true;
  }
}
