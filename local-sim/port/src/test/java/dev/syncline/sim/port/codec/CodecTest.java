// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.port.EchoService;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  private static final Codec JSON =
      Codec.of(new EchoService("echo", new Protocol.AwsJson("Echo_2020", "1.0"))).orElseThrow();
  private static final Codec QUERY =
      Codec.of(new EchoService("echo", new Protocol.Query("2020-01-01", "urn:echo"))).orElseThrow();
  private static final Codec REST =
      Codec.of(new EchoService("echo", new Protocol.RestJson())).orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=1&B=x%20y%2Bz+w            | {'A':'1','B':'x y+z w'}",
        "L.member.1=a&L.member.2=b    | {'L':['a','b']}",
        "L.member.2=b&L.member.1=a    | {'L':['a','b']}",
        "L.member.10=b&L.member.9=a   | {'L':['a','b']}",
        "L.1=a&L.2=b                  | {'L':['a','b']}",
        "L.member.1.K=a&L.member.1.V=b| {'L':[{'K':'a','V':'b'}]}",
        "L.1.K.member.1=a             | {'L':[{'K':['a']}]}",
        "M.entry.1.key=a&M.entry.1.value=b&M.entry.2.key=c&M.entry.2.value=d |"
            + " {'M':{'a':'b','c':'d'}}",
        "M.member=x                   | {'M':{'member':'x'}}",
        "N.B.C=x                      | {'N':{'B':{'C':'x'}}}",
        "A=                           | {'A':''}",
        "A=%C3%A9%F0%9F%98%80         | {'A':'é😀'}",
      })
  void aFormBecomesAStructure(String form, String expected) throws Exception {
    assertThat(query("Action=Echo&Version=2020-01-01&" + form.strip()).toString())
        .isEqualTo(expected.strip().replace('\'', '"'));
  }

  @Test
  void anEmptyFormFieldIsAnEmptyListWhereAListIsExpected() {
    Call call = QUERY.decode(post("/", "Action=Echo&L="));
    assertThat(new Input(call.input()).list("L")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A=%ZZ", "M.entry.1.value=x"})
  void aMalformedFormIsRefused(String form) {
    assertThatThrownBy(() -> query("Action=Echo&" + form))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.code()).isEqualTo("MalformedQueryString"));
  }

  @Test
  void aDeeplyNestedFormIsRefused() {
    assertThatThrownBy(() -> query("Action=Echo&A" + ".a".repeat(100) + "=1"))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void xmlAnswersNestListsAndEscapeText() throws Exception {
    Call call = QUERY.decode(post("/", "Action=Echo"));
    JsonNode answer =
        Json.MAPPER.readTree(
            "{\"T\":\"a<b>&\\\"c\\r\\u0001\",\"L\":[{\"K\":1},{\"K\":true}],\"E\":[],\"Z\":null}");
    WireResponse response =
        QUERY.encode(
            call, Output.of((com.fasterxml.jackson.databind.node.ObjectNode) answer), "r-1");
    assertThat(text(response))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<EchoResponse xmlns=\"urn:echo\">"
                + "<EchoResult><T>a&lt;b&gt;&amp;&quot;c&#13;\uFFFD</T><L><member><K>1</K></member>"
                + "<member><K>true</K></member></L><E></E></EchoResult><ResponseMetadata>"
                + "<RequestId>r-1</RequestId></ResponseMetadata></EchoResponse>");
    assertThat(header(response, "x-amzn-requestid")).isEqualTo("r-1");
  }

  @Test
  void xmlErrorsHaveTypeCodeMessageAndRequestId() {
    var error = new AwsException("NoSuchEntity", 404, "no <x>");
    assertThat(text(QUERY.error(error, "r-2")))
        .contains(
            "<Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no &lt;x&gt;</Message>"
                + "</Error><RequestId>r-2</RequestId>");
    assertThat(text(QUERY.error(AwsException.badRequest("ValidationException", "x"), "r")))
        .contains("<Code>ValidationError</Code>");
  }

  @Test
  void anUnknownActionIsRefusedByName() {
    assertThatThrownBy(() -> QUERY.decode(post("/", "Action=Fly&Version=2020-01-01")))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.code()).isEqualTo("InvalidAction");
              assertThat(error.status()).isEqualTo(400);
              assertThat(error.text()).contains("'Fly'");
            });
  }

  @Test
  void jsonTargetsSelectTheOperation() {
    Call call = JSON.decode(json("Echo_2020.Echo", "{\"A\":[1,\"é\"]}"));
    assertThat(call.operation().name()).isEqualTo("Echo");
    assertThat(call.input()).hasToString("{\"A\":[1,\"é\"]}");
    WireResponse response = JSON.encode(call, Output.of(call.input()), "r-3");
    assertThat(header(response, "Content-Type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(text(response)).isEqualTo("{\"A\":[1,\"é\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Echo_2020.Fly", "Other.Echo", "Echo"})
  void anUnknownTargetIsRefusedByName(String target) {
    assertThatThrownBy(() -> JSON.decode(json(target, "{}")))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.code()).isEqualTo("UnknownOperationException");
              assertThat(error.text()).contains("'" + target + "'");
            });
  }

  @Test
  void aRestOperationThatIsNotSupportedIsNamedAsAwsNamesIt() {
    Codec rest = Codec.of(new EchoService("appsync", new Protocol.RestJson())).orElseThrow();
    assertThatThrownBy(() -> rest.decode(post("/v1/mergedApis/x/sourceApiAssociations", "{}")))
        .isInstanceOfSatisfying(
            AwsException.class,
            error ->
                assertThat(error.text())
                    .contains("'AssociateSourceGraphqlApi' of appsync at POST /v1/mergedApis/x/"));
    assertThatThrownBy(() -> rest.decode(post("/v9/none", "{}")))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.text()).contains("the operation of appsync at POST /v9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"x\"", "{} {}", "\u0000"})
  void aBodyThatIsNoJsonObjectIsASerializationException(String body) {
    assertThatThrownBy(() -> JSON.decode(json("Echo_2020.Echo", body)))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.code()).isEqualTo("SerializationException"));
  }

  @Test
  void jsonErrorsCarryTypeMessageAndFurtherMembers() throws Exception {
    var error = new AwsException("Gone", 410, "it went", Map.of("reason", "TIME"));
    WireResponse response = JSON.error(error, "r-4");
    assertThat(response.status()).isEqualTo(410);
    assertThat(header(response, "x-amzn-errortype")).isEqualTo("Gone");
    assertThat(Json.MAPPER.readTree(response.body()))
        .hasToString("{\"__type\":\"Gone\",\"message\":\"it went\",\"reason\":\"TIME\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /things/a%2Fb+c   | GetThing        | {'id':'a/b+c'}",
        "GET    | /things/special   | GetSpecialThing | {}",
        "GET    | /things           | ListThings      | {}",
        "GET    | /things/          | ListThings      | {}",
        "POST   | /things           | CreateThing     | {}",
        "DELETE | /things/%F0%9F%98%80 | DeleteThing  | {'id':'😀'}",
        "GET    | /files/a/b%2Fc/d  | GetFile         | {'path':'a/b/c/d'}",
        "POST   | /things/x/invocations | Invoke      | {'id':'x'}",
      })
  void restPathsSelectTheOperationAndBindLabels(
      String method, String path, String operation, String input) {
    Call call = REST.decode(rest(method, path, List.of(), ""));
    assertThat(call.operation().name()).isEqualTo(operation);
    assertThat(call.input()).hasToString(input.replace('\'', '"'));
  }

  @Test
  void restQueryParametersAndHeadersBecomeMembers() {
    Call call =
        REST.decode(
            rest(
                "GET",
                "/things/1",
                List.of(
                    Map.entry("tagKeys", "a"),
                    Map.entry("tagKeys", "b"),
                    Map.entry("tagKeys", "c"),
                    Map.entry("page", "2"),
                    Map.entry("X-Amz-Signature", "0")),
                "",
                Map.entry("X-Who", "me")));
    assertThat(call.input())
        .hasToString(
            "{\"TagKeys\":[\"a\",\"b\",\"c\"],\"page\":\"2\",\"Who\":\"me\",\"id\":\"1\"}");
  }

  @Test
  void aSingleQueryParameterReadsAsTextAndAsAListOfOne() {
    Call call = REST.decode(rest("GET", "/things/1", List.of(Map.entry("tagKeys", "a")), ""));
    var input = new Input(call.input());
    assertThat(input.texts("TagKeys")).containsExactly("a");
    assertThat(input.text("TagKeys")).contains("a");
  }

  @Test
  void aFixedQueryParameterTellsTwoOperationsApart() {
    List<Map.Entry<String, String>> query = List.of(Map.entry("mode", "import"));
    Call call = REST.decode(rest("POST", "/things", query, "{}"));
    assertThat(call.operation().name()).isEqualTo("ImportThings");
    assertThat(call.input()).hasToString("{}");
  }

  @Test
  void aBlobBodyIsHandedOverUntouched() {
    Call call = REST.decode(rest("POST", "/things/x/invocations", List.of(), "not json {"));
    assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo("not json {");
    WireResponse response =
        REST.encode(call, Output.raw(202, Map.of("X-Amz-Executed", "v1"), call.body()), "r");
    assertThat(response.status()).isEqualTo(202);
    assertThat(text(response)).isEqualTo("not json {");
    assertThat(header(response, "x-amz-executed")).isEqualTo("v1");
  }

  @Test
  void noContentHasNoBody() {
    Call call = REST.decode(rest("DELETE", "/things/1", List.of(), ""));
    WireResponse response = REST.encode(call, Output.empty(), "r");
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PATCH,/things/1", "GET,/nothing", "GET,/things/1/2", "GET,/"})
  void anUnknownRestPathIsRefusedByName(String method, String path) {
    assertThatThrownBy(() -> REST.decode(rest(method, path, List.of(), "")))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.status()).isEqualTo(400);
              assertThat(error.text()).contains(method + " " + path);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/states/aws4_request, SignedHeaders=host"
            + " | us-east-1 | states",
        "AWS4-HMAC-SHA256"
            + " SignedHeaders=host,Credential=AK/20260101/eu-west-1/lambda/aws4_request,Signature=0"
            + " | eu-west-1 | lambda",
        "AWS4-ECDSA-P256-SHA256 Credential=AK/20260101/s3/aws4_request, Signature=0 | '' | s3",
      })
  void theCredentialScopeNamesRegionAndService(String header, String region, String service) {
    assertThat(CredentialScope.of(java.util.Optional.of(header), List.of()))
        .contains(new CredentialScope("AK", region, service));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer x", "AWS4-HMAC-SHA256 Credential=AK/1/2", "AWS4-HMAC-SHA256 nothing"})
  void anythingElseHasNoScope(String header) {
    assertThat(CredentialScope.of(java.util.Optional.of(header), List.of())).isEmpty();
  }

  private static JsonNode query(String form) {
    return QUERY.decode(post("/", form)).input();
  }

  private static WireRequest post(String path, String form) {
    return new WireRequest(
        "POST",
        path,
        List.of(),
        List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
        form.getBytes(StandardCharsets.UTF_8));
  }

  private static WireRequest json(String target, String body) {
    return rest("POST", "/", List.of(), body, Map.entry("X-Amz-Target", target));
  }

  @SafeVarargs
  private static WireRequest rest(
      String method,
      String path,
      List<Map.Entry<String, String>> query,
      String body,
      Map.Entry<String, String>... headers) {
    return new WireRequest(
        method,
        path,
        new ArrayList<>(query),
        List.of(headers),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(WireResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String header(WireResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }
}
