// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import java.util.Optional;

/**
 * A reference to a shape: a member of a structure, the element of a list, or the key or value of a
 * map.
 *
 * <p>Immutable.
 *
 * @param name the member's name; {@code member}, {@code key} or {@code value} in lists and maps
 * @param shape the name of the shape, see {@link ServiceModel#shape(String)}
 * @param location the part of the HTTP message that has the value, empty for the body
 * @param locationName the name on the wire, where it differs from the member's
 * @param flattened whether a list or map has no element around its entries in XML and query
 *     messages
 * @param streaming whether the value is streamed
 * @param xmlAttribute whether the value is an attribute of its structure's XML element
 * @param box whether the value may be null
 * @param idempotencyToken whether clients fill in a random value
 * @param jsonValue whether the value is JSON in text
 * @param hostLabel whether the value is part of the host name
 * @param xmlNamespace the URI of the XML namespace, where the model names one
 */
public record ModelMember(
    String name,
    String shape,
    Optional<Location> location,
    Optional<String> locationName,
    boolean flattened,
    boolean streaming,
    boolean xmlAttribute,
    boolean box,
    boolean idempotencyToken,
    boolean jsonValue,
    boolean hostLabel,
    Optional<String> xmlNamespace) {
  /** The parts of an HTTP message other than the body. */
  public enum Location {
    /** A header, named by {@link #locationName()}. */
    HEADER,
    /** All headers whose names start with {@link #locationName()}. */
    HEADERS,
    /** A parameter of the query string. */
    QUERY_STRING,
    /** A part of the path. */
    URI,
    /** The HTTP status code. */
    STATUS_CODE
  }

  /** The name in a message: {@link #locationName()}, or the member's name. */
  public String wireName() {
    return locationName.orElse(name);
  }
}
