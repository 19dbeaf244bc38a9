// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.kernel.Arn;

/**
 * The circumstances of one call.
 *
 * @param account the account answered for, 12 digits
 * @param region the region answered for
 * @param requestId goes into the answer and the journal
 * @param host the Host header as received, empty for calls from inside
 * @param body the raw body, empty for calls from inside; only blob operations read it
 * @param caller whose permissions the call needs
 * @param facts what permissions may depend on
 */
public record CallContext(
    String account,
    String region,
    String requestId,
    String host,
    byte[] body,
    CallPrincipal caller,
    CallFacts facts) {

  /** The context of a call of the simulator itself. */
  public CallContext(String account, String region, String requestId, String host, byte[] body) {
    this(account, region, requestId, host, body, CallPrincipal.INTERNAL, CallFacts.NONE);
  }

  /** This context for another caller. */
  public CallContext as(CallPrincipal other) {
    return new CallContext(account, region, requestId, host, body, other, facts);
  }

  /**
   * The access key that signed the request, empty for an unsigned one and for calls from inside.
   */
  public String accessKeyId() {
    return caller.accessKey().orElse("");
  }

  /** The ARN of a regional resource of this account. */
  public String arn(String service, String resource) {
    return Arn.aws(service, region, account, resource);
  }
}
