// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications: which configurations a bucket takes, and what it sends. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NotificationsTest extends S3HttpFixture {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:jobs";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String POLICY =
      "{'Statement':[{'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},"
          + "'Action':'sqs:SendMessage','Resource':'"
          + QUEUE
          + "','Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:s3:*:*:b-1'},"
          + "'StringEquals':{'aws:SourceAccount':'123456789012'}}}]}";

  private final FakeDestinations sqs = FakeDestinations.of("sqs");
  private final FakeDestinations lambda = FakeDestinations.of("lambda");
  private final FakeDestinations events = FakeDestinations.of("events");
  private Router room = s3;

  @BeforeEach
  void rooms() throws Exception {
    neighbours.addAll(List.of(sqs, lambda, events));
    contracts.provide(
        InvokePermissions.class,
        (function, caller, source, account) ->
            function.equals(FUNCTION)
                && caller.equals("s3.amazonaws.com")
                && source.equals("arn:aws:s3:::b-1"));
    room = router("us-east-1");
    sqs.queues.put("jobs", POLICY.replace('\'', '"'));
    call("PUT", "/b-1", "");
  }

  private HttpResponse call(String method, String target, String body, String... headers)
      throws Exception {
    return send(room, method, target, body, headers);
  }

  private HttpResponse configure(String configurations, String... headers) throws Exception {
    return call(
        "PUT",
        "/b-1?notification",
        "<NotificationConfiguration>" + configurations + "</NotificationConfiguration>",
        headers);
  }

  private static String queue(String... events) {
    return "<QueueConfiguration><Id>q</Id><Queue>"
        + QUEUE
        + "</Queue>"
        + events(events)
        + "</QueueConfiguration>";
  }

  private static String function(String filter, String... events) {
    return "<CloudFunctionConfiguration><CloudFunction>"
        + FUNCTION
        + "</CloudFunction>"
        + events(events)
        + filter
        + "</CloudFunctionConfiguration>";
  }

  private static String events(String... events) {
    var xml = new StringBuilder();
    for (String event : events) {
      xml.append("<Event>").append(event).append("</Event>");
    }
    return xml.toString();
  }

  private static String filter(String name, String value) {
    return "<Filter><S3Key><FilterRule><Name>"
        + name
        + "</Name><Value>"
        + value
        + "</Value></FilterRule></S3Key></Filter>";
  }

  private void awaitFailure() {
    while (journal.since(0).stream()
        .noneMatch(entry -> entry.event().toString().contains("NotificationFailed"))) {
      Thread.onSpinWait();
    }
  }

  /** The first records that the queue got, after the test message. */
  private List<JsonNode> records(int count) throws Exception {
    sqs.await(count + 1);
    var records = new ArrayList<JsonNode>();
    for (JsonNode message : sqs.received) {
      records.add(Json.MAPPER.readTree(message.path("MessageBody").asText()));
    }
    records.removeIf(message -> message.has("Event"));
    return records.stream().map(message -> message.at("/Records/0")).toList();
  }

  @Test
  void aQueueIsToldThatItWillBeNotified() throws Exception {
    assertThat(configure(queue("s3:ObjectCreated:*")).status()).isEqualTo(200);
    sqs.await(1);

    JsonNode test = Json.MAPPER.readTree(sqs.received.getFirst().path("MessageBody").asText());
    assertThat(test.path("Service").asText()).isEqualTo("Amazon S3");
    assertThat(test.path("Event").asText()).isEqualTo("s3:TestEvent");
    assertThat(test.path("Bucket").asText()).isEqualTo("b-1");
    assertThat(test.path("Time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
  }

  @Test
  void theRecordHasTheFormOfAws() throws Exception {
    configure(queue("s3:ObjectCreated:*"));
    call("PUT", "/b-1/a%20b%2B%C3%BC/c", "hello");

    JsonNode record = records(1).getFirst();
    assertThat(record.path("eventVersion").asText()).isEqualTo("2.1");
    assertThat(record.path("eventSource").asText()).isEqualTo("aws:s3");
    assertThat(record.path("awsRegion").asText()).isEqualTo("us-east-1");
    assertThat(record.path("eventTime").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(record.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
    assertThat(record.at("/responseElements/x-amz-request-id").asText()).hasSize(16);
    assertThat(record.at("/s3/s3SchemaVersion").asText()).isEqualTo("1.0");
    assertThat(record.at("/s3/configurationId").asText()).isEqualTo("q");
    assertThat(record.at("/s3/bucket/arn").asText()).isEqualTo("arn:aws:s3:::b-1");
    JsonNode object = record.at("/s3/object");
    assertThat(object.path("key").asText()).isEqualTo("a+b%2B%C3%BC/c");
    assertThat(object.path("size").asInt()).isEqualTo(5);
    assertThat(object.path("eTag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(object.path("sequencer").asText()).matches("[0-9A-F]{18}");
    assertThat(object.has("versionId")).isFalse();
  }

  @Test
  void everyWayOfWritingHasItsEvent() throws Exception {
    configure(queue("s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"));
    call(
        "PUT",
        "/b-1?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    call("PUT", "/b-1/k", "x");
    call("PUT", "/b-1/l", "", "x-amz-copy-source", "b-1/k");
    String upload = value(text(call("POST", "/b-1/m?uploads", "")), "UploadId");
    HttpResponse part = call("PUT", "/b-1/m?partNumber=1&uploadId=" + upload, "x");
    call(
        "POST",
        "/b-1/m?uploadId=" + upload,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + part.headers().first("etag").orElse("")
            + "</ETag></Part></CompleteMultipartUpload>");
    call(
        "PUT",
        "/b-1/k?tagging",
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");
    call("DELETE", "/b-1/k?tagging", "");
    HttpResponse hidden = call("DELETE", "/b-1/k", "");
    String marker = hidden.headers().first("x-amz-version-id").orElse("");
    call("DELETE", "/b-1/k?versionId=" + marker, "");

    List<JsonNode> records = records(7);
    assertThat(records.stream().map(record -> record.path("eventName").asText()))
        .containsExactly(
            "ObjectCreated:Put",
            "ObjectCreated:Copy",
            "ObjectCreated:CompleteMultipartUpload",
            "ObjectTagging:Put",
            "ObjectTagging:Delete",
            "ObjectRemoved:DeleteMarkerCreated",
            "ObjectRemoved:Delete");
    assertThat(records.getLast().at("/s3/object/versionId").asText()).isEqualTo(marker);
    assertThat(records.getLast().at("/s3/object").has("eTag")).isFalse();
    assertThat(records.stream().map(record -> record.at("/s3/object/sequencer").asText()))
        .isSorted();
  }

  @Test
  void expiredObjectsAreReported() throws Exception {
    configure(queue("s3:LifecycleExpiration:*"));
    call(
        "PUT",
        "/b-1?lifecycle",
        "<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter/><Expiration><Days>1</Days>"
            + "</Expiration></Rule></LifecycleConfiguration>");
    call("PUT", "/b-1/k", "x");
    clock.advance(Duration.ofDays(3));

    assertThat(records(1).getFirst().path("eventName").asText())
        .isEqualTo("LifecycleExpiration:Delete");
    assertThat(records(1).getFirst().at("/userIdentity/principalId").asText())
        .isEqualTo("s3.amazonaws.com");
  }

  @Test
  void aFunctionIsInvokedAsynchronouslyForKeysOfItsFilter() throws Exception {
    configure(function(filter("PREFIX", "in/"), "s3:ObjectCreated:Put"));
    call("PUT", "/b-1/in/k", "x");
    call("PUT", "/b-1/out/k", "x");
    call("PUT", "/b-1/in/l", "", "x-amz-copy-source", "b-1/in/k");
    lambda.await(1);

    assertThat(lambda.received).hasSize(1);
    JsonNode call = lambda.received.getFirst();
    assertThat(call.path("InvocationType").asText()).isEqualTo("Event");
    assertThat(call.path("FunctionName").asText()).isEqualTo(FUNCTION);
    assertThat(call.at("/Payload/Records/0/s3/object/key").asText()).isEqualTo("in/k");
    assertThat(text(call("GET", "/b-1?notification", ""))).contains("<Name>Prefix</Name>");
  }

  @Test
  void theEventBusGetsEveryEvent() throws Exception {
    configure("<EventBridgeConfiguration/>");
    call("PUT", "/b-1/k", "x");
    call("DELETE", "/b-1/k", "");
    events.await(2);

    JsonNode created = events.received.get(0).at("/Entries/0");
    JsonNode deleted = events.received.get(1).at("/Entries/0");
    assertThat(created.path("Source").asText()).isEqualTo("aws.s3");
    assertThat(created.path("DetailType").asText()).isEqualTo("Object Created");
    JsonNode detail = Json.MAPPER.readTree(created.path("Detail").asText());
    assertThat(detail.path("reason").asText()).isEqualTo("PutObject");
    assertThat(detail.at("/object/size").asInt()).isEqualTo(1);
    assertThat(deleted.path("DetailType").asText()).isEqualTo("Object Deleted");
    assertThat(deleted.path("Detail").asText()).contains("Permanently Deleted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'sqs:ReceiveMessage',"
            + "'Resource':'*'}]}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':'*',"
            + "'Condition':{'ArnEquals':{'aws:SourceArn':'arn:aws:s3:::other'}}}]}",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':'*'},"
            + "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}]}"
      })
  void aQueueMustAllowS3ToSend(String policy) throws Exception {
    sqs.queues.put("jobs", policy.replace('\'', '"'));
    HttpResponse answer = configure(queue("s3:ObjectCreated:*"));

    assertThat(code(answer)).isEqualTo("InvalidArgument");
    assertThat(value(text(answer), "Message"))
        .isEqualTo("Unable to validate the following destination configurations");
    assertThat(value(text(answer), "ArgumentName")).isEqualTo(QUEUE + ", null");
    assertThat(value(text(answer), "ArgumentValue"))
        .isEqualTo(
            "Permissions on the destination queue do not allow S3 to publish notifications from"
                + " this bucket");
    assertThat(text(call("GET", "/b-1?notification", ""))).doesNotContain(QUEUE);
  }

  @Test
  void destinationsThatCannotBeUsedAreRefusedUnlessTheCheckIsSkipped() throws Exception {
    sqs.queues.clear();
    String both =
        queue("s3:ObjectCreated:*")
            + function("", "s3:ObjectRemoved:*").replace(FUNCTION, FUNCTION + "2");
    String refused = text(configure(both));

    assertThat(refused)
        .contains("The destination queue does not exist")
        .contains("Not authorized to invoke function [" + FUNCTION + "2]")
        .contains("<ArgumentName1>", "<ArgumentName2>");
    assertThat(configure(both, "x-amz-skip-destination-validation", "true").status())
        .isEqualTo(200);
    assertThat(sqs.received).isEmpty();
  }

  @Test
  void aDestinationThatFailsLaterChangesNothing() throws Exception {
    configure(queue("s3:ObjectCreated:*"));
    sqs.await(1);
    sqs.queues.clear();

    assertThat(call("PUT", "/b-1/k", "x").status()).isEqualTo(200);
    awaitFailure();
    assertThat(journal.since(0))
        .anySatisfy(
            entry ->
                assertThat(entry.event().toString())
                    .contains("The destination queue does not exist"));
  }

  @Test
  void aQueueThatNoLongerAllowsS3GetsNothing() throws Exception {
    configure(queue("s3:ObjectCreated:*"));
    sqs.await(1);
    sqs.queues.put("jobs", "");
    call("PUT", "/b-1/k", "x");

    awaitFailure();

    assertThat(sqs.received).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3:ObjectCreated:* | s3:ObjectFound:* | The event is not supported for notifications",
        "<Id>q</Id> | <Colour/> | The XML you provided was not well-formed",
        "arn:aws:sqs:us-east-1 | arn:aws:sqs:eu-west-1 | destination service region is not valid",
        "arn:aws:sqs:us-east-1:123456789012:jobs | jobs | The ARN could not be parsed",
        ":jobs | :jobs.fifo | Unable to validate"
      })
  void badConfigurationsAreRefused(String good, String bad, String words) throws Exception {
    assertThat(value(text(configure(queue("s3:ObjectCreated:*").replace(good, bad))), "Message"))
        .contains(words);
  }

  @Test
  void manyEventsAndConfigurationsAreCheckedQuickly() throws Exception {
    String[] events = new String[10_000];
    Arrays.fill(events, "s3:ObjectCreated:Put");
    assertThat(configure(queue(events)).status()).isEqualTo(200);
    assertThat(text(call("GET", "/b-1?notification", "")).split("<Event>", -1)).hasSize(2);
    String function = function("", "s3:ObjectCreated:Put");
    assertThat(code(configure(function.repeat(101)))).isEqualTo("MalformedXML");
  }

  @Test
  void filtersAndOverlapsAreChecked() throws Exception {
    String put = "s3:ObjectCreated:Put";
    assertThat(text(configure(function(filter("infix", "a"), put))))
        .contains("filter rule name must be either prefix or suffix");
    assertThat(text(configure(function(filter("prefix", "a".repeat(1025)), put))))
        .contains("cannot exceed 1024 bytes");
    assertThat(text(configure(function("", put) + queue("s3:ObjectCreated:*"))))
        .contains("Configurations overlap");
    assertThat(
            text(
                configure(
                    function(filter("suffix", "b"), put) + function(filter("suffix", "ab"), put))))
        .contains("Cannot have overlapping suffixes");
    assertThat(
            configure(function(filter("prefix", "a"), put) + function(filter("prefix", "b"), put))
                .status())
        .isEqualTo(200);
    assertThat(text(configure(queue(put) + queue("s3:ObjectRemoved:*"))))
        .contains("Same ID used for multiple configurations");
    assertThat(
            text(
                configure(
                    "<TopicConfiguration><Topic>arn:aws:sns:us-east-1:1:t</Topic><Event>"
                        + put
                        + "</Event></TopicConfiguration>")))
        .contains("NotImplemented", "TopicConfigurations", "SNS");
  }
}
