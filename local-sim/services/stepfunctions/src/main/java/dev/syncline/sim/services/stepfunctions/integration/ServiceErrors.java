// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import dev.syncline.sim.service.AwsException;

/**
 * Names and words of failures as recorded. The optimized integrations show the errors of the AWS
 * SDK for Java 1, the {@code aws-sdk} integrations those of version 2: an error code that the
 * service's model has becomes the SDK's exception, any other the service's general one.
 */
final class ServiceErrors {
  private ServiceErrors() {}

  /**
   * A failure of an optimized integration.
   *
   * @param prefix such as {@code SQS}
   * @param sdkService such as {@code AmazonSQS}
   * @param shownCode the error code as clients show it
   */
  static TaskFailedException optimized(
      String prefix,
      String sdkService,
      IntegrationModel model,
      AwsException refused,
      String shownCode,
      String requestId) {
    String exception = model.exception(refused.code());
    return new TaskFailedException(
        prefix + "." + (exception == null ? general(sdkService) : exception),
        optimizedCause(sdkService, refused, shownCode, requestId));
  }

  /** The general exception of a service: AmazonDynamoDBv2 is AmazonDynamoDBException. */
  private static String general(String sdkService) {
    return sdkService.replaceFirst("v2$", "").replace(" ", "") + "Exception";
  }

  static String optimizedCause(
      String sdkService, AwsException refused, String shownCode, String requestId) {
    return refused.text()
        + " (Service: "
        + sdkService
        + "; Status Code: "
        + refused.status()
        + "; Error Code: "
        + shownCode
        + "; Request ID: "
        + requestId
        + "; Proxy: null)";
  }

  /** A failure of an {@code aws-sdk} integration. */
  static TaskFailedException sdk(
      IntegrationModel model, AwsException refused, String requestId, String more) {
    String prefix = model.classPrefix();
    String exception = model.exception(refused.code());
    return new TaskFailedException(
        prefix + "." + (exception == null ? prefix + "Exception" : exception),
        refused.text()
            + " (Service: "
            + prefix
            + ", Status Code: "
            + refused.status()
            + ", Request ID: "
            + requestId
            + more
            + ")");
  }
}
