// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.TreeSet;

/** A group. Guarded by its store. */
final class IamGroup extends PolicyHolder {
  /** The names of its users. */
  final TreeSet<String> members = new TreeSet<>();

  IamGroup(IamIdentity identity) {
    super(identity);
  }
}
