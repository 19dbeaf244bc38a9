// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flow of a refresh token. Thread-safe. */
record RefreshFlow(AuthTools tools) {
  ObjectNode refresh(AuthCall call) {
    String token = call.need("REFRESH_TOKEN");
    Optional<String> hash = call.find("SECRET_HASH");
    if (!call.client().secrets().isEmpty() && hash.isEmpty()) {
      throw AuthErrors.secretHashMissing(call.client().id());
    }
    // The user name is known from the token only. A bad token has its own error.
    Optional<String> user = tools.tokens().refreshUser(call.client(), token);
    if (user.isPresent()) {
      List<String> names = new ArrayList<>(List.of(user.get()));
      tools
          .store()
          .findUser(call.pool().id(), user.get(), true)
          .ifPresent(found -> names.add(found.sub()));
      SecretHashes.require(call.client(), hash, names);
    }
    return AuthAnswers.tokens(tools.tokens().refresh(call.client(), token, Map.of()));
  }
}
