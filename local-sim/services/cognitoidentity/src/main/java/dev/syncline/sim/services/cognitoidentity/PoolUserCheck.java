// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import java.util.Optional;

/** Asks the room of user pools. Thread-safe. */
record PoolUserCheck(ServiceContext context) implements IdentityLogins.UserCheck {
  @Override
  public Optional<String> refusal(String userPoolId, JsonNode claims) {
    JsonNode user;
    try {
      user =
          context
              .dispatcher()
              .call(
                  "cognito",
                  "AdminGetUser",
                  Json.object()
                      .put("UserPoolId", userPoolId)
                      .put("Username", claims.path("cognito:username").asText()),
                  context.internalCall())
              .json();
    } catch (AwsException gone) {
      return Optional.of(gone.text());
    }
    return user.path("Enabled").asBoolean() ? Optional.empty() : Optional.of("User is disabled.");
  }
}
