// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a service, as its published model names it.
 *
 * @param name as AWS spells it, for example {@code CreateStateMachine}
 * @param http its method and path, for restJson services; null for others
 * @param members the top-level input members that are supported; any other is refused by name
 * @param rawBody whether the body is a blob, given as {@link CallContext#body()}, not JSON
 * @param xml its request and response, for restXml services; null for others
 */
public record Operation(
    String name,
    @Nullable HttpBinding http,
    Set<String> members,
    boolean rawBody,
    OperationHandler handler,
    @Nullable RestXmlBinding xml) {
  private static final List<String> READING =
      List.of("Describe", "Estimate", "Get", "List", "Simulate", "Validate");

  /** They issue new credentials, although their names begin as those of reads. */
  private static final Set<String> ISSUING = Set.of("GetFederationToken", "GetSessionToken");

  /** An operation of a service with another protocol than restXml. */
  public Operation(
      String name,
      @Nullable HttpBinding http,
      Set<String> members,
      boolean rawBody,
      OperationHandler handler) {
    this(name, http, members, rawBody, handler, null);
  }

  /** Whether it only reads, by AWS's naming of operations. */
  public boolean reads() {
    return READING.stream().anyMatch(name::startsWith) && !ISSUING.contains(name);
  }

  /**
   * An operation of a JSON or query service.
   *
   * @param signature the name, a colon and the members, such as {@code GetItem: TableName, Key};
   *     the name alone for an operation without members
   */
  public static Operation of(String signature, OperationHandler handler) {
    return of(nameIn(signature), handler, membersIn(signature));
  }

  /** The name in a signature; see {@link #of(String, OperationHandler)}. */
  public static String nameIn(String signature) {
    return signature.split(":", 2)[0];
  }

  private static String[] membersIn(String signature) {
    int colon = signature.indexOf(':');
    return colon < 0 ? new String[0] : signature.substring(colon + 1).strip().split(",\\s+", -1);
  }

  /** An operation of a JSON or query service. */
  public static Operation of(String name, OperationHandler handler, String... members) {
    return new Operation(name, null, new TreeSet<>(Arrays.asList(members)), false, handler);
  }

  /**
   * An operation of a restJson service.
   *
   * @param signature as for {@link #of(String, OperationHandler)}, without members in the path
   */
  public static Operation rest(String signature, HttpBinding http, OperationHandler handler) {
    return rest(nameIn(signature), http, handler, membersIn(signature));
  }

  /**
   * An operation of a restJson service.
   *
   * @param members those that are not in the path
   */
  public static Operation rest(
      String name, HttpBinding http, OperationHandler handler, String... members) {
    return rest(name, http, false, handler, members);
  }

  /** A restJson operation whose body is a blob. */
  public static Operation restBlob(
      String name, HttpBinding http, OperationHandler handler, String... members) {
    return rest(name, http, true, handler, members);
  }

  private static Operation rest(
      String name, HttpBinding http, boolean rawBody, OperationHandler handler, String... members) {
    var all = new TreeSet<>(Arrays.asList(members));
    all.addAll(http.labels());
    return new Operation(name, http, all, rawBody, handler);
  }

  /** An operation of a restXml service; its members are those of the binding. */
  public static Operation xml(String name, RestXmlBinding binding, OperationHandler handler) {
    return new Operation(name, null, binding.members(), false, handler, binding);
  }

  /** A restXml operation whose body is a blob. */
  public static Operation xmlBlob(String name, RestXmlBinding binding, OperationHandler handler) {
    return new Operation(name, null, binding.members(), true, handler, binding);
  }
}
