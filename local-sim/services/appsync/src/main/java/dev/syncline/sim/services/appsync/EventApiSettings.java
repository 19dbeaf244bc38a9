// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AuthProviders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An API's {@code eventConfig}, validated. Lists keep the caller's order, because clients compare
 * an answer with their input. Immutable.
 *
 * @param providersAsGiven the providers as received, without added members; callers must not change
 *     it
 * @param logConfig the log configuration as received, null without one. It is stored and shown
 *     only: the logs of handlers can always be read
 */
record EventApiSettings(
    List<AuthProvider> authProviders,
    ArrayNode providersAsGiven,
    Set<AuthMode> connectModes,
    Set<AuthMode> publishModes,
    Set<AuthMode> subscribeModes,
    @Nullable ObjectNode logConfig) {
  private static final String LOG_CONFIG = "logConfig";
  private static final List<String> LOG_LEVELS = List.of("NONE", "ERROR", "ALL", "INFO", "DEBUG");

  /**
   * Reads it.
   *
   * @throws AwsException naming the member that is missing, wrong or not supported
   */
  static EventApiSettings read(Input input) {
    Input config =
        input
            .structure("eventConfig")
            .orElseThrow(() -> AppSyncErrors.badRequest("'eventConfig' is required."));
    AppSyncErrors.onlySupported(
        config,
        "eventConfig",
        List.of(
            "authProviders",
            "connectionAuthModes",
            "defaultPublishAuthModes",
            "defaultSubscribeAuthModes",
            LOG_CONFIG));
    List<AuthProvider> authProviders = AuthProviders.read(config);
    Set<AuthMode> providers =
        authProviders.stream().map(AuthProvider::mode).collect(Collectors.toSet());
    return new EventApiSettings(
        authProviders,
        (ArrayNode) config.json().get("authProviders"),
        among(providers, "connectionAuthModes", requiredModes(config, "connectionAuthModes")),
        among(
            providers, "defaultPublishAuthModes", requiredModes(config, "defaultPublishAuthModes")),
        among(
            providers,
            "defaultSubscribeAuthModes",
            requiredModes(config, "defaultSubscribeAuthModes")),
        config.structure(LOG_CONFIG).map(EventApiSettings::checkedLogConfig).orElse(null));
  }

  private static ObjectNode checkedLogConfig(Input logs) {
    AppSyncErrors.onlySupported(
        logs, "eventConfig." + LOG_CONFIG, List.of("logLevel", "cloudWatchLogsRoleArn"));
    AppSyncErrors.required(logs, "cloudWatchLogsRoleArn");
    String level = AppSyncErrors.required(logs, "logLevel");
    if (!LOG_LEVELS.contains(level)) {
      throw AppSyncErrors.badRequest(
          "'logLevel' must be one of " + String.join(", ", LOG_LEVELS) + ", not '" + level + "'.");
    }
    return logs.json().deepCopy();
  }

  /** Reads a list of modes that may be left out, which reads as empty. */
  static Set<AuthMode> modes(Input structure, String member) {
    var modes = new LinkedHashSet<AuthMode>();
    for (Input item : structure.structures(member)) {
      String name = AppSyncErrors.required(item, "authType");
      AuthMode mode =
          AuthMode.named(name)
              .orElseThrow(
                  () ->
                      AppSyncErrors.badRequest(
                          "'" + name + "' in '" + member + "' is no authType."));
      AppSyncErrors.onlySupported(item, member, List.of("authType"));
      if (!modes.add(mode)) {
        throw AppSyncErrors.badRequest("'" + member + "' has " + name + " twice.");
      }
    }
    return modes;
  }

  /** Refuses a mode that no provider of the API verifies. */
  static Set<AuthMode> among(Set<AuthMode> providers, String member, Set<AuthMode> modes) {
    for (AuthMode mode : modes) {
      if (!providers.contains(mode)) {
        throw AppSyncErrors.badRequest(
            "'" + member + "' has " + mode + ", which is not among the API's authProviders.");
      }
    }
    return modes;
  }

  /** A list of modes as the wire has it. */
  static ArrayNode json(Set<AuthMode> modes) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    modes.forEach(mode -> list.addObject().put("authType", mode.name()));
    return list;
  }

  /** The modes that the API can verify. */
  Set<AuthMode> providers() {
    return authProviders.stream().map(AuthProvider::mode).collect(Collectors.toSet());
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("authProviders", providersAsGiven);
    json.set("connectionAuthModes", json(connectModes));
    json.set("defaultPublishAuthModes", json(publishModes));
    json.set("defaultSubscribeAuthModes", json(subscribeModes));
    if (logConfig != null) {
      json.set(LOG_CONFIG, logConfig);
    }
    return json;
  }

  private static Set<AuthMode> requiredModes(Input config, String member) {
    Set<AuthMode> modes = modes(config, member);
    if (modes.isEmpty()) {
      throw AppSyncErrors.badRequest("'eventConfig." + member + "' is required.");
    }
    return modes;
  }
}
