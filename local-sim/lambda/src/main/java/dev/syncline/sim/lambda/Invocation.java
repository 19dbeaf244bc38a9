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
 */
public record Invocation(
    String requestId,
    String invokedArn,
    byte[] payload,
    @Nullable String traceId,
    @Nullable String clientContext,
    boolean wantLogTail) {}
