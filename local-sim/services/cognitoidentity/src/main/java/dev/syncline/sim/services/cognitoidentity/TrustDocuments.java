// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads trust policies from IAM. Thread-safe. */
record TrustDocuments(ServiceContext context) implements IdentityTrust {
  @Override
  public boolean allows(String roleArn, String action, Map<String, List<String>> keys) {
    String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    JsonNode document;
    try {
      JsonNode role =
          context
              .dispatcher()
              .call("iam", "GetRole", Json.object().put("RoleName", name), context.internalCall())
              .json()
              .path("Role");
      if (!role.path("Arn").asText().equals(roleArn)) {
        return false;
      }
      document =
          Json.MAPPER.readTree(
              URLDecoder.decode(
                  role.path("AssumeRolePolicyDocument").asText(), StandardCharsets.UTF_8));
    } catch (AwsException | IOException unusable) {
      return false;
    }
    boolean allowed = false;
    JsonNode statements = document.path("Statement");
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      if (TrustStatement.matches(statement, action, keys)) {
        if (statement.path("Effect").asText().equals("Deny")) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }
}
