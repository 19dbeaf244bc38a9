// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Access control lists of buckets, as records: they decide about no request. Source: "Access
 * control list (ACL) overview" in S3's user guide.
 */
final class AclRules {
  static final List<String> HEADERS =
      List.of(
          "x-amz-acl",
          "x-amz-grant-full-control",
          "x-amz-grant-read",
          "x-amz-grant-read-acp",
          "x-amz-grant-write",
          "x-amz-grant-write-acp");

  private static final String GROUPS = "http://acs.amazonaws.com/groups/";
  private static final String EVERYONE = GROUPS + "global/AllUsers";
  private static final String AUTHENTICATED = GROUPS + "global/AuthenticatedUsers";
  private static final String LOG_DELIVERY = GROUPS + "s3/LogDelivery";
  private static final int MAX_GRANTS = 100;

  /** Group and permission, by canned list. */
  private static final Map<String, List<String>> CANNED =
      Map.of(
          "private", List.of(),
          "public-read", List.of(EVERYONE, "READ"),
          "public-read-write", List.of(EVERYONE, "READ", EVERYONE, "WRITE"),
          "authenticated-read", List.of(AUTHENTICATED, "READ"),
          "log-delivery-write", List.of(LOG_DELIVERY, "WRITE", LOG_DELIVERY, "READ_ACP"));

  private static final Map<String, String> PERMISSIONS =
      Map.of(
          "x-amz-grant-full-control", "FULL_CONTROL",
          "x-amz-grant-read", "READ",
          "x-amz-grant-read-acp", "READ_ACP",
          "x-amz-grant-write", "WRITE",
          "x-amz-grant-write-acp", "WRITE_ACP");

  private static final Pattern GRANTEE =
      Pattern.compile("\\s*(id|uri|emailAddress)\\s*=\\s*\"?([^\",]*)\"?\\s*");

  private AclRules() {}

  /** The list of a bucket whose owner alone may do everything. */
  static ObjectNode ofOwner() {
    ObjectNode acl = Json.object();
    acl.set("Owner", S3Text.owner());
    ObjectNode grant = acl.putArray("Grants").addObject();
    grant.set("Grantee", S3Text.owner().put("Type", "CanonicalUser"));
    grant.put("Permission", "FULL_CONTROL");
    return acl;
  }

  /** The list that the headers of a request ask for; empty when they have none. */
  static Optional<ObjectNode> ofHeaders(S3Call call) {
    String canned = call.header("x-amz-acl");
    List<String> granted =
        PERMISSIONS.keySet().stream()
            .filter(name -> !call.header(name).isEmpty())
            .sorted()
            .toList();
    if (!canned.isEmpty() && !granted.isEmpty()) {
      throw BucketErrors.invalidRequest(
          "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    if (!canned.isEmpty()) {
      return Optional.of(ofCanned(canned));
    }
    if (granted.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode acl = Json.object();
    acl.set("Owner", S3Text.owner());
    ArrayNode grants = acl.putArray("Grants");
    for (String header : granted) {
      for (String grantee : call.header(header).split(",", -1)) {
        ObjectNode grant = grants.addObject();
        grant.set("Grantee", grantee(header, grantee));
        grant.put("Permission", PERMISSIONS.getOrDefault(header, ""));
      }
    }
    return Optional.of(acl);
  }

  private static ObjectNode ofCanned(String canned) {
    List<String> others = CANNED.get(canned);
    if (others == null) {
      throw S3Errors.invalidArgument("x-amz-acl", canned, "");
    }
    ObjectNode acl = ofOwner();
    for (int i = 0; i < others.size(); i += 2) {
      ObjectNode grant = acl.withArray("Grants").addObject();
      grant.putObject("Grantee").put("Type", "Group").put("URI", others.get(i));
      grant.put("Permission", others.get(i + 1));
    }
    return acl;
  }

  private static ObjectNode grantee(String header, String text) {
    Matcher form = GRANTEE.matcher(text);
    if (!form.matches()) {
      throw S3Errors.invalidArgument(header, text, "Argument format not recognized");
    }
    String value = form.group(2);
    return switch (form.group(1)) {
      case "id" -> Json.object().put("ID", value).put("Type", "CanonicalUser");
      case "uri" -> group(value);
      default ->
          throw S3Errors.notImplemented("grants to an e-mail address ('" + header + "'); use id=");
    };
  }

  private static ObjectNode group(String uri) {
    if (!Set.of(EVERYONE, AUTHENTICATED, LOG_DELIVERY).contains(uri)) {
      throw S3Errors.invalidArgument("Group/URI", uri, "Invalid group uri");
    }
    return Json.object().put("Type", "Group").put("URI", uri);
  }

  /** A list that was sent as a document. */
  static ObjectNode accepted(ObjectNode given) {
    if (!given.at("/Owner/ID").isTextual() || !given.path("Grants").isArray()) {
      throw BucketErrors.malformedXml("Owner and Grants are needed");
    }
    if (given.path("Grants").size() > MAX_GRANTS) {
      throw BucketErrors.malformedXml("Grants has at most " + MAX_GRANTS + " grants");
    }
    if (!given.at("/Owner/ID").asText().equals(S3Text.owner().path("ID").asText())) {
      throw S3Errors.accessDenied();
    }
    for (JsonNode grant : given.path("Grants")) {
      JsonNode grantee = grant.path("Grantee");
      switch (grantee.path("Type").asText()) {
        case "Group" -> group(grantee.path("URI").asText());
        case "CanonicalUser" -> {
          if (grantee.path("ID").asText().isEmpty()) {
            throw BucketErrors.malformedXml("Grantee.ID is missing");
          }
        }
        default -> throw S3Errors.notImplemented("grants to an e-mail address; use an ID");
      }
    }
    return given;
  }

  /** Whether the list grants anything to all users or to all users of AWS. */
  static boolean isPublic(JsonNode acl) {
    for (JsonNode grant : acl.path("Grants")) {
      String uri = grant.at("/Grantee/URI").asText();
      if (uri.equals(EVERYONE) || uri.equals(AUTHENTICATED)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the bucket's list grants anything to others than its owner. */
  static boolean grantsOthers(BucketSettings settings) {
    JsonNode acl = settings.get(BucketSetting.ACL).orElseGet(AclRules::ofOwner);
    String owner = S3Text.owner().path("ID").asText();
    for (JsonNode grant : acl.path("Grants")) {
      if (!grant.at("/Grantee/ID").asText().equals(owner)) {
        return true;
      }
    }
    return false;
  }
}
