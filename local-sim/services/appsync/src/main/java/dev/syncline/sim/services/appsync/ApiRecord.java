// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.events.NamespaceConfig;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** The control plane's view of an API. Immutable: its maps are never changed. */
record ApiRecord(
    Identity identity,
    String name,
    @Nullable String ownerContact,
    Map<String, String> tags,
    EventApiSettings settings,
    NavigableMap<String, NamespaceRecord> namespaces,
    NavigableMap<String, ApiKey> keys,
    NavigableMap<String, DataSource> dataSources) {

  /**
   * The fixed properties of an API, set at its creation.
   *
   * @param httpHost the host for publishing
   * @param realtimeHost the host for subscribing
   */
  record Identity(
      String apiId, String arn, String httpHost, String realtimeHost, Instant created) {}

  String apiId() {
    return identity.apiId();
  }

  String arn() {
    return identity.arn();
  }

  String httpHost() {
    return identity.httpHost();
  }

  String realtimeHost() {
    return identity.realtimeHost();
  }

  Instant created() {
    return identity.created();
  }

  /** The parts that the data plane needs. */
  ApiConfig config() {
    var byName = new HashMap<String, NamespaceConfig>();
    namespaces.forEach((namespace, stored) -> byName.put(namespace, stored.config()));
    return new ApiConfig(
        apiId(),
        settings.authProviders(),
        settings.connectModes(),
        settings.publishModes(),
        settings.subscribeModes(),
        byName,
        keys);
  }

  ApiRecord withSettings(
      String newName, @Nullable String newOwnerContact, EventApiSettings newSettings) {
    return new ApiRecord(
        identity, newName, newOwnerContact, tags, newSettings, namespaces, keys, dataSources);
  }

  ApiRecord withTags(Map<String, String> newTags) {
    return new ApiRecord(
        identity, name, ownerContact, newTags, settings, namespaces, keys, dataSources);
  }

  ApiRecord withNamespaces(NavigableMap<String, NamespaceRecord> changed) {
    return new ApiRecord(identity, name, ownerContact, tags, settings, changed, keys, dataSources);
  }

  ApiRecord withKeys(NavigableMap<String, ApiKey> changed) {
    return new ApiRecord(
        identity, name, ownerContact, tags, settings, namespaces, changed, dataSources);
  }

  ApiRecord withDataSources(NavigableMap<String, DataSource> changed) {
    return new ApiRecord(identity, name, ownerContact, tags, settings, namespaces, keys, changed);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("apiId", apiId()).put("name", name);
    Json.putIfPresent(json, "ownerContact", ownerContact);
    json.set("tags", AppSyncTags.json(tags));
    json.putObject("dns").put("REALTIME", realtimeHost()).put("HTTP", httpHost());
    json.put("apiArn", arn()).put("created", created().getEpochSecond()).put("xrayEnabled", false);
    json.set("eventConfig", settings.json());
    return json;
  }
}
