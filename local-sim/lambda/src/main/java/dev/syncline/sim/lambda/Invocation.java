// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import org.jspecify.annotations.Nullable;

/**
 * One invocation.
 *
 * @param requestId a UUID
 * @param invokedArn the ARN as the caller qualified it
 * @param payload the event, JSON in UTF-8
 * @param traceId the {@code X-Amzn-Trace-Id}, if there is one
 * @param clientContext the client context, JSON already decoded from base64
 * @param wantLogTail whether the result should carry the last 4 KB of the log
 * @param cognitoIdentity the ids of the caller's identity and of its pool in Amazon Cognito, as
 *     JSON
 * @param tenantId the tenant, if there is one
 * @param stream receives the response while the function streams it; null to have the whole
 *     response in the result
 */
public record Invocation(
    String requestId,
    String invokedArn,
    byte[] payload,
    @Nullable String traceId,
    @Nullable String clientContext,
    boolean wantLogTail,
    @Nullable String cognitoIdentity,
    @Nullable String tenantId,
    @Nullable ResponseSink stream) {

  /** An invocation without an identity, whose result has the whole response. */
  public Invocation(
      String requestId,
      String invokedArn,
      byte[] payload,
      @Nullable String traceId,
      @Nullable String clientContext,
      boolean wantLogTail) {
    this(requestId, invokedArn, payload, traceId, clientContext, wantLogTail, null, null, null);
  }

  /** The same, passing a streamed response on. */
  public Invocation streamedTo(ResponseSink sink) {
    return new Invocation(
        requestId,
        invokedArn,
        payload,
        traceId,
        clientContext,
        wantLogTail,
        cognitoIdentity,
        tenantId,
        sink);
  }
}
