// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.testing.AwsCli;
import dev.syncline.sim.testing.RealClientsFixture;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query protocol: by hand, and by boto3 with the model that it had until November 2023. */
class SqsQueryProtocolTest extends RealClientsFixture {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String AMZ_JSON = "application/x-amz-json-1.0";
  private static final String QUEUE = "/111111111111/q";

  @BeforeEach
  void makeQueue() throws Exception {
    assertThat(form("/", "Action=CreateQueue&Version=2012-11-05&QueueName=q").statusCode())
        .isEqualTo(200);
  }

  @Test
  void boto3WithItsFormerModelUsesEveryOperation() throws Exception {
    AwsCli.assumeBoto3();
    aws.python(Files.readString(Path.of("src/test/resources/sqs/query_client.py")));
  }

  @Test
  void anAnswerHasTheNamespaceTheResultAndTheRequestId() throws Exception {
    HttpResponse<String> sent = form(QUEUE, "Action=SendMessage&MessageBody=a%20%3Cb%3E");
    String id = sent.headers().firstValue("x-amzn-requestid").orElseThrow();
    assertThat(sent.headers().firstValue("content-type")).hasValue("text/xml");
    assertThat(sent.body())
        .contains(
            "<SendMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">"
                + "<SendMessageResult>",
            "<MD5OfMessageBody>",
            "</SendMessageResult><ResponseMetadata><RequestId>" + id + "</RequestId>");
    HttpResponse<String> got = form(QUEUE, "Action=ReceiveMessage&AttributeName=All");
    assertThat(got.body())
        .contains(
            "<ReceiveMessageResult><Message><MessageId>",
            "<Body>a &lt;b&gt;</Body>",
            "<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>");
  }

  @Test
  void anOperationWithoutOutputHasNoResultElement() throws Exception {
    assertThat(
            form(QUEUE, "Action=SetQueueAttributes&Attribute.Name=DelaySeconds&Attribute.Value=4"))
        .extracting(HttpResponse::body)
        .asString()
        .contains("-05/\"><ResponseMetadata><RequestId>");
    assertThat(get("?Action=GetQueueAttributes&AttributeName.1=DelaySeconds").body())
        .contains(
            "<GetQueueAttributesResult><Attribute><Name>DelaySeconds</Name><Value>4</Value>"
                + "</Attribute></GetQueueAttributesResult>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/111111111111/q|Action=SendMessage|400|MissingParameter",
        "/111111111111/q|Action=Fly|400|InvalidAction",
        "/111111111111/q|X=1|400|MissingAction",
        "/111111111111/none|Action=PurgeQueue|400|AWS.SimpleQueueService.NonExistentQueue",
        "/111111111111/q|Action=DeleteMessage&ReceiptHandle=x|404|ReceiptHandleIsInvalid",
        "/111111111111/q|Action=ReceiveMessage&MaxNumberOfMessages=x|400|InvalidParameterValue",
        "/111111111111/q|Action=SetQueueAttributes&Attribute.1.Name=x|400|MalformedInput",
        "/111111111111/q|Action=SendMessageBatch|400|AWS.SimpleQueueService.EmptyBatchRequest",
      })
  void anErrorHasItsTypeAndTheCodeOfTheProtocol(String path, String form, int status, String code)
      throws Exception {
    HttpResponse<String> refused = form(path, form + "&Version=2012-11-05");
    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.body())
        .contains(
            "<ErrorResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><Error>"
                + "<Type>Sender</Type><Code>"
                + code
                + "</Code><Message>",
            "<Detail></Detail></Error><RequestId>");
  }

  @Test
  void jsonWithoutATargetIsReadAsAQueryWhoseParametersAreInTheUrl() throws Exception {
    String body = "{\"task\":\"a + b & c\"}";
    String query =
        "?Action=SendMessage&MessageBody=" + URLEncoder.encode(body, StandardCharsets.UTF_8);
    HttpResponse<String> sent = send(QUEUE + query, AMZ_JSON, "POST", "{\"MessageBody\":\"no\"}");
    assertThat(sent.body()).contains("<SendMessageResult>");
    assertThat(form(QUEUE, "Action=ReceiveMessage").body())
        .contains("<Body>{&quot;task&quot;:&quot;a + b &amp; c&quot;}</Body>");
  }

  @Test
  void theBodyOfSuchARequestIsNoParameter() throws Exception {
    HttpResponse<String> refused =
        send(QUEUE + "?Action=SendMessage", AMZ_JSON, "POST", "{\"MessageBody\":\"no\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("<Code>MissingParameter</Code>");
  }

  @Test
  void aGetThatChangesStateNeedsAnAuthorizationHeader() throws Exception {
    HttpResponse<String> page = get("?Action=SendMessage&MessageBody=x");
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("<Code>AccessDenied</Code>", "Authorization header");
    HttpRequest password =
        HttpRequest.newBuilder(uri(QUEUE + "?Action=PurgeQueue"))
            .header("Authorization", "Basic YTpi")
            .build();
    assertThat(exchange(password).statusCode()).isEqualTo(403);
    HttpRequest signed =
        HttpRequest.newBuilder(uri(QUEUE + "?Action=SendMessage&MessageBody=x"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .build();
    assertThat(exchange(signed).body()).contains("<SendMessageResult>");
  }

  @Test
  void parametersOfSignatureVersion2AreNoMembers() throws Exception {
    assertThat(
            form(
                    QUEUE,
                    "Action=SendMessage&MessageBody=x&AWSAccessKeyId=test&SignatureVersion=2"
                        + "&SignatureMethod=HmacSHA256&Timestamp=2026-01-01T00%3A00%3A00Z"
                        + "&Signature=0&Version=2012-11-05")
                .body())
        .contains("<SendMessageResult>");
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpResponse<String> get(String query) throws IOException, InterruptedException {
    return exchange(HttpRequest.newBuilder(uri(QUEUE + query)).build());
  }

  private HttpResponse<String> form(String path, String form)
      throws IOException, InterruptedException {
    return send(path, FORM, "POST", form);
  }

  private HttpResponse<String> send(String path, String type, String method, String body)
      throws IOException, InterruptedException {
    return exchange(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
