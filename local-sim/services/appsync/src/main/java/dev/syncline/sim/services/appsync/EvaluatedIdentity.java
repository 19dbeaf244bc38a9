// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.events.AuthMode;
import java.util.Set;

/**
 * Finds the authorization mode of the identity in {@code EvaluateCode}'s context: the mode whose
 * identity has exactly these members. Any other identity counts as that of an API key, which has no
 * members. As recorded from AWS and published with the tests of LocalStack's appsync-utils; {@code
 * handlerContext} is the form that Event APIs have. Holds nothing.
 */
final class EvaluatedIdentity {
  private EvaluatedIdentity() {}

  private record Form(AuthMode mode, Set<String> required, Set<String> others) {
    boolean fits(JsonNode identity) {
      boolean known =
          identity.properties().stream()
              .allMatch(
                  member -> required.contains(member.getKey()) || others.contains(member.getKey()));
      return known && required.stream().allMatch(identity::hasNonNull);
    }
  }

  private static final Form[] FORMS = {
    new Form(
        AuthMode.AWS_IAM,
        Set.of("accountId", "sourceIp", "username", "userArn"),
        Set.of(
            "cognitoIdentityPoolId",
            "cognitoIdentityId",
            "cognitoIdentityAuthType",
            "cognitoIdentityAuthProvider")),
    new Form(
        AuthMode.AMAZON_COGNITO_USER_POOLS,
        Set.of("sourceIp", "username", "sub", "issuer", "claims", "defaultAuthStrategy"),
        Set.of("groups")),
    new Form(AuthMode.OPENID_CONNECT, Set.of("sub", "issuer", "claims"), Set.of()),
    new Form(AuthMode.AWS_LAMBDA, Set.of(), Set.of("handlerContext", "resolverContext"))
  };

  static AuthMode mode(JsonNode identity) {
    if (identity.isObject()) {
      for (Form form : FORMS) {
        if (form.fits(identity)) {
          return form.mode();
        }
      }
    }
    return AuthMode.API_KEY;
  }
}
