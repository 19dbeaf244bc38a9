// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;

/** The error for a refused permission by protocol. Source: recorded answers of AWS services. */
final class AccessErrors {
  private static final int FORBIDDEN = 403;

  private AccessErrors() {}

  static AwsException of(Protocol protocol, String message) {
    boolean xml = protocol instanceof Protocol.Query || protocol instanceof Protocol.RestXml;
    if (xml) {
      return new AwsException("AccessDenied", FORBIDDEN, message);
    }
    boolean rest = protocol instanceof Protocol.RestJson;
    return json(rest ? FORBIDDEN : 400, message);
  }

  /** The services' frameworks write this member with a capital, which the services do not. */
  private static AwsException json(int status, String message) {
    return new AwsException(
        "AccessDeniedException", status, message, Map.of(AwsException.CAPITAL_MESSAGE, message));
  }
}
