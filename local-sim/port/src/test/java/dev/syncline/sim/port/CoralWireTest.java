// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers, errors, hosts and methods of a Coral dialect. */
class CoralWireTest extends CoralFixture {
  @Test
  void anAnswerHasAChecksumAndARequestIdOf52Characters() throws Exception {
    var response = call("Table_2012.Echo", "{\"A\":\"\u00e9\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{\"echo\":{\"A\":\"\u00e9\"}}");
    assertThat(header(response, "content-type")).isEqualTo(JSON);
    assertThat(header(response, "x-amzn-requestid")).matches("[0-9A-Z]{52}");
    assertThat(header(response, "x-amz-crc32")).isEqualTo(crc32(response.body()));
    assertThat(header(call("Table_2012.Echo", "{}"), "x-amzn-requestid"))
        .isNotEqualTo(header(response, "x-amzn-requestid"));
  }

  @Test
  void oneEndpointServesBothTargets() throws Exception {
    assertThat(text(call("Streams_2012.Echo", "{}"))).isEqualTo("{\"echo\":{}}");
    assertThat(text(call("Table_2012.Fail", "{}"))).contains("ThingNotFound");
    assertThat(journal.select(entry -> entry.event().type().equals("port.ApiCall")))
        .extracting(entry -> entry.event().details().get("service"))
        .containsExactly("streams", "table");
  }

  @Test
  void hostsOfBothRoomsAreServed() throws Exception {
    for (String prefix : List.of("table", "streams.table")) {
      String answer = raw("GET / HTTP/1.1\r\nHost: " + prefix + ".us-east-1.amazonaws.com\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .endsWith("healthy: " + prefix + ".us-east-1.amazonaws.com ")
          .contains("x-amz-crc32: ");
    }
    assertThat(raw("GET / HTTP/1.1\r\nHost: streams.table.eu-west-1.amazonaws.com\r\n"))
        .contains("this simulator serves region us-east-1");
    assertThat(raw("GET / HTTP/1.1\r\nHost: shards.table.us-east-1.amazonaws.com\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Table_2012.Fail|{}|404|"
            + "{'__type':'com.example.table.v1#ThingNotFound','message':'no <thing> & nothing',"
            + "'reason':'GONE'}",
        "Table_2012.Echo|{|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Echo|[]|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Echo|''|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Echo|{} x|400|{'__type':'com.amazon.coral.service#SerializationException'}",
        "Table_2012.Fly|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Table_2012.|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Nothing.Echo|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Echo|{}|400|{'__type':'com.amazon.coral.service#UnknownOperationException'}",
        "Table_2012.Echo|{'Colour':1}|400|{'__type':'com.amazon.coral.validate#ValidationException','message':'The"
            + " simulator does not support the member \"Colour\" of table:Echo.'}"
      })
  void anErrorHasItsFullName(String target, String body, int status, String expected)
      throws Exception {
    var response = call(target, body.replace('\'', '"'));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(text(response).replace('\'', '~').replace('"', '\'').replace('~', '"'))
        .isEqualTo(expected);
    assertThat(header(response, "x-amz-crc32")).isEqualTo(crc32(response.body()));
    assertThat(header(response, "content-type")).isEqualTo(JSON);
    assertThat(header(response, "x-amzn-requestid")).hasSize(52);
  }

  @Test
  void aRequestWithoutTargetIsForNoOperation() throws Exception {
    var response = send(request().header("Content-Type", JSON).POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
  }

  @Test
  void contentTypesOfJsonAreEchoedAndOthersNotFound() throws Exception {
    var json = send(post("application/json; charset=utf-8", "Table_2012.Echo", "{}"));
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(header(json, "content-type")).isEqualTo("application/json");
    for (String type : List.of("text/plain", "application/x-amz-json-1.1", "application/xml")) {
      var other = send(post(type, "Table_2012.Echo", "{}"));
      assertThat(other.statusCode()).as(type).isEqualTo(404);
      assertThat(text(other)).isEqualTo("<UnknownOperationException/>\n");
      assertThat(header(other, "x-amz-crc32")).isEqualTo("3552371480");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /", "DELETE /", "GET /x", "POST /x", "PATCH /"})
  void otherMethodsAndPathsAreNotFound(String line) throws Exception {
    String[] parts = line.split(" ");
    var response =
        send(
            request(parts[1])
                .header("Content-Type", JSON)
                .method(parts[0], BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(404);
  }

  @Test
  void optionsEchoWhatIsAsked() throws Exception {
    var response =
        send(
            request()
                .header("Access-Control-Request-Headers", "x-a, x-b")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "access-control-allow-headers")).isEqualTo("x-a, x-b");
    assertThat(header(response, "access-control-allow-methods")).isEqualTo("POST");
    assertThat(header(response, "access-control-max-age")).isEqualTo("172800");
  }

  @Test
  void anAllowedPageReadsAnswersAndAForeignOneIsRefused() throws Exception {
    var allowed =
        send(post(JSON, "Table_2012.Echo", "{}").header("Origin", "http://localhost:5173"));
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().allValues("access-control-allow-origin"))
        .containsExactly("http://localhost:5173");
    var own =
        send(
            post(JSON, "Table_2012.Echo", "{}")
                .header("Origin", "http://127.0.0.1:" + server.port()));
    assertThat(own.headers().allValues("access-control-allow-origin")).containsExactly("*");
    var foreign = send(post(JSON, "Table_2012.Echo", "{}").header("Origin", "http://evil.test"));
    assertThat(foreign.statusCode()).isEqualTo(403);
  }

  @Test
  void aDefectIsAnInternalFailure() throws Exception {
    var response = call("Table_2012.Break", "{}");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(text(response)).contains("com.amazon.coral.service#InternalFailure");
  }
}
