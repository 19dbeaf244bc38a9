// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Map;

/**
 * The connection to the Temporal cluster, from environment variables. Immutable; holds a
 * credential, which {@link #toString} omits.
 *
 * @param address {@code TEMPORAL_ADDRESS}: host and port of the frontend; default 127.0.0.1:7233
 * @param namespace {@code TEMPORAL_NAMESPACE}; default {@code default}
 * @param taskQueue {@code TEMPORAL_TASK_QUEUE}; default {@code syncline}
 * @param tls {@code TEMPORAL_TLS}: whether to connect over TLS; default {@code true} with an API
 *     key, else {@code false}
 * @param apiKey {@code TEMPORAL_API_KEY}, for Temporal Cloud; empty for none
 */
public record TemporalConfig(
    String address, String namespace, String taskQueue, boolean tls, String apiKey) {

  /** Validates the address. */
  public TemporalConfig {
    if (!address.matches("[^\\s:/]+:\\d{1,5}|\\[[0-9A-Fa-f:]+]:\\d{1,5}")) {
      throw new IllegalArgumentException(
          "TEMPORAL_ADDRESS must be host:port such as 127.0.0.1:7233, but is \"" + address + "\"");
    }
  }

  /**
   * Reads the variables; no I/O.
   *
   * @throws IllegalArgumentException naming the variable that is wrong
   */
  public static TemporalConfig fromEnvironment(Map<String, String> environment) {
    String apiKey = text(environment, "TEMPORAL_API_KEY", "");
    String tls = text(environment, "TEMPORAL_TLS", apiKey.isEmpty() ? "false" : "true");
    if (!tls.equals("true") && !tls.equals("false")) {
      throw new IllegalArgumentException(
          "TEMPORAL_TLS must be true or false, but is \"" + tls + "\"");
    }
    return new TemporalConfig(
        text(environment, "TEMPORAL_ADDRESS", "127.0.0.1:7233"),
        text(environment, "TEMPORAL_NAMESPACE", "default"),
        text(environment, "TEMPORAL_TASK_QUEUE", "syncline"),
        tls.equals("true"),
        apiKey);
  }

  private static String text(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  /** The connection options. */
  public WorkflowServiceStubsOptions.Builder connection() {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder().setTarget(address).setEnableHttps(tls);
    if (!apiKey.isEmpty()) {
      options.addApiKey(() -> apiKey);
    }
    return options;
  }

  @Override
  public String toString() {
    return "TemporalConfig[" + address + ", " + namespace + ", " + taskQueue + "]";
  }
}
