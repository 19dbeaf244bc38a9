// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integrations of type AWS with a function: mapping templates, parameters, passing through. */
class FunctionIntegrationTest extends GatewayFixture {
  private String api = "";
  private String resource = "";

  @BeforeEach
  void createApi() {
    api = gateway.api("");
    resource = gateway.resource(api, "items", "{id}");
  }

  private void put(String operation, ObjectNode members) {
    ObjectNode input = members.deepCopy();
    input.put("restApiId", api).put("resourceId", resource).put("httpMethod", "POST");
    gateway.gateway(operation, input.toString().replace("'", "\\u0027"));
  }

  private static ObjectNode integration(String members) {
    ObjectNode integration = json(members);
    integration
        .put("type", "AWS")
        .put("integrationHttpMethod", "POST")
        .put(
            "uri",
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                + "arn:aws:lambda:us-east-1:111111111111:function:f/invocations");
    return integration;
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void method(ObjectNode integration) {
    put(
        "PutMethod",
        json(
            "{\"authorizationType\":\"NONE\",\"requestParameters\":{"
                + "\"method.request.path.id\":false,\"method.request.querystring.q\":false,"
                + "\"method.request.header.X-In\":false}}"));
    put("PutIntegration", integration);
  }

  private void response(String status, String members) {
    ObjectNode response = json(members).put("statusCode", status);
    ObjectNode declared = Json.object().put("statusCode", status);
    ObjectNode parameters = declared.putObject("responseParameters");
    response
        .path("responseParameters")
        .fieldNames()
        .forEachRemaining(name -> parameters.put(name, true));
    put("PutMethodResponse", declared);
    put("PutIntegrationResponse", response);
  }

  private static String template(String text) {
    return Json.write(Json.object().put("application/json", text));
  }

  /** Sends to a method with a request template and a response that passes. */
  private HttpResponse through(String template, String path, String body, String... headers) {
    method(integration("{\"requestTemplates\":" + template(template) + "}"));
    response("200", "{}");
    gateway.deploy(api);
    return gateway.send(api, "POST", path, body, headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$input.json('$')|{\"a\":{\"b\":[1,2.5,\"x/y\",null,true]},\"s\":\"é\"}",
        "$input.json('$.a.b[2]')|\"x/y\"",
        "$input.json('$.none')|\"\"",
        "\"$input.path('$.s')$input.path('$.none')\"|\"é\"",
        "\"$util.escapeJavaScript($input.path('$.a'))\"|\"{b=[1,2.5,\\\"x\\\\/y\\\",null,true]}\"",
        "$input.path('$.a.b').size()|5",
        "$input.path('$.a.b[0]')|1",
        "[#foreach($e in"
            + " $input.path('$.a.b'))$foreach.count#if($foreach.hasNext),#end#end]|[1,2,3,4,5]",
        "{\"p\":\"$input.params('id')$input.params('q')$input.params('X-In')$input.params('no')\"}|{\"p\":\"7qin\"}",
        "{\"p\":\"$input.params().path.id $input.params().querystring.get('q')\"}|{\"p\":\"7 q\"}",
        "\"$util.base64Encode('hé') $util.base64Decode('aMOp') $util.urlEncode('a b&')"
            + " $util.urlDecode('a+b')\"|\"aMOp hé a+b%26 a b\"",
        "#set($o = $util.parseJson('{\"k\":[1]}'))$o.k[0]|1",
        "\"$context.httpMethod $context.stage $context.resourcePath"
            + " $context.identity.apiKey$context.authorizer.principalId$context.nothing\"|\"POST"
            + " dev /items/{id} \"",
        "\"$!stageVariables.none$stageVariables.none\"|\"\"",
      })
  void aTemplateGivesTheEvent(String template, String expected) {
    HttpResponse response =
        through(
            template,
            "/items/7?q=q",
            "{\"a\":{\"b\":[1,2.5,\"x/y\",null,true]},\"s\":\"é\"}",
            "X-In",
            "in");

    assertThat(response.status()).as(Gateway.text(response)).isEqualTo(200);
    assertThat(event).isEqualTo(jsonValue(expected));
  }

  private static com.fasterxml.jackson.databind.JsonNode jsonValue(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void escapingIsThatOfJavaScript() {
    through("{\"s\":\"$util.escapeJavaScript($input.body)\"}", "/items/1", "a\"b\\c\n/é");
    assertThat(event.get("s").asText()).isEqualTo("a\"b\\c\n/é");
  }

  @Test
  void aBodyThatIsNotJsonIs400WhereATemplateNeedsIt() {
    HttpResponse response = through("$input.json('$')", "/items/1", "{no}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(Gateway.text(response))
        .startsWith("{\"message\":\"Could not parse request body into json: Unexpected character");
    assertThat(invocations).hasValue(0);
  }

  @Test
  void aTemplateThatNeverEndsOrFailsIs500() {
    HttpResponse response =
        through("#foreach($i in [1..99999])#foreach($j in [1..99999])#end#end", "/items/1", "{}");
    assertErrorResponse(response, 500, "Internal server error", "InternalServerErrorException");
  }

  @Test
  void anErrorOfTheFunctionIsSelectedByItsMessage() {
    method(integration("{}"));
    response("200", "{}");
    response(
        "404",
        "{\"selectionPattern\":\".*not found.*\",\"responseTemplates\":"
            + template("{\"m\":\"$input.path('$.errorMessage')\"}")
            + "}");
    gateway.deploy(api);

    assertThat(gateway.send(api, "POST", "/items/1", "{}").status()).isEqualTo(200);
    answer = "throw";
    HttpResponse other = gateway.send(api, "POST", "/items/1", "{}");
    assertThat(other.status()).isEqualTo(200);
    assertThat(Gateway.text(other)).contains("\"errorMessage\":\"no\"");
    notFound();
    HttpResponse found = gateway.send(api, "POST", "/missing", "{}");
    assertThat(found.status()).isEqualTo(403);
    HttpResponse mapped = gateway.send(api, "POST", "/items/1", "{}");
    assertThat(mapped.status()).isEqualTo(404);
    assertThat(Gateway.text(mapped)).isEqualTo("{\"m\":\"item not found\"}");
  }

  private void notFound() {
    gateway.call("lambda", "DeleteFunction", "{'FunctionName': 'f'}");
    gateway.function(
        "f",
        (in, out, context) -> {
          throw new IllegalArgumentException("item not found");
        });
    gateway.permit("f");
  }

  @Test
  void headersAreMappedFromHeadersBodyAndContext() {
    answer = "{\"a\":{\"b\":\"deep\"},\"n\":[1]}";
    method(integration("{}"));
    response(
        "200",
        "{\"responseParameters\":{\"method.response.header.X-Deep\":"
            + "\"integration.response.body.a.b\",\"method.response.header.X-List\":"
            + "\"integration.response.body.n\",\"method.response.header.X-None\":"
            + "\"integration.response.body.none\",\"method.response.header.X-Static\":\"'s'\","
            + "\"method.response.header.X-Stage\":\"context.stage\",\"method.response.header."
            + "Content-Type\":\"integration.response.header.Content-Type\"}}");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "POST", "/items/1", "{}");

    Map<String, String> headers = response.headers().byName();
    assertThat(headers)
        .containsEntry("x-deep", "deep")
        .containsEntry("x-list", "[1]")
        .containsEntry("x-static", "s")
        .containsEntry("x-stage", "dev")
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("x-none");
    assertThat(Gateway.text(response)).isEqualTo(answer);
  }

  @Test
  void templatesOverrideStatusAndHeaders() {
    method(integration("{}"));
    response(
        "200",
        "{\"responseTemplates\":"
            + template(
                "#set($context.responseOverride.status = 418)"
                    + "#set($context.responseOverride.header.X-Tea = 'pot')ok")
            + "}");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "POST", "/items/1", "{}");

    assertThat(response.status()).isEqualTo(418);
    assertThat(response.headers().first("X-Tea")).contains("pot");
    assertThat(Gateway.text(response)).isEqualTo("ok");
  }

  @Test
  void anEventInvocationAnswersAtOnceWithAnEmptyBody() {
    answer = "hang";
    ObjectNode integration = integration("{}");
    integration
        .putObject("requestParameters")
        .put("integration.request.header.X-Amz-Invocation-Type", "'Event'");
    method(integration);
    response("200", "{\"responseTemplates\":" + template("[$input.json('$')]") + "}");
    gateway.deploy(api);

    assertThat(Gateway.text(gateway.send(api, "POST", "/items/1", "{}"))).isEqualTo("[{}]");
  }

  @ParameterizedTest
  @CsvSource({
    "WHEN_NO_MATCH, true, text/plain, 200",
    "WHEN_NO_TEMPLATES, true, text/plain, 415",
    "WHEN_NO_TEMPLATES, false, text/plain, 200",
    "NEVER, true, text/plain, 415",
    "NEVER, false, application/json, 415",
    "NEVER, true, application/json; charset=utf-8, 200",
    "WHEN_NO_TEMPLATES, true, APPLICATION/JSON, 200"
  })
  void aBodyPassesWithoutATemplateAsConfigured(
      String behavior, boolean templated, String type, int status) {
    ObjectNode integration = integration("{}").put("passthroughBehavior", behavior);
    if (templated) {
      integration.putObject("requestTemplates").put("application/json", "{}");
    }
    method(integration);
    response("200", "{}");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "POST", "/items/1", "\"text\"", "Content-Type", type);

    assertThat(response.status()).isEqualTo(status);
    if (status == 415) {
      assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Unsupported Media Type\"}");
    }
  }

  @Test
  void aFunctionThatIsTooSlowIs504() {
    answer = "hang";
    method(integration("{}").put("timeoutInMillis", 1000));
    response("200", "{}");
    gateway.deploy(api);

    assertErrorResponse(
        gateway.send(api, "POST", "/items/1", "{}"),
        504,
        "Endpoint request timed out",
        "InternalServerErrorException");
  }

  @Test
  void withoutADefaultResponseItIsAConfigurationError() {
    method(integration("{}"));
    response("400", "{\"selectionPattern\":\"x.+\"}");
    gateway.deploy(api);

    assertThat(gateway.send(api, "POST", "/items/1", "{}").status()).isEqualTo(500);
  }
}
