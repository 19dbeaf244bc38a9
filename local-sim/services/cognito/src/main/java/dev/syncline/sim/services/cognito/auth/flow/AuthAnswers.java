// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of sign-in operations. Stateless. */
final class AuthAnswers {
  private AuthAnswers() {}

  /**
   * A challenge.
   *
   * @param session null for a challenge without one
   */
  static ObjectNode challenge(
      String name, @Nullable String session, Map<String, String> parameters) {
    ObjectNode answer = Json.object().put("ChallengeName", name);
    Json.putIfPresent(answer, "Session", session);
    ObjectNode given = answer.putObject("ChallengeParameters");
    parameters.forEach(given::put);
    return answer;
  }

  /** Tokens. */
  static ObjectNode tokens(ObjectNode result) {
    ObjectNode answer = Json.object();
    answer.putObject("ChallengeParameters");
    answer.set("AuthenticationResult", result);
    return answer;
  }
}
