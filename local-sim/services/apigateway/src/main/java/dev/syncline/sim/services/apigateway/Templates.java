// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts with {@code $context.…} and {@code $stageVariables.…} references: gateway responses, mock
 * templates and access-log formats. Velocity beyond that is refused by name when it is configured.
 */
final class Templates {
  private static final String NAME =
      "((?:context|stageVariables)(?:\\.[A-Za-z0-9_-]*[A-Za-z0-9_])+)";
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:\\{" + NAME + "\\}|" + NAME + ")");
  private static final Pattern VELOCITY =
      Pattern.compile("#(?:set|if|foreach|else|end|macro)\\b|\\$!?\\{?(?:input|util)\\b");

  private Templates() {}

  /** Refuses a map of templates that needs more than references. */
  static void requireSupported(JsonNode templates) {
    for (var template : templates.properties()) {
      Matcher matcher = VELOCITY.matcher(template.getValue().asText());
      if (matcher.find()) {
        throw GatewayErrors.badRequest(
            "The simulator does not support '"
                + matcher.group()
                + "' in the template for "
                + template.getKey()
                + ".");
      }
    }
  }

  /** Fills in references; {@code missing} replaces those that have no value. */
  static String render(String template, Map<String, String> values, String missing) {
    return REFERENCE
        .matcher(template)
        .replaceAll(
            match -> {
              String name = match.group(1) == null ? match.group(2) : match.group(1);
              return Matcher.quoteReplacement(values.getOrDefault(name, missing));
            });
  }
}
