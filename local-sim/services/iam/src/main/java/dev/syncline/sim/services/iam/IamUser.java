// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user. Guarded by its store. */
final class IamUser extends PolicyHolder {
  /** By id, in order of creation. */
  final Map<String, UserKey> keys = new LinkedHashMap<>();

  /** The sign-in to the console; null for none. */
  @Nullable LoginProfile login;

  IamUser(IamIdentity identity) {
    super(identity);
  }
}
