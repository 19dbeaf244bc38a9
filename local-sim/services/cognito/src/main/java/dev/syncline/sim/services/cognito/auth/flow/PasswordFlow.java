// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.util.List;
import java.util.Optional;

/** The flows that send the password itself. Thread-safe. */
record PasswordFlow(AuthTools tools, AuthUsers users, SignInSteps steps) {
  ObjectNode signIn(AuthCall call) {
    String name = call.need("USERNAME");
    String password = call.need("PASSWORD");
    SecretHashes.require(call.client(), call.find("SECRET_HASH"), List.of(name));
    Optional<PoolUser> user = users.findOrMigrate(call, name, password);
    if (user.isEmpty()) {
      tools.lockout().requireFree(call.pool().id(), name);
      tools.triggers().preAuthentication(call, name, null);
      refuse(call, name, password);
    }
    return signIn(call, user.orElseThrow(AuthErrors::wrongPassword), password);
  }

  private ObjectNode signIn(AuthCall call, PoolUser user, String password) {
    AuthUsers.requireActive(user);
    tools.lockout().requireFree(call.pool().id(), user.username());
    tools.triggers().preAuthentication(call, user.username(), user);
    requirePassword(call, user, password);
    return steps.afterPassword(call.withoutMetadata(), user);
  }

  /** Refuses a wrong password, and counts it. */
  void requirePassword(AuthCall call, PoolUser user, String password) {
    PasswordRecord record = user.password();
    if (record == null) {
      refuse(call, user.username(), password);
      return;
    }
    if (!tools.passwords().matches(call.pool(), user.username(), password, record)) {
      tools.lockout().failed(call.pool().id(), user.username());
      throw AuthErrors.wrongPassword();
    }
    tools.lockout().reset(call.pool().id(), user.username());
  }

  /** Refuses a user without a password; it takes as long as for one with a password. */
  void refuse(AuthCall call, String name, String password) {
    String salt = tools.secret().salt(call.pool().id(), name);
    var record = new PasswordRecord(salt, "", tools.clock().now(), false, List.of());
    boolean matches = tools.passwords().matches(call.pool(), name, password, record);
    tools.lockout().failed(call.pool().id(), name);
    if (!matches) {
      throw AuthErrors.wrongPassword();
    }
    throw new IllegalStateException("a record without a verifier matched");
  }
}
