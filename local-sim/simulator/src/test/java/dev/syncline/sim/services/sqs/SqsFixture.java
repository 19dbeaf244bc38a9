// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.CoreServices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The queues under a clock that only the test moves. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SqsFixture {
  final CoreServices services = new CoreServices(new ClockMode.Manual());

  @AfterEach
  void close() {
    services.close();
  }

  void queue(String name, String attributes) {
    services.call(
        "sqs", "CreateQueue", "{'QueueName':'" + name + "','Attributes':{" + attributes + "}}");
  }

  AwsException refusedOnQ(String operation, String more) {
    return refused(operation, "{" + url("q") + (more.isEmpty() ? "" : ",") + more + "}");
  }

  AwsException refused(String operation, String input) {
    AwsException error =
        catchThrowableOfType(AwsException.class, () -> services.call("sqs", operation, input));
    assertThat(error).as("%s is refused", operation).isNotNull();
    return error;
  }

  JsonNode call(String operation, String queue, String more) {
    return services.call("sqs", operation, "{" + url(queue) + more + "}");
  }

  void send(String queue, String body) {
    call("SendMessage", queue, ",'MessageBody':'" + body + "'");
  }

  JsonNode receive(String queue, String more) {
    JsonNode messages = call("ReceiveMessage", queue, more).path("Messages");
    return messages.isMissingNode() ? Json.array() : messages;
  }

  void delete(String queue, String handle) {
    call("DeleteMessage", queue, ",'ReceiptHandle':'" + handle + "'");
  }

  void change(String queue, String handle, int seconds) {
    call(
        "ChangeMessageVisibility",
        queue,
        ",'ReceiptHandle':'" + handle + "','VisibilityTimeout':" + seconds);
  }

  String counts(String queue) {
    JsonNode all =
        call("GetQueueAttributes", queue, ",'AttributeNames':['All']").path("Attributes");
    return all.path("ApproximateNumberOfMessages").asText()
        + "/"
        + all.path("ApproximateNumberOfMessagesNotVisible").asText()
        + "/"
        + all.path("ApproximateNumberOfMessagesDelayed").asText();
  }

  static List<String> bodies(JsonNode messages) {
    var bodies = new ArrayList<String>();
    messages.forEach(message -> bodies.add(message.path("Body").asText()));
    return bodies;
  }

  static String redrive(String target, int most) {
    return "'RedrivePolicy':'{\\'deadLetterTargetArn\\':\\'".replace("\\'", "\\\"")
        + arn(target)
        + "\\\",\\\"maxReceiveCount\\\":"
        + most
        + "}'";
  }

  static String arn(String queue) {
    return "arn:aws:sqs:us-east-1:111111111111:" + queue;
  }

  static String url(String queue) {
    return "'QueueUrl':'http://127.0.0.1:4566/111111111111/" + queue + "'";
  }
}
