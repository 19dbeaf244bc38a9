// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ctx.identity} and {@code ctx.request} in each mode. */
class GraphqlIdentityTest {
  @TempDir private Path work;

  private static JsonNode identity(HttpResponse response) {
    assertThat(response.status()).as(GraphqlWhole.shown(response)).isEqualTo(200);
    return json(json(response).at("/data/identity").asText());
  }

  @Test
  void anApiKeyHasNoIdentity() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard()) {
      HttpResponse answer = api.query("{ identity }", "x-api-key", api.key());

      assertThat(json(answer).at("/data/identity").isNull()).isTrue();
      assertThat(json(answer).has("errors")).isFalse();
    }
  }

  @Test
  void aUserPoolsUserHasGroupsAndClaims() {
    String settings =
        "'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':{'userPoolId':"
            + "'us-east-1_P','awsRegion':'us-east-1','defaultAction':'ALLOW'}";
    try (var api = new GraphqlWhole(work, settings).standard()) {
      String token =
          api.token(
              "'userPoolId':'us-east-1_P','username':'ann','groups':['a','b'],"
                  + "'claims':{'custom:x':'y'}");

      JsonNode identity = identity(api.query("{ identity }", "authorization", token));

      assertThat(names(identity))
          .containsExactlyInAnyOrder(
              "sub", "issuer", "username", "claims", "sourceIp", "defaultAuthStrategy", "groups");
      assertThat(identity.path("username").asText()).isEqualTo("ann");
      assertThat(identity.path("groups").toString()).isEqualTo("[\"a\",\"b\"]");
      assertThat(identity.path("sourceIp").toString()).isEqualTo("[\"127.0.0.1\"]");
      assertThat(identity.path("defaultAuthStrategy").asText()).isEqualTo("ALLOW");
      assertThat(identity.path("issuer").asText())
          .isEqualTo("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_P");
      assertThat(identity.at("/claims/custom:x").asText()).isEqualTo("y");
    }
  }

  @Test
  void theDefaultActionIsTheStrategyOfTheIdentity() {
    String settings =
        "'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':{'userPoolId':"
            + "'us-east-1_P','awsRegion':'us-east-1','defaultAction':'DENY'}";
    try (var api = new GraphqlWhole(work, settings).standard()) {
      api.schema(
          GraphqlWhole.SCHEMA.replace(
              "identity: AWSJSON", "identity: AWSJSON @aws_auth(cognito_groups: [\"a\"])"));
      String token = api.token("'userPoolId':'us-east-1_P','groups':['a']");

      JsonNode identity = identity(api.query("{ identity }", "authorization", token));

      assertThat(identity.path("defaultAuthStrategy").asText()).isEqualTo("DENY");
      assertThat(json(api.query("{ other }", "authorization", token)).at("/errors/0/message"))
          .hasToString("\"Not Authorized to access other on type Query\"");
    }
  }

  @Test
  void anIssuersUserHasSubjectIssuerAndClaims() {
    String settings =
        "'authenticationType':'OPENID_CONNECT','openIDConnectConfig':{'issuer':'http://a.example'}";
    try (var api = new GraphqlWhole(work, settings)) {
      String own = "http://127.0.0.1:" + api.aws.simulator.port() + "/_syncline/issuer";
      api.call(
          "UpdateGraphqlApi",
          "'name':'a','authenticationType':'OPENID_CONNECT','openIDConnectConfig':{'issuer':'"
              + own
              + "'}");
      api.standard();

      JsonNode identity =
          identity(api.query("{ identity }", "authorization", api.token("'subject':'s'")));

      assertThat(names(identity)).containsExactlyInAnyOrder("sub", "issuer", "claims");
      assertThat(identity.path("sub").asText()).isEqualTo("s");
      assertThat(identity.path("issuer").asText()).isEqualTo(own);
    }
  }

  @Test
  void aSignerHasAccountAndArn() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'AWS_IAM'").standard()) {
      JsonNode identity = signedBy(api, new RequestSigner.Credentials("test", "test", ""));

      assertThat(names(identity))
          .containsExactlyInAnyOrder(
              "accountId",
              "cognitoIdentityPoolId",
              "cognitoIdentityId",
              "sourceIp",
              "username",
              "userArn",
              "cognitoIdentityAuthType",
              "cognitoIdentityAuthProvider");
      assertThat(identity.path("accountId").asText()).isEqualTo("111111111111");
      assertThat(identity.path("userArn").asText()).startsWith("arn:aws:iam::111111111111:");
      assertThat(identity.path("cognitoIdentityId").isNull()).isTrue();
      assertThat(identity.path("cognitoIdentityAuthType").isNull()).isTrue();
    }
  }

  @Test
  void aSignerFromAnIdentityPoolIsKnownByTheIdentity() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'AWS_IAM'").standard()) {
      String provider = "issuer.example/_syncline/issuer";
      String pool =
          api.aws
              .call(
                  "cognitoidentity",
                  "CreateIdentityPool",
                  "{'IdentityPoolName': 'p', 'AllowUnauthenticatedIdentities': true,"
                      + " 'OpenIdConnectProviderARNs': ['arn:aws:iam::111111111111:oidc-provider/"
                      + provider
                      + "']}")
              .path("IdentityPoolId")
              .asText();
      api.aws.call(
          "iam",
          "CreateRole",
          "{'RoleName': 'people', 'AssumeRolePolicyDocument': '"
              + document(
                  "'Principal': {'Federated': 'cognito-identity.amazonaws.com'}, 'Action':"
                      + " 'sts:AssumeRoleWithWebIdentity'")
              + "'}");
      api.aws.call(
          "iam",
          "PutRolePolicy",
          "{'RoleName': 'people', 'PolicyName': 'p', 'PolicyDocument': '"
              + document("'Action': 'appsync:GraphQL', 'Resource': '*'")
              + "'}");
      String role = "arn:aws:iam::111111111111:role/people";
      api.aws.call(
          "cognitoidentity",
          "SetIdentityPoolRoles",
          "{'IdentityPoolId': '"
              + pool
              + "', 'Roles': {'authenticated': '"
              + role
              + "', 'unauthenticated': '"
              + role
              + "'}}");

      JsonNode guest = signedBy(api, credentials(api, pool, ""));
      assertThat(guest.path("cognitoIdentityPoolId").asText()).isEqualTo(pool);
      assertThat(guest.path("cognitoIdentityId").asText()).startsWith("us-east-1:");
      assertThat(guest.path("cognitoIdentityAuthType").asText()).isEqualTo("unauthenticated");
      assertThat(guest.path("cognitoIdentityAuthProvider").isNull()).isTrue();
      assertThat(guest.path("userArn").asText())
          .isEqualTo("arn:aws:sts::111111111111:assumed-role/people/CognitoIdentityCredentials");

      String token = api.token("'subject':'ann','claims':{'iss':'https://" + provider + "'}");
      JsonNode ann =
          signedBy(
              api, credentials(api, pool, ", 'Logins': {'" + provider + "': '" + token + "'}"));
      assertThat(ann.path("cognitoIdentityAuthType").asText()).isEqualTo("authenticated");
      assertThat(ann.path("cognitoIdentityAuthProvider").asText())
          .isEqualTo('"' + provider + "\",\"" + provider + ":OIDC:ann\"");
    }
  }

  /** A policy with one statement, inside a JSON text. */
  private static String document(String statement) {
    return ("{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', " + statement + "}]}")
        .replace("'", "\\\"");
  }

  private static RequestSigner.Credentials credentials(
      GraphqlWhole api, String pool, String logins) {
    String identity =
        api.aws
            .call("cognitoidentity", "GetId", "{'IdentityPoolId': '" + pool + "'" + logins + "}")
            .path("IdentityId")
            .asText();
    JsonNode credentials =
        api.aws
            .call(
                "cognitoidentity",
                "GetCredentialsForIdentity",
                "{'IdentityId': '" + identity + "'" + logins + "}")
            .path("Credentials");
    return new RequestSigner.Credentials(
        credentials.path("AccessKeyId").asText(),
        credentials.path("SecretKey").asText(),
        credentials.path("SessionToken").asText());
  }

  private static JsonNode signedBy(GraphqlWhole api, RequestSigner.Credentials credentials) {
    String body = "{\"query\":\"{ identity }\"}";
    List<String> headers = new ArrayList<>();
    for (Map.Entry<String, String> header :
        RequestSigner.signed(
            "POST",
            api.host,
            "/graphql",
            "",
            List.of(),
            body.getBytes(StandardCharsets.UTF_8),
            credentials,
            "us-east-1",
            "appsync",
            api.aws.simulator.clock().now())) {
      headers.add(header.getKey());
      headers.add(header.getValue());
    }
    return identity(api.post(body, headers.toArray(String[]::new)));
  }

  @Test
  void resolversSeeHeadersWithoutCookiesAndTheEnvironment() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard()) {
      api.call("DeleteResolver", "'typeName':'Query','fieldName':'identity'");
      api.resolver(
          "Query",
          "identity",
          "{\"headers\":$util.toJson($ctx.request.headers),\"domain\":"
              + "$util.toJson($ctx.request.domainName),\"env\":$util.toJson($ctx.env)}");
      api.call("PutGraphqlApiEnvironmentVariables", "'environmentVariables':{'STAGE':'dev'}");

      JsonNode seen =
          identity(
              api.query("{ identity }", "x-api-key", api.key(), "Cookie", "c=1", "X-Own", "o"));

      assertThat(names(seen.path("headers"))).contains("x-api-key", "x-own", "host");
      assertThat(names(seen.path("headers"))).doesNotContain("cookie");
      assertThat(seen.path("domain").isNull()).isTrue();
      assertThat(seen.at("/env/STAGE").asText()).isEqualTo("dev");
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
