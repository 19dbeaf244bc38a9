// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.util.HashMap;
import java.util.Map;

/**
 * Understands the variables of {@code aws-samples/AppSync_Sync_Async_Integration}, so that this
 * bridge can stand in for that sample's function without a change around it: {@code API_HOST},
 * {@code API_URL} and {@code API_KEY}, the last of which names a secret. Where they are used, what
 * the sample does is the default: Step Functions, a channel for each request, and its response
 * keys.
 *
 * <p>Stateless and thread-safe.
 */
final class SampleEnvironment {

  private static final Map<String, String> ALIASES =
      Map.of(
          "API_HOST", "APPSYNC_HTTP_HOST",
          "API_URL", "APPSYNC_REALTIME_HOST",
          "API_KEY", "APPSYNC_API_KEY_SECRET_ARN");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "BACKEND", "stepfunctions",
          "REPLY_MODE", "per-request",
          "RESPONSE_DIALECT", "seed",
          "APPSYNC_NAMESPACE", "AsyncEvents");

  private SampleEnvironment() {}

  /**
   * The environment in the bridge's own names.
   *
   * @throws IllegalArgumentException naming both variables if one says what the other does
   */
  static Map<String, String> translate(Map<String, String> environment) {
    if (!isSet(environment, "API_HOST")) {
      return environment;
    }
    Map<String, String> own = new HashMap<>(environment);
    ALIASES.forEach(
        (alias, name) -> {
          if (!isSet(environment, alias)) {
            return;
          }
          if (isSet(environment, name)) {
            throw new IllegalArgumentException(
                alias + " and " + name + " are both set; remove one of them");
          }
          String value = own.getOrDefault(alias, "");
          own.put(name, alias.equals("API_KEY") ? value : host(value));
        });
    DEFAULTS.forEach(
        (name, value) -> {
          if (!isSet(own, name)) {
            own.put(name, value);
          }
        });
    return own;
  }

  /** The sample's texts have the bare host or a whole address. */
  private static String host(String text) {
    return text.strip().replaceFirst("^[a-z]+://", "").replaceFirst("/.*$", "");
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }
}
