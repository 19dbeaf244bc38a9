// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBridgeServiceTest {
  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "eu-west-1";
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @AutoClose
  private final SimClock clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);

  private final Ids ids = new Ids(1);
  private final Dispatcher dispatcher =
      new Dispatcher(clock, new FaultPlan(new Journal(clock, 100), ids));
  private final FakeSecrets secrets = new FakeSecrets();
  private final EventBridgeService service =
      new EventBridgeService(clock, ids, new Journal(clock, 100), dispatcher, ACCOUNT, REGION);

  @BeforeEach
  void register() {
    dispatcher.register(secrets);
    dispatcher.register(service);
  }

  @Test
  void anApiKeyIsKeptInASecretAndNeverShown() throws Exception {
    JsonNode created = createApiKey("orders", "da2-secret");

    assertThat(created.path("ConnectionState").asText()).isEqualTo("AUTHORIZED");
    assertThat(created.path("ConnectionArn").asText())
        .matches("arn:aws:events:eu-west-1:123456789012:connection/orders/[-0-9a-f]{36}");
    assertThat(created.path("CreationTime").decimalValue()).isEqualByComparingTo("1767323045");
    JsonNode described = call("DescribeConnection", "{'Name':'orders'}");
    assertThat(described.path("AuthParameters").toString())
        .isEqualTo("{\"ApiKeyAuthParameters\":{\"ApiKeyName\":\"x-api-key\"}}");
    assertThat(described.toString()).doesNotContain("da2-secret");
    assertThat(described.path("SecretArn").asText())
        .matches(
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:"
                + "events!connection/orders/[-0-9a-f]{36}-AbCdEf");
    assertThat(JSON.readTree(secrets.byArn.get(described.path("SecretArn").asText())))
        .isEqualTo(
            JSON.readTree("{\"api_key_name\":\"x-api-key\",\"api_key_value\":\"da2-secret\"}"));
  }

  @Test
  void anApiKeyBecomesAHeader() throws Exception {
    String arn = createApiKey("orders", "da2-secret").path("ConnectionArn").asText();

    assertThat(service.credentials().of(arn).headers())
        .containsExactly(Map.entry("x-api-key", "da2-secret"));
  }

  @Test
  void basicCredentialsAndFurtherParametersGoWithARequest() throws Exception {
    String arn =
        connection(
            """
            {'Name':'b','AuthorizationType':'BASIC','AuthParameters':{
              'BasicAuthParameters':{'Username':'Aladdin','Password':'open sesame'},
              'InvocationHttpParameters':{
                'HeaderParameters':[{'Key':'X-A','Value':'1','IsValueSecret':true}],
                'QueryStringParameters':[{'Key':'q','Value':'two','IsValueSecret':false}],
                'BodyParameters':[{'Key':'c','Value':'3'}]}}}
            """);

    ConnectionCredentials credentials = service.credentials().of(arn);

    assertThat(credentials.headers())
        .containsExactly(
            Map.entry("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            Map.entry("X-A", "1"));
    assertThat(credentials.query()).containsExactly(Map.entry("q", "two"));
    assertThat(credentials.body()).containsExactly(Map.entry("c", "3"));
    assertThat(call("DescribeConnection", "{'Name':'b'}").path("AuthParameters"))
        .isEqualTo(
            json(
                """
                {'BasicAuthParameters':{'Username':'Aladdin'},
                 'InvocationHttpParameters':{
                   'HeaderParameters':[{'Key':'X-A','IsValueSecret':true}],
                   'QueryStringParameters':[{'Key':'q','Value':'two','IsValueSecret':false}],
                   'BodyParameters':[{'Key':'c','Value':'3','IsValueSecret':false}]}}
                """));
  }

  @Test
  void anUpdateKeepsWhatItDoesNotName() throws Exception {
    String arn = createApiKey("orders", "old").path("ConnectionArn").asText();
    clock.advance(Duration.ofSeconds(10));

    JsonNode updated =
        call(
            "UpdateConnection",
            "{'Name':'orders','AuthParameters':{'ApiKeyAuthParameters':{'ApiKeyValue':'new'}}}");

    assertThat(updated.path("ConnectionArn").asText()).isEqualTo(arn);
    assertThat(updated.path("CreationTime").decimalValue()).isEqualByComparingTo("1767323045");
    assertThat(updated.path("LastModifiedTime").decimalValue()).isEqualByComparingTo("1767323055");
    assertThat(service.credentials().of(arn).headers())
        .containsExactly(Map.entry("x-api-key", "new"));
    assertThat(secrets.byArn).hasSize(1);
    assertThat(secrets.byArn.values().iterator().next()).contains("\"api_key_value\":\"new\"");
    assertThat(call("DescribeConnection", "{'Name':'orders'}").path("Description").asText())
        .isEqualTo("what for");
  }

  @Test
  void anotherAuthorizationTypeNeedsAllItsParameters() throws Exception {
    createApiKey("orders", "k");

    assertThatThrownBy(
            () -> call("UpdateConnection", "{'Name':'orders','AuthorizationType':'BASIC'}"))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("BasicAuthParameters");
    assertThatThrownBy(
            () ->
                call(
                    "UpdateConnection",
                    """
                    {'Name':'orders','AuthorizationType':'BASIC',
                     'AuthParameters':{'BasicAuthParameters':{'Username':'u'}}}
                    """))
        .hasMessageContaining("basicAuthParameters.password");
  }

  @Test
  void aDeauthorizedConnectionHasNoSecretUntilItIsUpdated() throws Exception {
    String arn = createApiKey("orders", "k").path("ConnectionArn").asText();

    JsonNode answer = call("DeauthorizeConnection", "{'Name':'orders'}");

    assertThat(answer.path("ConnectionState").asText()).isEqualTo("DEAUTHORIZED");
    assertThat(secrets.byArn).isEmpty();
    assertThat(call("DescribeConnection", "{'Name':'orders'}").has("SecretArn")).isFalse();
    assertThat(codeOf(() -> service.credentials().of(arn))).isEqualTo("InvalidConnectionState");

    call(
        "UpdateConnection",
        """
        {'Name':'orders','AuthParameters':{
          'ApiKeyAuthParameters':{'ApiKeyName':'x-api-key','ApiKeyValue':'again'}}}
        """);

    assertThat(service.credentials().of(arn).headers())
        .containsExactly(Map.entry("x-api-key", "again"));
    assertThat(secrets.byArn).hasSize(1);
  }

  @Test
  void aDeletedConnectionTakesItsSecretAlong() throws Exception {
    String arn = createApiKey("orders", "k").path("ConnectionArn").asText();

    assertThat(call("DeleteConnection", "{'Name':'orders'}").path("ConnectionState").asText())
        .isEqualTo("DELETING");

    assertThat(secrets.byArn).isEmpty();
    assertThat(codeOf(() -> service.credentials().of(arn))).isEqualTo("ResourceNotFoundException");
    assertThatThrownBy(() -> call("DescribeConnection", "{'Name':'orders'}"))
        .hasMessage("Failed to describe the connection(s). Connection 'orders' does not exist.");
  }

  @Test
  void aSecretDeletedByHandDoesNotKeepTheConnectionFromBeingDeleted() throws Exception {
    createApiKey("orders", "k");
    secrets.byArn.clear();

    call("DeleteConnection", "{'Name':'orders'}");

    assertThat(call("ListConnections", "{}").path("Connections")).isEmpty();
  }

  @Test
  void aRefusedSecretLeavesNothingBehind() throws Exception {
    secrets.refusal = AwsException.badRequest("LimitExceededException", "no more secrets");

    assertThat(codeOf(() -> createApiKey("orders", "k"))).isEqualTo("LimitExceededException");

    secrets.refusal = null;
    createApiKey("orders", "k");
    secrets.refusal = AwsException.badRequest("InternalServiceError", "later");
    assertThat(codeOf(() -> call("DeleteConnection", "{'Name':'orders'}")))
        .isEqualTo("InternalServiceError");
    assertThat(call("DescribeConnection", "{'Name':'orders'}").path("ConnectionState").asText())
        .isEqualTo("AUTHORIZED");
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    createApiKey("orders", "k");

    AwsException refused =
        catchThrowableOfType(AwsException.class, () -> createApiKey("orders", "k"));

    assertThat(refused.code()).isEqualTo("ResourceAlreadyExistsException");
    assertThat(refused.text()).isEqualTo("Connection orders already exists.");
    assertThat(secrets.byArn).hasSize(1);
  }

  @Test
  void listsComeInPages() throws Exception {
    createApiKey("b-1", "k");
    createApiKey("a-1", "k");
    createApiKey("a-2", "k");

    JsonNode first = call("ListConnections", "{'NamePrefix':'a','Limit':1}");
    JsonNode second =
        call(
            "ListConnections",
            "{'NamePrefix':'a','Limit':1,'NextToken':'" + first.path("NextToken").asText() + "'}");

    assertThat(first.path("Connections").findValuesAsText("Name")).containsExactly("a-1");
    assertThat(second.path("Connections").findValuesAsText("Name")).containsExactly("a-2");
    assertThat(second.has("NextToken")).isFalse();
    assertThat(call("ListConnections", "{'ConnectionState':'DEAUTHORIZED'}").path("Connections"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'Name':'a b','AuthorizationType':'API_KEY','AuthParameters':{}} | 'a b' at 'name'
          {'Name':'a','AuthorizationType':'NONE','AuthParameters':{}} | authorizationType
          {'Name':'a','AuthorizationType':'DIGEST'} | OAUTH_CLIENT_CREDENTIALS
          {'Name':'a','AuthorizationType':'OAUTH_CLIENT_CREDENTIALS','AuthParameters':{}} | OAuthParameters
          {'Name':'a','AuthorizationType':'OAUTH_CLIENT_CREDENTIALS','AuthParameters':{'OAuthParameters':{'HttpMethod':'HEAD','AuthorizationEndpoint':'https://a.example'}}} | oAuthParameters.httpMethod
          {'Name':'a','AuthorizationType':'OAUTH_CLIENT_CREDENTIALS','AuthParameters':{'OAuthParameters':{'HttpMethod':'POST','AuthorizationEndpoint':'https://a.example','ClientParameters':{'ClientID':'i'}}}} | clientParameters.clientSecret
          {'Name':'a','AuthorizationType':'API_KEY'} | authParameters
          {'Name':'a','AuthorizationType':'API_KEY','AuthParameters':{}} | ApiKeyAuthParameters
          {'Name':'a','AuthorizationType':'API_KEY','AuthParameters':{'OAuthParameters':{}}}           | AuthParameters.OAuthParameters
          {'Name':'a','AuthorizationType':'API_KEY','AuthParameters':{'ApiKeyAuthParameters':          {'ApiKeyName':'a:b','ApiKeyValue':'v'}}} | apiKeyAuthParameters.apiKeyName
          {'Name':'a','KmsKeyIdentifier':'k'} | KmsKeyIdentifier
          """)
  void invalidInputIsNamed(String input, String named) {
    AwsException refused =
        catchThrowableOfType(
            AwsException.class, () -> call("CreateConnection", input.replace('"', '\'')));

    assertThat(refused.code()).isEqualTo("ValidationException");
    assertThat(refused.text()).contains(named.strip().replace('"', '\''));
    assertThat(secrets.byArn).isEmpty();
  }

  @Test
  void anOAuthConnectionShowsEverythingButItsSecret() throws Exception {
    String arn =
        connection(
            """
            {'Name':'o','AuthorizationType':'OAUTH_CLIENT_CREDENTIALS','AuthParameters':{
              'OAuthParameters':{
                'AuthorizationEndpoint':'https://auth.example/token','HttpMethod':'POST',
                'ClientParameters':{'ClientID':'me','ClientSecret':'hush'},
                'OAuthHttpParameters':{'BodyParameters':[{'Key':'scope','Value':'all'}]}}}}
            """);

    assertThat(call("DescribeConnection", "{'Name':'o'}").path("AuthParameters"))
        .isEqualTo(
            json(
                """
                {'OAuthParameters':{
                  'ClientParameters':{'ClientID':'me'},
                  'AuthorizationEndpoint':'https://auth.example/token','HttpMethod':'POST',
                  'OAuthHttpParameters':{'BodyParameters':[
                    {'Key':'scope','Value':'all','IsValueSecret':false}]}}}
                """));
    ConnectionCredentials.OAuth oauth =
        Objects.requireNonNull(
            service.credentials().of(arn).oauth(), "an OAuth connection has OAuth");
    assertThat(oauth.clientSecret()).isEqualTo("hush");
    assertThat(oauth.body()).containsExactly(Map.entry("scope", "all"));
    assertThat(oauth.toString()).doesNotContain("hush");
  }

  @Test
  void aRefusedKeyIsNotQuoted() {
    AwsException refused =
        catchThrowableOfType(AwsException.class, () -> createApiKey("orders", "with:colon"));

    assertThat(refused.text()).contains("apiKeyValue").doesNotContain("with:colon");
  }

  /** Creates a connection; the result is its ARN. */
  private String connection(String input) throws Exception {
    return call("CreateConnection", input).path("ConnectionArn").asText();
  }

  private JsonNode createApiKey(String name, String key) throws Exception {
    return call(
        "CreateConnection",
        "{'Name':'"
            + name
            + "','Description':'what for','AuthorizationType':'API_KEY','AuthParameters':"
            + "{'ApiKeyAuthParameters':{'ApiKeyName':'x-api-key','ApiKeyValue':'"
            + key
            + "'}}}");
  }

  private ObjectNode call(String operation, String input) throws Exception {
    var context = new CallContext(ACCOUNT, REGION, "r", "", new byte[0]);
    return dispatcher.call("events", operation, (ObjectNode) json(input), context).json();
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static String codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(AwsException.class, call).code();
  }
}
