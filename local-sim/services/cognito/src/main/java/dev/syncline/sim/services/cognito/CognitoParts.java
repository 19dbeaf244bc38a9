// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolPasswords;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.UserCodes;
import dev.syncline.sim.services.cognito.pool.UserMessages;

/** What the operations of administrators use. Immutable; its parts are thread-safe. */
record CognitoParts(
    SimClock clock,
    String account,
    String region,
    CognitoNames names,
    PoolStore store,
    PoolItems items,
    PoolPasswords passwords,
    TriggerCalls triggers,
    UserMessages messages,
    UserCodes codes,
    TokenService tokens) {
  /** The ARN of a resource of this room. */
  String arn(String resource) {
    return Arn.aws("cognito-idp", region, account, resource);
  }
}
