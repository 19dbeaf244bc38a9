// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A verifier of tokens that knows nothing of the simulator: it reads the configuration at the
 * issuer that a token names, fetches the keys there over HTTP, and checks the signature.
 */
class FetchedKeysTest {
  @TempDir Path work;
  private WholeSimulator aws;
  private String pool = "";
  private String client = "";
  private JsonNode tokens = Json.object();

  @BeforeEach
  void signIn() {
    aws =
        new WholeSimulator(
            SimulatorConfig.defaults(work)
                .withPort(0, -1)
                .withClock(new ClockMode.Scaled(1))
                .withExecutor(FunctionExecutor.IN_PROCESS, 20)
                .withSetting(new CognitoSettings(CognitoSettings.Issuer.LOCAL)));
    pool = call("CreateUserPool", "'PoolName':'p'").at("/UserPool/Id").asText();
    String in = "'UserPoolId':'" + pool + "'";
    client =
        call(
                "CreateUserPoolClient",
                in + ",'ClientName':'c','ExplicitAuthFlows':['ALLOW_ADMIN_USER_PASSWORD_AUTH']")
            .at("/UserPoolClient/ClientId")
            .asText();
    call("AdminCreateUser", in + ",'Username':'ann','MessageAction':'SUPPRESS'");
    call("AdminSetUserPassword", in + ",'Username':'ann','Password':'Passw0rd!','Permanent':true");
    tokens =
        call(
                "AdminInitiateAuth",
                in
                    + ",'ClientId':'"
                    + client
                    + "','AuthFlow':'ADMIN_USER_PASSWORD_AUTH','AuthParameters':{'USERNAME':'ann',"
                    + "'PASSWORD':'Passw0rd!'}")
            .path("AuthenticationResult");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private JsonNode call(String operation, String members) {
    return aws.call("cognito", operation, "{" + members + "}");
  }

  private String issuer() {
    return "http://127.0.0.1:" + aws.simulator.port() + "/" + pool;
  }

  private DefaultJWTProcessor<SecurityContext> verifier() throws Exception {
    JsonNode configuration = fetched(issuer() + "/.well-known/openid-configuration");
    assertThat(configuration.path("issuer").asText()).isEqualTo(issuer());
    var keys =
        JWKSourceBuilder.create(URI.create(configuration.path("jwks_uri").asText()).toURL())
            .build();
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            new JWTClaimsSet.Builder().issuer(issuer()).build(),
            Set.of("sub", "exp", "iat", "token_use")));
    return processor;
  }

  private static JsonNode fetched(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url)).GET().build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return Json.MAPPER.readTree(answer.body());
    }
  }

  @Test
  void bothTokensAreVerifiedWithKeysFromTheIssuer() throws Exception {
    var verifier = verifier();

    JWTClaimsSet id = verifier.process(tokens.path("IdToken").asText(), null);
    assertThat(id.getAudience()).containsExactly(client);
    JWTClaimsSet access = verifier.process(tokens.path("AccessToken").asText(), null);
    assertThat(access.getStringClaim("username")).isEqualTo("ann");
  }

  @Test
  void anIdentityPoolTakesATokenWithTheLocalIssuer() {
    String provider = "cognito-idp.us-east-1.amazonaws.com/" + pool;
    String identityPool =
        aws.call(
                "cognitoidentity",
                "CreateIdentityPool",
                "{'IdentityPoolName':'i','AllowUnauthenticatedIdentities':false,"
                    + "'CognitoIdentityProviders':[{'ProviderName':'"
                    + provider
                    + "','ClientId':'"
                    + client
                    + "'}]}")
            .path("IdentityPoolId")
            .asText();

    JsonNode identity =
        aws.call(
            "cognitoidentity",
            "GetId",
            "{'IdentityPoolId':'"
                + identityPool
                + "','Logins':{'"
                + provider
                + "':'"
                + tokens.path("IdToken").asText()
                + "'}}");

    assertThat(identity.path("IdentityId").asText()).startsWith("us-east-1:");
  }

  @Test
  void aTokenThatWasChangedIsRefused() throws Exception {
    var verifier = verifier();
    String[] parts = tokens.path("IdToken").asText().split("\\.", -1);
    String[] other = tokens.path("AccessToken").asText().split("\\.", -1);

    assertThatThrownBy(() -> verifier.process(parts[0] + "." + other[1] + "." + parts[2], null))
        .isInstanceOf(BadJOSEException.class);
  }
}
