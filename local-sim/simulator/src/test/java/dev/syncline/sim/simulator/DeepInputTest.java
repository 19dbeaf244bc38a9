// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.testing.WholeSimulator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is nested too deeply is the caller's fault (4xx), never a defect (500). */
class DeepInputTest {
  private static final int DEEP = 20_000;

  @TempDir static Path work;
  private static WholeSimulator aws;

  @BeforeAll
  static void start() {
    aws = new WholeSimulator(work);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'[', ']'",
    "'[', ''",
    "'{a: ', '}'",
    "'- ', ''",
    "'? ', ''",
    "'!Sub ', ''",
    "'[a, {b: ', ']'",
    "'\"', ''"
  })
  void templates(String open, String close) {
    // A template in the request has 51,200 characters at most.
    int depth = Math.min(DEEP, 50_000 / (open.length() + close.length()));
    String yaml = "Metadata:\n  " + open.repeat(depth) + "1" + close.repeat(depth);
    HttpResponse answer =
        query(
            "cloudformation",
            "Action=ValidateTemplate&Version=2010-05-15&TemplateBody=" + url(yaml));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(text(answer)).contains("<Code>ValidationError</Code>", "Template format error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"a\":["})
  void json(String open) {
    String deep = open.repeat(DEEP);
    assertThat(json("states", "AWSStepFunctions.ListStateMachines", deep).status()).isEqualTo(400);
    assertThat(json("secretsmanager", "secretsmanager.ListSecrets", deep).status()).isEqualTo(400);
    assertThat(send("lambda", "/2015-03-31/functions", deep).status()).isEqualTo(400);
    assertThat(
            query(
                    "cloudformation",
                    "Action=ValidateTemplate&Version=2010-05-15&TemplateBody=" + url("{" + deep))
                .status())
        .isEqualTo(400);
    String definition = Json.object().put("name", "m").put("definition", deep).toString();
    assertThat(json("states", "AWSStepFunctions.CreateStateMachine", definition).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.", "member.999999999.", ".", "entry.1.key."})
  void formNames(String step) {
    String form =
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/r"
            + "&RoleSessionName=ss&"
            + step.repeat(DEEP)
            + "=1";
    assertThat(query("sts", form).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{a:", "function(){", "`${", "!", "a?b:"})
  void handlerCode(String open) {
    String body =
        Json.object()
            .put("code", "export const x = " + open.repeat(DEEP / open.length()))
            .put("context", "{}")
            .set("runtime", Json.object().put("name", "APPSYNC_JS").put("runtimeVersion", "1.0.0"))
            .toString();
    HttpResponse answer = send("appsync", "/v1/dataplane-evaluatecode", body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(text(answer)).contains("PARSE_ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Delete", "CreateBucketConfiguration"})
  void xml(String root) {
    String body = "<" + root + ">" + "<a>".repeat(DEEP) + "</a>".repeat(DEEP) + "</" + root + ">";
    String path = root.equals("Delete") ? "/bbb?delete" : "/ccc";
    aws.call("s3", "CreateBucket", "{'Bucket': 'bbb'}");
    assertThat(request(root.equals("Delete") ? "POST" : "PUT", path, "s3", body).status())
        .isEqualTo(400);
  }

  private static HttpResponse json(String service, String target, String body) {
    return request("POST", "/", service, body, "X-Amz-Target", target);
  }

  private static HttpResponse query(String service, String form) {
    return request("POST", "/", service, form, "Content-Type", "application/x-www-form-urlencoded");
  }

  private static HttpResponse send(String service, String path, String body) {
    return request("POST", path, service, body);
  }

  private static HttpResponse request(
      String method, String target, String service, String body, String... headers) {
    int mark = target.indexOf('?');
    Headers all =
        Headers.of(headers)
            .with("Host", "localhost")
            .with(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/"
                    + service
                    + "/aws4_request, SignedHeaders=host, Signature=0");
    var request =
        new HttpRequest(
            method,
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? "" : target.substring(mark + 1),
            all,
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            false);
    try {
      return aws.simulator.clock().call(() -> aws.simulator.router().answer(request));
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(HttpResponse answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
