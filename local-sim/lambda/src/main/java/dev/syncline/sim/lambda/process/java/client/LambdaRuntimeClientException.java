// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.java.client;

/**
 * Stands for the exception of the same name in AWS's client when {@link NativeClient} is compiled.
 * Not used when it runs.
 */
public class LambdaRuntimeClientException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * As AWS's client words it.
   *
   * @param status the HTTP status, or -1 when no answer came
   */
  public LambdaRuntimeClientException(String message, int status) {
    super(message + " Response code: '" + status + "'.");
  }
}
