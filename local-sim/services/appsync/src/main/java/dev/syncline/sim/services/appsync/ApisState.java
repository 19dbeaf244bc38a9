// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** APIs with namespaces, keys and data sources, as they are saved. Thread-safe. */
record ApisState(ApiStore store, HandlerEngine engine) implements ServiceState {
  private record SavedApi(
      String apiId,
      String arn,
      String httpHost,
      String realtimeHost,
      String name,
      @Nullable String ownerContact,
      Map<String, String> tags,
      Instant created,
      JsonNode eventConfig,
      List<SavedNamespace> namespaces,
      List<ApiKey> keys,
      List<DataSource> dataSources) {}

  private record SavedNamespace(
      String name,
      String arn,
      List<AuthMode> publishModes,
      List<AuthMode> subscribeModes,
      @Nullable String code,
      Map<String, HandlerSettings.Integration> hooks,
      Map<String, String> tags,
      Instant created,
      Instant lastModified) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        store.all().values().stream().map(api -> saved(api.stored())).toList());
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (SavedApi api : SavedForm.PLAIN.read(saved, SavedApi[].class)) {
      store.restore(api(api));
    }
  }

  private static SavedApi saved(ApiRecord api) {
    return new SavedApi(
        api.apiId(),
        api.arn(),
        api.httpHost(),
        api.realtimeHost(),
        api.name(),
        api.ownerContact(),
        api.tags(),
        api.created(),
        api.settings().json(),
        api.namespaces().values().stream().map(ApisState::saved).toList(),
        List.copyOf(api.keys().values()),
        List.copyOf(api.dataSources().values()));
  }

  private static SavedNamespace saved(NamespaceRecord namespace) {
    return new SavedNamespace(
        namespace.name(),
        namespace.arn(),
        List.copyOf(namespace.publishModes()),
        List.copyOf(namespace.subscribeModes()),
        namespace.handlers().text(),
        namespace.handlers().hooks(),
        namespace.tags(),
        namespace.created(),
        namespace.lastModified());
  }

  private ApiRecord api(SavedApi saved) {
    ObjectNode settings = Json.object();
    settings.set("eventConfig", saved.eventConfig);
    var namespaces = new TreeMap<String, NamespaceRecord>();
    saved.namespaces.forEach(one -> namespaces.put(one.name, namespace(saved.apiId, one)));
    var keys = new TreeMap<String, ApiKey>();
    saved.keys.forEach(key -> keys.put(key.id(), key));
    var dataSources = new TreeMap<String, DataSource>();
    saved.dataSources.forEach(source -> dataSources.put(source.name(), source));
    return new ApiRecord(
        new ApiRecord.Identity(
            saved.apiId, saved.arn, saved.httpHost, saved.realtimeHost, saved.created),
        saved.name,
        saved.ownerContact,
        saved.tags,
        EventApiSettings.read(new Input(settings)),
        namespaces,
        keys,
        dataSources);
  }

  private NamespaceRecord namespace(String apiId, SavedNamespace saved) {
    return new NamespaceRecord(
        apiId,
        saved.name,
        saved.arn,
        new LinkedHashSet<>(saved.publishModes),
        new LinkedHashSet<>(saved.subscribeModes),
        HandlerSettings.of(saved.code, saved.hooks, engine),
        saved.tags,
        saved.created,
        saved.lastModified);
  }
}
