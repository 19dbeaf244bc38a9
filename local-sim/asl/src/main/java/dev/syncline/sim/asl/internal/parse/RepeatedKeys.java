// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds a key that an object of a definition has twice: a tree keeps only the last one. */
final class RepeatedKeys {
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private RepeatedKeys() {}

  /** The tree of {@code text}, or null and a diagnostic if a key is repeated. */
  static @Nullable JsonNode checked(String text, @Nullable JsonNode root, Problems problems) {
    if (root == null) {
      return null;
    }
    try (JsonParser parser = STRICT.createParser(text)) {
      while (parser.nextToken() != null) {
        // The parser itself reports a repeated key.
      }
      return root;
    } catch (JsonProcessingException e) {
      problems.invalidJson(e);
      return null;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
