// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.service.settings.Wording;
import dev.syncline.sim.services.dynamodb.ShapeRules.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Checks an input before the operation looks at anything: first the JSON types, then the
 * constraints of AWS's published shapes, in AWS's words. Immutable and thread-safe.
 *
 * <p>An operation calls {@link #check} first. What the model does not say, and AWS's own messages
 * show, is in {@link ShapeRules}.
 */
final class RequestConstraints {
  /** AWS reports no more violations than these. */
  private static final int MAX_VIOLATIONS = 10;

  /** The patterns of the model, compiled once. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  /** Loads the model with the first request, not when the simulator starts. */
  private static final class Published {
    static final ServiceModel MODEL = ServiceModel.of("dynamodb");
    static final WireTypes TYPES = new WireTypes(MODEL);
  }

  private final Wording wording;

  RequestConstraints(Wording wording) {
    this.wording = wording;
  }

  /** The generation of the messages. */
  Wording wording() {
    return wording;
  }

  /**
   * Refuses an input that violates types or constraints of the operation's shape.
   *
   * @param operation as the model names it
   * @throws dev.syncline.sim.service.AwsException {@code SerializationException} for a wrong type,
   *     {@code ValidationException} naming the violations
   */
  void check(String operation, Input input) {
    ModelShape.Structure shape = Published.MODEL.operation(operation).input().orElseThrow();
    Published.TYPES.check(shape, input.json());
    for (String member : shape.required()) {
      String missing = ShapeRules.missing(wording, operation, member);
      JsonNode given = input.json().path(member);
      if (!missing.isEmpty() && (given.isNull() || !given.isValueNode() && given.isEmpty())) {
        throw DynamoDbErrors.validation(missing);
      }
    }
    var run = new Run(operation);
    run.structure(shape, input.json(), "");
    run.verify();
  }

  /** One violated constraint, as both generations word it. */
  private record Violation(String value, String path, String constraint, boolean alwaysNew) {
    String classic() {
      return "Value "
          + (value.equals("null") ? value : "'" + value + "'")
          + " at '"
          + ShapeRules.camelPath(path)
          + "' failed to satisfy constraint: "
          + constraint;
    }

    String renewed() {
      return "Value at '" + path + "' failed to satisfy constraint: " + constraint;
    }
  }

  /** One check; collects the violations. */
  private final class Run {
    private final ServiceModel model = Published.MODEL;
    private final String operation;
    private final boolean renewed;
    private final List<Violation> found = new ArrayList<>();

    Run(String operation) {
      this.operation = operation;
      this.renewed = wording == Wording.NEW && ShapeRules.RENEWED.contains(operation);
    }

    void verify() {
      if (found.isEmpty()) {
        return;
      }
      throw DynamoDbErrors.constraints(
          reported().stream().limit(MAX_VIOLATIONS).map(this::text).toList());
    }

    /** In the new wording an empty table name, and UpdateItem's first enumeration, stand alone. */
    private List<Violation> reported() {
      if (!renewed) {
        return found;
      }
      for (Violation one : found) {
        boolean emptyName = one.path.equals(ShapeRules.TABLE_NAME) && one.value.isEmpty();
        if (emptyName || operation.equals("UpdateItem") && ShapeRules.isEnum(one.constraint)) {
          return List.of(one);
        }
      }
      return found;
    }

    private String text(Violation one) {
      if (renewed && one.path.equals("ReturnValues")) {
        return "Failed to satisfy constraint: " + ShapeRules.RENEWED_RETURN_VALUES;
      }
      return renewed || one.alwaysNew ? one.renewed() : one.classic();
    }

    void structure(ModelShape.Structure shape, JsonNode value, String path) {
      for (ModelMember member : shape.members().values()) {
        JsonNode given = value.path(member.name());
        boolean absent = given.isMissingNode() || given.isNull();
        if (absent && isRequired(shape, member)) {
          add(path + member.name(), MissingNode.getInstance(), member, "Member must not be null");
        } else if (!absent) {
          value(member, given, path + member.name(), "");
        }
      }
    }

    private boolean isRequired(ModelShape.Structure shape, ModelMember member) {
      String place = shape.name() + "." + member.name();
      return !ShapeRules.NOT_CHECKED.contains(place)
          && (shape.required().contains(member.name()) || ShapeRules.REQUIRED.contains(place));
    }

    private void value(ModelMember member, JsonNode value, String at, String place) {
      ModelShape shape = model.shape(member);
      String where = place.isEmpty() ? at : place;
      if (ShapeRules.NOT_CHECKED.contains(operation + "." + where)) {
        return;
      }
      Bounds bounds = ShapeRules.bounds(operation, where, shape, value);
      switch (shape) {
        case ModelShape.Structure structure -> {
          if (!structure.name().equals("AttributeValue")) {
            structure(structure, value, at + ".");
          }
        }
        case ModelShape.Sequence list -> {
          length(bounds, value.size(), at, value, member);
          int index = 1;
          for (JsonNode item : value) {
            if (!item.isNull()) {
              element(list, item, at + "." + index, value, member, at);
            }
            index++;
          }
        }
        case ModelShape.Dictionary map -> {
          length(bounds, value.size(), at, value, member);
          map(map, value, at, member);
        }
        case ModelShape.Text text -> {
          text(text, bounds, value, at, member);
        }
        case ModelShape.Numeric number -> {
          if (bounds.below(value.decimalValue())) {
            add(
                at,
                value,
                member,
                "Member must have value greater than or equal to " + bounds.min());
          }
          if (bounds.above(value.decimalValue())) {
            add(at, value, member, "Member must have value less than or equal to " + bounds.max());
          }
        }
        case ModelShape.Blob blob -> {}
        case ModelShape.Flag flag -> {}
        case ModelShape.Timestamp time -> {}
      }
    }

    /** A list's elements that are texts are constrained as a whole, others one by one. */
    private void element(
        ModelShape.Sequence list,
        JsonNode item,
        String at,
        JsonNode owner,
        ModelMember ownerMember,
        String ownerAt) {
      if (model.shape(list.member()) instanceof ModelShape.Text text && text.allowed().isEmpty()) {
        Bounds bounds = ShapeRules.bounds(operation, at, text, item);
        if (bounds.fits(item.asText().length()) && matches(bounds, item.asText())) {
          return;
        }
        add(ownerAt, owner, ownerMember, "Member must satisfy constraint: " + bounds.describe());
      } else {
        value(list.member(), item, at + ".member", at + ".member");
      }
    }

    private void map(ModelShape.Dictionary map, JsonNode value, String at, ModelMember member) {
      ModelShape key = model.shape(map.key());
      ModelShape item = model.shape(map.value());
      if (item.name().equals("AttributeValue")) {
        return;
      }
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        Bounds keyBounds = ShapeRules.keyBounds(key, entry.getKey());
        if (!keyBounds.fits(entry.getKey().length()) || !matches(keyBounds, entry.getKey())) {
          add(at, value, member, "Map keys must satisfy constraint: " + keyBounds.describe());
        }
        if (entry.getValue().isNull()) {
          continue;
        }
        if (item instanceof ModelShape.Sequence list) {
          Bounds bounds = Bounds.of(list.limits());
          if (!bounds.fits(entry.getValue().size())) {
            add(at, value, member, "Map value must satisfy constraint: " + bounds.describe());
          }
        } else {
          value(map.value(), entry.getValue(), at + "." + entry.getKey() + ".member", "");
        }
      }
    }

    private void text(
        ModelShape.Text text, Bounds bounds, JsonNode value, String at, ModelMember member) {
      String given = value.asText();
      if (!text.allowed().isEmpty()) {
        if (!text.allowed().contains(given)) {
          add(at, value, member, ShapeRules.enumConstraint(text));
        }
        return;
      }
      // AWS reports the length of an empty text only.
      if (!given.isEmpty() && !matches(bounds, given)) {
        add(
            at,
            value,
            member,
            "Member must satisfy regular expression pattern: " + bounds.pattern());
      }
      length(bounds, given.codePointCount(0, given.length()), at, value, member);
    }

    private void length(Bounds bounds, int length, String at, JsonNode value, ModelMember member) {
      if (bounds.below(length)) {
        add(at, value, member, "Member must have length greater than or equal to " + bounds.min());
      }
      if (bounds.above(length)) {
        add(at, value, member, "Member must have length less than or equal to " + bounds.max());
      }
    }

    private static boolean matches(Bounds bounds, String value) {
      return bounds.pattern().isEmpty()
          || PATTERNS.computeIfAbsent(bounds.pattern(), Pattern::compile).matcher(value).matches();
    }

    private void add(String at, JsonNode value, ModelMember member, String constraint) {
      String shown = JavaText.of(model, model.shape(member), value);
      var violation =
          new Violation(shown, at, constraint, ShapeRules.alwaysNew(operation, at, constraint));
      if (!found.contains(violation)) {
        found.add(violation);
      }
    }
  }
}
