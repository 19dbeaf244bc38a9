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
}
