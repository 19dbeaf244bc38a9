// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import static dev.syncline.testing.ScriptedEventApi.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.testing.ScriptedEventApi;
import dev.syncline.testing.TestContext;
import dev.syncline.worker.testing.Jobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The handler as Lambda calls it; {@link MessageBatchTest} tests single messages. */
@Timeout(60)
class SqsWorkerHandlerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STANDARD = "arn:aws:sqs:eu-west-1:111122223333:jobs";
  private static final String FIFO = STANDARD + ".fifo";

  @AutoClose("shutdownNow")
  private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

  @AutoClose private ScriptedEventApi api;
  @AutoClose private SqsWorkerHandler handler;

  @BeforeEach
  void start() throws IOException {
    api = new ScriptedEventApi();
    handler =
        new SqsWorkerHandler(
            Map.of(
                "APPSYNC_HTTP_HOST",
                "example.appsync-api.eu-west-1.amazonaws.com",
                "APPSYNC_API_KEY",
                "da2-key",
                "WORKER_STATUSES",
                "none",
                "WORKER_DELAY_MS",
                "0",
                "AWS_ENDPOINT_URL",
                api.address().toString()),
            Jobs.CLOCK,
            scheduler);
  }

  @Test
  void aBatchThatIsAllDoneIsAnsweredWithNoFailures() throws IOException {
    JsonNode answer = invoke(STANDARD, Jobs.job("exec-1"), Jobs.job("exec-2"));

    assertThat(answer).isEqualTo(JSON.readTree("{\"batchItemFailures\":[]}"));
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::channel)
        .containsExactlyInAnyOrder("/ns/env/exec-1", "/ns/env/exec-2");
  }

  @Test
  void anEmptyBatchIsAnsweredToo() throws IOException {
    assertThat(invoke(STANDARD)).isEqualTo(JSON.readTree("{\"batchItemFailures\":[]}"));
  }

  @Test
  void aMessageThatIsNoJobIsTheOnlyOneNamed() throws IOException {
    assertThat(failures(invoke(STANDARD, "poison", Jobs.job("exec-1")))).containsExactly("id-0");
    assertThat(api.received()).hasSize(1);
  }

  @Test
  void aJobWhoseAnswerIsRefusedIsNamed() throws IOException {
    api.then(refuse(403, "UnauthorizedException", "no"));

    assertThat(failures(invoke(STANDARD, Jobs.job("exec-1")))).containsExactly("id-0");
  }

  @Test
  void ofAFifoQueueTheRestIsNamedFromTheFirstFailureOn() throws IOException {
    assertThat(failures(invoke(FIFO, Jobs.job("exec-1"), "poison", Jobs.job("exec-3"))))
        .containsExactly("id-1", "id-2");
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::channel)
        .containsExactly("/ns/env/exec-1");
  }

  @Test
  void anEventOfAnotherKindIsRefusedNamingTheRightHandler() {
    assertThatThrownBy(() -> call("{\"id\":\"exec-1\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Records")
        .hasMessageContaining("WorkerHandler");
    assertThatThrownBy(() -> invoke("arn:aws:kinesis:eu-west-1:111122223333:stream/jobs", "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eventSourceARN");
  }

  @Test
  void lambdasOwnConstructorsNameTheVariableThatIsMissing() {
    // The build's environment has none of ours.
    assertThatThrownBy(SqsWorkerHandler::new)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("APPSYNC_HTTP_HOST is not set");
    assertThatThrownBy(() -> new SqsWorkerHandler(Jobs.CLOCK, scheduler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("APPSYNC_HTTP_HOST is not set");
  }

  private static List<String> failures(JsonNode answer) {
    return answer.path("batchItemFailures").findValuesAsText("itemIdentifier");
  }

  /** A batch as a mapping gives it; its messages are named id-0, id-1 and so on. */
  private JsonNode invoke(String queue, String... bodies) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    var records = event.putArray("Records");
    for (int i = 0; i < bodies.length; i++) {
      ObjectNode message = records.addObject();
      message.put("messageId", "id-" + i).put("receiptHandle", "receipt-" + i);
      message.put("body", bodies[i]).put("eventSourceARN", queue);
      message.putObject("attributes").put("ApproximateReceiveCount", "1");
      message.putObject("messageAttributes");
    }
    return call(event.toString());
  }

  private JsonNode call(String event) throws IOException {
    var output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        output,
        TestContext.of("request-1", () -> 30_000, line -> {}));
    return JSON.readTree(output.toByteArray());
  }
}
