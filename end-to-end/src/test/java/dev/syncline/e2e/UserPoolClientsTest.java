// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of user pools that know nothing of the simulator but its URL. */
@Timeout(value = 480, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UserPoolClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEMPORARY = "Temp-passw0rd";

  @TempDir Path work;
  @AutoClose private Simulator simulator;
  private String pool = "";
  private String client = "";

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorConfig.defaults(work).withClock(new ClockMode.Real()));
    pool =
        call(
                "CreateUserPool",
                """
                {"PoolName":"clients","AutoVerifiedAttributes":["email"],
                 "MfaConfiguration":"OFF"}
                """)
            .at("/UserPool/Id")
            .asText();
    call(
        "SetUserPoolMfaConfig",
        """
        {"UserPoolId":"%s","MfaConfiguration":"OPTIONAL",
         "SoftwareTokenMfaConfiguration":{"Enabled":true}}
        """
            .formatted(pool));
    client =
        call(
                "CreateUserPoolClient",
                """
                {"UserPoolId":"%s","ClientName":"web","ExplicitAuthFlows":
                  ["ALLOW_USER_SRP_AUTH","ALLOW_REFRESH_TOKEN_AUTH"],
                 "PreventUserExistenceErrors":"ENABLED"}
                """
                    .formatted(pool))
            .at("/UserPoolClient/ClientId")
            .asText();
    call(
        "AdminCreateUser",
        """
        {"UserPoolId":"%s","Username":"bob","TemporaryPassword":"%s","MessageAction":"SUPPRESS",
         "UserAttributes":[{"Name":"email","Value":"bob@example.com"},
           {"Name":"email_verified","Value":"true"}]}
        """
            .formatted(pool, TEMPORARY));
  }

  private JsonNode call(String operation, String input) throws Exception {
    CallContext caller = simulator.internalCall();
    ObjectNode json = (ObjectNode) JSON.readTree(input);
    return simulator
        .clock()
        .call(() -> simulator.dispatcher().call("cognito", operation, json, caller).json());
  }

  @Test
  void amplifyIdentityJsAndAVerifierOfTokensWorkWithAPool() throws Exception {
    NpmClients clients = NpmClients.installed();
    ObjectNode settings =
        JSON.createObjectNode()
            .put("endpoint", simulator.endpoint() + "/")
            .put("pool", pool)
            .put("client", client)
            .put("password", "Passw0rd!-of-ana")
            .put("amplifyUser", "ana")
            .put("newUser", "bob")
            .put("temporaryPassword", TEMPORARY);

    JsonNode done = clients.run("user-pools.mjs", simulator.caFile().orElseThrow(), settings);

    JsonNode amplify = done.path("amplify");
    assertThat(amplify.at("/signUp/signUpStep").asText()).isEqualTo("CONFIRM_SIGN_UP");
    assertThat(amplify.at("/signUp/codeDeliveryDetails/destination").asText())
        .isEqualTo("a***@e***");
    assertThat(amplify.path("tooEarly").asText()).isEqualTo("CONFIRM_SIGN_UP");
    assertThat(amplify.at("/wrong/name").asText()).isEqualTo("NotAuthorizedException");
    assertThat(amplify.at("/wrong/message").asText()).isEqualTo("Incorrect username or password.");
    assertThat(amplify.at("/signIn/isSignedIn").asBoolean()).isTrue();
    assertThat(amplify.at("/user/username").asText()).isEqualTo("ana");
    assertThat(amplify.at("/attributes/email").asText()).isEqualTo("ana@example.com");
    assertThat(amplify.path("refreshed").asBoolean()).isTrue();
    assertThat(amplify.at("/claims/email_verified").asBoolean()).isTrue();
    assertThat(amplify.at("/wrongTotp/name").asText()).isEqualTo("EnableSoftwareTokenMFAException");
    assertThat(amplify.at("/signedOut/name").asText()).isEqualTo("UserUnAuthenticatedException");
    assertThat(amplify.path("totpStep").asText()).isEqualTo("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    assertThat(amplify.at("/totpDone/isSignedIn").asBoolean()).isTrue();

    JsonNode identityJs = done.path("identityJs");
    assertThat(identityJs.at("/wrong/code").asText()).isEqualTo("NotAuthorizedException");
    assertThat(identityJs.at("/temporary/called").asText()).isEqualTo("newPasswordRequired");
    assertThat(identityJs.at("/temporary/attributes/email").asText()).isEqualTo("bob@example.com");
    assertThat(identityJs.path("changed").asText()).isEqualTo("onSuccess");
    assertThat(identityJs.path("again").asText()).isEqualTo("onSuccess");
    assertThat(identityJs.path("refreshed").asBoolean()).isTrue();
    assertThat(identityJs.path("attributes"))
        .extracting(JsonNode::asText)
        .containsExactly("email", "email_verified", "sub");
    assertThat(identityJs.path("signOut").asText()).isEqualTo("onSuccess");

    JsonNode verifier = done.path("verifier");
    assertThat(verifier.path("id").asText()).isEqualTo(amplify.at("/claims/sub").asText());
    assertThat(verifier.path("access")).isEqualTo(verifier.path("id"));
    assertThat(verifier.at("/forged/name").asText()).isEqualTo("JwtInvalidSignatureError");
    assertThat(verifier.at("/otherUse/name").asText()).isEqualTo("CognitoJwtInvalidTokenUseError");
  }
}
