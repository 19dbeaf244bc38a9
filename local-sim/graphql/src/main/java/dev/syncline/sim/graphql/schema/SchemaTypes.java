// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.TypeDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of an API, one by one, as {@code CreateType} and {@code ListTypes} show them. Immutable
 * and thread-safe.
 *
 * <p>An API without a schema may hold types that do not make a schema yet, as AWS allows
 * (Terraform's own test makes a {@code Mutation} first). Once the types make a schema, every change
 * has to keep it one.
 */
public final class SchemaTypes {
  /** The language of a definition. */
  public enum Format {
    SDL,
    JSON
  }

  /**
   * A type as shown.
   *
   * @param description null without one
   * @param definition in the format that was asked for, verbatim if the type was made in it
   */
  public record TypeView(String name, @Nullable String description, String definition) {}

  /**
   * A definition as received.
   *
   * @param format its language
   * @param definition the text
   */
  public record Written(Format format, String definition) {}

  private final String text;
  private final Document document;
  private final SchemaModel model;
  private final Map<String, Written> written;
  private final @Nullable ApiSchema schema;

  private SchemaTypes(
      String text,
      Document document,
      SchemaModel model,
      Map<String, Written> written,
      @Nullable ApiSchema schema) {
    this.text = text;
    this.document = document;
    this.model = model;
    this.written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
    this.schema = schema;
  }

  /** No type. */
  public static SchemaTypes empty() {
    Document none = Document.newDocument().build();
    return new SchemaTypes("", none, SchemaModel.of(none), Map.of(), null);
  }

  /** The types of a schema. */
  public static SchemaTypes of(ApiSchema schema) {
    return new SchemaTypes(schema.text(), schema.document(), schema.model(), Map.of(), schema);
  }

  /**
   * The types that were saved as {@link #text} and {@link #written}.
   *
   * @throws SchemaException when the text is no SDL
   */
  public static SchemaTypes restore(String text, Map<String, Written> written)
      throws SchemaException {
    return text.isBlank() ? empty() : read(text, written, false);
  }

  private static SchemaTypes read(String text, Map<String, Written> written, boolean complete)
      throws SchemaException {
    try {
      ApiSchema schema = ApiSchema.parse(text);
      return new SchemaTypes(text, schema.document(), schema.model(), written, schema);
    } catch (SchemaException incomplete) {
      if (complete) {
        throw incomplete;
      }
      Document document = SdlReader.read(text);
      return new SchemaTypes(text, document, SchemaModel.of(document), written, null);
    }
  }

  /** Every type, in the order of the document. */
  public List<TypeView> list(Format format) {
    return model.types().values().stream().map(type -> view(type, format)).toList();
  }

  /** One type. */
  public Optional<TypeView> find(String name, Format format) {
    return Optional.ofNullable(model.types().get(name)).map(type -> view(type, format));
  }

  private TypeView view(TypeDefinition<?> type, Format format) {
    Written received = written.get(type.getName());
    String definition;
    if (received != null && received.format() == format) {
      definition = received.definition();
    } else if (format == Format.SDL) {
      definition = SdlWriter.KNOWN.definition(type);
    } else {
      definition = TypeJson.write(type, model).toString();
    }
    return new TypeView(type.getName(), SchemaModel.description(type), definition);
  }

  /**
   * The name of the type that a definition defines.
   *
   * @throws SchemaException when it does not define exactly one
   */
  public static String nameOf(String definition, Format format) throws SchemaException {
    return onlyType(sdl(definition, format)).getName();
  }

  /**
   * With a type added, or replaced.
   *
   * @throws SchemaException when it does not define exactly one type, or breaks the schema
   */
  public SchemaTypes with(String definition, Format format) throws SchemaException {
    String sdl = sdl(definition, format);
    String name = onlyType(sdl).getName();
    String base = model.types().containsKey(name) ? textWithout(name) : text;
    Map<String, Written> changed = new LinkedHashMap<>(written);
    changed.put(name, new Written(format, definition));
    return read(base.isBlank() ? sdl : base + "\n\n" + sdl, changed, schema != null);
  }

  /**
   * Without a type.
   *
   * @throws SchemaException when the schema uses it
   */
  public SchemaTypes without(String name) throws SchemaException {
    Map<String, Written> changed = new LinkedHashMap<>(written);
    changed.remove(name);
    String rest = textWithout(name);
    return rest.isBlank() && schema == null ? empty() : read(rest, changed, schema != null);
  }

  private String textWithout(String name) {
    return document.getDefinitions().stream()
        .filter(definition -> !defines(definition, name))
        .map(this::shown)
        .collect(Collectors.joining("\n\n"));
  }

  private String shown(Definition<?> definition) {
    Written received =
        definition instanceof TypeDefinition<?> type ? written.get(type.getName()) : null;
    return received != null && received.format() == Format.SDL
        ? received.definition()
        : SdlWriter.ALL.definition(definition);
  }

  private static boolean defines(Definition<?> definition, String name) {
    return definition instanceof TypeDefinition<?> type && type.getName().equals(name);
  }

  private static String sdl(String definition, Format format) throws SchemaException {
    if (format == Format.SDL) {
      return definition;
    }
    try {
      return TypeJson.toSdl(definition);
    } catch (JsonProcessingException malformed) {
      throw new SchemaException(SchemaTexts.NOT_SDL, malformed);
    }
  }

  private static TypeDefinition<?> onlyType(String sdl) throws SchemaException {
    Document read = SdlReader.read(sdl);
    if (read.getDefinitions().size() == 1
        && read.getDefinitions().getFirst() instanceof TypeDefinition<?> type
        && !SchemaModel.isExtension(type)) {
      return type;
    }
    throw new SchemaException("The definition must define exactly one type.");
  }

  /** The schema; empty while the types do not make one. */
  public Optional<ApiSchema> schema() {
    return Optional.ofNullable(schema);
  }

  /** The document, to be saved. */
  public String text() {
    return text;
  }

  /** The definitions as received, by type, to be saved. */
  public Map<String, Written> written() {
    return written;
  }
}
