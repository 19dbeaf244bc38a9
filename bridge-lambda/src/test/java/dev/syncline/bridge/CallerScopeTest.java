// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.correlate.CorrelationId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work belongs to the caller that the gateway authenticated, with every kind of authorizer. */
class CallerScopeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/pool";

  private final BridgeFixture rig = new BridgeFixture();

  /** Members of the request context that mean one caller each, by kind of authorizer. */
  static List<List<String>> kinds() {
    return List.of(
        // A user pool before a REST API.
        List.of(
            "{'authorizer':{'claims':{'sub':'alice','iss':'" + ISSUER + "','exp':'1'}}}",
            "{'authorizer':{'claims':{'sub':'bob','iss':'" + ISSUER + "','exp':'1'}}}",
            "{'authorizer':{'claims':{'sub':'alice','iss':'" + ISSUER + "2','exp':'1'}}}"),
        // Machine clients have no sub in some pools.
        List.of(
            "{'authorizer':{'claims':{'client_id':'a','iss':'" + ISSUER + "'}}}",
            "{'authorizer':{'claims':{'client_id':'b','iss':'" + ISSUER + "'}}}"),
        // JWT before an HTTP API.
        List.of(
            "{'authorizer':{'jwt':{'claims':{'sub':'alice','iss':'i'},'scopes':['a']}}}",
            "{'authorizer':{'jwt':{'claims':{'sub':'bob','iss':'i'},'scopes':['a']}}}"),
        // IAM before a REST API, and an identity pool whose users share one role.
        List.of(
            "{'identity':{'userArn':'arn:aws:iam::1:user/alice','caller':'A'}}",
            "{'identity':{'userArn':'arn:aws:iam::1:user/bob','caller':'B'}}",
            "{'identity':{'userArn':'arn:aws:sts::1:assumed-role/App/CognitoIdentityCredentials',"
                + "'cognitoIdentityId':'eu-west-1:1'}}",
            "{'identity':{'userArn':'arn:aws:sts::1:assumed-role/App/CognitoIdentityCredentials',"
                + "'cognitoIdentityId':'eu-west-1:2'}}",
            "{'identity':{'caller':'C'}}"),
        // IAM before an HTTP API.
        List.of(
            "{'authorizer':{'iam':{'userArn':'arn:aws:iam::1:user/alice','callerId':'A'}}}",
            "{'authorizer':{'iam':{'userArn':'arn:aws:iam::1:user/bob','callerId':'B'}}}",
            "{'authorizer':{'iam':{'userArn':'arn:r','cognitoIdentity':{'identityId':'1'}}}}",
            "{'authorizer':{'iam':{'userArn':'arn:r','cognitoIdentity':{'identityId':'2'}}}}"),
        // A Lambda authorizer before a REST API; some use one principal for all.
        List.of(
            "{'authorizer':{'principalId':'alice','integrationLatency':7}}",
            "{'authorizer':{'principalId':'bob','integrationLatency':7}}",
            "{'authorizer':{'principalId':'user','customer':'alice'}}",
            "{'authorizer':{'principalId':'user','customer':'bob'}}"),
        // A Lambda authorizer before an HTTP API.
        List.of(
            "{'authorizer':{'lambda':{'customer':'alice'}}}",
            "{'authorizer':{'lambda':{'customer':'bob'}}}",
            "{'authorizer':{'lambda':{'customer':5}}}"),
        List.of("{'identity':{'apiKeyId':'a'}}", "{'identity':{'apiKeyId':'b'}}"),
        List.of(
            "{'identity':{'clientCert':{'subjectDN':'CN=a','issuerDN':'CN=ca'}}}",
            "{'identity':{'clientCert':{'subjectDN':'CN=b','issuerDN':'CN=ca'}}}"),
        // Texts that would be equal if names and values were only concatenated.
        List.of(
            "{'authorizer':{'principalId':'a','x':'b'}}",
            "{'authorizer':{'principalId':'a\\nauthorizer.x=1:b'}}"));
  }

  private static ObjectNode as(String context, ObjectNode event) {
    try {
      ((ObjectNode) event.get("requestContext"))
          .setAll((ObjectNode) JSON.readTree(context.replace('\'', '"')));
      return event;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private CorrelationId post(String context, String key, String body) {
    ObjectNode event = as(context, BridgeFixture.request("POST", "/event", body));
    if (!key.isEmpty()) {
      ((ObjectNode) event.get("headers")).put("Idempotency-Key", key);
    }
    rig.send(event).awaitParked();
    return rig.backend.last().id();
  }

  private int get(String context, CorrelationId id) {
    return rig.call(as(context, BridgeFixture.request("GET", "/event/" + id, null))).status();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void oneKeyOfSeveralCallersIsAsManyPiecesOfWork(List<String> callers) {
    Set<CorrelationId> ids = new HashSet<>();
    for (String caller : callers) {
      ids.add(post(caller, "order-1001", "1"));
      // The same caller's repeat is the same work.
      ids.add(post(caller, "order-1001", "1"));
    }
    ids.add(post("{}", "order-1001", "1"));
    assertThat(ids).hasSize(callers.size() + 1);
    assertThat(rig.backend.started).hasSize(callers.size() + 1);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anotherCallersWorkIsNotThere(List<String> callers) {
    for (String key : List.of("", "order-1001")) {
      for (String owner : callers) {
        CorrelationId id = post(owner, key, "1");
        assertThat(get(owner, id)).isEqualTo(202);
        assertThat(get("{}", id)).isEqualTo(404);
        for (String other : callers) {
          if (!other.equals(owner)) {
            assertThat(get(other, id)).as("%s asks for work of %s", other, owner).isEqualTo(404);
          }
        }
      }
    }
  }

  @Test
  void workWithoutAnOwnerIsNotFoundForACallerAndTheBackendIsNotAsked() {
    CorrelationId id = post("{}", "order-1001", "1");
    rig.backend.asked.clear();
    assertThat(get("{'authorizer':{'claims':{'sub':'mallory','iss':'i'}}}", id)).isEqualTo(404);
    assertThat(rig.backend.asked).isEmpty();
    assertThat(get("{}", id)).isEqualTo(202);
  }

  @Test
  void foreignWorkReadsAsWorkThatDoesNotExist() {
    CorrelationId id = post("{'authorizer':{'principalId':'alice'}}", "k", "1");
    BridgeFixture.Answer foreign = rig.get(id.value());
    BridgeFixture.Answer absent = rig.get("exec-0123456789abcdef0123456789abcdef");
    assertThat(foreign.body().path("detail")).isEqualTo(absent.body().path("detail"));
    assertThat(foreign.body().path("type")).isEqualTo(absent.body().path("type"));
    assertThat(foreign.status()).isEqualTo(absent.status());
  }

  @Test
  void aNewSignInIsTheSameCaller() {
    String first = "{'authorizer':{'claims':{'sub':'a','iss':'i','exp':'1','iat':'1','jti':'1'}}}";
    String second = "{'authorizer':{'claims':{'sub':'a','iss':'i','exp':'2','iat':'2','jti':'2'}}}";
    CorrelationId id = post(first, "k", "1");
    assertThat(post(second, "k", "1")).isEqualTo(id);
    assertThat(get(second, id)).isEqualTo(202);
    CorrelationId other = post("{'authorizer':{'principalId':'p','exp':1}}", "k", "1");
    assertThat(post("{'authorizer':{'principalId':'p','exp':2}}", "k", "1")).isEqualTo(other);
  }

  @Test
  void theMembersThatTellCallersApartCanBeNamed() {
    BridgeFixture named = new BridgeFixture(Map.of("CALLER_CONTEXT", "tenant, customer"));
    ObjectNode first =
        as(
            "{'authorizer':{'principalId':'p','customer':'a','trace':'1'}}",
            BridgeFixture.request("POST", "/event", "1"));
    ObjectNode second =
        as(
            "{'authorizer':{'principalId':'p','customer':'a','trace':'2'}}",
            BridgeFixture.request("POST", "/event", "1"));
    ((ObjectNode) first.get("headers")).put("Idempotency-Key", "k");
    ((ObjectNode) second.get("headers")).put("Idempotency-Key", "k");
    named.send(first).awaitParked();
    named.send(second).awaitParked();
    assertThat(named.backend.started).hasSize(1);
  }

  @Test
  void requestsOfAnHttpApiInItsOwnFormatAreUnderstood() throws Exception {
    String event =
        """
        {"version":"2.0","routeKey":"POST /event","rawPath":"/dev/event","rawQueryString":"",
         "headers":{"content-type":"application/json","idempotency-key":"k"},
         "requestContext":{"stage":"dev","requestId":"r","timeEpoch":1,
           "http":{"method":"POST","path":"/dev/event"},
           "authorizer":{"jwt":{"claims":{"sub":"alice","iss":"i"}}}},
         "body":"1","isBase64Encoded":false}
        """;
    BridgeFixture.Held held = rig.send((ObjectNode) JSON.readTree(event));
    held.awaitParked();
    rig.time.advance(28_000);
    BridgeFixture.Answer accepted = held.now();
    assertThat(accepted.status()).isEqualTo(202);
    String id = rig.backend.last().id().value();
    assertThat(accepted.header("Location")).isEqualTo("/dev/event/" + id);
    String get =
        event
            .replace("POST /event", "GET /event/{id}")
            .replace("/dev/event", "/dev/event/" + id)
            .replace("\"POST\"", "\"GET\"")
            .replace("\"body\":\"1\",", "");
    assertThat(rig.call((ObjectNode) JSON.readTree(get)).status()).isEqualTo(202);
    assertThat(rig.call((ObjectNode) JSON.readTree(get.replace("alice", "bob"))).status())
        .isEqualTo(404);
  }

  @Test
  void aSecretThatCannotBeReadKeepsOnlyKeyedWorkFromStarting() {
    BridgeFixture broken =
        new BridgeFixture(
            Map.of(
                "IDEMPOTENCY_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:000000000000:secret:s",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1"));
    BridgeFixture.Answer refused = broken.post("1", Map.of("Idempotency-Key", "k")).now();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text()).contains("Nothing was started");
    assertThat(broken.backend.started).isEmpty();
    broken.post("1").awaitParked();
    assertThat(broken.backend.started).hasSize(1);
  }
}
