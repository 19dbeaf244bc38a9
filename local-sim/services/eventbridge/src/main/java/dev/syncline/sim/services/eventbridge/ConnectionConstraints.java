// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import java.util.regex.Pattern;

/** Checks the members of connections against the constraints of the service's published model. */
final class ConnectionConstraints {
  private static final Rule NAME = Rule.of("[\\.\\-_A-Za-z0-9]+");
  // The published patterns of these two backtrack exponentially on some refused values; they match
  // every text of their characters and tabs, except one of tabs only.
  private static final Rule AUTHORIZATION =
      new Rule(
          "^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$",
          Pattern.compile("\\t*[^\\x00-\\x1F:\\x7F][^\\x00-\\x08\\x0A-\\x1F:\\x7F]*"));
  private static final Rule HEADER_VALUE =
      new Rule(
          "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$",
          Pattern.compile("\\t*[\\x20-\\x7E][\\t\\x20-\\x7E]*"));
  private static final Rule HEADER_KEY = Rule.of("^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$");
  private static final Rule ENDPOINT =
      Rule.of("^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$");
  private static final Rule QUERY_KEY = Rule.of("[^\\x00-\\x1F\\x7F]+");
  private static final Rule QUERY_VALUE = Rule.of("[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+");

  private ConnectionConstraints() {}

  static String name(String value) {
    atMost("name", value, 64, value);
    return matching("name", value, NAME, value);
  }

  static String description(String value) {
    return atMost("description", value, 512, value);
  }

  /** A user name or key name, or (never quoted in an error) a password or key. */
  static String authorization(String member, String value, boolean secret) {
    return parameter(member, value, AUTHORIZATION, secret ? "" : value);
  }

  static String headerKey(String member, String value) {
    return parameter(member, value, HEADER_KEY, value);
  }

  static String headerValue(String member, String value) {
    return parameter(member, value, HEADER_VALUE, "");
  }

  static String queryKey(String member, String value) {
    return parameter(member, value, QUERY_KEY, value);
  }

  static String queryValue(String member, String value) {
    return parameter(member, value, QUERY_VALUE, "");
  }

  private static String parameter(String member, String value, Rule rule, String shown) {
    atMost(member, value, 512, shown);
    return matching(member, value, rule, shown);
  }

  /** An https URL as the published model has it. */
  static String httpsEndpoint(String member, String value) {
    atMost(member, value, 2048, value);
    return matching(member, value, ENDPOINT, value);
  }

  private static String atMost(String member, String value, int length, String shown) {
    if (value.length() > length) {
      throw EventBridgeErrors.violated(
          member, shown, "Member must have length less than or equal to " + length);
    }
    return value;
  }

  private static String matching(String member, String value, Rule rule, String shown) {
    if (!rule.pattern.matcher(value).matches()) {
      throw EventBridgeErrors.violated(
          member, shown, "Member must satisfy regular expression pattern: " + rule.published);
    }
    return value;
  }

  /**
   * A pattern.
   *
   * @param published as the model spells it and errors quote it
   * @param pattern what is matched
   */
  private record Rule(String published, Pattern pattern) {
    static Rule of(String published) {
      return new Rule(published, Pattern.compile(published));
    }
  }
}
