// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluation of handler code without an API. */
class EvaluateCodeTest extends HandlersFixture {
  @Test
  void codeIsEvaluatedWithoutAnApi() throws Exception {
    ObjectNode input = JSON.createObjectNode();
    input.putObject("runtime").put("name", "APPSYNC_JS").put("runtimeVersion", "1.0.0");
    input.put(
        "code",
        IMPORT
            + "export function request(ctx) { console.log('hi'); ctx.stash.a = 1; return ctx.n; }");
    input.put("context", "{\"n\":5}").put("function", "request");

    JsonNode answer = call("appsync", "EvaluateCode", input);

    assertThat(answer.path("evaluationResult").asText()).isEqualTo("5");
    assertThat(answer.path("stash").asText()).isEqualTo("{\"a\":1}");
    assertThat(answer.at("/logs/0").asText()).contains("\"hi\"");
    JsonNode wrong = call("appsync", "EvaluateCode", input.put("code", "throw 1"));
    assertThat(wrong.at("/error/codeErrors/0/location/line").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null| API Key Authorization",
        "{}| Lambda Authorization",
        "{'handlerContext':{}}| Lambda Authorization",
        "{'sub':'s','issuer':'i','claims':{}}| Open ID Connect Authorization",
        "{'sub':'s','issuer':'i','claims':{},'username':'u'}| API Key Authorization",
        "{'accountId':'1','sourceIp':['::1'],'username':'u','userArn':'a'}| IAM Authorization",
        "{'accountId':'1','sourceIp':null,'username':'u','userArn':'a'}| API Key Authorization",
        "{'sub':'s','issuer':'i','claims':{},'username':'u','sourceIp':['::1'],"
            + "'defaultAuthStrategy':'ALLOW','groups':null}| User Pool Authorization",
      })
  void theModeOfAnEvaluationIsThatOfItsIdentity(String identity, String mode) throws Exception {
    ObjectNode input = JSON.createObjectNode();
    input.putObject("runtime").put("name", "APPSYNC_JS").put("runtimeVersion", "1.0.0");
    input.put("code", IMPORT + "export function request() { return util.authType(); }");
    input.put("context", "{\"identity\":" + identity.replace('\'', '"') + "}");

    JsonNode answer = call("appsync", "EvaluateCode", input);

    assertThat(answer.path("evaluationResult").asText()).contains(mode);
  }

  @Test
  void aResolversFunctionGetsTheContextOfGraphQl() throws Exception {
    JsonNode request =
        evaluate(
            "request",
            "{'arguments':{'id':'1'},'stash':{'a':1},'env':{'T':'posts'},'info':{'fieldName':'f'}}");

    assertThat(JSON.readTree(request.path("evaluationResult").asText()))
        .isEqualTo(
            JSON.readTree(
                "{\"operation\":\"GetItem\",\"key\":{\"id\":{\"S\":\"1\"},"
                    + "\"t\":{\"S\":\"posts\"},\"f\":{\"S\":\"f\"}}}"));
    assertThat(request.path("stash").asText()).isEqualTo("{\"a\":2}");
    assertThat(request.path("outErrors").asText()).isEqualTo("[]");
    assertThat(request.has("error")).isFalse();
  }

  @Test
  void aResolversErrorsAreInTheAnswer() throws Exception {
    JsonNode response =
        evaluate(
            "response",
            "{'error':{'message':'m','type':'T'},'result':{'a':1},'prev':{'result':{'p':1}}}");

    assertThat(response.at("/error/message").asText()).isEqualTo("m");
    assertThat(JSON.readTree(response.path("outErrors").asText()))
        .isEqualTo(JSON.readTree("[{\"message\":\"added\",\"errorType\":\"A\"}]"));
    assertThat(response.at("/logs/0").asText())
        .startsWith("INFO - code.js:")
        .endsWith("{\"p\":1} {} null");
    JsonNode broken = evaluate("response", "{}");
    assertThat(broken.at("/error/message").asText()).contains("TypeError");
    assertThat(broken.path("logs")).isEmpty();
  }

  private JsonNode evaluate(String function, String context) throws Exception {
    ObjectNode input = JSON.createObjectNode();
    input.putObject("runtime").put("name", "APPSYNC_JS").put("runtimeVersion", "1.0.0");
    input.put(
        "code",
        IMPORT
            + "import { get } from '@aws-appsync/utils/dynamodb';\n"
            + "export function request(ctx) { ctx.stash.a += 1;"
            + " return get({ key: { ...ctx.args, t: ctx.env.T, f: ctx.info.fieldName } }); }\n"
            + "export function response(ctx) {\n"
            + " const told = ctx.prev.result.p;\n"
            + " console.log(ctx.prev.result, ctx.source, ctx.identity);\n"
            + " util.appendError('added', 'A');\n"
            + " if (ctx.error) { util.error(ctx.error.message, ctx.error.type); }\n"
            + " return told; }");
    input.put("function", function).put("context", context.replace('\'', '"'));
    return call("appsync", "EvaluateCode", input);
  }
}
