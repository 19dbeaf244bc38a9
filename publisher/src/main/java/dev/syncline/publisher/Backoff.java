// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import dev.syncline.work.Sleeper;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause between attempts: uniform between zero and a bound that doubles ("full jitter"), so
 * that publishers that are refused at once do not retry at once.
 */
record Backoff(
    int maxAttempts, Duration base, Duration max, Sleeper sleeper, RandomGenerator random) {

  void pauseAfter(int attempt) throws InterruptedException {
    sleeper.sleep(Duration.ofMillis(random.nextLong(boundMillis(attempt) + 1)));
  }

  long boundMillis(int attempt) {
    int doublings = attempt - 1;
    long limit = max.toMillis();
    return base.toMillis() > (limit >> doublings) ? limit : base.toMillis() << doublings;
  }
}
