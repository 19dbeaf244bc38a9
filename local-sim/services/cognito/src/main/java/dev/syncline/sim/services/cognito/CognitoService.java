// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.resources.UserPoolClientResource;
import dev.syncline.sim.services.cognito.resources.UserPoolDomainResource;
import dev.syncline.sim.services.cognito.resources.UserPoolGroupResource;
import dev.syncline.sim.services.cognito.resources.UserPoolIdentityProviderResource;
import dev.syncline.sim.services.cognito.resources.UserPoolResource;
import dev.syncline.sim.services.cognito.resources.UserPoolResourceServerResource;
import dev.syncline.sim.services.cognito.resources.UserPoolUiCustomizationAttachmentResource;
import dev.syncline.sim.services.cognito.resources.UserPoolUserResource;
import dev.syncline.sim.services.cognito.resources.UserPoolUserToGroupAttachmentResource;
import java.util.List;

/** Amazon Cognito user pools. See the package for what is simulated. Thread-safe. */
public final class CognitoService extends RoomService implements ResourceProvider {
  private final CognitoComponents components;

  /** The service of one account and region. */
  public CognitoService(ServiceContext context) {
    this(CognitoComponents.of(context));
  }

  private CognitoService(CognitoComponents components) {
    super(
        "cognito-idp",
        "Amazon Cognito user pools",
        Protocol.AwsJson.withErrorHeaders(CognitoComponents.TARGET, "1.1"),
        components.parts());
    this.components = components;
  }

  @Override
  public String id() {
    return "cognito";
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return components.endpoints();
  }

  @Override
  public AwsException throttled() {
    return CognitoErrors.tooManyRequests();
  }

  @Override
  public PageRules pageRules() {
    return components.pages();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new UserPoolResource(),
        new UserPoolClientResource(),
        new UserPoolDomainResource(),
        new UserPoolGroupResource(),
        new UserPoolUserResource(),
        new UserPoolUserToGroupAttachmentResource(),
        new UserPoolResourceServerResource(),
        new UserPoolIdentityProviderResource(),
        new UserPoolUiCustomizationAttachmentResource());
  }
}
