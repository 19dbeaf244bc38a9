// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes the identities of records: unique ids and ARNs. Thread-safe. */
record RecordFactory(SimClock clock, Ids ids, String account) {
  /**
   * A new identity.
   *
   * @param prefix of the unique id, such as {@code AIDA}
   * @param kind in the ARN, such as {@code user}
   */
  IamIdentity identity(String prefix, String kind, String name, String path) {
    return new IamIdentity(
        name, path, prefix + ids.upperAlphanumeric(17), arn(kind, path, name), now());
  }

  /** The same identity with another name and path. */
  IamIdentity renamed(IamIdentity identity, String kind, String name, String path) {
    return new IamIdentity(name, path, identity.id(), arn(kind, path, name), identity.created());
  }

  /** The path of a request, {@code /} without one. */
  static String path(Input input) {
    return IamNames.checkedPath(input.text("Path").orElse("/"));
  }

  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private String arn(String kind, String path, String name) {
    return IamArns.of(account, kind + path + name);
  }
}
