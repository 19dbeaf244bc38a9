// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The control plane's errors, with the statuses of the service's model. */
public final class AppSyncErrors {
  private AppSyncErrors() {}

  public static AwsException badRequest(String message) {
    return AwsException.badRequest("BadRequestException", message);
  }

  public static AwsException notFound(String what) {
    return new AwsException("NotFoundException", 404, what + " not found.");
  }

  public static AwsException conflict(String message) {
    return new AwsException("ConflictException", 409, message);
  }

  public static AwsException quotaExceeded(String message) {
    return new AwsException("ServiceQuotaExceededException", 402, message);
  }

  /** The account has the maximum of GraphQL APIs. */
  public static AwsException tooManyApis(int limit) {
    return AwsException.badRequest(
        "ApiLimitExceededException", "The account has " + limit + " GraphQL APIs already.");
  }

  /** No GraphQL API has that id. */
  public static AwsException noGraphqlApi(String apiId) {
    return new AwsException("NotFoundException", 404, "GraphQL API " + apiId + " not found.");
  }

  public static AwsException tooManyKeys(String apiId, int limit) {
    return AwsException.badRequest(
        "ApiKeyLimitExceededException", "API " + apiId + " has " + limit + " keys already.");
  }

  public static AwsException validityOutOfBounds(long expires, Instant now) {
    return AwsException.badRequest(
        "ApiKeyValidityOutOfBoundsException",
        "'expires' must be 1 to 365 days from now, in seconds since 1970; got "
            + expires
            + ", now is "
            + now.getEpochSecond()
            + ".");
  }

  /** Code that does not compile; {@code errors} are in AWS's form. */
  public static AwsException codeError(List<Map<String, Object>> errors) {
    return new AwsException(
        "BadRequestException",
        400,
        "The code contains one or more errors.",
        Map.of("reason", "CODE_ERROR", "detail", Map.of("codeErrors", errors)));
  }

  public static AwsException throttled() {
    return new AwsException("LimitExceededException", 429, "Rate exceeded");
  }

  /** A feature of AppSync that the simulator does not support. */
  public static AwsException unsupported(String what) {
    return badRequest("The simulator does not support " + what + ".");
  }

  public static String required(Input input, String member) {
    return input
        .text(member)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> badRequest("'" + member + "' is required."));
  }

  /** Refuses members of a structure that are not in {@code supported}, naming the first. */
  public static void onlySupported(Input structure, String path, List<String> supported) {
    structure
        .json()
        .fieldNames()
        .forEachRemaining(
            member -> {
              if (!supported.contains(member)) {
                throw unsupported("the member '" + path + "." + member + "'");
              }
            });
  }
}
