// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How a service speaks awsJson that AWS has kept on the first generation of its framework, Coral:
 * full names of errors, checksums, request ids, compression, limits and a health page of its own.
 * Sources: the SDKs' customizations for DynamoDB, and behaviour observed at AWS.
 *
 * @param errorNamespace what stands before the name of an error in {@code __type}, without the
 *     {@code #}
 * @param frameworkNamespaces the namespaces of the errors that the framework makes, by error name;
 *     they win over {@code errorNamespace}
 * @param capitalMessages errors whose member is {@code Message}; it is {@code message} in others
 * @param contentTypes content types that are read; an answer has that of its request, else the
 *     protocol's own
 * @param maxBodyBytes of a request, also after decompression; 413 beyond
 * @param maxHeaderBytes of the names and values of all headers; 400 beyond
 * @param minCompressedBytes an answer is compressed when the client asks for it and it has more
 *     bytes than this
 */
public record CoralDialect(
    String errorNamespace,
    Map<String, String> frameworkNamespaces,
    Set<String> capitalMessages,
    Set<String> contentTypes,
    int maxBodyBytes,
    int maxHeaderBytes,
    int minCompressedBytes) {
  private static final String SERVICE = "com.amazon.coral.service";
  private static final Map<String, String> FRAMEWORK_NAMESPACES =
      Map.ofEntries(
          Map.entry("ValidationException", "com.amazon.coral.validate"),
          Map.entry("ThrottlingException", "com.amazon.coral.availability"),
          Map.entry("AccessDeniedException", SERVICE),
          Map.entry("ExpiredTokenException", SERVICE),
          Map.entry("IncompleteSignatureException", SERVICE),
          Map.entry("InternalFailure", SERVICE),
          Map.entry("InvalidSignatureException", SERVICE),
          Map.entry("MissingAuthenticationTokenException", SERVICE),
          Map.entry("SerializationException", SERVICE),
          Map.entry("UnknownOperationException", SERVICE),
          Map.entry("UnrecognizedClientException", SERVICE));
  private static final Set<String> FRAMEWORK_CAPITAL_MESSAGES =
      Set.of("AccessDeniedException", "SerializationException");

  /** Copies the collections. */
  public CoralDialect {
    frameworkNamespaces = Map.copyOf(frameworkNamespaces);
    capitalMessages = Set.copyOf(capitalMessages);
    contentTypes = Set.copyOf(contentTypes);
  }

  /**
   * The dialect with the framework's own errors, bodies of 16 MB, headers of 16 KB and compression
   * beyond 4 KB.
   *
   * @param capitalMessages the service's own errors whose member is {@code Message}
   */
  public static CoralDialect of(
      String errorNamespace, Set<String> capitalMessages, Set<String> contentTypes) {
    var capitals = new HashSet<>(FRAMEWORK_CAPITAL_MESSAGES);
    capitals.addAll(capitalMessages);
    return new CoralDialect(
        errorNamespace,
        FRAMEWORK_NAMESPACES,
        capitals,
        contentTypes,
        16 * 1024 * 1024,
        16 * 1024,
        4096);
  }

  /** The error's full name, as in {@code __type}. */
  public String typeOf(String error) {
    return frameworkNamespaces.getOrDefault(error, errorNamespace) + "#" + error;
  }
}
