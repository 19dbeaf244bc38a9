// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.RequestSignature;
import dev.syncline.sim.service.http.SigningKey;
import dev.syncline.sim.service.settings.IamMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds who signed a request. While permissions are enforced it refuses the credentials that AWS
 * refuses; otherwise it believes them. Immutable and thread-safe.
 *
 * @param keys the known keys
 * @param unknownKeys whether a key that is not known may sign
 */
public record Signers(AccessKeys keys, boolean unknownKeys) {
  private static final String TOKEN = "x-amz-security-token";
  private static final List<String> PARTS = List.of("Credential", "Signature", "SignedHeaders");

  /**
   * The caller of an operation.
   *
   * @throws AwsException {@code MissingAuthenticationToken}, {@code InvalidClientTokenId}, {@code
   *     ExpiredToken}, {@code SignatureDoesNotMatch} or the names of other protocols for them
   */
  public CallPrincipal caller(
      AwsService service,
      String operation,
      WireRequest request,
      HttpRequest sent,
      Instant now,
      IamMode mode) {
    String keyId = keyId(service, request);
    boolean enforced = mode == IamMode.ENFORCE;
    Protocol protocol = service.protocol();
    if (!service.needsSignature(operation)) {
      return principal(keyId);
    }
    if (keyId.isEmpty()) {
      if (service.refusesUnsigned() || (enforced && !service.takesAnonymous())) {
        requireWhole(request, protocol);
        throw SignerErrors.MISSING.of(protocol, "", "");
      }
      return CallPrincipal.ANONYMOUS;
    }
    if (enforced) {
      requireKnown(protocol, keyId, request, sent, now);
    }
    return principal(keyId);
  }

  private static CallPrincipal principal(String keyId) {
    return keyId.isEmpty() ? CallPrincipal.ANONYMOUS : new CallPrincipal.Signed(keyId);
  }

  private void requireKnown(
      Protocol protocol, String keyId, WireRequest request, HttpRequest sent, Instant now) {
    String token = token(request);
    Optional<AccessKeys.AccessKey> found = keys.find(keyId);
    if (found.isEmpty()) {
      if (unknownKeys && !keys.isDisabled(keyId)) {
        return;
      }
      throw SignerErrors.UNKNOWN.of(protocol, keyId, "");
    }
    AccessKeys.AccessKey key = found.get();
    if (unknownKeys && !isIssued(keyId)) {
      // A key such as "test" is the root user's, with any secret.
      return;
    }
    String expected = key.sessionToken();
    if (expected != null && !expected.equals(token) && !PostForm.isUsedBy(request)) {
      throw SignerErrors.UNKNOWN.of(protocol, keyId, token);
    }
    if (!key.valid(now)) {
      throw SignerErrors.EXPIRED.of(protocol, keyId, token);
    }
    RequestSignature.of(sent)
        // The codec of S3 verifies signatures in queries.
        .filter(signature -> !signature.inQuery() || !(protocol instanceof Protocol.RestXml))
        .filter(signature -> !key.secret().isEmpty() && !signature.made(key.secret(), sent))
        .ifPresent(
            wrong -> {
              throw SignerErrors.WRONG.of(protocol, keyId, token);
            });
  }

  /** Refuses an {@code Authorization} header that lacks a part. */
  private static void requireWhole(WireRequest request, Protocol protocol) {
    Optional<String> header = request.header("authorization");
    if (header.isEmpty() || protocol instanceof Protocol.RestXml) {
      return;
    }
    var faults = new StringBuilder();
    for (String part : PARTS) {
      if (!header.get().contains(part + "=")) {
        faults.append("Authorization header requires '").append(part).append("' parameter. ");
      }
    }
    if (request.header("x-amz-date").isEmpty() && request.header("date").isEmpty()) {
      faults.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    boolean json = protocol instanceof Protocol.AwsJson;
    throw new AwsException(
        protocol instanceof Protocol.Query ? "IncompleteSignature" : "IncompleteSignatureException",
        json ? 400 : 403,
        faults
            .append("(Hashed with SHA-256 and encoded with Base64) Authorization=")
            .append(hashed(header.get()))
            .toString());
  }

  private static String hashed(String header) {
    return Base64.getEncoder()
        .encodeToString(
            HexFormat.of().parseHex(SigningKey.hash(header.getBytes(StandardCharsets.UTF_8))));
  }

  /** The key in the header, in the query or, for S3, in a form; empty for an unsigned request. */
  private static String keyId(AwsService service, WireRequest request) {
    Optional<String> signed =
        CredentialScope.of(request.header("authorization"), request.query())
            .map(CredentialScope::accessKeyId);
    if (signed.isPresent() || !(service.protocol() instanceof Protocol.RestXml)) {
      return signed.orElse("");
    }
    if (PostForm.isUsedBy(request)) {
      PostForm form = PostForm.of(request);
      String credential = form.field("x-amz-credential");
      return credential.isEmpty()
          ? form.field("awsaccesskeyid")
          : SignerKeys.Credential.of(credential)
              .map(SignerKeys.Credential::keyId)
              .orElse(credential);
    }
    return parameter(request, "AWSAccessKeyId").orElse("");
  }

  private static String token(WireRequest request) {
    Optional<String> inQuery =
        request.query().isEmpty() ? Optional.empty() : parameter(request, TOKEN);
    return inQuery.or(() -> request.header(TOKEN)).orElse("");
  }

  /** Whether a key has the form of those that IAM and STS issue. */
  private static boolean isIssued(String keyId) {
    if (keyId.length() < 5 || !(keyId.startsWith("AKIA") || keyId.startsWith("ASIA"))) {
      return false;
    }
    for (int i = 4; i < keyId.length(); i++) {
      char c = keyId.charAt(i);
      if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> parameter(WireRequest request, String name) {
    return request.query().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
