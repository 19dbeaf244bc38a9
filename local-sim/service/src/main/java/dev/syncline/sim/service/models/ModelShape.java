// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A type of a service's model. Shapes refer to each other by name, because they may be recursive;
 * {@link ServiceModel#shape(String)} resolves a name.
 *
 * <p>All implementations are immutable.
 */
public sealed interface ModelShape {
  /** The shape's name in the model. */
  String name();

  /** Whether AWS keeps values of this shape out of logs and errors. */
  boolean sensitive();

  /**
   * The bounds of a number, of a text's length in characters, of a blob's length in bytes, or of
   * the number of elements of a list or map. Both are inclusive.
   */
  record Limits(Optional<BigDecimal> min, Optional<BigDecimal> max) {
    /** No bounds. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
  }

  /**
   * How a structure is sent as an error.
   *
   * @param code the code on the wire; empty where it is the shape's name
   * @param httpStatus the HTTP status code, where the model has one
   */
  record ErrorTrait(Optional<String> code, Optional<Integer> httpStatus) {}

  /**
   * Named members.
   *
   * @param members by name, in the model's order
   * @param required names of the members that must be given
   * @param union whether exactly one member is given
   * @param document whether any JSON is allowed; there are no members then
   * @param eventStream whether this is a stream of events, not a value
   * @param payload the member that is the whole body
   * @param error present where {@link #exception()}
   * @param exception whether this is an error
   */
  record Structure(
      String name,
      Map<String, ModelMember> members,
      Set<String> required,
      boolean union,
      boolean document,
      boolean eventStream,
      Optional<String> payload,
      boolean exception,
      Optional<ErrorTrait> error,
      boolean sensitive)
      implements ModelShape {
    /**
     * A member.
     *
     * @throws IllegalArgumentException if the structure has no member of that name
     */
    public ModelMember member(String member) {
      ModelMember found = members.get(member);
      if (found == null) {
        throw new IllegalArgumentException(name + " has no member " + member);
      }
      return found;
    }
  }

  /** Elements of one shape. */
  record Sequence(
      String name, ModelMember member, boolean flattened, Limits limits, boolean sensitive)
      implements ModelShape {}

  /** Values by key. */
  record Dictionary(
      String name,
      ModelMember key,
      ModelMember value,
      boolean flattened,
      Limits limits,
      boolean sensitive)
      implements ModelShape {}

  /**
   * A text.
   *
   * @param pattern the regular expression as AWS publishes it; AWS's services differ in whether it
   *     must match the whole text
   * @param allowed the values of an enumeration, in the model's order; empty where any is allowed
   */
  record Text(
      String name, Limits limits, Optional<String> pattern, List<String> allowed, boolean sensitive)
      implements ModelShape {}

  /** Bytes; base64 in JSON. */
  record Blob(String name, Limits limits, boolean streaming, boolean sensitive)
      implements ModelShape {}

  /**
   * A number.
   *
   * @param type its precision
   * @param box whether it may be null
   */
  record Numeric(String name, NumericType type, Limits limits, boolean box, boolean sensitive)
      implements ModelShape {}

  /** The types of numbers. */
  enum NumericType {
    /** 32 bits. */
    INTEGER,
    /** 64 bits. */
    LONG,
    /** Single precision. */
    FLOAT,
    /** Double precision. */
    DOUBLE;

    /** Whether it has no fraction. */
    public boolean integral() {
      return this == INTEGER || this == LONG;
    }
  }

  /** True or false. */
  record Flag(String name, boolean box, boolean sensitive) implements ModelShape {}

  /**
   * A point in time.
   *
   * @param format {@code unixTimestamp}, {@code iso8601} or {@code rfc822}; empty for the default
   *     of the protocol
   */
  record Timestamp(String name, Optional<String> format, boolean sensitive) implements ModelShape {}
}
