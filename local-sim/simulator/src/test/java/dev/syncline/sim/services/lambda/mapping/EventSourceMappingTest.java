// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues that invoke functions, in skipping time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventSourceMappingTest extends WholeSimulatorFixture {
  private static final String ACCOUNT = "111111111111";

  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

  @Test
  void aMessageInvokesTheFunctionAsAwsShapesItAndIsDeleted() throws Exception {
    queue("q", "");
    whole.function("f", "", this::keep);
    map("");
    whole.call(
        "sqs",
        "SendMessage",
        "{"
            + url("q")
            + ",'MessageBody':'hello','MessageAttributes':{'k':{'DataType':'String','StringValue':'v'}}}");
    JsonNode record = next().path("Records").path(0);
    assertThat(record.path("body").asText()).isEqualTo("hello");
    assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(record.path("eventSourceARN").asText()).isEqualTo(arn("q"));
    assertThat(record.path("awsRegion").asText()).isEqualTo("us-east-1");
    assertThat(record.path("md5OfBody").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(record.at("/messageAttributes/k/stringValue").asText()).isEqualTo("v");
    assertThat(record.at("/messageAttributes/k/dataType").asText()).isEqualTo("String");
    assertThat(record.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(record.path("attributes").has("SentTimestamp")).isTrue();
    untilDeleted(1);
    assertThat(counts("q")).isEqualTo("0/0");
  }

  @Test
  void aBatchThatFailsComesAgainAndGoesToTheDeadLetterQueue() {
    queue("dlq", "");
    queue("q", redrive("dlq", 3));
    var attempts = new AtomicInteger();
    whole.function(
        "f",
        "",
        event -> {
          attempts.incrementAndGet();
          throw new IllegalStateException("poison");
        });
    map("");
    send("q", "m");
    whole.until(entry -> entry.event().type().equals("sqs.MessageDeadLettered"));
    assertThat(attempts).hasValue(3);
    assertThat(counts("dlq")).isEqualTo("1/0");
    assertThat(mapping().path("LastProcessingResult").asText())
        .isEqualTo("PROBLEM: Function call failed");
  }

  /** The queue q, and the function f, whose events are kept. */
  private void queueWithFunction(Function<JsonNode, String> answers) {
    queue("q", "");
    whole.function(
        "f",
        "",
        event -> {
          keep(event);
          return answers.apply(event);
        });
  }

  @Test
  void onlyTheMessagesThatAreReportedComeAgain() throws Exception {
    var first = new AtomicInteger();
    queueWithFunction(
        event -> {
          for (JsonNode record : event.path("Records")) {
            if (record.path("body").asText().equals("bad") && first.getAndIncrement() == 0) {
              return "{\"batchItemFailures\":[{\"itemIdentifier\":\""
                  + record.path("messageId").asText()
                  + "\"}]}";
            }
          }
          return "{\"batchItemFailures\":[]}";
        });
    sendBatch("q", "good", "bad", "fine");
    map(",'FunctionResponseTypes':['ReportBatchItemFailures']");
    assertThat(bodies(next())).containsExactly("good", "bad", "fine");
    JsonNode again = next();
    assertThat(bodies(again)).containsExactly("bad");
    assertThat(again.at("/Records/0/attributes/ApproximateReceiveCount").asText()).isEqualTo("2");
    untilDeleted(3);
  }

  @Test
  void anAnswerThatNamesAnUnknownMessageFailsTheWholeBatch() throws Exception {
    var first = new AtomicInteger();
    queueWithFunction(
        event ->
            first.getAndIncrement() == 0
                ? "{\"batchItemFailures\":[{\"itemIdentifier\":\"nobody\"}]}"
                : "null");
    map(",'FunctionResponseTypes':['ReportBatchItemFailures']");
    send("q", "m");
    next();
    next();
    untilDeleted(1);
  }

  @Test
  void aBatchingWindowGathersMoreThanOneReceive() throws Exception {
    queue("q", "");
    whole.function("f", "", this::keep);
    for (int i = 0; i < 3; i++) {
      sendBatch("q", "a" + i, "b" + i, "c" + i, "d" + i, "e" + i);
    }
    map(",'BatchSize':15,'MaximumBatchingWindowInSeconds':20");
    assertThat(bodies(next())).hasSize(15);
    send("q", "alone");
    assertThat(bodies(next())).containsExactly("alone");
  }

  @Test
  void noMoreBatchesAreAtWorkThanTheScalingConfigAllows() throws Exception {
    queue("q", "");
    var atWork = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new CountDownLatch(12);
    whole.function(
        "f",
        "",
        event -> {
          most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          Thread.yield();
          atWork.decrementAndGet();
          done.countDown();
          return "{}";
        });
    for (int i = 0; i < 12; i++) {
      send("q", "m" + i);
    }
    map(",'BatchSize':1,'ScalingConfig':{'MaximumConcurrency':2}");
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isLessThanOrEqualTo(2);
    untilDeleted(12);
  }

  @Test
  void aGroupOfAFifoQueueIsAtWorkInOneBatchAtATime() throws Exception {
    whole.call(
        "sqs",
        "CreateQueue",
        "{'QueueName':'q.fifo','Attributes':{'FifoQueue':'true','ContentBasedDeduplication':'true'}}");
    whole.function("f", "", this::keep);
    for (int i = 0; i < 4; i++) {
      whole.call(
          "sqs",
          "SendMessage",
          "{" + url("q.fifo") + ",'MessageBody':'m" + i + "','MessageGroupId':'g'}");
    }
    map("q.fifo", ",'BatchSize':1");
    var order = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      JsonNode event = next();
      order.addAll(bodies(event));
      assertThat(event.at("/Records/0/attributes/MessageGroupId").asText()).isEqualTo("g");
    }
    assertThat(order).containsExactly("m0", "m1", "m2", "m3");
  }

  @Test
  void messagesThatTheFilterDoesNotWantAreDeletedUnseen() throws Exception {
    queue("q", "");
    whole.function("f", "", this::keep);
    map(
        ",'FilterCriteria':{'Filters':[{'Pattern':'{\\\"body\\\":{\\\"kind\\\":[\\\"order\\\"],"
            + "\\\"amount\\\":[{\\\"numeric\\\":[\\\">\\\",10]}]}}'}]}");
    send("q", "plain text");
    send("q", "{\\\"kind\\\":\\\"order\\\",\\\"amount\\\":5}");
    send("q", "{\\\"kind\\\":\\\"order\\\",\\\"amount\\\":11}");
    assertThat(bodies(next())).containsExactly("{\"kind\":\"order\",\"amount\":11}");
    untilDeleted(3);
    assertThat(events).isEmpty();
  }

  @Test
  void aDisabledMappingLeavesMessagesAlone() throws Exception {
    queue("q", "");
    whole.function("f", "", this::keep);
    JsonNode created = map(",'Enabled':false");
    assertThat(created.path("State").asText()).isEqualTo("Creating");
    assertThat(mapping().path("State").asText()).isEqualTo("Disabled");
    send("q", "m");
    assertThat(counts("q")).isEqualTo("1/0");
    update(",'Enabled':true,'BatchSize':5");
    next();
    assertThat(mapping().path("State").asText()).isEqualTo("Enabled");
    assertThat(mapping().path("BatchSize").asInt()).isEqualTo(5);
    untilDeleted(1);
    whole.call("lambda", "DeleteEventSourceMapping", "{'UUID':'" + uuid() + "'}");
    send("q", "unseen");
    assertThat(counts("q")).isEqualTo("1/0");
  }

  @Test
  void tagsOfAMapping() {
    queue("q", "");
    whole.function("f", "", this::keep);
    String arn = map(",'Tags':{'a':'b'}").path("EventSourceMappingArn").asText();
    whole.call("lambda", "TagResource", "{'Resource':'" + arn + "','Tags':{'c':'d'}}");
    whole.call("lambda", "UntagResource", "{'Resource':'" + arn + "','TagKeys':['a']}");
    assertThat(whole.call("lambda", "ListTags", "{'Resource':'" + arn + "'}").path("Tags"))
        .hasToString("{\"c\":\"d\"}");
  }

  @Test
  void unworkableSettingsAreRefused() {
    queue("q", "'VisibilityTimeout':'4'");
    queue("fine", "");
    whole.function("f", "", this::keep);
    assertThat(refused("q", "").text())
        .isEqualTo("Queue visibility timeout: 4 seconds is less than Function timeout: 5 seconds");
    assertThat(refused("none", "").text()).contains("AWS.SimpleQueueService.NonExistentQueue");
    assertThat(refused("fine", ",'BatchSize':11").text()).contains("Maximum batch window");
    assertThat(refused("fine", ",'BatchSize':10001").text()).contains("BatchSize");
    assertThat(refused("fine", ",'ScalingConfig':{'MaximumConcurrency':1}").text())
        .contains("MaximumConcurrency");
    assertThat(refused("fine", ",'StartingPosition':'LATEST'").text()).contains("StartingPosition");
    assertThat(
            refused(
                    "fine",
                    ",'FilterCriteria':{'Filters':[{'Pattern':'{\\\"body\\\":[{\\\"wildcard\\\":\\\"*\\\"}]}'}]}")
                .text())
        .contains("'wildcard'");
    map("fine", "");
    assertThat(refused("fine", "").code()).isEqualTo("ResourceConflictException");
  }

  private String keep(JsonNode event) {
    events.add(event);
    return "{}";
  }

  private JsonNode next() throws InterruptedException {
    JsonNode event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }

  private void untilDeleted(int messages) {
    whole.until(
        entry ->
            whole
                    .simulator
                    .journal()
                    .select(one -> one.event().type().equals("sqs.MessageDeleted"))
                    .size()
                >= messages);
  }

  private JsonNode map(String more) {
    return map("q", more);
  }

  private JsonNode map(String queue, String more) {
    return whole.call(
        "lambda",
        "CreateEventSourceMapping",
        "{'FunctionName':'f','EventSourceArn':'" + arn(queue) + "'" + more + "}");
  }

  private AwsException refused(String queue, String more) {
    AwsException error = catchThrowableOfType(AwsException.class, () -> map(queue, more));
    assertThat(error).as("a mapping with %s", more).isNotNull();
    return error;
  }

  private void update(String more) {
    whole.call("lambda", "UpdateEventSourceMapping", "{'UUID':'" + uuid() + "'" + more + "}");
  }

  private JsonNode mapping() {
    return whole.call("lambda", "GetEventSourceMapping", "{'UUID':'" + uuid() + "'}");
  }

  private String uuid() {
    return whole
        .call("lambda", "ListEventSourceMappings", "{'FunctionName':'f'}")
        .at("/EventSourceMappings/0/UUID")
        .asText();
  }

  private void queue(String name, String attributes) {
    whole.call(
        "sqs", "CreateQueue", "{'QueueName':'" + name + "','Attributes':{" + attributes + "}}");
  }

  private void send(String queue, String body) {
    whole.call("sqs", "SendMessage", "{" + url(queue) + ",'MessageBody':'" + body + "'}");
  }

  private void sendBatch(String queue, String... bodies) {
    var entries = new ArrayList<String>();
    for (String body : bodies) {
      entries.add("{'Id':'" + body + "','MessageBody':'" + body + "'}");
    }
    whole.call("sqs", "SendMessageBatch", "{" + url(queue) + ",'Entries':" + entries + "}");
  }

  private String counts(String queue) {
    JsonNode all =
        whole
            .call("sqs", "GetQueueAttributes", "{" + url(queue) + ",'AttributeNames':['All']}")
            .path("Attributes");
    return all.path("ApproximateNumberOfMessages").asText()
        + "/"
        + all.path("ApproximateNumberOfMessagesNotVisible").asText();
  }

  private static List<String> bodies(JsonNode event) {
    return StreamSupport.stream(event.path("Records").spliterator(), false)
        .map(record -> record.path("body").asText())
        .toList();
  }

  private static String redrive(String target, int most) {
    return "'RedrivePolicy':'{\\\"deadLetterTargetArn\\\":\\\""
        + arn(target)
        + "\\\",\\\"maxReceiveCount\\\":"
        + most
        + "}'";
  }

  private static String arn(String queue) {
    return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + queue;
  }

  private static String url(String queue) {
    return "'QueueUrl':'http://127.0.0.1:4566/" + ACCOUNT + "/" + queue + "'";
  }
}
