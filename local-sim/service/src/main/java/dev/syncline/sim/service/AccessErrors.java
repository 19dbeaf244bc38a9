// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

/** The error for a refused permission by protocol. Source: recorded answers of AWS services. */
final class AccessErrors {
  private static final int FORBIDDEN = 403;

  private AccessErrors() {}

  static AwsException of(Protocol protocol, AccessDenial denial) {
    boolean xml = protocol instanceof Protocol.Query || protocol instanceof Protocol.RestXml;
    if (xml) {
      return new AwsException("AccessDenied", FORBIDDEN, denial.message());
    }
    boolean rest = protocol instanceof Protocol.RestJson;
    return new AwsException("AccessDeniedException", rest ? FORBIDDEN : 400, denial.message());
  }
}
