// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.util.HashMap;
import java.util.Map;

/**
 * Translates the variables of {@code aws-samples/AppSync_Sync_Async_Integration}, so that this
 * bridge can replace that sample's function without other changes: {@code API_HOST}, {@code
 * API_URL} and {@code API_KEY}, whose value names a secret. With these variables the defaults are
 * those of the sample: Step Functions, one channel per request, and its response keys.
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
   * The environment with the bridge's own variable names.
   *
   * @throws IllegalArgumentException naming both variables if a variable and its alias are set
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

  /** The sample's variables hold a bare host or a URL. */
  private static String host(String text) {
    return text.strip().replaceFirst("^[a-z]+://", "").replaceFirst("/.*$", "");
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }
}
