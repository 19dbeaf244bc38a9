// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of IAM as answers show them. */
final class IamJson {
  private IamJson() {}

  /** An answer with one member. */
  static Output wrapped(String member, ObjectNode json) {
    ObjectNode answer = Json.object();
    answer.set(member, json);
    return Output.of(answer);
  }

  /**
   * A user.
   *
   * @param whole with tags and boundary, which lists leave out
   */
  static ObjectNode user(IamUser user, boolean whole) {
    ObjectNode json = identity(user.identity, "User");
    if (whole) {
      addBoundary(json, user);
      addTags(json, user.tags);
    }
    return json;
  }

  /** A group. */
  static ObjectNode group(IamGroup group) {
    return identity(group.identity, "Group");
  }

  /** A role; {@code whole} as for a user. */
  static ObjectNode role(Role role, boolean whole) {
    ObjectNode json =
        identity(role.identity, "Role")
            .put("AssumeRolePolicyDocument", PolicyDocument.encoded(role.trust))
            .put("MaxSessionDuration", role.maxSessionSeconds);
    if (role.described) {
      json.put("Description", role.description);
    }
    if (whole) {
      addBoundary(json, role);
      addTags(json, role.tags);
    }
    return json;
  }

  /** An instance profile with its role; {@code whole} with tags. */
  static ObjectNode profile(InstanceProfile profile, IamStore store, boolean whole) {
    ObjectNode json = identity(profile.identity, "InstanceProfile");
    ArrayNode roles = json.putArray("Roles");
    if (profile.role != null) {
      roles.add(role(store.role(profile.role), false));
    }
    if (whole) {
      addTags(json, profile.tags);
    }
    return json;
  }

  private static ObjectNode identity(IamIdentity identity, String kind) {
    return Json.object()
        .put("Path", identity.path())
        .put(kind + "Name", identity.name())
        .put(kind + "Id", identity.id())
        .put("Arn", identity.arn())
        .put("CreateDate", identity.created().toString());
  }

  static void addBoundary(ObjectNode json, PolicyHolder holder) {
    if (holder.boundary != null) {
      json.putObject("PermissionsBoundary")
          .put("PermissionsBoundaryType", "Policy")
          .put("PermissionsBoundaryArn", holder.boundary);
    }
  }

  static void addTags(ObjectNode json, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      json.set("Tags", Tags.write(tags));
    }
  }

  /** Adds attached policies to a list. */
  static void attached(ArrayNode list, Set<String> arns) {
    arns.forEach(arn -> attached(list, arn));
  }

  /** Adds an attached policy to a list. */
  static void attached(ArrayNode list, String arn) {
    list.addObject()
        .put("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
        .put("PolicyArn", arn);
  }

  /** Adds a tag to a list. */
  static void tag(ArrayNode list, Map.Entry<String, String> tag) {
    list.addObject().put("Key", tag.getKey()).put("Value", tag.getValue());
  }

  /** Tags as a list of entries. */
  static List<Map.Entry<String, String>> entries(Map<String, String> tags) {
    return List.copyOf(tags.entrySet());
  }
}
