// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;

/** Creates the room of Amazon Cognito user pools. */
public final class CognitoProvider implements ServiceProvider {
  @Override
  public String id() {
    return "cognito";
  }

  @Override
  public AwsService create(ServiceContext context) {
    return new CognitoService(context);
  }
}
