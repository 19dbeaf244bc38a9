// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.models.ModelShape.Structure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a JSON value with a shape of a service's model and lists every difference: members that
 * the shape does not have, values of another type, and required members that are missing. Lengths,
 * patterns and enumerations are not checked. A null counts as a missing value.
 *
 * <p>Immutable and thread-safe.
 */
public final class ModelCheck {
  /** The names that the members have in the value. */
  public enum Naming {
    /** The names of the members in the model, for all of them. */
    MEMBER,
    /**
     * The names in a JSON message's body. Members outside the body (headers, path, status) are not
     * expected there, and a payload is the whole value.
     */
    WIRE
  }

  /** The kinds of difference. */
  public enum Kind {
    /** The shape has no such member. */
    UNKNOWN,
    /** The value has another type than the shape. */
    WRONG_TYPE,
    /** The shape requires the member and the value does not have it. */
    MISSING
  }

  /**
   * A difference.
   *
   * @param path the place in the value, for example {@code $.Messages[0].Body}
   * @param detail the name of the shape and what was expected
   */
  public record Difference(String path, Kind kind, String detail) {
    @Override
    public String toString() {
      return kind + " " + path + ": " + detail;
    }
  }

  private final ServiceModel model;
  private final Naming naming;

  /** Checks values against shapes of a model. */
  public ModelCheck(ServiceModel model, Naming naming) {
    this.model = model;
    this.naming = naming;
  }

  /**
   * Compares the input of an operation. An operation without input takes an empty object.
   *
   * @throws IllegalArgumentException if the model has no such operation
   */
  public List<Difference> input(String operation, JsonNode value) {
    return model
        .operation(operation)
        .input()
        .map(shape -> message(shape, value))
        .orElseGet(() -> empty(value));
  }

  /**
   * Compares the output of an operation. An operation without output gives an empty object.
   *
   * @throws IllegalArgumentException if the model has no such operation
   */
  public List<Difference> output(String operation, JsonNode value) {
    return model
        .operation(operation)
        .output()
        .map(shape -> message(shape, value))
        .orElseGet(() -> empty(value));
  }

  /**
   * Compares a value with a shape that is not a whole message.
   *
   * @throws IllegalArgumentException if the model has no such shape
   */
  public List<Difference> value(String shape, JsonNode value) {
    var run = new Run();
    run.value(model.shape(shape), value, "$");
    return run.result();
  }

  private List<Difference> message(Structure shape, JsonNode value) {
    var run = new Run();
    if (naming == Naming.WIRE && shape.payload().isPresent()) {
      ModelMember payload = shape.member(shape.payload().get());
      run.payload(shape, payload, value);
    } else {
      run.value(shape, value, "$");
    }
    return run.result();
  }

  private static List<Difference> empty(JsonNode value) {
    var run = new ArrayList<Difference>();
    if (!value.isEmpty() || value.isValueNode() && !value.isNull() && !value.isMissingNode()) {
      run.add(
          new Difference("$", Kind.UNKNOWN, "the operation has no shape here, expected nothing"));
    }
    return List.copyOf(run);
  }

  /** One comparison; collects the differences. */
  private final class Run {
    private final List<Difference> found = new ArrayList<>();

    List<Difference> result() {
      return List.copyOf(found);
    }

    void payload(Structure owner, ModelMember payload, JsonNode value) {
      ModelShape shape = model.shape(payload);
      if (absent(value)) {
        if (owner.required().contains(payload.name())) {
          add("$", Kind.MISSING, owner.name() + " requires the payload " + payload.name());
        }
      } else if (!(shape instanceof ModelShape.Blob)) {
        // A blob that is the whole body has any form.
        value(shape, value, "$");
      }
    }

    void value(ModelShape shape, JsonNode value, String path) {
      switch (shape) {
        case Structure structure -> structure(structure, value, path);
        case ModelShape.Sequence list -> {
          if (expect(value.isArray(), list, "a list", value, path)) {
            for (int i = 0; i < value.size(); i++) {
              element(model.shape(list.member()), value.get(i), path + "[" + i + "]");
            }
          }
        }
        case ModelShape.Dictionary map -> {
          if (expect(value.isObject(), map, "a map", value, path)) {
            ModelShape values = model.shape(map.value());
            value
                .properties()
                .forEach(one -> element(values, one.getValue(), child(path, one.getKey())));
          }
        }
        case ModelShape.Text text -> expect(value.isTextual(), text, "a string", value, path);
        case ModelShape.Blob blob ->
            expect(value.isTextual() || value.isBinary(), blob, "a blob in base64", value, path);
        case ModelShape.Numeric number ->
            expect(isNumber(number, value), number, number.type().toString(), value, path);
        case ModelShape.Flag flag -> expect(value.isBoolean(), flag, "a boolean", value, path);
        case ModelShape.Timestamp time ->
            expect(isTimestamp(time, value), time, timestampName(time), value, path);
      }
    }

    /** Lists and maps may be sparse. */
    private void element(ModelShape shape, JsonNode value, String path) {
      if (!value.isNull()) {
        value(shape, value, path);
      }
    }

    private void structure(Structure structure, JsonNode value, String path) {
      if (structure.document() || structure.eventStream()) {
        return;
      }
      if (!expect(value.isObject(), structure, "a structure", value, path)) {
        return;
      }
      Map<String, ModelMember> members = new HashMap<>();
      structure.members().values().stream()
          .filter(this::expected)
          .forEach(member -> members.put(nameOf(member), member));
      value
          .properties()
          .forEach(
              one -> {
                ModelMember member = members.get(one.getKey());
                String at = child(path, one.getKey());
                if (member == null) {
                  add(at, Kind.UNKNOWN, structure.name() + " has no such member");
                } else if (!one.getValue().isNull()) {
                  value(model.shape(member), one.getValue(), at);
                }
              });
      for (String required : structure.required()) {
        ModelMember member = structure.members().get(required);
        if (member != null && expected(member) && absent(value.path(nameOf(member)))) {
          add(child(path, nameOf(member)), Kind.MISSING, structure.name() + " requires it");
        }
      }
    }

    private boolean expected(ModelMember member) {
      return naming == Naming.MEMBER || member.location().isEmpty();
    }

    private String nameOf(ModelMember member) {
      return naming == Naming.MEMBER ? member.name() : member.wireName();
    }

    private boolean expect(
        boolean fits, ModelShape shape, String expected, JsonNode value, String path) {
      if (!fits) {
        String given = value.getNodeType().toString();
        add(path, Kind.WRONG_TYPE, shape.name() + " is " + expected + ", not " + given);
      }
      return fits;
    }

    private void add(String path, Kind kind, String detail) {
      found.add(new Difference(path, kind, detail));
    }
  }

  private static boolean isNumber(ModelShape.Numeric number, JsonNode value) {
    if (number.type().integral()) {
      return value.isIntegralNumber();
    }
    // JSON has no numbers for these.
    return value.isNumber()
        || value.isTextual() && List.of("NaN", "Infinity", "-Infinity").contains(value.asText());
  }

  private boolean isTimestamp(ModelShape.Timestamp time, JsonNode value) {
    return switch (format(time)) {
      case "unixTimestamp" -> value.isNumber();
      case "iso8601", "rfc822" -> value.isTextual();
      default -> value.isNumber() || value.isTextual();
    };
  }

  private String timestampName(ModelShape.Timestamp time) {
    String format = format(time);
    return format.isEmpty() ? "a timestamp" : "a timestamp in the format " + format;
  }

  /**
   * The format of a timestamp in JSON. Empty, for either a number or a text, where the model's
   * protocol is not a JSON protocol: there a codec formats the value. Headers have their own
   * formats, therefore the same holds for {@link Naming#MEMBER} without a format.
   */
  private String format(ModelShape.Timestamp time) {
    boolean json = model.protocol().equals("json") || model.protocol().equals("rest-json");
    if (!json) {
      return "";
    }
    return time.format().orElse(naming == Naming.WIRE ? "unixTimestamp" : "");
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String child(String path, String name) {
    return path + "." + name;
  }
}
