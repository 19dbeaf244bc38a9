// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.net.URI;
import java.util.Map;

/** {@code BACKEND=http}: {@code POST} to the configured worker. */
final class HttpFactory implements BackendFactory {

  private static final String URL_PATTERN = "https?://[^\\s{}]+";
  private static final String STATUS_PATTERN = "https?://[^\\s{}]*\\{id\\}[^\\s{}]*";

  @Override
  public String name() {
    return "http";
  }

  @Override
  public void check(Map<String, String> environment) {
    URI unused = worker(environment);
    String unusedToo = status(environment);
    String unusedAsWell = token(environment);
    boolean unusedBoolean = idempotent(environment);
    HttpBackend.Timeouts unusedAlso = timeouts(environment);
    TrackedBackends.check(environment);
  }

  @Override
  public Backend create(BackendContext context) {
    return TrackedBackends.tracked(
        new HttpBackend(
            worker(context.environment()),
            status(context.environment()),
            token(context.environment()),
            idempotent(context.environment()),
            timeouts(context.environment())),
        context);
  }

  private static HttpBackend.Timeouts timeouts(Map<String, String> environment) {
    return new HttpBackend.Timeouts(
        BackendSettings.connectTimeout(environment),
        BackendSettings.startTimeout(environment),
        BackendSettings.findTimeout(environment));
  }

  private static URI worker(Map<String, String> environment) {
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
