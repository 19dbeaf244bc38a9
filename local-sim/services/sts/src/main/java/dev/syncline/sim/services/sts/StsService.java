// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.state.ServiceState;
import java.util.Optional;
import java.util.function.Function;

/** AWS STS. See the package for what is simulated. Thread-safe. */
public final class StsService extends RoomService {
  /**
   * The service of one account. It adds the credentials that it issues to {@code keys}.
   *
   * @param roleIds the unique id of a role by its ARN, empty for a role that IAM does not have
   */
  public StsService(
      SimClock clock,
      Ids ids,
      AccessKeyStore keys,
      String account,
      Function<String, Optional<String>> roleIds) {
    super(
        "sts",
        "AWS STS",
        new Protocol.Query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
        parts(clock, ids, keys, account, roleIds));
  }

  private static ServiceParts parts(
      SimClock clock,
      Ids ids,
      AccessKeyStore keys,
      String account,
      Function<String, Optional<String>> roleIds) {
    String userId = "AIDA" + ids.upperAlphanumeric(17);
    return ServiceParts.of(
            ServiceState.NONE,
            new CallerOperations(clock, keys, account, userId).operations(),
            new SessionOperations(clock, ids, keys, account, userId, roleIds).operations())
        .with(StsAccess.access());
  }
}
