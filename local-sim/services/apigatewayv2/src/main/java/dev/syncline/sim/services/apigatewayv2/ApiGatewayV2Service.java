// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.apigatewayv2.data.HttpApiEndpoint;
import dev.syncline.sim.services.apigatewayv2.resources.HttpApiResource;
import dev.syncline.sim.services.apigatewayv2.resources.HttpAuthorizerResource;
import dev.syncline.sim.services.apigatewayv2.resources.HttpDeploymentResource;
import dev.syncline.sim.services.apigatewayv2.resources.HttpIntegrationResource;
import dev.syncline.sim.services.apigatewayv2.resources.HttpRouteResource;
import dev.syncline.sim.services.apigatewayv2.resources.HttpStageResource;
import java.util.ArrayList;
import java.util.List;

/**
 * Amazon API Gateway HTTP APIs. The data plane is {@link #endpoints()}.
 *
 * <p>Thread-safe.
 */
public final class ApiGatewayV2Service extends RoomService implements ResourceProvider {
  private final HttpEndpoint endpoint;

  ApiGatewayV2Service(SimClock clock, Ids ids, HttpApiStore store, HttpApiEndpoint endpoint) {
    super(
        "apigateway",
        "Amazon API Gateway (HTTP)",
        new Protocol.RestJson(),
        parts(operations(clock, ids, store, endpoint), store));
    this.endpoint = endpoint;
  }

  private static ServiceParts parts(List<Operation> operations, HttpApiStore store) {
    return new ServiceParts(operations, new HttpApiState(store))
        .with(new HttpApiAccess(operations));
  }

  private static List<Operation> operations(
      SimClock clock, Ids ids, HttpApiStore store, HttpApiEndpoint endpoint) {
    var routes = new HttpRouteOperations(ids, store);
    var integrations = new HttpIntegrationOperations(ids, store);
    var authorizers = new HttpAuthorizerOperations(ids, store);
    var apis = new HttpApiOperations(clock, ids, store, routes, integrations);
    var all = new ArrayList<Operation>();
    all.addAll(apis.operations());
    all.addAll(
        new HttpImportOperations(ids, store, apis, routes, integrations, authorizers).operations());
    all.addAll(routes.operations());
    all.addAll(integrations.operations());
    all.addAll(authorizers.operations());
    all.addAll(new HttpDeploymentOperations(store).operations());
    all.addAll(new HttpStageOperations(clock, store, endpoint::resetAuthorizers).operations());
    return all;
  }

  @Override
  public String id() {
    return ApiGatewayV2Provider.ID;
  }

  @Override
  public AwsException throttled() {
    return HttpApiErrors.throttled();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new HttpApiResource(),
        new HttpAuthorizerResource(),
        new HttpDeploymentResource(),
        new HttpIntegrationResource(),
        new HttpRouteResource(),
        new HttpStageResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(endpoint);
  }
}
