// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.RestXmlErrors;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The policy of an upload from a form: signature, expiry and conditions on the fields. Source: the
 * S3 API reference, "POST Policy".
 */
final class PostPolicy {
  private static final List<String> VERSION_4 =
      List.of("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature");
  private static final List<String> VERSION_2 = List.of("awsaccesskeyid", "signature");

  /** Fields that need no condition. */
  private static final Set<String> FREE =
      Set.of("awsaccesskeyid", "signature", "x-amz-signature", "policy", "file");

  private PostPolicy() {}

  /**
   * Refuses a form without a policy, or one that its policy does not allow.
   *
   * @throws dev.syncline.sim.service.AwsException {@code AccessDenied}, {@code InvalidArgument},
   *     {@code InvalidPolicyDocument}, {@code SignatureDoesNotMatch}, {@code EntityTooLarge}
   */
  static void requireValid(PostForm form, SignerKeys keys) {
    boolean version4 = VERSION_4.stream().anyMatch(form.fields()::containsKey);
    boolean version2 = VERSION_2.stream().anyMatch(form.fields()::containsKey);
    if (!version4 && !version2) {
      // Nothing says that everyone may write.
      throw RestXmlErrors.accessDenied("Access Denied", Map.of());
    }
    requireField(form, "policy");
    (version4 ? VERSION_4 : VERSION_2).forEach(name -> requireField(form, name));
    requireSignature(form, keys, version4);
    JsonNode policy = policy(form.field("policy"));
    if (!keys.now().isBefore(expiration(policy))) {
      throw RestXmlErrors.againstPolicy("Policy expired.");
    }
    requireConditions(form, policy.path("conditions"));
  }

  private static void requireField(PostForm form, String name) {
    if (form.field(name).isEmpty()) {
      throw RestXmlErrors.missingFormField(name);
    }
  }

  private static void requireSignature(PostForm form, SignerKeys keys, boolean version4) {
    String token = form.field("x-amz-security-token");
    String policy = form.field("policy");
    String keyId = form.field("awsaccesskeyid");
    String given = form.field("signature");
    List<String> scope = List.of();
    if (version4) {
      String text = form.field("x-amz-credential");
      SignerKeys.Credential credential =
          SignerKeys.Credential.of(text)
              .orElseThrow(
                  () ->
                      RestXmlErrors.invalidArgument(
                          "X-Amz-Credential", text, SignerKeys.Credential.MALFORMED));
      keyId = credential.keyId();
      scope = credential.scope();
      given = form.field("x-amz-signature");
    }
    var secret = keys.secret(keyId, token);
    if (secret.isPresent()) {
      String made =
          version4
              ? Hmac.version4(secret.get(), scope, policy)
              : Hmac.version2(secret.get(), policy);
      if (!Hmac.same(made, given)) {
        throw RestXmlErrors.signatureDoesNotMatch(keyId, policy, given);
      }
    }
  }

  private static JsonNode policy(String base64) {
    try {
      byte[] decoded = Base64.getMimeDecoder().decode(base64);
      JsonNode policy = Json.MAPPER.readTree(new String(decoded, StandardCharsets.UTF_8));
      if (policy.isObject()) {
        return policy;
      }
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      // Answered below.
    }
    throw RestXmlErrors.invalidPolicy("Invalid JSON.");
  }

  private static Instant expiration(JsonNode policy) {
    if (!policy.path("expiration").isTextual()) {
      throw RestXmlErrors.invalidPolicy("Policy missing expiration.");
    }
    if (!policy.path("conditions").isArray()) {
      throw RestXmlErrors.invalidPolicy("Policy missing conditions.");
    }
    String text = policy.path("expiration").asText();
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw RestXmlErrors.invalidPolicy("Invalid 'expiration' value: '" + text + "'");
    }
  }

  private static void requireConditions(PostForm form, JsonNode conditions) {
    var named = new HashSet<String>();
    for (JsonNode condition : conditions) {
      if (condition.isObject()) {
        condition
            .properties()
            .forEach(
                entry ->
                    require(form, named, "eq", "$" + entry.getKey(), entry.getValue().asText()));
      } else if (condition.isArray() && condition.size() == 3) {
        String operator = condition.path(0).asText().toLowerCase(Locale.ROOT);
        if (operator.equals("content-length-range")) {
          requireLength(form, condition);
        } else {
          require(form, named, operator, condition.path(1).asText(), condition.path(2).asText());
        }
      } else {
        throw RestXmlErrors.invalidPolicy("Invalid Condition: " + condition);
      }
    }
    for (String field : form.fields().keySet()) {
      boolean free = FREE.contains(field) || field.startsWith("x-ignore-");
      if (!free && !named.contains(field)) {
        throw RestXmlErrors.againstPolicy("Extra input fields: " + field);
      }
    }
  }

  private static void require(
      PostForm form, Set<String> named, String operator, String field, String wanted) {
    if (!field.startsWith("$")) {
      throw RestXmlErrors.invalidPolicy("Invalid Condition: the field '" + field + "' needs a $");
    }
    String name = field.substring(1).toLowerCase(Locale.ROOT);
    named.add(name);
    String given = name.equals("bucket") ? form.bucket() : form.field(name);
    boolean holds =
        switch (operator) {
          case "eq" -> given.equals(wanted);
          case "starts-with" -> given.startsWith(wanted);
          default ->
              throw RestXmlErrors.invalidPolicy("Invalid Condition: unknown operation " + operator);
        };
    if (!holds) {
      throw RestXmlErrors.againstPolicy(
          "Policy Condition failed: [\"" + operator + "\", \"" + field + "\", \"" + wanted + "\"]");
    }
  }

  private static void requireLength(PostForm form, JsonNode range) {
    if (!range.path(1).asText().matches("\\d{1,18}")
        || !range.path(2).asText().matches("\\d{1,18}")) {
      throw RestXmlErrors.invalidPolicy("Invalid Condition: " + range);
    }
    long size = form.file().length;
    long most = range.path(2).asLong();
    long least = range.path(1).asLong();
    if (size > most) {
      throw RestXmlErrors.fileSize(true, size, most);
    }
    if (size < least) {
      throw RestXmlErrors.fileSize(false, size, least);
    }
  }
}
