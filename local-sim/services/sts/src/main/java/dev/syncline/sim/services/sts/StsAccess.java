// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The permissions that operations need. Immutable. */
record StsAccess(String account) {
  List<AccessCheck> of(Operation operation, Input input) {
    return switch (operation.name()) {
      // Nobody can be denied these; the trust policy decides about web identities.
      case "GetCallerIdentity", "GetSessionToken", "AssumeRoleWithWebIdentity" -> List.of();
      case "AssumeRole" -> assumeRole(input);
      case "GetFederationToken" ->
          List.of(
              new AccessCheck(
                  "sts:GetFederationToken",
                  StsArns.federatedUser(account, text(input, "Name").orElse("*")),
                  tags(input)));
      default -> List.of(AccessCheck.of("sts:" + operation.name(), "*"));
    };
  }

  private static List<AccessCheck> assumeRole(Input input) {
    Optional<String> role = text(input, "RoleArn");
    if (role.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> keys = new LinkedHashMap<>(tags(input));
    text(input, "ExternalId").ifPresent(id -> keys.put("sts:ExternalId", List.of(id)));
    text(input, "RoleSessionName")
        .ifPresent(name -> keys.put("sts:RoleSessionName", List.of(name)));
    text(input, "SourceIdentity").ifPresent(id -> keys.put("sts:SourceIdentity", List.of(id)));
    text(input, "DurationSeconds")
        .ifPresent(seconds -> keys.put("sts:DurationSeconds", List.of(seconds)));
    if (input.has("TransitiveTagKeys") && input.json().path("TransitiveTagKeys").isArray()) {
      keys.put("sts:TransitiveTagKeys", input.texts("TransitiveTagKeys"));
    }
    var checks = new ArrayList<AccessCheck>();
    checks.add(new AccessCheck("sts:AssumeRole", role.get(), keys));
    if (input.json().path("Tags").size() > 0) {
      checks.add(new AccessCheck("sts:TagSession", role.get(), keys));
    }
    if (input.has("SourceIdentity")) {
      checks.add(new AccessCheck("sts:SetSourceIdentity", role.get(), keys));
    }
    return checks;
  }

  private static Map<String, List<String>> tags(Input input) {
    var keys = new LinkedHashMap<String, List<String>>();
    var names = new ArrayList<String>();
    input
        .json()
        .path("Tags")
        .forEach(
            tag -> {
              names.add(tag.path("Key").asText());
              keys.put(
                  "aws:RequestTag/" + tag.path("Key").asText(),
                  List.of(tag.path("Value").asText()));
            });
    if (!names.isEmpty()) {
      keys.put("aws:TagKeys", names);
    }
    return keys;
  }

  /** A member that may be of the wrong type. */
  private static Optional<String> text(Input input, String member) {
    return Optional.of(input.json().path(member))
        .filter(value -> value.isValueNode() && !value.isNull())
        .map(value -> value.asText());
  }
}
