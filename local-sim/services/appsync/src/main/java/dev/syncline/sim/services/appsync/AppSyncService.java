// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.resources.AppSyncApiKeyResource;
import dev.syncline.sim.services.appsync.resources.AppSyncApiResource;
import dev.syncline.sim.services.appsync.resources.ChannelNamespaceResource;
import dev.syncline.sim.services.appsync.resources.DataSourceResource;
import dev.syncline.sim.services.appsync.resources.DomainNameAssociationResource;
import dev.syncline.sim.services.appsync.resources.DomainNameResource;
import dev.syncline.sim.services.appsync.resources.GraphqlApiResource;
import dev.syncline.sim.services.appsync.resources.GraphqlCacheResource;
import dev.syncline.sim.services.appsync.resources.GraphqlFunctionResource;
import dev.syncline.sim.services.appsync.resources.GraphqlResolverResource;
import dev.syncline.sim.services.appsync.resources.GraphqlSchemaResource;
import java.util.List;
import java.util.stream.Stream;

/**
 * AppSync: Event APIs and GraphQL APIs, and the data planes that serve them.
 *
 * <p>Its fault places are in {@link EventsFaults} and {@link
 * dev.syncline.sim.services.appsync.graphql.data.GraphqlFaults}.
 *
 * <p>Thread-safe.
 */
public final class AppSyncService extends RoomService implements ResourceProvider {
  private final AppSyncComponents components;
  private final List<HttpEndpoint> furtherEndpoints;

  /**
   * The service of these components.
   *
   * @param furtherEndpoints endpoints that are tried before that of Event APIs
   */
  AppSyncService(AppSyncComponents components, List<HttpEndpoint> furtherEndpoints) {
    super("appsync", "AWS AppSync", new Protocol.RestJson(), components.parts);
    this.components = components;
    this.furtherEndpoints = List.copyOf(furtherEndpoints);
  }

  @Override
  public AwsException throttled() {
    return AppSyncErrors.throttled();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new AppSyncApiKeyResource(),
        new AppSyncApiResource(),
        new ChannelNamespaceResource(),
        new DataSourceResource(),
        new DomainNameAssociationResource(),
        new DomainNameResource(),
        new GraphqlApiResource(),
        new GraphqlCacheResource(),
        new GraphqlFunctionResource(),
        new GraphqlResolverResource(),
        new GraphqlSchemaResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return Stream.concat(furtherEndpoints.stream(), components.httpEndpoints.stream()).toList();
  }

  @Override
  public List<WebSocketEndpoint> webSocketEndpoints() {
    return components.webSocketEndpoints;
  }

  @Override
  public void close() {
    components.urls.close();
    components.engine.close();
  }
}
