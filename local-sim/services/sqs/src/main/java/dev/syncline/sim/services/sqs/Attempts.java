// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.BoundedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The answers of the last five minutes to receives with a {@code ReceiveRequestAttemptId}: such a
 * receive may be repeated while none of its messages has been changed. Guarded by the queue's lock.
 */
final class Attempts {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MAX_COUNT = 1_000;

  private record Answer(List<StoredMessage> messages, List<String> receipts, Instant time) {}

  private final LinkedHashMap<String, Answer> answers = BoundedMap.byAge(MAX_COUNT);

  void remember(String attempt, List<StoredMessage> messages, Instant now) {
    if (!messages.isEmpty()) {
      answers.put(
          attempt,
          new Answer(
              messages,
              messages.stream().map(stored -> String.valueOf(stored.receipt)).toList(),
              now));
    }
  }

  /** The messages of the attempt's answer; none when it cannot be repeated. */
  List<StoredMessage> repeat(String attempt, Instant now) {
    Answer answer = answers.get(attempt);
    if (answer == null || !answer.time.plus(WINDOW).isAfter(now)) {
      return List.of();
    }
    for (int i = 0; i < answer.messages.size(); i++) {
      StoredMessage stored = answer.messages.get(i);
      if (stored.state != StoredMessage.State.IN_FLIGHT
          || !answer.receipts.get(i).equals(stored.receipt)) {
        return List.of();
      }
    }
    return answer.messages;
  }

  /** A message was changed: no answer that contains it can be repeated. */
  void forget(StoredMessage touched) {
    if (!answers.isEmpty()) {
      answers.values().removeIf(answer -> answer.messages.contains(touched));
    }
  }
}
