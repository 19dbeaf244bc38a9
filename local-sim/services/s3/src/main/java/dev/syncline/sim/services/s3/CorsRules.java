// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Input;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules of cross-origin resource sharing: what a bucket takes, and which one a page meets. */
final class CorsRules {
  private static final int MAX_RULES = 100;
  private static final int MAX_ID = 255;
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  private CorsRules() {}

  /**
   * The configuration as it is stored.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidRequest} and {@code MalformedXML}
   */
  static JsonNode accepted(Input configuration) {
    List<Input> rules = configuration.structures("CORSRules");
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw BucketErrors.malformedXml("CORSRules must be 1 to " + MAX_RULES);
    }
    for (Input rule : rules) {
      for (String method : rule.texts("AllowedMethods")) {
        if (!METHODS.contains(method)) {
          throw BucketErrors.invalidRequest(
              "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
        }
      }
      requireOneWildcard("AllowedOrigin", rule.texts("AllowedOrigins"));
      requireOneWildcard("AllowedHeader", rule.texts("AllowedHeaders"));
      for (String header : rule.texts("ExposeHeaders")) {
        if (header.contains("*")) {
          throw BucketErrors.invalidRequest(
              "ExposeHeader \""
                  + header
                  + "\" contains wildcard. We currently do not support wildcard for"
                  + " ExposeHeader.");
        }
      }
      if (rule.text("ID").orElse("").length() > MAX_ID) {
        throw BucketErrors.malformedXml("ID has at most " + MAX_ID + " characters");
      }
    }
    return configuration.json();
  }

  /** Whether rules may allow the method. */
  static boolean isMethod(String method) {
    return METHODS.contains(method);
  }

  private static void requireOneWildcard(String element, List<String> values) {
    for (String value : values) {
      if (value.indexOf('*') != value.lastIndexOf('*')) {
        throw BucketErrors.invalidRequest(
            element + " \"" + value + "\" can not have more than one wildcard.");
      }
    }
  }

  /**
   * The first rule that allows a page's request.
   *
   * @param asked the headers that a preflight asks for, separated by commas; empty for none
   */
  static Optional<JsonNode> match(
      JsonNode configuration, String origin, String method, String asked) {
    for (JsonNode node : configuration.path("CORSRules")) {
      if (allows(node.path("AllowedOrigins"), origin, false)
          && allows(node.path("AllowedMethods"), method, false)
          && allowsAll(node.path("AllowedHeaders"), asked)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private static boolean allowsAll(JsonNode patterns, String asked) {
    for (String header : asked.split(",", -1)) {
      if (!header.isBlank() && !allows(patterns, header.strip(), true)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allows(JsonNode patterns, String value, boolean ignoreCase) {
    for (JsonNode pattern : patterns) {
      if (ignoreCase
          ? fits(pattern.asText().toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))
          : fits(pattern.asText(), value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value fits a pattern with at most one asterisk. */
  private static boolean fits(String pattern, String value) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(value);
    }
    String end = pattern.substring(star + 1);
    return value.length() >= pattern.length() - 1
        && value.startsWith(pattern.substring(0, star))
        && value.endsWith(end);
  }
}
