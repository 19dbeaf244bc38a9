// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.contract.FunctionNotices;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.lambda.resources.AliasResource;
import dev.syncline.sim.services.lambda.resources.EventInvokeConfigResource;
import dev.syncline.sim.services.lambda.resources.EventSourceMappingResource;
import dev.syncline.sim.services.lambda.resources.FunctionResource;
import dev.syncline.sim.services.lambda.resources.LayerVersionPermissionResource;
import dev.syncline.sim.services.lambda.resources.LayerVersionResource;
import dev.syncline.sim.services.lambda.resources.PermissionResource;
import dev.syncline.sim.services.lambda.resources.UrlResource;
import dev.syncline.sim.services.lambda.resources.VersionResource;
import java.util.List;

/**
 * AWS Lambda, as the package describes it. Thread-safe. {@link #close} ends every execution
 * environment and deletes the unpacked packages.
 */
public final class LambdaService extends RoomService implements ResourceProvider {
  private final LambdaComponents components;

  /** The service of these parts; closed with it. */
  public LambdaService(LambdaComponents components) {
    super("lambda", "AWS Lambda", new Protocol.RestJson(), components.parts);
    this.components = components;
  }

  /** Decides by the functions' resource policies. */
  public InvokePermissions permissions() {
    return components.permissions;
  }

  /** How functions differ from AWS on this machine. */
  public FunctionNotices notices() {
    return components.notices;
  }

  @Override
  public AwsException throttled() {
    return LambdaErrors.callerThrottled();
  }

  /** The number of execution environments now. */
  public int environments() {
    return components.host.environments();
  }

  @Override
  public void close() {
    components.close();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new AliasResource(),
        new EventInvokeConfigResource(),
        new EventSourceMappingResource(),
        new FunctionResource(),
        new LayerVersionPermissionResource(),
        new LayerVersionResource(),
        new PermissionResource(),
        new UrlResource(),
        new VersionResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(components.links, components.urls);
  }
}
