// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a query service writes lists and maps without an element around their items, as Amazon SQS
 * does: {@code AttributeName.1=All}, {@code Attribute.1.Name=DelaySeconds} with {@code
 * Attribute.1.Value=5}. Immutable. Source: the service's published model before it spoke JSON.
 *
 * @param members the lists and maps, by the member's name in the JSON protocol
 * @param withoutResult operations whose answer has no result element
 * @param pathMember the member that a path of two steps gives, as {@code /ACCOUNT/QUEUE}
 * @param jsonNeedsTarget whether a request with AWS's JSON content type and without a target is
 *     refused, not read as a query
 */
public record FlatQuery(
    List<Member> members, Set<String> withoutResult, String pathMember, boolean jsonNeedsTarget) {
  /** Copies the collections. */
  public FlatQuery {
    members = List.copyOf(members);
    withoutResult = Set.copyOf(withoutResult);
  }

  /**
   * A list or a map.
   *
   * @param operation the only operation that writes it so; empty for every one
   * @param name in the JSON protocol
   * @param wire in queries and answers, of every item
   * @param key of a map's entry, empty for a list
   * @param value of a map's entry, empty for a list
   */
  public record Member(String operation, String name, String wire, String key, String value) {
    /** A list that every operation writes alike. */
    public static Member list(String name, String wire) {
      return new Member("", name, wire, "", "");
    }

    /** A list that one operation writes so. */
    public static Member list(String operation, String name, String wire) {
      return new Member(operation, name, wire, "", "");
    }

    /** A map that every operation writes alike. */
    public static Member map(String name, String wire, String key, String value) {
      return new Member("", name, wire, key, value);
    }

    /** Whether it is a map. */
    public boolean isMap() {
      return !key.isEmpty();
    }
  }

  /** How an operation writes the member; empty for a scalar or a structure. */
  public Optional<Member> member(String operation, String name) {
    return members.stream()
        .filter(member -> member.name.equals(name))
        .filter(member -> member.operation.isEmpty() || member.operation.equals(operation))
        .findFirst();
  }

  /** The list or map that a parameter's first step means in an operation. */
  public Optional<Member> ofWire(Operation operation, String wire, boolean nested) {
    return members.stream()
        .filter(member -> member.wire.equals(wire))
        .filter(member -> member.operation.isEmpty() || member.operation.equals(operation.name()))
        .filter(member -> nested || operation.members().contains(member.name))
        .findFirst();
  }
}
