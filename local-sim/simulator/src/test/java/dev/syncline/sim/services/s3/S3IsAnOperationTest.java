// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to S3 on the wire go the way of every operation. */
class S3IsAnOperationTest {
  @TempDir Path work;
  @AutoClose private WholeSimulator aws;
  private Simulator simulator;

  @BeforeEach
  void start() {
    aws = new WholeSimulator(work);
    simulator = aws.simulator;
  }

  @Test
  void eachIsInTheJournalWithItsNameAndStatus() {
    send("PUT", "/bbb", "");
    send("PUT", "/bbb/k", "x");
    send("GET", "/bbb/none", "");
    send("GET", "/bbb?list-type=2&prefix=k", "");
    send("POST", "/bbb/k?uploads", "");
    send("PATCH", "/bbb/k", "");

    assertThat(calls())
        .containsExactly(
            "CreateBucket 200 ",
            "PutObject 200 ",
            "GetObject 404 NoSuchKey",
            "ListObjectsV2 200 ",
            "CreateMultipartUpload 200 ",
            " 405 MethodNotAllowed");
  }

  @Test
  void aRequestRefusedBeforeItsOperationRunsIsInTheJournalByName() {
    HttpResponse refused = send("PUT", "/bbb/k?acl", "");
    HttpResponse expired = send("GET", "/bbb/k?AWSAccessKeyId=a&Signature=s&Expires=1", "");

    assertThat(calls())
        .containsExactly("PutObject 400 NotImplemented", "GetObject 403 AccessDenied");
    assertThat(
            simulator
                .journal()
                .select(entry -> entry.event().type().equals("port.ApiCall"))
                .stream()
                .map(entry -> entry.event().details().get("requestId")))
        .containsExactly(id(refused), id(expired))
        .allMatch(id -> id.matches("[0-9A-F]{16}"));
  }

  private static String id(HttpResponse answer) {
    return answer.headers().first("x-amz-request-id").orElseThrow();
  }

  @Test
  void plannedFaultsStrikeAndTheClientSeesS3sOwnShape() {
    send("PUT", "/bbb", "");
    simulator
        .faults()
        .add(FaultRule.always("call", new Fault.Throttle()).when("operation", "PutObject"));
    simulator
        .faults()
        .add(
            FaultRule.always("call", new Fault.Refuse(503, "ServiceUnavailable", "away"))
                .when("service", "s3")
                .when("input", "{\"Bucket\":\"bbb\",\"Key\":\"secret*"));

    HttpResponse put = send("PUT", "/bbb/k", "x");
    assertThat(put.status()).isEqualTo(503);
    assertThat(text(put)).contains("<Code>SlowDown</Code>", "<RequestId>");
    assertThat(send("GET", "/bbb/k", "").status()).isEqualTo(404);
    assertThat(text(send("GET", "/bbb/secret", ""))).contains("<Code>ServiceUnavailable</Code>");
    HttpResponse head = send("HEAD", "/bbb/secret", "");
    assertThat(head.status()).isEqualTo(503);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aPutCountsAsAChangeForWhatIsSaved() {
    long before = simulator.dispatcher().calls();
    send("PUT", "/bbb", "");
    send("PUT", "/bbb/k", "x");
    assertThat(simulator.dispatcher().calls()).isEqualTo(before + 4);
  }

  @Test
  void membersOfTheWireAreThereForCallersInside() {
    send("PUT", "/bbb", "");
    send("PUT", "/bbb/a%20b", "x", "x-amz-meta-who", "me", "Cache-Control", "no-store");

    aws.call(
        "s3",
        "CopyObject",
        "{'Bucket': 'bbb', 'Key': 'c', 'CopySource': 'bbb/a%20b',"
            + " 'MetadataDirective': 'REPLACE', 'Metadata': {'who': 'you'}}");
    JsonNode upload = aws.call("s3", "CreateMultipartUpload", "{'Bucket': 'bbb', 'Key': 'd'}");
    JsonNode parts =
        aws.call(
            "s3",
            "ListParts",
            "{'Bucket': 'bbb', 'Key': 'd', 'UploadId': '"
                + upload.path("UploadId").asText()
                + "', 'MaxParts': 10}");
    JsonNode deleted =
        aws.call("s3", "DeleteObjects", "{'Bucket': 'bbb', 'Delete': {'Objects': [{'Key': 'x'}]}}");
    JsonNode listed =
        aws.call("s3", "ListObjects", "{'Bucket': 'bbb', 'MaxKeys': 1, 'Delimiter': '/'}");

    assertThat(send("HEAD", "/bbb/c", "").headers().first("x-amz-meta-who")).contains("you");
    assertThat(parts.path("MaxParts").asInt()).isEqualTo(10);
    assertThat(deleted.at("/Deleted/0/Key").asText()).isEqualTo("x");
    assertThat(listed.path("NextMarker").asText()).isEqualTo("a b");
  }

  @Test
  void everyMemberHasAPlaceOnTheWireAndNoTwoHaveOne() {
    AwsService service = Objects.requireNonNull(simulator.dispatcher().service("s3"));
    for (Operation operation : service.operations()) {
      RestXmlBinding binding = Objects.requireNonNull(operation.xml());
      List<String> members =
          Stream.concat(binding.query().values().stream(), binding.headers().values().stream())
              .toList();
      assertThat(members)
          .as(operation.name())
          .doesNotHaveDuplicates()
          .allMatch(operation.members()::contains);
    }
  }

  private List<String> calls() {
    return simulator.journal().select(entry -> entry.event().type().equals("port.ApiCall")).stream()
        .map(entry -> entry.event().details())
        .filter(details -> "s3".equals(details.get("service")))
        .map(
            details ->
                details.get("operation") + " " + details.get("status") + " " + details.get("code"))
        .toList();
  }

  private HttpResponse send(String method, String target, String body, String... headers) {
    int mark = target.indexOf('?');
    var request =
        new HttpRequest(
            method,
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? "" : target.substring(mark + 1),
            Headers.of(headers)
                .with("Host", "127.0.0.1")
                .with(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request,"
                        + " SignedHeaders=host, Signature=0"),
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            false);
    try {
      return simulator.clock().call(() -> simulator.router().answer(request));
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static String text(HttpResponse answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
