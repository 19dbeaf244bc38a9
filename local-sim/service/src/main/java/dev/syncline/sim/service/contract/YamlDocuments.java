// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads and writes YAML. {@code cloudformation} provides it; {@code apigateway} uses it for OpenAPI
 * documents. Thread-safe.
 */
public interface YamlDocuments {
  /**
   * Reads a document of bounded size and depth; YAML 1.2, so that a date stays a text.
   *
   * @throws IllegalArgumentException for one that cannot be read, with line and column
   */
  JsonNode read(String text);

  /** Writes a value in block style. */
  String write(JsonNode value);
}
