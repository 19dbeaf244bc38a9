// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URI of a function: its ARN, or the ARN of its invocation. */
public final class FunctionArn {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/)?"
              + "(arn:aws[a-z-]*:lambda:[^/]+?)(?:/invocations)?");

  private FunctionArn() {}

  /** The function's ARN; empty for any other URI. */
  public static Optional<String> of(String uri) {
    Matcher form = FORM.matcher(uri);
    return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
  }
}
