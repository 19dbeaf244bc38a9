// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.flow.AuthCall;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.SignInFlows;
import dev.syncline.sim.services.cognito.pool.AppClient;
import java.util.List;

/** The operations that start and continue a sign-in. Thread-safe. */
record AuthOperations(AuthTools tools, SignInFlows flows) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            InitiateAuth: AuthFlow, AuthParameters, ClientMetadata, ClientId, AnalyticsMetadata,
              UserContextData, Session
            """,
            (input, context) -> initiate(input, false)),
        Operation.of(
            """
            AdminInitiateAuth: UserPoolId, ClientId, AuthFlow, AuthParameters, ClientMetadata,
              AnalyticsMetadata, ContextData, Session
            """,
            (input, context) -> initiate(input, true)),
        Operation.of(
            """
            RespondToAuthChallenge: ClientId, ChallengeName, Session, ChallengeResponses,
              AnalyticsMetadata, UserContextData, ClientMetadata
            """,
            (input, context) -> respond(input, false)),
        Operation.of(
            """
            AdminRespondToAuthChallenge: UserPoolId, ClientId, ChallengeName, ChallengeResponses,
              Session, AnalyticsMetadata, ContextData, ClientMetadata
            """,
            (input, context) -> respond(input, true)),
        Operation.of("AdminUserGlobalSignOut: UserPoolId, Username", this::signOutUser));
  }

  private Output initiate(Input input, boolean admin) {
    AuthCall call = call(input, admin, "AuthParameters");
    return Output.of(flows.start(call, input.requiredText("AuthFlow"), input.text("Session")));
  }

  private Output respond(Input input, boolean admin) {
    AuthCall call = call(input, admin, "ChallengeResponses");
    return Output.of(
        flows.answer(call, input.requiredText("ChallengeName"), input.text("Session")));
  }

  private AuthCall call(Input input, boolean admin, String parameters) {
    AppClient client =
        admin
            ? AuthInputs.clientOfPool(tools.store(), input)
            : AuthInputs.client(tools.store(), input);
    return new AuthCall(
        tools.store().pool(client.poolId()),
        client,
        admin,
        input.textMap(parameters),
        input.textMap("ClientMetadata"));
  }

  private Output signOutUser(Input input, CallContext context) {
    var user = AuthInputs.named(tools.store(), input);
    tools.tokens().signOut(input.requiredText("UserPoolId"), user.username());
    return Output.empty();
  }
}
