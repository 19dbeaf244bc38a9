// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL API with all its parts. Immutable: its maps and nodes are never changed.
 *
 * @param name 1 to 65536 characters
 * @param ownerContact null when not given
 * @param content data sources, functions and resolvers
 * @param keys by id, which is the key itself
 * @param environment {@code ctx.env}, in the order of names
 * @param cache null without a cache
 */
public record GraphqlApiRecord(
    Identity identity,
    String name,
    @Nullable String ownerContact,
    Map<String, String> tags,
    GraphqlApiSettings settings,
    GraphqlSchemaState schemaState,
    Content content,
    NavigableMap<String, ApiKey> keys,
    NavigableMap<String, String> environment,
    @Nullable GraphqlCacheRecord cache) {
  /**
   * The fixed properties of an API, set at its creation.
   *
   * @param account 12 digits
   * @param httpHost the host for queries and mutations
   * @param realtimeHost the host for subscriptions
   */
  public record Identity(
      String apiId,
      String arn,
      String account,
      String httpHost,
      String realtimeHost,
      Instant created) {}

  /**
   * What resolves fields.
   *
   * @param dataSources by name
   * @param functions by id
   * @param resolvers by {@code Type.field}, also those whose field the schema no longer has
   */
  public record Content(
      NavigableMap<String, DataSource> dataSources,
      NavigableMap<String, GraphqlFunctionRecord> functions,
      NavigableMap<String, GraphqlResolverRecord> resolvers) {}

  /** The id of the API, 26 letters and digits. */
  public String apiId() {
    return identity.apiId();
  }

  /** The ARN of the API. */
  public String arn() {
    return identity.arn();
  }

  /** The host for queries and mutations. */
  public String httpHost() {
    return identity.httpHost();
  }

  /** The host for subscriptions. */
  public String realtimeHost() {
    return identity.realtimeHost();
  }

  /** The schema in force; null before the first success. */
  public @Nullable ApiSchema schema() {
    return schemaState.schema();
  }

  /** Data sources by name. */
  public NavigableMap<String, DataSource> dataSources() {
    return content.dataSources();
  }

  /** Functions by id. */
  public NavigableMap<String, GraphqlFunctionRecord> functions() {
    return content.functions();
  }

  /** Resolvers by {@code Type.field}, also those whose field the schema no longer has. */
  public NavigableMap<String, GraphqlResolverRecord> resolvers() {
    return content.resolvers();
  }

  GraphqlApiRecord withSettings(
      String newName, @Nullable String newOwnerContact, GraphqlApiSettings changed) {
    return new GraphqlApiRecord(
        identity,
        newName,
        newOwnerContact,
        tags,
        changed,
        schemaState,
        content,
        keys,
        environment,
        cache);
  }

  /** The API with these tags. */
  public GraphqlApiRecord withTags(Map<String, String> changed) {
    return new GraphqlApiRecord(
        identity,
        name,
        ownerContact,
        changed,
        settings,
        schemaState,
        content,
        keys,
        environment,
        cache);
  }

  GraphqlApiRecord withSchema(GraphqlSchemaState changed) {
    return new GraphqlApiRecord(
        identity, name, ownerContact, tags, settings, changed, content, keys, environment, cache);
  }

  private GraphqlApiRecord withContent(Content changed) {
    return new GraphqlApiRecord(
        identity,
        name,
        ownerContact,
        tags,
        settings,
        schemaState,
        changed,
        keys,
        environment,
        cache);
  }

  /** The API with these data sources. */
  public GraphqlApiRecord withDataSources(NavigableMap<String, DataSource> changed) {
    return withContent(new Content(changed, functions(), resolvers()));
  }

  GraphqlApiRecord withFunctions(NavigableMap<String, GraphqlFunctionRecord> changed) {
    return withContent(new Content(dataSources(), changed, resolvers()));
  }

  GraphqlApiRecord withResolvers(NavigableMap<String, GraphqlResolverRecord> changed) {
    return withContent(new Content(dataSources(), functions(), changed));
  }

  /** The API with these keys. */
  public GraphqlApiRecord withKeys(NavigableMap<String, ApiKey> changed) {
    return new GraphqlApiRecord(
        identity,
        name,
        ownerContact,
        tags,
        settings,
        schemaState,
        content,
        changed,
        environment,
        cache);
  }

  GraphqlApiRecord withEnvironment(NavigableMap<String, String> changed) {
    return new GraphqlApiRecord(
        identity, name, ownerContact, tags, settings, schemaState, content, keys, changed, cache);
  }

  GraphqlApiRecord withCache(@Nullable GraphqlCacheRecord changed) {
    return new GraphqlApiRecord(
        identity,
        name,
        ownerContact,
        tags,
        settings,
        schemaState,
        content,
        keys,
        environment,
        changed);
  }

  /** The form of the API, with the URLs at which it answers. */
  public ObjectNode json(GraphqlUrls urls) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name).put("apiId", apiId());
    json.setAll(settings.json().deepCopy());
    Json.putIfPresent(json, "ownerContact", ownerContact);
    json.put("arn", arn()).put("owner", identity.account());
    json.set("uris", urls.uris(this));
    json.putObject("dns").put("GRAPHQL", httpHost()).put("REALTIME", realtimeHost());
    json.set("tags", AppSyncTags.json(tags));
    return json;
  }
}
