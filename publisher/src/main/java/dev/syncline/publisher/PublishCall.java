// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import dev.syncline.publisher.PublishException.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of {@link EventPublisher#publish(Channel, List)}. Confined to its thread. */
final class PublishCall {
  private final Channel channel;
  private final List<List<EncodedEvent>> batches;
  private final Authorization authorization;
  private final PublishTransport transport;
  private final Backoff backoff;

  private final List<PublishedEvent> published = new ArrayList<>();
  private @Nullable Credential credential;
  private boolean renewed;
  private int requests;

  PublishCall(
      Channel channel,
      List<EncodedEvent> events,
      Authorization authorization,
      PublishTransport transport,
      Backoff backoff) {
    this.channel = channel;
    this.batches = PublishBody.split(channel, events);
    this.authorization = authorization;
    this.transport = transport;
    this.backoff = backoff;
  }

  PublishResult run() {
    for (int batch = 0; batch < batches.size(); batch++) {
      publishBatch(batch);
    }
    return new PublishResult(publishedInOrder(), requests);
  }

  private void publishBatch(int batch) {
    List<EncodedEvent> pending = batches.get(batch);
    // The service's last result for each event that it has not accepted, by index.
    Map<Integer, FailedEvent> failed = new TreeMap<>();
    for (int attempt = 1; ; attempt++) {
      PublishResponse answer = sendRenewingOnce(PublishBody.encode(channel, pending));
      if (answer instanceof PublishResponse.Accepted accepted) {
        pending = sortOut(accepted, pending, failed);
        if (failed.isEmpty()) {
          return;
        }
      }
      List<EncodedEvent> left = pending;
      PublishFailure setback =
          PublishFailure.of(answer)
              .orElseGet(() -> PublishFailure.eventsFailed(failed.values(), !left.isEmpty()));
      if (!setback.retryable() || attempt >= backoff.maxAttempts()) {
        throw failure(setback, attempt, batch, pending, failed);
      }
      try {
        backoff.pauseAfter(attempt);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure(setback.interruptedBy(e), attempt, batch, pending, failed);
      }
    }
  }

  private PublishResponse sendRenewingOnce(byte[] body) {
    Credential used = credential == null ? authorization.credential() : credential;
    credential = used;
    PublishResponse answer = send(body, used);
    if (answer instanceof PublishResponse.Refused refused && refused.status() == 401 && !renewed) {
      renewed = true;
      Optional<Credential> replacement = authorization.replacementFor(used);
      if (replacement.isPresent()) {
        credential = replacement.get();
        return send(body, replacement.get());
      }
    }
    return answer;
  }

  private PublishResponse send(byte[] body, Credential used) {
    requests++;
    return transport.send(body, used);
  }

  /**
   * Records the result of each event of an accepted request and returns the events to retry. The
   * response's indexes are relative to the request; those recorded are relative to the caller's
   * list.
   */
  private List<EncodedEvent> sortOut(
      PublishResponse.Accepted answer, List<EncodedEvent> sent, Map<Integer, FailedEvent> failed) {
    Map<Integer, PublishedEvent> successes = new HashMap<>();
    answer.successful().forEach(event -> successes.put(event.index(), event));
    Map<Integer, FailedEvent> failures = new HashMap<>();
    answer.failed().forEach(event -> failures.put(event.index(), event));

    List<EncodedEvent> again = new ArrayList<>();
    for (int position = 0; position < sent.size(); position++) {
      EncodedEvent event = sent.get(position);
      FailedEvent failure = failures.get(position);
      PublishedEvent success = successes.get(position);
      if (failure == null && success != null) {
        published.add(new PublishedEvent(event.index(), success.identifier()));
        failed.remove(event.index());
        continue;
      }
      // Treat events missing from the response as failed.
      FailedEvent noted =
          failure == null
              ? new FailedEvent(
                  event.index(), "", FailedEvent.NOT_REPORTED, "the answer does not list it")
              : new FailedEvent(
                  event.index(), failure.identifier(), failure.code(), failure.message());
      failed.put(event.index(), noted);
      if (!noted.code().equals(FailedEvent.TOO_LARGE)) {
        again.add(event);
      }
    }
    return again;
  }

  private PublishException failure(
      PublishFailure setback,
      int attempts,
      int batch,
      List<EncodedEvent> pending,
      Map<Integer, FailedEvent> failed) {
    Stream<EncodedEvent> later = batches.stream().skip(batch + 1L).flatMap(List::stream);
    List<Integer> unsent =
        Stream.concat(pending.stream(), later)
            .map(EncodedEvent::index)
            .filter(index -> !failed.containsKey(index))
            .toList();
    return new PublishException(
        setback.reason(),
        "Publishing to "
            + channel.path()
            + " failed after "
            + attempts
            + (attempts == 1 ? " attempt" : " attempts")
            + ": the service "
            + setback.what(),
        setback.status(),
        setback.errorType(),
        new Progress(publishedInOrder(), List.copyOf(failed.values()), unsent),
        setback.cause());
  }

  private List<PublishedEvent> publishedInOrder() {
    return published.stream().sorted(Comparator.comparingInt(PublishedEvent::index)).toList();
  }
}
