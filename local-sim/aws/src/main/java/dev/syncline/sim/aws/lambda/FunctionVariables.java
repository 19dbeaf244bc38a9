// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** The variables that every function finds beside its own, so that its SDK finds the simulator. */
public final class FunctionVariables {
  private FunctionVariables() {}

  /**
   * The region, credentials that stand for none, and the simulator as the endpoint of everything.
   *
   * @param endpoint asked at each start of an environment, when the port is known
   */
  public static Supplier<Map<String, String>> of(String region, Supplier<URI> endpoint) {
    return () ->
        Map.of(
            "AWS_REGION",
            region,
            "AWS_DEFAULT_REGION",
            region,
            "AWS_ACCESS_KEY_ID",
            "ASIASIMULATOR0000000",
            "AWS_SECRET_ACCESS_KEY",
            "simulator",
            "AWS_SESSION_TOKEN",
            "simulator",
            "AWS_ENDPOINT_URL",
            endpoint.get().toString());
  }
}
