// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.NamespaceConfig;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The control plane's view of a channel namespace. Immutable. */
record NamespaceRecord(
    String apiId,
    String name,
    String arn,
    Set<AuthMode> publishModes,
    Set<AuthMode> subscribeModes,
    HandlerSettings handlers,
    Map<String, String> tags,
    Instant created,
    Instant lastModified) {

  NamespaceConfig config() {
    return new NamespaceConfig(name, publishModes, subscribeModes);
  }

  NamespaceRecord with(
      Set<AuthMode> publish, Set<AuthMode> subscribe, HandlerSettings newHandlers, Instant now) {
    return new NamespaceRecord(
        apiId, name, arn, publish, subscribe, newHandlers, tags, created, now);
  }

  NamespaceRecord withTags(Map<String, String> newTags) {
    return new NamespaceRecord(
        apiId, name, arn, publishModes, subscribeModes, handlers, newTags, created, lastModified);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("apiId", apiId).put("name", name);
    if (!subscribeModes.isEmpty()) {
      json.set("subscribeAuthModes", EventApiSettings.json(subscribeModes));
    }
    if (!publishModes.isEmpty()) {
      json.set("publishAuthModes", EventApiSettings.json(publishModes));
    }
    Json.putIfPresent(json, "codeHandlers", handlers.text());
    json.set("tags", AppSyncTags.json(tags));
    json.put("channelNamespaceArn", arn)
        .put("created", created.getEpochSecond())
        .put("lastModified", lastModified.getEpochSecond());
    json.set("handlerConfigs", handlers.json());
    return json;
  }
}
