// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.IdentityPoolTokens;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.http.UnsignedCalls;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cognitoidentity.resources.IdentityPoolPrincipalTagResource;
import dev.syncline.sim.services.cognitoidentity.resources.IdentityPoolResource;
import dev.syncline.sim.services.cognitoidentity.resources.IdentityPoolRoleAttachmentResource;
import java.util.List;

/** Amazon Cognito identity pools. See the package for what is simulated. Thread-safe. */
public final class CognitoIdentityService extends RoomService implements ResourceProvider {
  private final IdentityTokens tokens;

  /** The service of one account and region. */
  public CognitoIdentityService(ServiceContext context) {
    this(context, new IdentityTokens(context.clock(), context.ids(), context.region()));
  }

  private CognitoIdentityService(ServiceContext context, IdentityTokens tokens) {
    super(
        "cognito-identity",
        "Amazon Cognito identity pools",
        new Protocol.AwsJson("AWSCognitoIdentityService", "1.1"),
        parts(context, tokens));
    this.tokens = tokens;
  }

  private static ServiceParts parts(ServiceContext context, IdentityTokens tokens) {
    var store = new IdentityPoolStore();
    String region = context.region();
    var logins =
        new IdentityLogins(
            context.clock(),
            context.contracts().later(UserPoolTokens.class),
            () -> context.contracts().find(TokenChecks.class),
            new PoolUserCheck(context));
    return ServiceParts.of(
            new CognitoIdentityState(store, tokens),
            new IdentityPoolOperations(context.ids(), region, store).operations(),
            new IdentityOperations(context.clock(), context.ids(), region, store, logins)
                .operations(),
            new IdentityCredentialOperations(
                    context.clock(),
                    store,
                    logins,
                    context.contracts().later(AssumableRoles.class),
                    tokens,
                    context.contracts().later(SessionIssuer.class))
                .operations(),
            new IdentityTagOperations(context.account(), region, store).operations())
        .with(IdentityAccess.access());
  }

  @Override
  public String id() {
    return "cognitoidentity";
  }

  @Override
  public AwsException throttled() {
    return IdentityErrors.tooManyRequests();
  }

  /** The keys of the tokens of the classic flow. */
  IdentityPoolTokens tokens() {
    return tokens::publicKeys;
  }

  @Override
  public PageRules pageRules() {
    return new UnsignedCalls("AWSCognitoIdentityService", "cognito-identity");
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return List.of(new IdentityKeysEndpoint(tokens));
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new IdentityPoolResource(),
        new IdentityPoolRoleAttachmentResource(),
        new IdentityPoolPrincipalTagResource());
  }
}
