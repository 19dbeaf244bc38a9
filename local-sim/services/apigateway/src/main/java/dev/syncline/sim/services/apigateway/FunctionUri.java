// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The function in an integration's URI. Stage variables in it are filled in at each request. */
final class FunctionUri {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/(.+)/invocations");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)\\}");

  private FunctionUri() {}

  /** The function's ARN, stage variables not yet filled in. */
  static String parse(String uri) {
    Matcher matcher = FORM.matcher(uri);
    if (!matcher.matches()) {
      throw GatewayErrors.badRequest(
          "Invalid ARN specified in the request; the simulator integrates Lambda functions,"
              + " arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations,"
              + " not '"
              + uri
              + "'");
    }
    return matcher.group(1);
  }

  static String fill(String function, Map<String, String> stageVariables) {
    return VARIABLE
        .matcher(function)
        .replaceAll(
            match -> Matcher.quoteReplacement(stageVariables.getOrDefault(match.group(1), "")));
  }
}
