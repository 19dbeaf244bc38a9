// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.Optional;

/**
 * Lets web pages call the operations that need no signature, as AWS does. The room of user pools
 * answers the preflights, whose address names no service. Thread-safe.
 */
final class IdentityPages implements PageRules {
  private static final String PREFIX = "AWSCognitoIdentityService.";

  @Override
  public Optional<Headers> opened(HttpRequest request) {
    String target = request.headers().first("x-amz-target").orElse("");
    boolean open =
        request.method().equals("POST")
            && target.startsWith(PREFIX)
            && ServiceModel.of("cognito-identity")
                .findOperation(target.substring(PREFIX.length()))
                .filter(published -> !published.signed())
                .isPresent();
    return open
        ? Optional.of(
            Headers.of("Access-Control-Allow-Origin", "*")
                .with(
                    "Access-Control-Expose-Headers",
                    "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"))
        : Optional.empty();
  }
}
