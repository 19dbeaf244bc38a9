// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.IdentityPoolTokens;

/** Creates the room of Amazon Cognito identity pools. */
public final class CognitoIdentityProvider implements ServiceProvider {
  @Override
  public String id() {
    return "cognitoidentity";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service = new CognitoIdentityService(context);
    context.contracts().provide(IdentityPoolTokens.class, service.tokens());
    return service;
  }
}
