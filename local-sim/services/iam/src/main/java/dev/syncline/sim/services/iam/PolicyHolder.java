// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A user, a group or a role: what policies are attached to. Guarded by its store. */
abstract sealed class PolicyHolder permits Role, IamUser, IamGroup {
  /** Changes when a user or a group is renamed. */
  IamIdentity identity;

  /** The ARN of the permissions boundary; always null for a group. */
  @Nullable String boundary;

  /** Always empty for a group. */
  final Map<String, String> tags = new LinkedHashMap<>();

  /** The documents of the inline policies by name. */
  final Map<String, String> inline = new TreeMap<>();

  /** The ARNs of the attached policies. */
  final TreeSet<String> attached = new TreeSet<>();

  PolicyHolder(IamIdentity identity) {
    this.identity = identity;
  }
}
