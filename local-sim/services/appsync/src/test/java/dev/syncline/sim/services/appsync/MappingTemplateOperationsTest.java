// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.Test;

/** EvaluateMappingTemplate. */
class MappingTemplateOperationsTest extends ControlPlaneFixture {
  private static String input(String template, String context) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    return input.put("template", quoted(template)).put("context", quoted(context)).toString();
  }

  private JsonNode evaluated(String template, String context) {
    return call("EvaluateMappingTemplate", input(template, context));
  }

  @Test
  void aTemplateIsRenderedWithItsContext() {
    JsonNode answer =
        evaluated(
            "$util.log.info('id {}', $ctx.args.id)$util.qr($ctx.stash.put('k',"
                + " 1))$util.appendError('a',"
                + " 'T'){\"id\":\"$ctx.args.id\",\"by\":\"$util.authType()\"}",
            "{'arguments':{'id':'7'},'stash':{'s':0}}");
    assertThat(answer.path("evaluationResult").asText())
        .isEqualTo("{\"id\":\"7\",\"by\":\"API Key Authorization\"}");
    assertThat(answer.path("logs").toString()).isEqualTo("[\"id 7\"]");
    assertThat(answer.path("stash").asText()).isEqualTo("{\"s\":0,\"k\":1}");
    assertThat(answer.path("outErrors").asText())
        .isEqualTo("[{\"message\":\"a\",\"errorType\":\"T\",\"data\":null,\"errorInfo\":null}]");
    assertThat(answer.has("error")).isFalse();
  }

  @Test
  void aTemplateThatFailsAnswersWithItsMessage() {
    JsonNode raised = evaluated("$util.log.error('x')$util.error('no', 'T')", "{}");
    assertThat(raised.path("error").toString()).isEqualTo("{\"message\":\"no\"}");
    assertThat(raised.has("evaluationResult")).isFalse();
    assertThat(raised.path("logs").toString()).isEqualTo("[\"x\"]");
    assertThat(evaluated("$util.unauthorized()", "{}").at("/error/message").asText())
        .isEqualTo("Unauthorized");
    assertThat(evaluated("#if($x", "{}").at("/error/message").asText())
        .startsWith("Encountered \"<EOF>\" at *unset*[line 1, column ");
  }

  @Test
  void badInputIsRefused() {
    for (String input :
        new String[] {
          input("x", "{}"),
          input("$ctx", "[]"),
          input("$ctx", "{"),
          input("$ctx", "{'a':'" + "x".repeat(28_000) + "'}"),
          input("x".repeat(65_537), "{}"),
        }) {
      AwsException failure = simulation.fail("EvaluateMappingTemplate", input);
      assertThat(failure.code()).isEqualTo("BadRequestException");
      assertThat(failure.status()).isEqualTo(400);
    }
  }
}
