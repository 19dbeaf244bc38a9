// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import java.util.List;

/** The operations that are refused by name: passkeys and the feedback on threat protection. */
final class RefusedOperations {
  private RefusedOperations() {}

  static List<Operation> operations() {
    return List.of(
        refused("StartWebAuthnRegistration: AccessToken"),
        refused("CompleteWebAuthnRegistration: AccessToken, Credential"),
        refused("ListWebAuthnCredentials: AccessToken, NextToken, MaxResults"),
        refused("DeleteWebAuthnCredential: AccessToken, CredentialId"),
        refused(
            """
            UpdateAuthEventFeedback: UserPoolId, Username, EventId, FeedbackToken, FeedbackValue
            """));
  }

  private static Operation refused(String signature) {
    return Operation.of(
        signature,
        (input, context) -> {
          throw AuthErrors.unsupported("the operation " + Operation.nameIn(signature));
        });
  }
}
