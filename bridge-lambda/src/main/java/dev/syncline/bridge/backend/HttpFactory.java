// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** {@code BACKEND=http}: {@code POST} to the configured worker. */
final class HttpFactory extends TrackedFactory {
  private static final String URL_PATTERN = "https?://[^\\s{}]+";
  private static final String STATUS_PATTERN = "https?://[^\\s{}]*\\{id\\}[^\\s{}]*";

  HttpFactory() {
    super("http");
  }

  @Override
  Supplier<Backend> configured(Map<String, String> environment) {
    var worker =
        new HttpBackend.Worker(
            url(environment), status(environment), token(environment), idempotent(environment));
    HttpBackend.Timeouts timeouts = timeouts(environment);
    return () -> new HttpBackend(worker, timeouts);
  }

  private static HttpBackend.Timeouts timeouts(Map<String, String> environment) {
    return new HttpBackend.Timeouts(
        BackendSettings.connectTimeout(environment),
        BackendSettings.startTimeout(environment),
        BackendSettings.findTimeout(environment));
  }

  private static URI url(Map<String, String> environment) {
    return URI.create(
        BackendSettings.required(
            environment, "WORKER_URL", URL_PATTERN, "the URL that accepts work by POST"));
  }

  private static String token(Map<String, String> environment) {
    String token = BackendSettings.optional(environment, "WORKER_HTTP_TOKEN");
    if (!token.matches("[\\x21-\\x7e]*")) {
      // The message omits the value, which is a secret.
      throw new IllegalArgumentException(
          "WORKER_HTTP_TOKEN must be visible ASCII characters without spaces");
    }
    return token;
  }

  private static boolean idempotent(Map<String, String> environment) {
    String text = BackendSettings.optional(environment, "WORKER_IDEMPOTENT");
    if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          "WORKER_IDEMPOTENT must be true or false, but is \"" + text + "\"");
    }
    return text.equals("true");
  }

  private static String status(Map<String, String> environment) {
    return BackendSettings.optional(environment, "WORKER_STATUS_URL").isEmpty()
        ? ""
        : BackendSettings.required(
            environment,
            "WORKER_STATUS_URL",
            STATUS_PATTERN,
            "the URL that returns the state of work, with {id} in it");
  }
}
