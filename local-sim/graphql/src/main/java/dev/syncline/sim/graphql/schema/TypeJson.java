// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.language.AstPrinter;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import java.util.ArrayList;
import java.util.List;

/** A type in the format JSON, which is that of introspection. */
final class TypeJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TypeJson() {}

  /** A type; a type that the model lacks is shown as an object. */
  static ObjectNode write(TypeDefinition<?> type, SchemaModel model) {
    ObjectNode shown = JSON.createObjectNode();
    shown.put("kind", kind(type));
    shown.put("name", type.getName());
    shown.put("description", SchemaModel.description(type));
    for (String member :
        List.of("fields", "inputFields", "interfaces", "enumValues", "possibleTypes")) {
      shown.putNull(member);
    }
    switch (type) {
      case ObjectTypeDefinition object -> {
        writeFields(shown, object.getFieldDefinitions(), model);
        writeReferences(shown.putArray("interfaces"), object.getImplements(), model);
      }
      case InterfaceTypeDefinition object -> {
        writeFields(shown, object.getFieldDefinitions(), model);
        writePossible(shown.putArray("possibleTypes"), object.getName(), model);
      }
      case UnionTypeDefinition union ->
          writeReferences(shown.putArray("possibleTypes"), union.getMemberTypes(), model);
      case InputObjectTypeDefinition input ->
          writeInputs(shown.putArray("inputFields"), input.getInputValueDefinitions(), model);
      case EnumTypeDefinition values -> {
        ArrayNode list = shown.putArray("enumValues");
        values
            .getEnumValueDefinitions()
            .forEach(
                value ->
                    writeDeprecation(
                        list.addObject()
                            .put("name", value.getName())
                            .put(
                                "description",
                                ExecutableSchema.description(value.getDescription())),
                        value));
      }
      default -> {}
    }
    return shown;
  }

  private static void writeFields(
      ObjectNode shown, List<FieldDefinition> fields, SchemaModel model) {
    ArrayNode list = shown.putArray("fields");
    for (FieldDefinition field : fields) {
      ObjectNode made =
          list.addObject()
              .put("name", field.getName())
              .put("description", ExecutableSchema.description(field.getDescription()));
      writeInputs(made.putArray("args"), field.getInputValueDefinitions(), model);
      made.set("type", reference(field.getType(), model));
      writeDeprecation(made, field);
    }
  }

  private static void writeInputs(
      ArrayNode list, List<InputValueDefinition> values, SchemaModel model) {
    for (InputValueDefinition value : values) {
      ObjectNode made =
          list.addObject()
              .put("name", value.getName())
              .put("description", ExecutableSchema.description(value.getDescription()));
      made.set("type", reference(value.getType(), model));
      made.put(
          "defaultValue",
          value.getDefaultValue() == null ? null : AstPrinter.printAst(value.getDefaultValue()));
    }
  }

  private static void writeReferences(ArrayNode list, List<?> references, SchemaModel model) {
    for (Object reference : references) {
      if (reference instanceof Type<?> type) {
        list.add(reference(type, model));
      }
    }
  }

  private static void writePossible(ArrayNode list, String name, SchemaModel model) {
    model.types().values().stream()
        .filter(
            type ->
                type instanceof ObjectTypeDefinition object
                    && SchemaModel.names(object.getImplements()).contains(name))
        .forEach(type -> list.add(named("OBJECT", type.getName())));
  }

  private static void writeDeprecation(ObjectNode made, DirectivesContainer<?> element) {
    String reason = ExecutableSchema.deprecation(element);
    made.put("isDeprecated", reason != null).put("deprecationReason", reason);
  }

  private static ObjectNode reference(Type<?> reference, SchemaModel model) {
    return switch (reference) {
      case NonNullType type -> wrapped("NON_NULL", type.getType(), model);
      case ListType type -> wrapped("LIST", type.getType(), model);
      default -> {
        String name = TypeReferences.name(reference);
        TypeDefinition<?> type = model.types().get(name);
        yield named(
            type != null ? kind(type) : ApiScalars.byName(name) == null ? "OBJECT" : "SCALAR",
            name);
      }
    };
  }

  private static ObjectNode wrapped(String kind, Type<?> inner, SchemaModel model) {
    ObjectNode made = JSON.createObjectNode().put("kind", kind).putNull("name");
    made.set("ofType", reference(inner, model));
    return made;
  }

  private static ObjectNode named(String kind, String name) {
    return JSON.createObjectNode().put("kind", kind).put("name", name).putNull("ofType");
  }

  private static String kind(TypeDefinition<?> type) {
    return switch (type) {
      case ObjectTypeDefinition definition -> "OBJECT";
      case InterfaceTypeDefinition definition -> "INTERFACE";
      case UnionTypeDefinition definition -> "UNION";
      case EnumTypeDefinition definition -> "ENUM";
      case InputObjectTypeDefinition definition -> "INPUT_OBJECT";
      default -> "SCALAR";
    };
  }

  /**
   * The SDL of a type in JSON. What is wrong in it is found when the SDL is read.
   *
   * @throws JsonProcessingException when the text is not JSON
   */
  static String toSdl(String definition) throws JsonProcessingException {
    JsonNode type = JSON.readTree(definition);
    String name = type.path("name").asText();
    String description = description(type);
    return description
        + switch (type.path("kind").asText()) {
          case "OBJECT" -> "type " + name + implemented(type) + fields(type.path("fields"));
          case "INTERFACE" -> "interface " + name + implemented(type) + fields(type.path("fields"));
          case "INPUT_OBJECT" -> "input " + name + fields(type.path("inputFields"));
          case "UNION" -> "union " + name + " = " + names(type.path("possibleTypes"), " | ");
          case "ENUM" -> "enum " + name + fields(type.path("enumValues"));
          case "SCALAR" -> "scalar " + name;
          default -> "";
        };
  }

  private static String implemented(JsonNode type) {
    JsonNode interfaces = type.path("interfaces");
    return interfaces.isEmpty() ? "" : " implements " + names(interfaces, " & ");
  }

  private static String names(JsonNode references, String separator) {
    List<String> names = new ArrayList<>();
    references.forEach(reference -> names.add(reference.path("name").asText()));
    return String.join(separator, names);
  }

  private static String fields(JsonNode members) {
    StringBuilder sdl = new StringBuilder(" {\n");
    for (JsonNode member : members) {
      sdl.append("  ").append(member(member)).append('\n');
    }
    return sdl.append("}").toString();
  }

  /** A field, argument, input field or value of an enum. */
  private static String member(JsonNode member) {
    StringBuilder sdl = new StringBuilder(description(member));
    sdl.append(member.path("name").asText());
    if (!member.path("args").isEmpty()) {
      List<String> arguments = new ArrayList<>();
      member.path("args").forEach(argument -> arguments.add(member(argument)));
      sdl.append('(').append(String.join(", ", arguments)).append(')');
    }
    if (member.has("type")) {
      sdl.append(": ").append(reference(member.path("type")));
    }
    if (member.hasNonNull("defaultValue")) {
      sdl.append(" = ").append(member.path("defaultValue").asText());
    }
    if (member.path("isDeprecated").asBoolean()) {
      sdl.append(" @deprecated(reason: ")
          .append(quoted(member.path("deprecationReason")))
          .append(')');
    }
    return sdl.toString();
  }

  private static String reference(JsonNode type) {
    return switch (type.path("kind").asText()) {
      case "NON_NULL" -> reference(type.path("ofType")) + "!";
      case "LIST" -> "[" + reference(type.path("ofType")) + "]";
      default -> type.path("name").asText();
    };
  }

  private static String description(JsonNode element) {
    return element.hasNonNull("description") ? quoted(element.path("description")) + " " : "";
  }

  private static String quoted(JsonNode text) {
    return JSON.getNodeFactory().textNode(text.asText()).toString();
  }
}
