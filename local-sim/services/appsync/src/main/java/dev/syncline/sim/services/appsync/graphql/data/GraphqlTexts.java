// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Shortens documents for the journal. Stateless and thread-safe. */
final class GraphqlTexts {
  private static final String CUT = "…";

  private GraphqlTexts() {}

  /** A text, shortened. */
  static String shown(String text) {
    return text.length() <= GraphqlJournal.MAX_SHOWN
        ? text
        : text.substring(0, GraphqlJournal.MAX_SHOWN) + CUT;
  }

  /** A document as JSON, shortened; only the shown part is written. */
  static String shown(JsonNode document) {
    var text = new BoundedWriter();
    try (JsonGenerator generator = Json.MAPPER.getFactory().createGenerator(text)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      Json.MAPPER.writeTree(generator, document);
    } catch (FullException full) {
      return text.text + CUT;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.text.toString();
  }

  /** Ends the writing of a document. */
  private static final class FullException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class BoundedWriter extends Writer {
    private final StringBuilder text = new StringBuilder();
    private boolean full;

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
      int room = GraphqlJournal.MAX_SHOWN - text.length();
      text.append(chars, from, Math.min(length, room));
      if (length > room && !full) {
        full = true;
        throw new FullException();
      }
    }

    @Override
    public void flush() {
      // Everything is in the text already.
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
