// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import java.util.HashSet;
import java.util.List;

/**
 * Refuses a signature that is there and incomplete, in the words that DynamoDB has for it. A
 * request without any signature is taken, as by every service of the simulator, and no signature is
 * verified.
 */
final class CoralSignature {
  private static final List<String> IN_HEADER = List.of("Credential", "Signature", "SignedHeaders");
  private static final List<String> IN_QUERY =
      List.of(
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Signature",
          "X-Amz-SignedHeaders",
          "X-Amz-Date");

  private CoralSignature() {}

  /**
   * Checks.
   *
   * @throws AwsException {@code InvalidSignatureException} for one in the header and one in the
   *     query, {@code MissingAuthenticationTokenException} for an {@code Authorization} of another
   *     kind, {@code IncompleteSignatureException} for one that lacks a part
   */
  static void require(WireRequest request) {
    String header = request.header("authorization").orElse("");
    boolean inQuery =
        request.query().stream().anyMatch(entry -> entry.getKey().equals("X-Amz-Algorithm"));
    if (!header.isEmpty() && inQuery) {
      throw AwsException.badRequest(
          "InvalidSignatureException",
          "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
              + " header.");
    }
    if (inQuery) {
      requireQuery(request);
    } else if (!header.isEmpty()) {
      requireHeader(request, header.strip());
    }
  }

  private static void requireHeader(WireRequest request, String header) {
    if (!header.startsWith("AWS4-")) {
      throw AwsException.badRequest(
          "MissingAuthenticationTokenException", "Request is missing Authentication Token");
    }
    var faults = new StringBuilder();
    for (String part : IN_HEADER) {
      if (!has(header, part)) {
        faults.append("Authorization header requires '").append(part).append("' parameter. ");
      }
    }
    if (!faults.isEmpty()) {
      if (request.header("x-amz-date").isEmpty() && request.header("date").isEmpty()) {
        // Alone it is no fault here: callers by hand leave the date out, and none is verified.
        faults.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                + " ");
      }
      throw incomplete(faults.append("Authorization=").append(header).toString());
    }
  }

  /** Whether the header has the part, with a value. */
  private static boolean has(String header, String part) {
    int at = header.indexOf(part + "=");
    while (at > 0 && header.charAt(at - 1) != ' ' && header.charAt(at - 1) != ',') {
      at = header.indexOf(part + "=", at + 1);
    }
    int value = at + part.length() + 1;
    return at > 0
        && value < header.length()
        && header.charAt(value) != ','
        && header.charAt(value) != ' ';
  }

  private static void requireQuery(WireRequest request) {
    var present = new HashSet<String>();
    request
        .query()
        .forEach(
            entry -> {
              if (!entry.getValue().isEmpty()) {
                present.add(entry.getKey());
              }
            });
    var faults = new StringBuilder();
    for (String parameter : IN_QUERY) {
      if (!present.contains(parameter)) {
        faults.append("AWS query-string parameters must include '").append(parameter).append("'. ");
      }
    }
    if (!faults.isEmpty()) {
      throw incomplete(faults.append("Re-examine the query-string parameters.").toString());
    }
  }

  private static AwsException incomplete(String message) {
    return AwsException.badRequest("IncompleteSignatureException", message);
  }
}
