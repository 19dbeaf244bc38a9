// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import dev.syncline.sim.service.models.ServiceModel;
import java.util.Optional;

/**
 * Opens to web pages of every origin the operations of an awsJson service that need no signature:
 * AWS made them for pages. Immutable and thread-safe.
 *
 * @param targetPrefix what stands before the operation in {@code X-Amz-Target}, without the dot
 * @param model the name of the service's published model, which tells what is signed
 */
public record UnsignedCalls(String targetPrefix, String model) implements PageRules {
  /** What pages may read of an answer. */
  public static final Headers READABLE =
      Headers.of(
          "Access-Control-Allow-Origin",
          "*",
          "Access-Control-Expose-Headers",
          "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");

  @Override
  public Optional<Headers> opened(HttpRequest request) {
    String target = request.headers().first("x-amz-target").orElse("");
    boolean open =
        request.method().equals("POST")
            && target.startsWith(targetPrefix + ".")
            && ServiceModel.of(model)
                .findOperation(target.substring(targetPrefix.length() + 1))
                .filter(published -> !published.signed())
                .isPresent();
    return open ? Optional.of(READABLE) : Optional.empty();
  }
}
