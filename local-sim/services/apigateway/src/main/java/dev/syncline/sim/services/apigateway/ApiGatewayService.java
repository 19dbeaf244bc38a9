// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.apigateway.resources.AccountResource;
import dev.syncline.sim.services.apigateway.resources.ApiKeyResource;
import dev.syncline.sim.services.apigateway.resources.AuthorizerResource;
import dev.syncline.sim.services.apigateway.resources.DeploymentResource;
import dev.syncline.sim.services.apigateway.resources.GatewayResponseResource;
import dev.syncline.sim.services.apigateway.resources.MethodResource;
import dev.syncline.sim.services.apigateway.resources.ModelResource;
import dev.syncline.sim.services.apigateway.resources.PathResource;
import dev.syncline.sim.services.apigateway.resources.RequestValidatorResource;
import dev.syncline.sim.services.apigateway.resources.RestApiResource;
import dev.syncline.sim.services.apigateway.resources.StageResource;
import dev.syncline.sim.services.apigateway.resources.UsagePlanKeyResource;
import dev.syncline.sim.services.apigateway.resources.UsagePlanResource;
import java.util.List;

/**
 * Amazon API Gateway REST APIs: Lambda proxy and mock integrations, models and request validators,
 * deployments as immutable snapshots, stages with logs and throttles, gateway responses, API keys
 * and usage plans. The data plane is {@link #endpoint()}.
 *
 * <p>Thread-safe.
 */
public final class ApiGatewayService extends RoomService implements ResourceProvider {
  private final HttpEndpoint endpoint;

  /** The service of these components, without APIs. */
  public ApiGatewayService(ApiGatewayComponents components) {
    super(
        "apigateway",
        "Amazon API Gateway (REST)",
        new Protocol.RestJson(),
        parts(components, components.operations()));
    this.endpoint = components.endpoint;
  }

  private static ServiceParts parts(ApiGatewayComponents components, List<Operation> operations) {
    return new ServiceParts(operations, new GatewayState(components.store, components.plans))
        .with(new RestApiAccess(components.store, operations));
  }

  @Override
  public AwsException throttled() {
    return GatewayErrors.throttled();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new AccountResource(),
        new ApiKeyResource(),
        new AuthorizerResource(),
        new DeploymentResource(),
        new GatewayResponseResource(),
        new MethodResource(),
        new ModelResource(),
        new PathResource(),
        new RequestValidatorResource(),
        new RestApiResource(),
        new StageResource(),
        new UsagePlanKeyResource(),
        new UsagePlanResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(endpoint);
  }
}
