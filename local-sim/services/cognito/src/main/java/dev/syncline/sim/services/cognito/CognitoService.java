// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.PageRules;
import java.util.List;

/** Amazon Cognito user pools. See the package for what is simulated. Thread-safe. */
public final class CognitoService extends RoomService {
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
  public PageRules pageRules() {
    return components.pages();
  }
}
