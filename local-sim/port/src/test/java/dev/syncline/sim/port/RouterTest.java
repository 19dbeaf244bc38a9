// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private final SimClock clock = new SimClock(new ClockMode.Manual());
  private final Journal journal = new Journal(clock);
  private final Ids ids = new Ids(1);
  private final Dispatcher dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
  private final Router router = new Router(dispatcher, journal, ids, "111111111111", "us-east-1");

  @BeforeEach
  void register() {
    dispatcher.register(new EchoService("states", new Protocol.AwsJson("AWSStepFunctions", "1.0")));
    dispatcher.register(new EchoService("iam", new Protocol.Query("2010-05-08", "urn:iam")));
    dispatcher.register(new EchoService("lambda", new Protocol.RestJson()));
  }

  @AfterEach
  void close() {
    clock.close();
  }

  @Test
  void theSignatureScopeSelectsTheService() {
    assertThat(text(call("lambda", "GET", "/things/a%2Fb", "", "")))
        .isEqualTo("{\"echo\":{\"id\":\"a/b\"}}");
    assertThat(text(call("states", "POST", "/", "AWSStepFunctions.Echo", "{\"A\":1}")))
        .isEqualTo("{\"echo\":{\"A\":1}}");
    assertThat(text(call("iam", "POST", "/", "", "Action=Echo&Version=2010-05-08&A=1")))
        .contains("<EchoResult><echo><A>1</A></echo></EchoResult>");
  }

  @Test
  void unsignedRequestsAreToldApartByTargetHostAndAction() {
    Headers host = Headers.of("Host", "127.0.0.1:4566");
    assertThat(
            send("POST", "/", "", host.with("X-Amz-Target", "AWSStepFunctions.Echo"), "{}")
                .status())
        .isEqualTo(200);
    assertThat(
            send("GET", "/things/1", "", Headers.of("Host", "lambda.us-east-1.amazonaws.com"), "")
                .status())
        .isEqualTo(200);
    assertThat(send("POST", "/", "Action=Echo&Version=2010-05-08", host, "").status())
        .isEqualTo(200);
  }

  @Test
  void anotherRegionIsRefusedSayingWhatToDo() {
    HttpResponse response = signed("eu-west-1", "states", "POST", "/", "AWSStepFunctions.Echo", "");
    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response))
        .contains("this simulator serves region us-east-1; start it with --region eu-west-1");
    assertThat(signed("eu-west-1", "iam", "POST", "/", "", "Action=Echo").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "glacier | POST | Glacier.Freeze        | {}          | 'glacier'",
        "states  | POST | AWSStepFunctions.Fly  | {}          | AWSStepFunctions.Fly",
        "iam     | POST | ''                    | Action=Fly  | 'Fly'",
        "lambda  | PUT  | ''                    | {}          | PUT /",
      })
  void unsupportedInputIsA400ThatNamesIt(
      String service, String method, String target, String body, String named) {
    HttpResponse response = call(service, method, "/", target, body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains(named);
  }

  @Test
  void anUnsignedRequestToNothingIsA404ThatNamesIt() {
    HttpResponse response = send("GET", "/nowhere", "", Headers.of("Host", "localhost"), "");
    assertThat(response.status()).isEqualTo(404);
    assertThat(text(response)).contains("GET /nowhere").contains("localhost");
  }

  @Test
  void anUnknownMemberIsRefusedInTheProtocolsShape() {
    HttpResponse response = call("iam", "POST", "/", "", "Action=Echo&Colour=red");
    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains("<Code>ValidationError</Code>").contains("Colour");
  }

  @Test
  void aServicesOwnErrorComesInTheProtocolsShape() {
    assertThat(text(call("states", "POST", "/", "AWSStepFunctions.Fail", "")))
        .isEqualTo(
            "{\"__type\":\"ThingNotFound\",\"message\":\"no <thing> &"
                + " nothing\",\"reason\":\"GONE\"}");
    HttpResponse xml = call("iam", "POST", "/", "", "Action=Fail");
    assertThat(xml.status()).isEqualTo(404);
    assertThat(text(xml)).contains("no &lt;thing&gt; &amp; nothing");
  }

  @Test
  void adefectIsA500WithTheRequestIdAndAJournalEntry() {
    HttpResponse response = call("states", "POST", "/", "AWSStepFunctions.Break", "");
    assertThat(response.status()).isEqualTo(500);
    String requestId = response.headers().first("x-amzn-requestid").orElseThrow();
    assertThat(text(response)).contains(requestId).contains("boom");
    assertThat(journal.select(entry -> entry.event().type().equals("port.HandlerFailed")))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.event().details())
                    .containsEntry("requestId", requestId)
                    .containsEntry("where", "states:Break"));
  }

  @Test
  void endpointsComeFirstInTheirOrder() {
    router
        .add(endpoint("/things", request -> HttpResponse.text(200, "first")))
        .add(endpoint("/things", request -> HttpResponse.text(200, "second")))
        .add(
            endpoint(
                "/refuses",
                request -> {
                  throw new AwsException("TooEarly", 425, "not yet");
                }))
        .add(
            endpoint(
                "/breaks",
                request -> {
                  throw new java.io.IOException("disk");
                }));
    assertThat(text(call("lambda", "GET", "/things", "", ""))).isEqualTo("first");
    assertThat(call("lambda", "GET", "/refuses", "", "").status()).isEqualTo(425);
    assertThat(call("lambda", "GET", "/breaks", "", "").status()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "abc.appsync-api.us-east-1.amazonaws.com,true",
    "abc.appsync-realtime-api.us-east-1.amazonaws.com,true",
    "abc.execute-api.us-east-1.amazonaws.com,true",
    "ABC.execute-api.us-east-1.amazonaws.com,true",
    "abc.execute-api.eu-west-1.amazonaws.com,false",
    "states.us-east-1.amazonaws.com,true",
    "sync-states.us-east-1.amazonaws.com,true",
    "states.eu-west-1.amazonaws.com,false",
    "iam.amazonaws.com,true",
    "lambda.amazonaws.com,false",
    "bucket.s3.us-east-1.amazonaws.com,true",
    "abc.lambda-url.us-east-1.on.aws,true",
    "people.auth.us-east-1.amazoncognito.com,true",
    "people.auth.eu-west-1.amazoncognito.com,false",
    "auth.us-east-1.amazoncognito.com,false",
    "abc.lambda-url.eu-west-1.on.aws,false",
    "lambda-url.us-east-1.on.aws,false",
    "s3.amazonaws.com,true",
    "glacier.us-east-1.amazonaws.com,false",
    "example.com,false",
    "amazonaws.com,false",
    "'',false",
  })
  void itServesTheHostsOfAws(String host, boolean served) {
    assertThat(router.servesHost(host)).isEqualTo(served);
  }

  private interface Answer {
    HttpResponse to(HttpRequest request) throws Exception;
  }

  private static HttpEndpoint endpoint(String path, Answer answer) {
    return new HttpEndpoint() {
      @Override
      public boolean claims(HttpRequest request) {
        return request.rawPath().equals(path);
      }

      @Override
      public HttpResponse answer(HttpRequest request) throws Exception {
        return answer.to(request);
      }
    };
  }

  private HttpResponse call(
      String service, String method, String path, String target, String body) {
    return signed("us-east-1", service, method, path, target, body);
  }

  private HttpResponse signed(
      String region, String service, String method, String path, String target, String body) {
    Headers headers =
        Headers.of(
            "Host",
            "127.0.0.1:4566",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AK/20260101/"
                + region
                + "/"
                + service
                + "/aws4_request, SignedHeaders=host, Signature=0");
    return send(
        method, path, "", target.isEmpty() ? headers : headers.with("X-Amz-Target", target), body);
  }

  private HttpResponse send(
      String method, String path, String query, Headers headers, String body) {
    return router.answer(
        new HttpRequest(
            method,
            path,
            query,
            headers,
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            false));
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
