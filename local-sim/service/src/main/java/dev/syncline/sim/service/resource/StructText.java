// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads the text form of a {@link Struct}: one property a line, the members of a structure indented
 * by two spaces below it.
 *
 * <pre>
 * QueueName: text, fixed
 * Delay: integer, as DelaySeconds
 * Targets: list of structure
 *   Id: text, required
 * Tags: tags Key Value
 * </pre>
 *
 * <p>A type is {@code text}, {@code integer}, {@code number}, {@code boolean}, {@code json} (see
 * {@link Shape#jsonText}), {@code object}, {@code structure}, {@code tag map}, {@code tags} with
 * the two names of {@link Shape#tagList}, or {@code list of} or {@code map of} a type. It may be
 * followed by {@code required}, {@code fixed} (a change needs a new resource) and {@code as} with
 * the name that the operation uses. Not thread-safe.
 */
final class StructText {
  private final List<String> lines;
  private final UnaryOperator<String> targetName;
  private int next;

  private StructText(List<String> lines, UnaryOperator<String> targetName) {
    this.lines = lines;
    this.targetName = targetName;
  }

  /**
   * Reads a structure.
   *
   * @param targetName gives a member's name in the operation, for a member without {@code as}
   * @throws IllegalArgumentException naming a line that cannot be read
   */
  static Struct read(String text, UnaryOperator<String> targetName) {
    var reader = new StructText(text.lines().filter(line -> !line.isBlank()).toList(), targetName);
    Struct struct = reader.struct("");
    if (reader.next < reader.lines.size()) {
      throw wrong(reader.lines.get(reader.next));
    }
    return struct;
  }

  private Struct struct(String indent) {
    var members = new ArrayList<Struct.Member>();
    while (next < lines.size() && indentOf(lines.get(next)).equals(indent)) {
      String line = lines.get(next++);
      members.add(member(line, indent));
    }
    if (members.isEmpty()) {
      throw new IllegalArgumentException("A structure without members before line " + next);
    }
    return Struct.of(members.toArray(Struct.Member[]::new));
  }

  private Struct.Member member(String line, String indent) {
    int colon = line.indexOf(": ");
    if (colon < 0) {
      throw wrong(line);
    }
    String name = line.substring(indent.length(), colon);
    String[] words = line.substring(colon + 2).split(", ", -1);
    Struct.Member member =
        Struct.member(name, shape(words[0], line, indent)).as(targetName.apply(name));
    for (int i = 1; i < words.length; i++) {
      member = qualified(member, words[i], line);
    }
    return member;
  }

  private static Struct.Member qualified(Struct.Member member, String word, String line) {
    return switch (word) {
      case "required" -> member.required();
      case "fixed" -> member.fixed();
      default -> member.as(after("as ", word, line));
    };
  }

  private Shape shape(String type, String line, String indent) {
    return switch (type) {
      case "text" -> Shape.text();
      case "integer" -> Shape.integer();
      case "number" -> Shape.number();
      case "boolean" -> Shape.bool();
      case "json" -> Shape.jsonText();
      case "object" -> Shape.object();
      case "tag map" -> Shape.tagMap();
      case "structure" -> struct(indent + "  ");
      default -> compound(type, line, indent);
    };
  }

  private Shape compound(String type, String line, String indent) {
    if (type.startsWith("list of ")) {
      return Shape.list(shape(after("list of ", type, line), line, indent));
    }
    if (type.startsWith("map of ")) {
      return Shape.map(shape(after("map of ", type, line), line, indent));
    }
    String[] names = after("tags ", type, line).split(" ", -1);
    if (names.length != 2) {
      throw wrong(line);
    }
    return Shape.tagList(names[0], names[1]);
  }

  private static String after(String start, String text, String line) {
    if (!text.startsWith(start)) {
      throw wrong(line);
    }
    return text.substring(start.length());
  }

  private static String indentOf(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private static IllegalArgumentException wrong(String line) {
    return new IllegalArgumentException("Not a property declaration: " + line.strip());
  }
}
