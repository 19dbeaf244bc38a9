// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The HTTP method, path and parameters of a restJson operation.
 *
 * @param method the HTTP method
 * @param uri the path template as in the service's model, with {@code {label}} for one segment and
 *     {@code {label+}} for the rest of the path; matched on the raw path, labels are decoded after
 * @param status the status of a successful answer
 * @param query member name by query parameter, for parameters whose member is named differently;
 *     other parameters are members of their own name. A member whose value may repeat is always
 *     given as an array when its name is in the operation's list members. {@code member/key} is an
 *     entry of a member that is a map
 * @param headers member name by lower-case request header
 */
public record HttpBinding(
    String method, String uri, int status, Map<String, String> query, Map<String, String> headers) {
  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)\\+?}");

  /** A binding with path labels, query parameters under their own names, and a body. */
  public static HttpBinding of(String method, String uri, int status) {
    return new HttpBinding(method, uri, status, Map.of(), Map.of());
  }

  /** GET, answered with 200. */
  public static HttpBinding get(String uri) {
    return of("GET", uri, 200);
  }

  /** POST, answered with 200. */
  public static HttpBinding post(String uri) {
    return of("POST", uri, 200);
  }

  /** POST, answered with this status. */
  public static HttpBinding post(String uri, int status) {
    return of("POST", uri, status);
  }

  /** PUT, answered with 200. */
  public static HttpBinding put(String uri) {
    return of("PUT", uri, 200);
  }

  /** PUT, answered with this status. */
  public static HttpBinding put(String uri, int status) {
    return of("PUT", uri, status);
  }

  /** PATCH, answered with 200. */
  public static HttpBinding patch(String uri) {
    return of("PATCH", uri, 200);
  }

  /** PATCH, answered with this status. */
  public static HttpBinding patch(String uri, int status) {
    return of("PATCH", uri, status);
  }

  /** DELETE, answered with 200. */
  public static HttpBinding delete(String uri) {
    return of("DELETE", uri, 200);
  }

  /** DELETE, answered with this status. */
  public static HttpBinding delete(String uri, int status) {
    return of("DELETE", uri, status);
  }

  /** The members in the path, such as {@code id} in {@code /things/{id}}. */
  public Set<String> labels() {
    return LABEL.matcher(uri).results().map(label -> label.group(1)).collect(Collectors.toSet());
  }
}
