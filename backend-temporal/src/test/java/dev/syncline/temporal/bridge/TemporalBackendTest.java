// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import static dev.syncline.testing.ScriptedEventApi.refuse;
import static dev.syncline.testing.ScriptedEventApi.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.BackendContext;
import dev.syncline.bridge.backend.Backends;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.publisher.Channel;
import dev.syncline.temporal.JobWorkflow;
import dev.syncline.temporal.LocalCluster;
import dev.syncline.temporal.TemporalConfig;
import dev.syncline.temporal.worker.TemporalWorker;
import dev.syncline.testing.ScriptedEventApi;
import dev.syncline.worker.FullName;
import dev.syncline.worker.Work;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TemporalBackendTest {
  private static final String ADA = "{\"name\":\"Ada\",\"surname\":\"Lovelace\"}";
  private static final WorkOutcome FULL_NAME =
      new WorkOutcome.Completed("{\"fullName\":\"Ada Lovelace\"}");

  private LocalCluster cluster;
  private ScriptedEventApi events;

  @SuppressWarnings("NullAway.Init") // by the test, through start()
  private TemporalWorker worker;

  @SuppressWarnings("NullAway.Init") // by the test, through start()
  private Backend backend;

  @BeforeEach
  void startCluster() throws Exception {
    cluster = new LocalCluster(false);
    events = new ScriptedEventApi();
    cluster
        .environment()
        .putAll(
            Map.of(
                "APPSYNC_HTTP_HOST", "example.appsync-api.eu-west-1.amazonaws.com",
                "APPSYNC_API_KEY", "da2-key",
                "AWS_ENDPOINT_URL", events.address().toString()));
  }

  @AfterEach
  void stop() {
    if (backend != null) {
      backend.close();
    }
    if (worker != null) {
      worker.close();
    }
    cluster.close();
    events.close();
  }

  private void start(String answers, Work work) {
    worker = cluster.worker(work);
    backend = backend(answers);
  }

  private Backend backend(String answers) {
    cluster.environment().put("TEMPORAL_ANSWERS", answers);
    return Backends.named("temporal")
        .create(
            new BackendContext(
                cluster.environment(), Clock.systemUTC(), task -> Thread.ofVirtual().start(task)));
  }

  private static CorrelationId id(int number) {
    return new CorrelationId("exec-" + String.format("%032x", number));
  }

  private static WorkRequest onChannel(int number, String event) {
    return WorkRequest.of(id(number), Channel.of("/ns/env/" + id(number).value()), event);
  }

  private static WorkRequest waiting(int number, String event) {
    return new WorkRequest(
        id(number), Optional.empty(), event, true, Optional.empty(), Optional.empty());
  }

  private static WorkOutcome answer(StartResult started) throws Exception {
    assertThat(started).isInstanceOf(StartResult.Promised.class);
    return ((StartResult.Promised) started).answer().get(240, TimeUnit.SECONDS);
  }

  private WorkOutcome await(CorrelationId id) throws Exception {
    while (true) {
      if (backend.find(id) instanceof FindResult.Finished finished) {
        return finished.outcome();
      }
      Thread.sleep(20);
    }
  }

  @Test
  void startingAndWaitingIsOneRequestAndNeedsNoChannel() throws Exception {
    start("update", new FullName());

    assertThat(answer(backend.start(waiting(1, ADA)))).isEqualTo(FULL_NAME);
    assertThat(events.received()).isEmpty();
    assertThat(await(id(1))).isEqualTo(FULL_NAME);
  }

  @Test
  void theSameRequestAgainIsJoinedAndThenReplayed() throws Exception {
    AtomicInteger worked = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    start(
        "update",
        (id, event) -> {
          worked.incrementAndGet();
          release.await();
          return new FullName().perform(id, event);
        });
    StartResult first = backend.start(waiting(1, ADA));
    StartResult second = backend.start(waiting(1, ADA));
    release.countDown();

    assertThat(answer(first)).isEqualTo(FULL_NAME);
    assertThat(answer(second)).isEqualTo(FULL_NAME);
    await(id(1));
    assertThat(backend.start(waiting(1, ADA))).isEqualTo(new StartResult.Finished(FULL_NAME));
    assertThat(worked).hasValue(1);
  }

  @Test
  void anotherEventUnderTheSameIdIsRefused() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    start(
        "update",
        (id, event) -> {
          release.await();
          return "{}";
        });
    StartResult first = backend.start(waiting(1, ADA));
    assertThat(backend.start(waiting(1, "{}"))).isEqualTo(new StartResult.OtherEvent());
    release.countDown();
    answer(first);
    await(id(1));

    assertThat(backend.start(waiting(1, "{}"))).isEqualTo(new StartResult.OtherEvent());
  }

  @Test
  void workThatFailsIsAnAnswer() throws Exception {
    start("update", new FullName());

    assertThat(answer(backend.start(waiting(1, "{}"))))
        .isEqualTo(new WorkOutcome.Failed("InvalidEvent", "The event's name is missing"));
  }

  @Test
  void onAChannelStatusesAndAnswerArePublishedInOrder() throws Exception {
    start("channel", new FullName());

    assertThat(backend.start(onChannel(1, ADA))).isEqualTo(new StartResult.Started());
    assertThat(await(id(1))).isEqualTo(FULL_NAME);

    assertThat(published())
        .containsExactly(
            "{\"id\":\"" + id(1) + "\",\"status\":\"PENDING\"}",
            "{\"id\":\"" + id(1) + "\",\"status\":\"PROCESSING\"}",
            "{\"id\":\""
                + id(1)
                + "\",\"status\":\"COMPLETED\",\"result\":{\"fullName\":\"Ada Lovelace\"}}");
  }

  @Test
  void aSecondStartOnAChannelTellsWhereTheFirstAnswers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    start(
        "channel",
        (id, event) -> {
          release.await();
          return "{}";
        });
    backend.start(onChannel(1, ADA));
    WorkRequest elsewhere = WorkRequest.of(id(1), Channel.of("/ns/other/" + id(1).value()), ADA);

    assertThat(backend.start(elsewhere))
        .isEqualTo(new StartResult.Joined("/ns/env/" + id(1).value()));
    assertThat(backend.start(onChannel(1, "{}"))).isEqualTo(new StartResult.OtherEvent());
    release.countDown();
    await(id(1));
    assertThat(backend.start(elsewhere))
        .isEqualTo(new StartResult.Finished(new WorkOutcome.Completed("{}")));
  }

  @Test
  void anAnswerThatIsNotTakenIsTriedAgainByTheWorkflow() throws Exception {
    cluster.environment().put("WORKER_STATUSES", "none");
    events.then(reply(500, ""), reply(500, ""), reply(500, ""), reply(500, ""), reply(500, ""));
    assertDoneOnAChannel();

    assertThat(events.received()).hasSize(6);
  }

  @Test
  void anAnswerThatCannotBePublishedIsStillTheWorkflowsResult() throws Exception {
    cluster.environment().put("WORKER_STATUSES", "none");
    events.then(refuse(403, "UnauthorizedException", "no"));
    assertDoneOnAChannel();

    assertThat(events.received()).hasSize(1);
  }

  @Test
  void workThatWasAcceptedWithoutAWorkerIsDoneWhenThereIsOne() throws Exception {
    backend = backend("update");
    StartResult started = backend.start(waiting(1, ADA));
    assertThat(backend.find(id(1))).isEqualTo(new FindResult.Running());

    worker = cluster.worker(new FullName());
    assertThat(answer(started)).isEqualTo(FULL_NAME);
  }

  /** Started without an update: the test server loses track of one whose worker is killed. */
  @Test
  void aWorkerProcessThatIsKilledInMidWorkIsFollowedByAnother() throws Exception {
    Map<String, String> settings = Map.copyOf(cluster.environment());
    cluster.close();
    cluster = new LocalCluster(true);
    settings.forEach(cluster.environment()::putIfAbsent);
    cluster.environment().put("WORKER_STATUSES", "none");
    cluster.environment().put("WORKER_DELAY_MS", "4000");
    backend = backend("channel");
    Process first = cluster.workerProcess();
    backend.start(onChannel(1, ADA));
    first.destroyForcibly().waitFor();
    assertThat(backend.find(id(1))).isEqualTo(new FindResult.Running());
    Process second = cluster.workerProcess();
    try {
      assertThat(await(id(1))).isEqualTo(FULL_NAME);
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void theStateCanBeAskedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    start(
        "update",
        (id, event) -> {
          begun.countDown();
          release.await();
          return "{}";
        });
    StartResult started = backend.start(waiting(1, ADA));
    begun.await();
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            TemporalConfig.fromEnvironment(cluster.environment()).connection().build());
    WorkflowStub workflow =
        WorkflowClient.newInstance(service).newUntypedWorkflowStub(id(1).value());

    assertThat(workflow.query("status", String.class)).isEqualTo("PROCESSING");
    release.countDown();
    answer(started);
    assertThat(workflow.query("status", String.class)).isEqualTo("COMPLETED");
    service.shutdownNow();
  }

  @Test
  void missingWorkIsNotFoundAndAClosedClusterIsUnavailable() {
    backend = backend("update");
    assertThat(backend.find(id(9))).isEqualTo(new FindResult.NotFound());

    cluster.close();
    assertThat(backend.find(id(9))).isInstanceOf(FindResult.Unavailable.class);
    assertThat(backend.start(waiting(9, ADA))).isInstanceOf(StartResult.Unconfirmed.class);
  }

  @Test
  void manyRequestsAtOnceEachGetTheirOwnAnswer() throws Exception {
    start("update", new FullName());
    List<CompletableFuture<WorkOutcome>> answers =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                            () ->
                                backend.start(
                                    waiting(i, "{\"name\":\"Ada" + i + "\",\"surname\":\"L\"}")),
                            task -> Thread.ofVirtual().start(task))
                        .thenCompose(started -> ((StartResult.Promised) started).answer()))
            .toList();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get(60, TimeUnit.SECONDS))
          .isEqualTo(new WorkOutcome.Completed("{\"fullName\":\"Ada" + i + " L\"}"));
    }
  }

  @Test
  void wrongVariablesOfTheEnvironmentAreNamed() {
    var factory = new TemporalFactory();
    assertThatThrownBy(() -> factory.check(Map.of("TEMPORAL_ADDRESS", "http://here")))
        .hasMessageStartingWith("TEMPORAL_ADDRESS must be host:port");
    assertThatThrownBy(() -> factory.check(Map.of("TEMPORAL_ANSWERS", "mail")))
        .hasMessageStartingWith("TEMPORAL_ANSWERS must be update or channel");
    assertThatThrownBy(() -> factory.check(Map.of("TEMPORAL_TLS", "yes")))
        .hasMessageStartingWith("TEMPORAL_TLS must be true or false");
    assertThat(factory.answersOnChannel(Map.of())).isFalse();
    assertThat(JobWorkflow.TYPE).isEqualTo("SynclineJob");
  }

  private List<String> published() {
    return events.received().stream().flatMap(request -> request.events().stream()).toList();
  }

  private void assertDoneOnAChannel() throws Exception {
    start("channel", new FullName());
    backend.start(onChannel(1, ADA));
    assertThat(await(id(1))).isEqualTo(FULL_NAME);
  }
}
