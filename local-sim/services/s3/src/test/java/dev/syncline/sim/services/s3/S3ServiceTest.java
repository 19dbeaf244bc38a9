// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3ServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimClock clock = new SimClock(new ClockMode.Manual());
  private final Ids ids = new Ids(1);
  private final Journal journal = new Journal(clock);
  private final FaultPlan faults = new FaultPlan(journal, ids);
  private final Dispatcher dispatcher = new Dispatcher(clock, faults);
  private final S3Service service =
      S3HttpFixture.service(clock, ids, journal, faults, dispatcher, new Contracts(), "us-east-1");

  @BeforeEach
  void register() {
    dispatcher.register(service);
  }

  @AfterEach
  void stop() {
    clock.close();
  }

  @Test
  void bucketsOfAnotherRegionAreNotListed() throws Exception {
    call("CreateBucket", "{'Bucket':'listed'}", "");
    assertThat(call("ListBuckets", "{'BucketRegion':'us-east-1'}", "").json().toString())
        .contains("listed");
    assertThat(call("ListBuckets", "{'BucketRegion':'eu-west-1'}", "").json().toString())
        .doesNotContain("listed");
  }

  @Test
  void objectsPutFromInsideAreReadFromInsideAndOnTheWire() throws Exception {
    call("CreateBucket", "{'Bucket':'code'}", "");
    call("PutObject", "{'Bucket':'code','Key':'f.zip','ContentType':'application/zip'}", "hello");

    Output got = call("GetObject", "{'Bucket':'code','Key':'f.zip','VersionId':'null'}", "");
    Output part = call("GetObject", "{'Bucket':'code','Key':'f.zip','Range':'bytes=1-2'}", "");
    byte[] wire =
        new Router(dispatcher, journal, ids, "123456789012", "us-east-1")
            .answer(
                new HttpRequest(
                    "GET",
                    "/code/f.zip",
                    "",
                    Headers.of("Host", "s3.us-east-1.amazonaws.com"),
                    new byte[0],
                    "127.0.0.1",
                    false))
            .body();

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.raw()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
    assertThat(got.headers()).containsEntry("content-type", "application/zip");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.raw()).asString(StandardCharsets.UTF_8).isEqualTo("el");
    assertThat(wire).asString(StandardCharsets.UTF_8).isEqualTo("hello");
  }

  @Test
  void listsComeInPages() throws Exception {
    call("CreateBucket", "{'Bucket':'code'}", "");
    for (String key : new String[] {"a/1", "a/2", "b"}) {
      call("PutObject", "{'Bucket':'code','Key':'" + key + "'}", "x");
    }

    ObjectNode first = call("ListObjectsV2", "{'Bucket':'code','MaxKeys':2}", "").json();
    ObjectNode second =
        call(
                "ListObjectsV2",
                "{'Bucket':'code','ContinuationToken':'"
                    + first.path("NextContinuationToken").asText()
                    + "'}",
                "")
            .json();

    assertThat(first.path("Contents").findValuesAsText("Key")).containsExactly("a/1", "a/2");
    assertThat(second.path("Contents").findValuesAsText("Key")).containsExactly("b");
    assertThat(second.path("IsTruncated").asBoolean()).isFalse();
  }

  @Test
  void missingValuesAreErrorsThatNameThem() throws Exception {
    assertThat(refusal("GetObject", "{'Bucket':'code','Key':'k'}").members())
        .containsEntry("BucketName", "code");
    call("CreateBucket", "{'Bucket':'code'}", "");
    AwsException noKey = refusal("HeadObject", "{'Bucket':'code','Key':'k'}");
    assertThat(noKey.code()).isEqualTo("NoSuchKey");
    assertThat(noKey.status()).isEqualTo(404);
    call("PutObject", "{'Bucket':'code','Key':'k'}", "x");
    assertThat(refusal("GetObject", "{'Bucket':'code','Key':'k','VersionId':'7'}").code())
        .isEqualTo("InvalidArgument");
    String version = "a".repeat(32);
    assertThat(
            refusal("GetObject", "{'Bucket':'code','Key':'k','VersionId':'" + version + "'}")
                .code())
        .isEqualTo("NoSuchVersion");
    assertThat(refusal("DeleteBucket", "{'Bucket':'code'}").code()).isEqualTo("BucketNotEmpty");
    assertThat(refusal("PutBucketAbac", "{}").text()).contains("s3:PutBucketAbac");
    call("DeleteObject", "{'Bucket':'code','Key':'k'}", "");
    call("DeleteBucket", "{'Bucket':'code'}", "");
    assertThat(call("ListBuckets", "{}", "").json().path("Buckets")).isEmpty();
    assertThat(refusal("HeadBucket", "{'Bucket':'code'}").code()).isEqualTo("NoSuchBucket");
  }

  private AwsException refusal(String operation, String input) {
    return catchThrowableOfType(AwsException.class, () -> call(operation, input, ""));
  }

  private Output call(String operation, String input, String body) throws Exception {
    var context =
        new CallContext(
            "123456789012", "us-east-1", "r", "", body.getBytes(StandardCharsets.UTF_8));
    return dispatcher.call(
        "s3", operation, (ObjectNode) JSON.readTree(input.replace('\'', '"')), context);
  }
}
