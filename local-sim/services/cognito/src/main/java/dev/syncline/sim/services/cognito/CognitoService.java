// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;

/** Amazon Cognito user pools. See the package for what is simulated. Thread-safe. */
public final class CognitoService extends RoomService {
  /** The service of one account and region. */
  public CognitoService(ServiceContext context) {
    super(
        "cognito-idp",
        "Amazon Cognito user pools",
        new Protocol.AwsJson("AWSCognitoIdentityProviderService", "1.1"),
        new ServiceParts(List.of(), ServiceState.NONE));
  }

  @Override
  public String id() {
    return "cognito";
  }
}
