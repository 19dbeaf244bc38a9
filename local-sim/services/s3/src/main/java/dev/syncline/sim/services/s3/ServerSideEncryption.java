// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of encryption with S3's keys, KMS keys and customers' keys. Nothing is encrypted:
 * the settings are checked, kept with the object and answered. Of a customer's key only the digest
 * is kept. Source: the S3 user guide, "Protecting data with encryption".
 *
 * @param account owner of the AWS managed key
 * @param region of the AWS managed key
 */
record ServerSideEncryption(String account, String region) {
  static final String METHOD = "x-amz-server-side-encryption";
  static final String KMS_KEY = METHOD + "-aws-kms-key-id";
  static final String BUCKET_KEY = METHOD + "-bucket-key-enabled";
  static final String CONTEXT = METHOD + "-context";

  /** The prefix of a customer's algorithm, key and digest in a request. */
  static final String CUSTOMER = METHOD + "-customer-";

  /** The same of the source of a copy. */
  static final String COPY_SOURCE = "x-amz-copy-source-server-side-encryption-customer-";

  static final String CUSTOMER_DIGEST = CUSTOMER + "key-md5";
  static final String AES256 = "AES256";

  /** The settings that an object gets where neither request nor bucket has any. */
  static final Map<String, String> DEFAULT = Map.of(METHOD, AES256);

  private static final int KEY_BYTES = 32;
  private static final Set<String> KMS = Set.of("aws:kms", "aws:kms:dsse");

  /** The headers of one customer's key, by prefix. */
  static List<String> customerHeaders(String prefix) {
    return List.of(prefix + "algorithm", prefix + "key", prefix + "key-md5");
  }

  /** The headers of requests that write. */
  static final List<String> WRITING =
      List.of(
          METHOD,
          KMS_KEY,
          BUCKET_KEY,
          CONTEXT,
          CUSTOMER + "algorithm",
          CUSTOMER + "key",
          CUSTOMER_DIGEST);

  /**
   * The headers to keep with an object.
   *
   * @param defaults of the bucket, for a request without a method
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument} for settings that do not
   *     fit
   */
  Map<String, String> kept(Headers request, Map<String, String> defaults) {
    String method = request.first(METHOD).orElse("");
    String customerDigest = customerDigest(request, CUSTOMER);
    if (!customerDigest.isEmpty()) {
      if (!method.isEmpty()) {
        throw S3Errors.invalidArgument(
            METHOD,
            method,
            "Server Side Encryption with Customer provided key is incompatible with the encryption"
                + " method specified");
      }
      return Map.of(CUSTOMER + "algorithm", AES256, CUSTOMER_DIGEST, customerDigest);
    }
    String keyId = request.first(KMS_KEY).orElse("");
    if (method.isEmpty() && keyId.isEmpty()) {
      return kmsComplete(withBucketKey(request, defaults), defaults.getOrDefault(KMS_KEY, ""));
    }
    if (!method.equals(AES256) && !KMS.contains(method)) {
      throw S3Errors.invalidArgument(
          METHOD, method, "The encryption method specified is not supported");
    }
    if (method.equals(AES256)) {
      if (!keyId.isEmpty() || request.first(CONTEXT).isPresent()) {
        throw S3Errors.invalidArgument(
            KMS_KEY,
            keyId,
            "Server Side Encryption with AWS KMS managed key requires HTTP header"
                + " x-amz-server-side-encryption : aws:kms");
      }
      return DEFAULT;
    }
    requireContext(request.first(CONTEXT).orElse(""));
    return kmsComplete(withBucketKey(request, Map.of(METHOD, method)), keyId);
  }

  private static Map<String, String> withBucketKey(Headers request, Map<String, String> settings) {
    var kept = new TreeMap<>(settings);
    request
        .first(BUCKET_KEY)
        .filter(unused -> KMS.contains(settings.getOrDefault(METHOD, "")))
        .ifPresent(value -> kept.put(BUCKET_KEY, value));
    kept.remove(BUCKET_KEY, "false");
    return kept;
  }

  /** With KMS, the key's ARN: of the key that is named, or of the AWS managed one. */
  private Map<String, String> kmsComplete(Map<String, String> settings, String keyId) {
    if (!KMS.contains(settings.getOrDefault(METHOD, ""))) {
      return settings;
    }
    var kept = new TreeMap<>(settings);
    if (keyId.startsWith("arn:")) {
      kept.put(KMS_KEY, keyId);
    } else if (keyId.isEmpty() || keyId.startsWith("alias/")) {
      kept.put(KMS_KEY, Arn.aws("kms", region, account, keyId.isEmpty() ? "alias/aws/s3" : keyId));
    } else {
      kept.put(KMS_KEY, Arn.aws("kms", region, account, "key/" + keyId));
    }
    return kept;
  }

  private static void requireContext(String context) {
    if (context.isEmpty()) {
      return;
    }
    byte @Nullable [] decoded = decode(context);
    if (decoded == null || !new String(decoded, StandardCharsets.UTF_8).strip().startsWith("{")) {
      throw S3Errors.invalidArgument(
          CONTEXT,
          context,
          "The header 'x-amz-server-side-encryption-context' shall be"
              + " Base64-encoded UTF-8 string holding JSON which represents a string-string map");
    }
  }

  /**
   * The digest of the customer's key in a request; empty for a request without one.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument} for a key that is not one
   */
  static String customerDigest(Headers request, String prefix) {
    String algorithm = request.first(prefix + "algorithm").orElse("");
    String key = request.first(prefix + "key").orElse("");
    String digest = request.first(prefix + "key-md5").orElse("");
    if (algorithm.isEmpty() && key.isEmpty() && digest.isEmpty()) {
      return "";
    }
    if (!algorithm.equals(AES256)) {
      throw S3Errors.invalidArgument(
          prefix + "algorithm",
          algorithm,
          "Requests specifying Server Side Encryption with Customer provided keys must provide a"
              + " valid encryption algorithm.");
    }
    if (key.isEmpty()) {
      throw S3Errors.invalidArgument(
          prefix + "key",
          "null",
          "Requests specifying Server Side Encryption with Customer provided keys must provide an"
              + " appropriate secret key.");
    }
    byte @Nullable [] bytes = decode(key);
    if (bytes == null || bytes.length != KEY_BYTES) {
      throw S3Errors.invalidArgument(
          prefix + "key", "null", "The secret key was invalid for the specified algorithm.");
    }
    if (digest.isEmpty()) {
      throw S3Errors.invalidArgument(
          prefix + "key-MD5",
          "null",
          "Requests specifying Server Side Encryption with Customer provided keys must provide the"
              + " client calculated MD5 of the secret key.");
    }
    if (!Base64.getEncoder().encodeToString(Checksums.md5(bytes)).equals(digest)) {
      throw S3Errors.invalidArgument(
          prefix + "key-MD5",
          digest,
          "The calculated MD5 hash of the key did not match the hash that was provided.");
    }
    return digest;
  }

  private static byte @Nullable [] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /**
   * Refuses a request without the customer's key of the object, or with a key for an object without
   * one.
   *
   * @param prefix of the request's headers with the key
   */
  static void requireReadable(S3Object object, Headers request, String prefix) {
    String kept = object.headers().getOrDefault(CUSTOMER_DIGEST, "");
    String given = customerDigest(request, prefix);
    if (kept.isEmpty() && !given.isEmpty()) {
      throw S3Errors.invalidRequest("The encryption parameters are not applicable to this object.");
    }
    if (!kept.isEmpty() && given.isEmpty()) {
      throw S3Errors.invalidRequest(
          "The object was stored using a form of Server Side Encryption. The correct parameters"
              + " must be provided to retrieve the object.");
    }
    if (!kept.equals(given)) {
      throw S3Errors.accessDenied();
    }
  }
}
