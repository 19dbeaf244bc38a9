// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.EventPublisher;
import dev.syncline.publisher.EventTooLargeException;
import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.publisher.PublisherConfig;
import dev.syncline.work.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobProcessorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Channel REPLY_TO = Channel.of("/ns/env/exec-1");
  private static final Duration DELAY = Duration.ofSeconds(10);

  /** The calls, in order. */
  private final List<String> happened = new ArrayList<>();

  private final List<String> warnings = new ArrayList<>();
  private final Sleeper sleeper =
      duration -> {
        if (duration.isPositive()) {
          happened.add("slept " + duration);
        }
      };
  private final ReplyPublisher publisher =
      (channel, event) -> happened.add("published " + channel + " " + event);

  @Test
  void aJobWaitsWorksAndPublishes() throws InterruptedException {
    Work work =
        (id, event) -> {
          happened.add("worked on " + event);
          return "{\"fullName\":\"Ada Lovelace\"}";
        };

    JobOutcome outcome = processor(work).process(job("{}"), DELAY);

    assertThat(outcome).isInstanceOf(JobOutcome.Completed.class);
    assertThat(happened)
        .containsExactly(
            "slept PT10S",
            "worked on {}",
            "published /ns/env/exec-1 {\"id\":\"exec-1\",\"status\":\"COMPLETED\","
                + "\"result\":{\"fullName\":\"Ada Lovelace\"}}");
  }

  @Test
  void anyJsonCanBeAResult() throws Exception {
    for (String result : List.of("null", "7", "\"text\"", "[1,{\"a\":\"\\\"\"}]")) {
      happened.clear();
      processor((id, event) -> result).process(job("{}"), DELAY);

      assertThat(published().path("result")).isEqualTo(JSON.readTree(result));
    }
  }

  @Test
  void anInvalidEventIsAnsweredNamingTheField() throws Exception {
    processor(new FullName()).process(job("{\"name\":\"Ada\"}"), DELAY);

    assertThat(published())
        .isEqualTo(
            JSON.readTree(
                "{\"id\":\"exec-1\",\"status\":\"FAILED\",\"error\":{\"error\":\"InvalidEvent\","
                    + "\"cause\":\"The event's surname is missing\"}}"));
  }

  @Test
  void aMissingEventIsAnswered() throws Exception {
    processor(new FullName()).process(job(null), DELAY);

    assertThat(published().at("/error/error").asText()).isEqualTo("InvalidEvent");
    assertThat(published().at("/error/cause").asText())
        .isEqualTo("The job's event is missing or not a JSON text");
  }

  private void processWith(Work work) throws Exception {
    processor(work).process(job("{}"), DELAY);
  }

  private void assertPublishedError(String error, String cause) throws Exception {
    assertThat(published().at("/error/error").asText()).isEqualTo(error);
    assertThat(published().at("/error/cause").asText()).isEqualTo(cause);
  }

  @Test
  void workThatFailsIsAnsweredUnderItsOwnName() throws Exception {
    processWith(
        (id, event) -> {
          throw new WorkException("OutOfStock", "none left of \"A\"", null);
        });

    assertPublishedError("OutOfStock", "none left of \"A\"");
  }

  @Test
  void workThatBreaksIsAnsweredUnderTheNameOfItsException() throws Exception {
    processWith(
        (id, event) -> {
          throw new UnsupportedOperationException();
        });

    assertPublishedError("UnsupportedOperationException", "no message");
  }

  @Test
  void aCauseThatNoEventCouldCarryIsMadeToFit() throws Exception {
    processWith(
        (id, event) -> {
          throw new IllegalStateException("\ud800" + "x".repeat(1_000_000));
        });

    assertThat(published().at("/error/cause").asText()).startsWith("?xxx").hasSize(4_003);
  }

  @Test
  void aResultTooLargeForAnEventIsAnsweredAsAFailure() throws Exception {
    ReplyPublisher refusing =
        (channel, event) -> {
          if (event.length() > EventPublisher.MAX_EVENT_BYTES) {
            throw tooLarge(event);
          }
          publisher.publish(channel, event);
        };
    String name = "x".repeat(EventPublisher.MAX_EVENT_BYTES);
    JobProcessor processor = processor(new FullName(), sleeper, refusing);

    JobOutcome outcome =
        processor.process(job("{\"name\":\"" + name + "\",\"surname\":\"Lovelace\"}"), DELAY);

    assertThat(outcome.status()).isEqualTo("FAILED");
    assertThat(published().at("/error/error").asText()).isEqualTo("ResultTooLarge");
  }

  @Test
  void anAnswerThatCannotBePublishedIsNotSwallowed() {
    IllegalStateException broken = new IllegalStateException("no way out");
    JobProcessor processor =
        processor(
            (id, event) -> "{}",
            sleeper,
            (channel, event) -> {
              throw broken;
            });

    assertThatThrownBy(() -> processor.process(job("{}"), DELAY)).isSameAs(broken);
  }

  @Test
  void anInterruptedWaitPublishesNothing() {
    JobProcessor processor =
        processor(
            (id, event) -> "{}",
            duration -> {
              throw new InterruptedException();
            },
            publisher);

    assertThatThrownBy(() -> processor.process(job("{}"), DELAY))
        .isInstanceOf(InterruptedException.class);
    assertThat(happened).isEmpty();
  }

  private JobProcessor processor(Work work) {
    return processor(work, sleeper, publisher);
  }

  private JobProcessor processor(Work work, Sleeper time, ReplyPublisher publishing) {
    return new JobProcessor(
        work,
        new ChannelReplies(publishing, publishing),
        new MemoryOutcomeStore(),
        time,
        false,
        warnings::add);
  }

  private static Job job(@Nullable String event) {
    return new Job("exec-1", REPLY_TO, event);
  }

  private JsonNode published() throws Exception {
    String last = happened.get(happened.size() - 1);
    String prefix = "published " + REPLY_TO + " ";
    assertThat(last).startsWith(prefix);
    return JSON.readTree(last.substring(prefix.length()));
  }

  /** The publisher's own error, which occurs before anything is sent. */
  private static EventTooLargeException tooLarge(String event) {
    try (EventPublisher publisher =
        new EventPublisher(
            PublisherConfig.of(EventsEndpoint.of("example.com"), Authorization.apiKey("key")))) {
      publisher.publish(REPLY_TO, event);
      throw new AssertionError("not refused");
    } catch (EventTooLargeException e) {
      return e;
    }
  }
}
