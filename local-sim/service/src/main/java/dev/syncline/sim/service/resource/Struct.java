// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** An object with known members. Immutable. */
public final class Struct implements Shape {
  /**
   * A member.
   *
   * @param name in the template
   * @param target the name that the service's operation uses
   * @param createOnly whether a change of it needs a new resource
   */
  public record Member(
      String name, String target, Shape shape, boolean isRequired, boolean createOnly) {

    /** The same under another name for the operation. */
    public Member as(String operationName) {
      return new Member(name, operationName, shape, isRequired, createOnly);
    }

    /** The same, required. */
    public Member required() {
      return new Member(name, target, shape, true, createOnly);
    }

    /** The same, with a change needing a new resource. */
    public Member fixed() {
      return new Member(name, target, shape, isRequired, true);
    }
  }

  private final Map<String, Member> members;

  private Struct(Map<String, Member> members) {
    this.members = Collections.unmodifiableMap(members);
  }

  /** A member that keeps its name, may be left out and can be changed in place. */
  public static Member member(String name, Shape shape) {
    return new Member(name, name, shape, false, false);
  }

  /** A structure. */
  public static Struct of(Member... members) {
    var byName = new LinkedHashMap<String, Member>();
    for (Member member : members) {
      byName.put(member.name(), member);
    }
    return new Struct(byName);
  }

  /** As {@link #of}, for operations whose members begin with a small letter. */
  public static Struct camel(Member... members) {
    var renamed = new Member[members.length];
    for (int i = 0; i < members.length; i++) {
      String name = members[i].name();
      renamed[i] =
          members[i].target().equals(name) ? members[i].as(decapitalized(name)) : members[i];
    }
    return of(renamed);
  }

  /**
   * A structure in its text form, which {@link StructText} describes.
   *
   * @throws IllegalArgumentException naming a line that cannot be read
   */
  public static Struct of(String declaration) {
    return StructText.read(declaration, UnaryOperator.identity());
  }

  /** As {@link #of(String)}, for operations whose members begin with a small letter. */
  public static Struct camel(String declaration) {
    return StructText.read(declaration, Struct::decapitalized);
  }

  private static String decapitalized(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** The value of the member in a structure that was read; missing when it has none. */
  public JsonNode value(ObjectNode read, String name) {
    Member member = members.get(name);
    return member == null ? MissingNode.getInstance() : read.path(member.target());
  }

  /** Whether there is a member of this name. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The names of the members that differ and are create-only; both sides as read. */
  public List<String> fixedDifferences(ObjectNode before, ObjectNode after) {
    return members.values().stream()
        .filter(Member::createOnly)
        .filter(member -> !Objects.equals(before.get(member.target()), after.get(member.target())))
        .map(Member::name)
        .toList();
  }

  /** As {@link #fixedDifferences}, for values that have not been read. */
  public List<String> fixedDifferencesUnread(JsonNode before, JsonNode after) {
    return members.values().stream()
        .filter(Member::createOnly)
        .map(Member::name)
        .filter(name -> !before.path(name).equals(after.path(name)))
        .toList();
  }

  @Override
  public ObjectNode read(JsonNode value, String path) {
    if (!value.isObject()) {
      throw new ResourceException(
          "Value of property " + path.substring(1) + " must be an object, got " + value);
    }
    var unsupported = new ArrayList<String>();
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.containsKey(name)) {
                unsupported.add((path + "/" + name).substring(1));
              }
            });
    if (!unsupported.isEmpty()) {
      throw new UnsupportedPropertyException(unsupported);
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (Member member : members.values()) {
      JsonNode given = value.path(member.name());
      if (!given.isMissingNode()) {
        result.set(member.target(), member.shape().read(given, path + "/" + member.name()));
      } else if (member.isRequired()) {
        throw new ResourceException(
            "Property " + (path + "/" + member.name()).substring(1) + " cannot be empty.");
      }
    }
    return result;
  }
}
