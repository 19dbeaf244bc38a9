// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The region and service of a Signature Version 4 request. The signature itself is not verified.
 *
 * @param region empty when signed with SigV4A, which names none
 * @param service the signing name, such as {@code states}
 */
public record CredentialScope(String accessKeyId, String region, String service) {

  /** The scope in the Authorization header or, for a presigned URL, in the query. */
  public static Optional<CredentialScope> of(
      Optional<String> authorization, List<Map.Entry<String, String>> query) {
    if (authorization.isPresent() && authorization.get().startsWith("AWS4-")) {
      String header = authorization.get();
      int at = header.indexOf("Credential=");
      if (at >= 0) {
        int start = at + "Credential=".length();
        int end = start;
        while (end < header.length() && header.charAt(end) != ',' && header.charAt(end) != ' ') {
          end++;
        }
        return parse(header.substring(start, end));
      }
    }
    return query.stream()
        .filter(parameter -> parameter.getKey().equals("X-Amz-Credential"))
        .findFirst()
        .flatMap(parameter -> parse(parameter.getValue()));
  }

  private static Optional<CredentialScope> parse(String credential) {
    String[] parts = credential.split("/", -1);
    int last = parts.length - 1;
    if (parts.length == 5 && parts[last].equals("aws4_request")) {
      return Optional.of(new CredentialScope(parts[0], parts[2], parts[3]));
    }
    if (parts.length == 4 && parts[last].equals("aws4_request")) {
      return Optional.of(new CredentialScope(parts[0], "", parts[2]));
    }
    return Optional.empty();
  }
}
