// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures of requests in a Coral dialect. */
class CoralSignatureTest extends CoralFixture {
  @Test
  void anUnsignedRequestIsTakenAndOneForNoTargetAtTheHostIsAnsweredAlike() throws Exception {
    var unsigned =
        HttpRequest.newBuilder(uri("/"))
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "Streams_2012.Echo")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(send(unsigned).statusCode()).isEqualTo(200);
    assertThat(
            raw(
                "POST / HTTP/1.1\r\nHost: table.us-east-1.amazonaws.com\r\nContent-Type: "
                    + JSON
                    + "\r\nX-Amz-Target: Gone_2011.Echo\r\nContent-Length: 0\r\n"))
        .endsWith("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    assertThat(
            raw(
                "POST / HTTP/1.1\r\nHost: states.us-east-1.amazonaws.com\r\nContent-Type: "
                    + JSON
                    + "\r\nX-Amz-Target: Gone_2011.Echo\r\nContent-Length: 0\r\n"))
        .contains("The simulator does not support the target 'Gone_2011.Echo'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bearer x|MissingAuthenticationTokenException|Request is missing Authentication Token",
        "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/table/aws4_request|"
            + "IncompleteSignatureException|Authorization header requires 'Signature' parameter."
            + " Authorization header requires 'SignedHeaders' parameter. Authorization header"
            + " requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
            + "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/table/aws4_request"
      })
  void anIncompleteSignatureIsRefused(String authorization, String code, String message)
      throws Exception {
    var response =
        send(
            HttpRequest.newBuilder(uri("/"))
                .header("Authorization", authorization)
                .header("Content-Type", JSON)
                .header("X-Amz-Target", "Table_2012.Echo")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.service#"
                + code
                + "\",\"message\":\""
                + message
                + "\"}");
  }

  @Test
  void twoSignaturesAndHalfASignatureInTheQueryAreRefused() throws Exception {
    var both =
        request("/?X-Amz-Algorithm=AWS4-HMAC-SHA256")
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "Table_2012.Echo")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(text(send(both)))
        .contains("#InvalidSignatureException")
        .contains("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization'");
    var half =
        HttpRequest.newBuilder(uri("/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x"))
            .header("Content-Type", JSON)
            .header("X-Amz-Target", "Table_2012.Echo")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(text(send(half)))
        .contains("#IncompleteSignatureException")
        .contains(
            "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string"
                + " parameters must include 'X-Amz-Signature'. AWS query-string parameters must"
                + " include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.");
  }
}
