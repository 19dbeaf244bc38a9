// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;

/** The permissions of STS. Operations that assume a role decide with the role's trust policy. */
final class StsAccess {
  private static final String ROWS =
      """
      AssumeRole AssumeRoot GetCallerIdentity GetSessionToken          | none
      AssumeRoleWithSAML AssumeRoleWithWebIdentity                     | public
      DecodeAuthorizationMessage GetAccessKeyInfo                      | *
      GetDelegatedAccessToken GetWebIdentityToken                      | *
      GetFederationToken             | arn:aws:sts::{account}:federated-user/{Name}
      """;

  private StsAccess() {}

  static RoomAccess access() {
    return RoomAccess.of(
        AccessTable.of("sts", ROWS)
            .keyOf("GetFederationToken", "sts:DurationSeconds", "DurationSeconds"));
  }
}
