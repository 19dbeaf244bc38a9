// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;

/** The errors of requests that cannot be read as restXml, in the words of S3. */
public final class RestXmlErrors {
  /** The prefix of an error's members that are sent as headers, not as elements. */
  public static final String HEADER = "header:";

  private RestXmlErrors() {}

  /** A value that the service does not take. */
  public static AwsException invalidArgument(String name, String value, String message) {
    return new AwsException(
        "InvalidArgument", 400, message, Map.of("ArgumentName", name, "ArgumentValue", value));
  }

  /** A body that is not the XML of its operation. */
  public static AwsException malformedXml() {
    return AwsException.badRequest(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  /** A document that is longer than documents may be. */
  public static AwsException documentTooLong(int maxBytes) {
    return new AwsException(
        "MaxMessageLengthExceeded",
        400,
        "Your request was too big.",
        Map.of("MaxMessageLengthBytes", Integer.toString(maxBytes)));
  }

  /** A method that no operation has at this path. */
  public static AwsException methodNotAllowed(String method) {
    return new AwsException(
        "MethodNotAllowed",
        405,
        "The specified method is not allowed against this resource.",
        Map.of("Method", method));
  }

  /** A body that ends too early. */
  public static AwsException incompleteBody() {
    return AwsException.badRequest(
        "IncompleteBody",
        "The request body terminated unexpectedly: it is incomplete in the aws-chunked encoding.");
  }

  /** A body that is not the signed one. */
  public static AwsException contentMismatch() {
    return AwsException.badRequest(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }

  /** A presigned URL that is not valid. */
  public static AwsException authorizationQuery(String message) {
    return AwsException.badRequest("AuthorizationQueryParametersError", message);
  }

  /** A request that may not be answered. */
  public static AwsException accessDenied(String message, Map<String, String> members) {
    return new AwsException("AccessDenied", 403, message, Map.copyOf(members));
  }

  /** A 4xx, because clients would retry S3's own 501. */
  public static AwsException notImplemented(String what) {
    return AwsException.badRequest(
        "NotImplemented", "The simulator's S3 does not support " + what + ".");
  }

  /** A signature that is not that of its access key. */
  public static AwsException signatureDoesNotMatch(
      String keyId, String stringToSign, String signature) {
    return new AwsException(
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        Map.of(
            "AWSAccessKeyId", keyId, "StringToSign", stringToSign, "SignatureProvided", signature));
  }

  /** A session token that is not that of its access key. */
  public static AwsException invalidToken(String token) {
    return new AwsException(
        "InvalidToken",
        400,
        "The provided token is malformed or otherwise invalid.",
        Map.of("Token-0", token));
  }

  /** A session token whose time is over. */
  public static AwsException expiredToken(String token) {
    return new AwsException(
        "ExpiredToken", 400, "The provided token has expired.", Map.of("Token-0", token));
  }

  /** A form that lacks a field, or has it after the file. */
  public static AwsException missingFormField(String field) {
    return invalidArgument(
        field,
        "",
        "Bucket POST must contain a field named '"
            + field
            + "'.  If it is specified, please check the order of the fields.");
  }

  /** A form whose body is not multipart/form-data, or ends too early. */
  public static AwsException malformedForm() {
    return AwsException.badRequest(
        "MalformedPOSTRequest",
        "The body of your POST request is not well-formed multipart/form-data.");
  }

  /** A form whose fields before the file are too long. */
  public static AwsException formTooLong(int maxBytes) {
    return new AwsException(
        "MaxPostPreDataLengthExceeded",
        400,
        "Your POST request fields preceding the upload file were too large.",
        Map.of("MaxPostPreDataLengthBytes", Integer.toString(maxBytes)));
  }

  /** A form's policy that cannot be read. */
  public static AwsException invalidPolicy(String problem) {
    return AwsException.badRequest("InvalidPolicyDocument", "Invalid Policy: " + problem);
  }

  /** A form that its policy does not allow. */
  public static AwsException againstPolicy(String reason) {
    return accessDenied("Invalid according to Policy: " + reason, Map.of());
  }

  /** A file that is smaller or larger than the form's policy allows. */
  public static AwsException fileSize(boolean tooLarge, long size, long limit) {
    return tooLarge
        ? new AwsException(
            "EntityTooLarge",
            400,
            "Your proposed upload exceeds the maximum allowed size",
            Map.of("ProposedSize", Long.toString(size), "MaxSizeAllowed", Long.toString(limit)))
        : new AwsException(
            "EntityTooSmall",
            400,
            "Your proposed upload is smaller than the minimum allowed size",
            Map.of("ProposedSize", Long.toString(size), "MinSizeAllowed", Long.toString(limit)));
  }
}
