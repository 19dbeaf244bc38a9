// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import dev.syncline.sim.events.Refusal;

/**
 * What differs between the kinds of APIs when a signature is verified. Immutable.
 *
 * @param path the path that clients sign, beside that of the request
 */
record SignatureRules(String path, Words words) {
  private static final String CALCULATED =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";
  private static final String INVALID_TOKEN =
      "The security token included in the request is invalid.";

  /** What a client signs that opens a GraphQL connection, after the path of requests. */
  static final String CONNECT = "/connect";

  /** The path at AWS's hosts in place of this path, which may begin with more. */
  String signed(String requested) {
    return requested.endsWith(path + CONNECT) ? path + CONNECT : path;
  }

  /** The refusals, each with a reason for the journal. */
  interface Words {
    /** It cannot be read, or lacks a part. */
    Refusal malformed(String reason);

    /** It is for another service or region. */
    Refusal foreign(String reason);

    /** The key is unknown, or its session token is wrong. */
    Refusal unknownKey(String reason);

    /** The key has expired. */
    Refusal expiredKey(String reason);

    /** It is not the signature of this request. */
    Refusal mismatch(String reason);
  }

  /** Event APIs. */
  static final SignatureRules EVENTS =
      new SignatureRules(
          "/event",
          new Words() {
            @Override
            public Refusal malformed(String reason) {
              return Refusal.badRequest(reason);
            }

            @Override
            public Refusal foreign(String reason) {
              return Refusal.unauthorized(reason);
            }

            @Override
            public Refusal unknownKey(String reason) {
              return Refusal.unauthorized(reason);
            }

            @Override
            public Refusal expiredKey(String reason) {
              return Refusal.unauthorized(reason);
            }

            @Override
            public Refusal mismatch(String reason) {
              return new Refusal(403, "BadRequestException", "signature mismatch", reason);
            }
          });

  /** GraphQL APIs: the errors of AWS's front ends, as clients report them. */
  static final SignatureRules GRAPHQL =
      new SignatureRules(
          "/graphql",
          new Words() {
            @Override
            public Refusal malformed(String reason) {
              return forbidden("IncompleteSignatureException", reason, reason);
            }

            @Override
            public Refusal foreign(String reason) {
              return forbidden("InvalidSignatureException", CALCULATED, reason);
            }

            @Override
            public Refusal unknownKey(String reason) {
              return forbidden("UnrecognizedClientException", INVALID_TOKEN, reason);
            }

            @Override
            public Refusal expiredKey(String reason) {
              return forbidden(
                  "ExpiredTokenException",
                  "The security token included in the request is expired",
                  reason);
            }

            @Override
            public Refusal mismatch(String reason) {
              return forbidden("InvalidSignatureException", CALCULATED, reason);
            }
          });

  private static Refusal forbidden(String errorType, String message, String reason) {
    return new Refusal(403, errorType, message, reason);
  }
}
