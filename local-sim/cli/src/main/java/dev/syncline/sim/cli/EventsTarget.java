// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects an AppSync Events API, and the way to reach it. */
final class EventsTarget {
  @Option(
      names = "--api",
      paramLabel = "NAME-OR-ID",
      description = "The AppSync Events API. Needed only when there are several.")
  private @Nullable String api;

  /** The selected API. */
  DeployedApis.EventsApi choose(DeployedApis surface) {
    var matching =
        surface.eventsApis().stream()
            .filter(one -> api == null || one.id().equals(api) || one.name().equals(api))
            .toList();
    if (matching.isEmpty()) {
      throw new Failure(
          api == null
              ? "there is no AppSync Events API; deploy one first"
              : "there is no AppSync Events API called "
                  + api
                  + SimilarNames.hint(
                      api,
                      surface.eventsApis().stream().map(DeployedApis.EventsApi::name).toList()));
    }
    if (matching.size() > 1) {
      throw new Failure(
          "there are several AppSync Events APIs; choose with --api: "
              + matching.stream()
                  .map(one -> one.name() + " (" + one.id() + ")")
                  .collect(Collectors.joining(", ")));
    }
    return matching.getFirst();
  }

  /** An API key of the API. */
  static String key(DeployedApis.EventsApi chosen) {
    if (chosen.apiKeys().isEmpty()) {
      throw new Failure("the AppSync Events API " + chosen.name() + " has no API key");
    }
    return chosen.apiKeys().getFirst();
  }

  /**
   * The path of the API's data plane on the port, for clients that cannot set their Host header.
   */
  static String path(DeployedApis.EventsApi chosen) {
    return "/_aws/appsync-api/" + chosen.id() + "/event";
  }
}
