// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/**
 * Writes records as JSON and reads them back. The JSON has one field for each record component. A
 * reader refuses a missing and an additional field, so that a file of another version is refused
 * and not read in part.
 *
 * <p>Immutable, thread-safe.
 */
public final class SavedForm {
  private static final JsonDeserializer<? extends JsonNode> TREE =
      JsonNodeDeserializer.getDeserializer(JsonNode.class);

  private static final int MAX_TEXT_LENGTH = 512 << 20;

  /** For records of texts, numbers, times, collections, JSON trees and records. */
  public static final SavedForm PLAIN = new SavedForm(new SimpleModule());

  private final JsonMapper mapper;

  private SavedForm(SimpleModule more) {
    var times = new SimpleModule();
    text(times, Instant.class, Instant::toString, Instant::parse);
    text(times, Duration.class, Duration::toString, Duration::parse);
    text(times, LocalDate.class, LocalDate::toString, LocalDate::parse);
    // A nullable component is read as null, not as a JSON null.
    times.addDeserializer(
        JsonNode.class,
        new StdDeserializer<JsonNode>(JsonNode.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public JsonNode deserialize(JsonParser in, DeserializationContext context)
              throws IOException {
            return TREE.deserialize(in, context);
          }
        });
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxStringLength(MAX_TEXT_LENGTH)
                            .maxDocumentLength(-1)
                            .build())
                    .build())
            .addModule(times)
            .addModule(more)
            .annotationIntrospector(new SealedNames())
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.SETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
            .build();
  }

  /** The same for records that also have values of a type that is written as one text. */
  public static <T> SavedForm with(
      Class<T> type, Function<T, String> write, Function<String, T> read) {
    var module = new SimpleModule();
    text(module, type, write, read);
    return new SavedForm(module);
  }

  /** A record, or a list or map of them, as a tree. */
  public JsonNode write(Object value) {
    return mapper.valueToTree(value);
  }

  /** As {@link #write}, as UTF-8 bytes. */
  public byte[] bytes(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record that cannot be written", impossible);
    }
  }

  /**
   * The record that {@link #write} wrote.
   *
   * @throws UncheckedIOException when it is not of that type
   */
  public <T> T read(JsonNode saved, Class<T> type) {
    try {
      return mapper.treeToValue(saved, type);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The record that {@link #bytes} wrote.
   *
   * @throws UncheckedIOException when it is not of that type
   */
  public <T> T read(byte[] saved, Class<T> type) {
    try {
      return mapper.readValue(saved, type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read.apply(in.getText());
          }
        });
  }
}
