// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The action of an AWS service in an integration's URI, {@code
 * arn:aws:apigateway:{region}:{subdomain.service|service}:{path|action}/{service_api}}.
 *
 * @param subdomain empty unless given
 * @param action the action of the form {@code action/…}; empty for a path
 * @param path the path of the form {@code path/…}, with a slash at its beginning and with variables
 */
record ServiceTarget(String region, String subdomain, String service, String action, String path) {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:apigateway:([a-z0-9-]+):([A-Za-z0-9.${}_-]+):(.+)");
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9._-]+)\\+?\\}");

  /** The target of a URI; refuses one that AWS refuses too. */
  static ServiceTarget parse(String uri) {
    Matcher arn = ARN.matcher(uri);
    if (!arn.matches()) {
      throw GatewayErrors.badRequest("Invalid ARN specified in the request");
    }
    String name = arn.group(2);
    int dot = name.lastIndexOf('.');
    String api = arn.group(3);
    boolean action = api.startsWith("action/");
    if (!action && !api.startsWith("path/")) {
      throw GatewayErrors.badRequest("AWS ARN for integration must contain path or action");
    }
    return new ServiceTarget(
        arn.group(1),
        dot < 0 ? "" : name.substring(0, dot),
        name.substring(dot + 1),
        action ? api.substring("action/".length()) : "",
        action ? "" : "/" + api.substring("path/".length()).replaceFirst("^/+", ""));
  }

  boolean isFunction() {
    return service.equals("lambda") && path.startsWith("/2015-03-31/functions/");
  }

  String host() {
    return (subdomain.isEmpty() ? "" : subdomain + ".") + service + "." + region + ".amazonaws.com";
  }

  /** Puts values in the place of {@code {name}}; a variable without a value stays. */
  static String filled(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            variable -> {
              String value = variables.get(variable.group(1));
              return Matcher.quoteReplacement(value == null ? variable.group() : value);
            });
  }
}
