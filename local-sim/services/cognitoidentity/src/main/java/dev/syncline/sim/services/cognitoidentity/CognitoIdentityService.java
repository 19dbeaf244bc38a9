// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;

/** Amazon Cognito identity pools. See the package for what is simulated. Thread-safe. */
public final class CognitoIdentityService extends RoomService {
  /** The service of one account and region. */
  public CognitoIdentityService(ServiceContext context) {
    super(
        "cognito-identity",
        "Amazon Cognito identity pools",
        new Protocol.AwsJson("AWSCognitoIdentityService", "1.1"),
        new ServiceParts(List.of(), ServiceState.NONE));
  }

  @Override
  public String id() {
    return "cognitoidentity";
  }
}
