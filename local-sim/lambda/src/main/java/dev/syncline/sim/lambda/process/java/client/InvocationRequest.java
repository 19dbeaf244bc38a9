// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.java.client;

import org.jspecify.annotations.Nullable;

/**
 * Stands for the class of the same name in AWS's client when {@link NativeClient} is compiled. Not
 * used when it runs.
 */
public class InvocationRequest {
  private @Nullable String told;

  /** Takes the request id. */
  public void setId(@Nullable String id) {
    told = id;
  }

  /** Takes the trace id. */
  public void setXrayTraceId(@Nullable String id) {
    told = id;
  }

  /** Takes the function's ARN. */
  public void setInvokedFunctionArn(@Nullable String arn) {
    told = arn;
  }

  /** Takes the deadline in milliseconds since 1970. */
  public void setDeadlineTimeInMs(long millis) {
    told = Long.toString(millis);
  }

  /** Takes the client context, JSON. */
  public void setClientContext(@Nullable String json) {
    told = json;
  }

  /** Takes the identity, JSON. */
  public void setCognitoIdentity(@Nullable String json) {
    told = json;
  }

  /** Takes the tenant. */
  public void setTenantId(@Nullable String id) {
    told = id;
  }

  /** Takes the event. */
  public void setContent(byte[] content) {
    told = Integer.toString(content.length);
  }

  /** What was last set. */
  @Override
  public String toString() {
    return String.valueOf(told);
  }
}
