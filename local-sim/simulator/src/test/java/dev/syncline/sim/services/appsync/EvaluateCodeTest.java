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
}
