// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.UserPoolTokens;
import java.util.Optional;

/** The keys of pools for other rooms. Thread-safe. */
record PoolTokenContract(TokenKeys keys, TokenIssuers issuers) implements UserPoolTokens {
  @Override
  public Optional<String> publicKeys(String issuer) {
    return issuers.pool(issuer).map(pool -> Json.write(keys.of(pool.id()).published()));
  }

  @Override
  public Optional<String> sign(String issuer, String use, ObjectNode claims) {
    return issuers.pool(issuer).map(pool -> keys.of(pool.id()).of(use).sign(claims));
  }
}
