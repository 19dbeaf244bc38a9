// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance profile. Guarded by its store. */
final class InstanceProfile {
  final IamIdentity identity;

  /** The name of its role; null for none. */
  @Nullable String role;

  final Map<String, String> tags = new LinkedHashMap<>();

  InstanceProfile(IamIdentity identity) {
    this.identity = identity;
  }
}
