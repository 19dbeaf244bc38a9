// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Mock integrations: the request template gives a status code, which selects the response. */
final class MockIntegration {
  private MockIntegration() {}

  static IntegrationAnswer call(IntegrationRequest request) throws GatewayRejection {
    OptionalInt status = MockStatus.of(new String(request.body(), StandardCharsets.UTF_8));
    if (status.isEmpty()) {
      throw RequestMapping.configurationError(
          "Unable to parse statusCode. It should be an integer that is defined in the request"
              + " template.");
    }
    return new IntegrationAnswer(Integer.toString(status.getAsInt()), Headers.EMPTY, new byte[0]);
  }
}
