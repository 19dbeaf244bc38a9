// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.contract.UserPoolTokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The room with stand-ins for IAM, STS and user pools. Not thread-safe. */
final class IdentityFixture implements AutoCloseable {
  static final String CLIENT = "client1";

  final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-03-04T05:06:07Z"), Duration.ZERO);
  final FakeUserPools userPools = new FakeUserPools();
  final FakeSessions sessions = new FakeSessions();
  final CognitoIdentityService service;
  private final Dispatcher dispatcher;
  private final ServiceContext context;

  IdentityFixture() {
    var ids = new Ids(7);
    var journal = new Journal(clock);
    var faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    var contracts = new Contracts();
    contracts.provide(SessionIssuer.class, sessions);
    contracts.provide(AssumableRoles.class, new FakeRoles());
    contracts.provide(UserPoolTokens.class, userPools);
    contracts.provide(
        TokenChecks.class,
        (token, issuer) ->
            token.equals("good")
                ? new TokenChecks.Result.Valid(Json.object().put("sub", "of " + issuer))
                : new TokenChecks.Result.Invalid("It is " + token));
    context =
        new ServiceContext(
            clock,
            ids,
            journal,
            faults,
            dispatcher,
            contracts,
            Settings.NONE,
            "111111111111",
            "us-east-1",
            Path.of("."),
            () -> URI.create("http://127.0.0.1:4566"));
    service = new CognitoIdentityService(context);
    dispatcher.register(service);
    dispatcher.register(userPools);
  }

  /** Calls an operation; the input has single quotes. */
  JsonNode call(String operation, String input) throws Exception {
    ObjectNode json = (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"'));
    return clock.call(
        () -> dispatcher.call(service.id(), operation, json, context.internalCall()).json());
  }

  /** A pool with the client, and the roles {@code user} and {@code guest}. */
  String pool(boolean guests, String mappings) throws Exception {
    String id =
        call(
                "CreateIdentityPool",
                "{'IdentityPoolName': 'p', 'AllowUnauthenticatedIdentities': "
                    + guests
                    + ", 'CognitoIdentityProviders': [{'ProviderName': '"
                    + FakeUserPools.PROVIDER
                    + "', 'ClientId': '"
                    + CLIENT
                    + "', 'ServerSideTokenCheck': true}],"
                    + " 'OpenIdConnectProviderARNs':"
                    + " ['arn:aws:iam::111111111111:oidc-provider/id.example']}")
            .path("IdentityPoolId")
            .asText();
    roles(id, "user", mappings);
    return id;
  }

  void roles(String poolId, String role, String mappings) throws Exception {
    call(
        "SetIdentityPoolRoles",
        "{'IdentityPoolId': '"
            + poolId
            + "', 'Roles': {'authenticated': '"
            + role(role)
            + "', 'unauthenticated': '"
            + role("guest")
            + "'}, 'RoleMappings': {"
            + (mappings.isEmpty()
                ? ""
                : "'" + FakeUserPools.PROVIDER + ":" + CLIENT + "': " + mappings)
            + "}}");
  }

  static String role(String name) {
    return "arn:aws:iam::111111111111:role/" + name;
  }

  /** The claims of an ID token of a user. */
  ObjectNode claims(String user) {
    long now = clock.now().getEpochSecond();
    return Json.object()
        .put("sub", "sub-" + user)
        .put("iss", FakeUserPools.ISSUER)
        .put("aud", CLIENT)
        .put("token_use", "id")
        .put("cognito:username", user)
        .put("iat", now)
        .put("exp", now + 3600);
  }

  /** The member {@code Logins} with such a token. */
  String logins(ObjectNode claims) {
    return loginsOf(userPools.sign(FakeUserPools.ISSUER, "id", claims).orElseThrow());
  }

  static String loginsOf(String token) {
    return "'Logins': {'" + FakeUserPools.PROVIDER + "': '" + token + "'}";
  }

  String identity(String poolId, String logins) throws Exception {
    return call("GetId", "{'IdentityPoolId': '" + poolId + "'" + comma(logins) + "}")
        .path("IdentityId")
        .asText();
  }

  JsonNode credentials(String identityId, String more) throws Exception {
    return call(
        "GetCredentialsForIdentity", "{'IdentityId': '" + identityId + "'" + comma(more) + "}");
  }

  private static String comma(String members) {
    return members.isEmpty() ? "" : ", " + members;
  }

  @Override
  public void close() {
    service.close();
    clock.close();
  }
}
