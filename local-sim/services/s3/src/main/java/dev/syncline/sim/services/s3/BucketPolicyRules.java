// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which bucket policies S3 takes, and which ones are public. Policies are records: they decide
 * about no request. Source: "Policies and permissions" and "The meaning of public" in S3's user
 * guide.
 */
final class BucketPolicyRules {
  private static final int MAX_BYTES = 20 * 1024;
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final Set<String> MEMBERS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Set<String> PRINCIPALS =
      Set.of("AWS", "Service", "Federated", "CanonicalUser");
  private static final Pattern AWS_PRINCIPAL =
      Pattern.compile("\\*|[0-9]{12}|arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+|A[A-Z0-9]{15,}");

  /** Actions on objects; those on buckets have another form. */
  private static final Pattern OBJECT_ACTION =
      Pattern.compile(
          "s3:((get|put|delete|restore|replicate|initiate)object.*"
              + "|abortmultipartupload|listmultipartuploadparts|bypassgovernanceretention"
              + "|objectowneroverridetobucketowner|putobject)");

  /** Conditions on these keys make a statement not public, if their values are fixed. */
  private static final Set<String> NARROWING =
      Set.of(
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalarn",
          "aws:principalaccount",
          "aws:sourceip",
          "aws:sourcearn",
          "aws:sourceaccount",
          "aws:sourceowner",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:userid",
          "aws:sourceorgid",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn");

  private BucketPolicyRules() {}

  /**
   * Reads a policy.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedPolicy} with S3's reason
   */
  static JsonNode require(String policy, String bucket) {
    if (policy.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw BucketErrors.malformedPolicy(
          "Policy exceeds the maximum allowed document size (" + MAX_BYTES + " bytes).");
    }
    if (!policy.strip().startsWith("{")) {
      throw BucketErrors.malformedPolicy(
          "Policies must be valid JSON and the first byte must be '{'");
    }
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(policy);
    } catch (JsonProcessingException malformed) {
      throw BucketErrors.malformedPolicy("This policy contains invalid Json");
    }
    for (String member : (Iterable<String>) json::fieldNames) {
      if (!Set.of("Version", "Id", "Statement").contains(member)) {
        throw BucketErrors.malformedPolicy("Unknown field " + member);
      }
    }
    if (json.has("Version") && !VERSIONS.contains(json.path("Version").asText())) {
      throw BucketErrors.malformedPolicy("The policy must contain a valid version string");
    }
    List<JsonNode> statements = PolicyJson.several(json.path("Statement"));
    if (statements.isEmpty()) {
      throw BucketErrors.malformedPolicy("Missing required field Statement");
    }
    statements.forEach(statement -> requireStatement(statement, bucket));
    return json;
  }

  private static void requireStatement(JsonNode statement, String bucket) {
    if (!statement.isObject()) {
      throw BucketErrors.malformedPolicy("Invalid policy syntax.");
    }
    for (String member : (Iterable<String>) statement::fieldNames) {
      if (!MEMBERS.contains(member)) {
        throw BucketErrors.malformedPolicy("Unknown field " + member);
      }
    }
    if (!statement.has("Effect")) {
      throw BucketErrors.malformedPolicy("Missing required field Effect");
    }
    String effect = statement.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw BucketErrors.malformedPolicy("Invalid effect: " + effect);
    }
    requireOneOf(statement, "Principal");
    requireOneOf(statement, "Action");
    requireOneOf(statement, "Resource");
    requirePrincipal(either(statement, "Principal"));
    List<String> resources = PolicyJson.texts(either(statement, "Resource"));
    for (String resource : resources) {
      requireResource(resource, bucket);
    }
    List<String> actions = PolicyJson.texts(either(statement, "Action"));
    for (String action : actions) {
      requireAction(action.toLowerCase(Locale.ROOT), resources, statement.has("Resource"));
    }
    if (statement.has("Condition") && !statement.path("Condition").isObject()) {
      throw BucketErrors.malformedPolicy("Invalid policy syntax.");
    }
  }

  private static void requireOneOf(JsonNode statement, String member) {
    if (!statement.has(member) && !statement.has("Not" + member)) {
      throw BucketErrors.malformedPolicy("Missing required field " + member);
    }
    if (statement.has(member) && statement.has("Not" + member)) {
      throw BucketErrors.malformedPolicy("Invalid policy syntax.");
    }
  }

  private static JsonNode either(JsonNode statement, String member) {
    return statement.has(member) ? statement.path(member) : statement.path("Not" + member);
  }

  private static void requirePrincipal(JsonNode principal) {
    if (principal.isTextual() && principal.asText().equals("*")) {
      return;
    }
    if (!principal.isObject() || principal.isEmpty()) {
      throw BucketErrors.malformedPolicy("Invalid principal in policy");
    }
    principal
        .properties()
        .forEach(
            entry -> {
              if (!PRINCIPALS.contains(entry.getKey())) {
                throw BucketErrors.malformedPolicy("Invalid policy syntax.");
              }
              for (String value : PolicyJson.texts(entry.getValue())) {
                boolean known =
                    !entry.getKey().equals("AWS") || AWS_PRINCIPAL.matcher(value).matches();
                if (value.isEmpty() || !known) {
                  throw BucketErrors.malformedPolicy("Invalid principal in policy");
                }
              }
            });
  }

  private static void requireResource(String resource, String bucket) {
    String name = resource.replaceFirst("^arn:aws[a-z-]*:s3:::", "");
    boolean ours =
        resource.equals("*")
            || (!name.equals(resource)
                && (name.equals(bucket)
                    || name.startsWith(bucket + "/")
                    || (name.startsWith(bucket) && name.charAt(bucket.length()) == '*')
                    || name.equals("*")));
    if (!ours) {
      throw BucketErrors.malformedPolicy("Policy has invalid resource");
    }
  }

  private static void requireAction(String action, List<String> resources, boolean named) {
    if (action.equals("*")) {
      return;
    }
    if (!action.startsWith("s3:") || action.length() == 3) {
      throw BucketErrors.malformedPolicy("Policy has invalid action");
    }
    if (!named || action.contains("*") || action.contains("?")) {
      return;
    }
    boolean ofObjects = OBJECT_ACTION.matcher(action).matches();
    boolean applies =
        resources.stream()
            .anyMatch(resource -> resource.contains("/") == ofObjects || resource.endsWith("*"));
    if (!applies) {
      throw BucketErrors.malformedPolicy("Action does not apply to any resource(s) in statement");
    }
  }

  /** Whether a statement allows something to everyone. */
  static boolean isPublic(JsonNode policy) {
    return PolicyJson.several(policy.path("Statement")).stream()
        .filter(statement -> statement.path("Effect").asText().equals("Allow"))
        .filter(BucketPolicyRules::isForEveryone)
        .anyMatch(statement -> !isNarrow(statement.path("Condition")));
  }

  private static boolean isForEveryone(JsonNode statement) {
    JsonNode principal = statement.path("Principal");
    return statement.has("NotPrincipal") || PolicyJson.isEveryone(principal);
  }

  private static boolean isNarrow(JsonNode condition) {
    for (JsonNode operator : condition) {
      for (var entry : operator.properties()) {
        boolean fixed =
            PolicyJson.texts(entry.getValue()).stream()
                .noneMatch(value -> value.contains("*") || value.equals("0.0.0.0/0"));
        if (NARROWING.contains(entry.getKey().toLowerCase(Locale.ROOT)) && fixed) {
          return true;
        }
      }
    }
    return false;
  }
}
