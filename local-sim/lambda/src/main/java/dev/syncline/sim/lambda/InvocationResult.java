// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import org.jspecify.annotations.Nullable;

/**
 * * The result of an invocation.
 *
 * @param payload what the function returned, or the error as JSON
 * @param functionError {@code Unhandled} when the function failed, null when it did not
 * @param errorType the error's type, such as {@code Sandbox.Timedout}; null when it did not fail
 * @param logTail the last 4 KB of its log, empty unless requested
 */
public record InvocationResult(
    byte[] payload, @Nullable String functionError, @Nullable String errorType, String logTail) {}
