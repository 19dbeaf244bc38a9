// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a request from which an authorizer takes identity, such as a header. Immutable. */
public record IdentitySource(String kind, String name) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$\\{?(request\\.header|request\\.querystring|context|stageVariables)\\.([^}]+)}?");

  /** Reads {@code $request.header.Authorization} and its like; empty when it is not valid. */
  public static Optional<IdentitySource> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new IdentitySource(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /** The value; empty when the request does not have it. */
  Optional<String> value(HttpApiCall call) {
    return switch (kind) {
      case "request.header" -> call.request().headers().first(name);
      case "request.querystring" ->
          call.request().query().stream()
              .filter(parameter -> parameter.getKey().equals(name))
              .map(Map.Entry::getValue)
              .findFirst();
      case "context" -> Optional.ofNullable(call.context().get(name));
      default -> Optional.ofNullable(call.stage().variables().get(name));
    };
  }
}
