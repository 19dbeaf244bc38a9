// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.graphql.schema.SchemaException;
import dev.syncline.sim.graphql.schema.SchemaTypes;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.services.appsync.graphql.GraphqlSchemaState.Status;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** GraphQL APIs and domain names, as they are saved. Thread-safe. */
public record GraphqlApisState(GraphqlApiStore store, DomainNameStore domains)
    implements ServiceState {
  private record Saved(List<SavedApi> apis, List<DomainNameRecord> domainNames) {}

  private record SavedApi(
      GraphqlApiRecord.Identity identity,
      String name,
      @Nullable String ownerContact,
      Map<String, String> tags,
      ObjectNode settings,
      String schema,
      Map<String, SchemaTypes.Written> writtenTypes,
      Status schemaStatus,
      String schemaDetails,
      List<DataSource> dataSources,
      List<GraphqlFunctionRecord> functions,
      List<GraphqlResolverRecord> resolvers,
      List<ApiKey> keys,
      Map<String, String> environment,
      @Nullable GraphqlCacheRecord cache) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        new Saved(
            store.all().values().stream().map(GraphqlApisState::saved).toList(),
            List.copyOf(domains.all().values())));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    all.apis.forEach(api -> store.restore(api(api)));
    all.domainNames.forEach(domains::add);
  }

  private static SavedApi saved(GraphqlApiRecord api) {
    SchemaTypes types = api.schemaState().types();
    return new SavedApi(
        api.identity(),
        api.name(),
        api.ownerContact(),
        api.tags(),
        api.settings().json(),
        types.text(),
        types.written(),
        api.schemaState().status(),
        api.schemaState().details(),
        List.copyOf(api.dataSources().values()),
        List.copyOf(api.functions().values()),
        List.copyOf(api.resolvers().values()),
        List.copyOf(api.keys().values()),
        api.environment(),
        api.cache());
  }

  private static GraphqlApiRecord api(SavedApi saved) {
    return new GraphqlApiRecord(
        saved.identity,
        saved.name,
        saved.ownerContact,
        saved.tags,
        GraphqlSettingsReader.read(new Input(saved.settings)),
        schema(saved),
        new GraphqlApiRecord.Content(
            by(saved.dataSources, DataSource::name),
            by(saved.functions, GraphqlFunctionRecord::functionId),
            by(saved.resolvers, GraphqlResolverRecord::key)),
        by(saved.keys, ApiKey::id),
        new TreeMap<>(saved.environment),
        saved.cache);
  }

  private static GraphqlSchemaState schema(SavedApi saved) {
    try {
      var state =
          new GraphqlSchemaState(
              SchemaTypes.restore(saved.schema, saved.writtenTypes),
              saved.schemaStatus,
              saved.schemaDetails);
      return saved.schemaStatus == Status.PROCESSING
          ? state.with(
              Status.FAILED,
              "The simulator ended while the schema was being created. Start the creation again.")
          : state;
    } catch (SchemaException refused) {
      throw new IllegalStateException(
          "the saved schema of the GraphQL API " + saved.identity.apiId() + " is refused", refused);
    }
  }

  private static <T> NavigableMap<String, T> by(Collection<T> values, Function<T, String> key) {
    var map = new TreeMap<String, T>();
    values.forEach(value -> map.put(key.apply(value), value));
    return map;
  }
}
