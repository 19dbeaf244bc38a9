// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RestXmlErrors;
import java.util.Map;

/** The refusals of credentials, in the words of each protocol. Source: recorded answers of AWS. */
enum SignerErrors {
  /** A request without a signature. */
  MISSING("MissingAuthenticationToken", "MissingAuthenticationTokenException"),
  /** A key that is not known, or a session token that is not the key's. */
  UNKNOWN("InvalidClientTokenId", "UnrecognizedClientException"),
  /** A session whose time is over. */
  EXPIRED("ExpiredToken", "ExpiredTokenException"),
  /** A signature that is not the key's. */
  WRONG("SignatureDoesNotMatch", "InvalidSignatureException");

  private final String query;
  private final String json;

  SignerErrors(String query, String json) {
    this.query = query;
    this.json = json;
  }

  /** The error for a request to a service of that protocol. */
  AwsException of(Protocol protocol, String keyId, String token) {
    return switch (protocol) {
      case Protocol.AwsJson unused -> AwsException.badRequest(json, message(false));
      case Protocol.AwsJsonOrQuery unused -> new AwsException(json, 403, message(true));
      case Protocol.RestJson unused -> new AwsException(json, 403, message(false));
      case Protocol.Query unused -> new AwsException(query, 403, message(true));
      case Protocol.RestXml unused -> xml(keyId, token);
    };
  }

  private String message(boolean ofQuery) {
    return switch (this) {
      case MISSING ->
          ofQuery ? "Request is missing Authentication Token" : "Missing Authentication Token";
      case UNKNOWN -> "The security token included in the request is invalid.";
      case EXPIRED -> "The security token included in the request is expired";
      case WRONG ->
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.";
    };
  }

  private AwsException xml(String keyId, String token) {
    return switch (this) {
      case MISSING -> RestXmlErrors.accessDenied("Access Denied", Map.of());
      case UNKNOWN ->
          token.isEmpty()
              ? new AwsException(
                  "InvalidAccessKeyId",
                  403,
                  "The AWS Access Key Id you provided does not exist in our records.",
                  Map.of("AWSAccessKeyId", keyId))
              : RestXmlErrors.invalidToken(token);
      case EXPIRED -> RestXmlErrors.expiredToken(token);
      case WRONG -> RestXmlErrors.signatureDoesNotMatch(keyId, "", "");
    };
  }
}
