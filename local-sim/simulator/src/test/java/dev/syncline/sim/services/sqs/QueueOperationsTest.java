// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.AwsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The life of a queue: its name, its deletion and its purge. */
class QueueOperationsTest extends SqsFixture {
  @Test
  void aNameIsFreeAgainAMinuteAfterItsQueueWasDeleted() {
    queue("q", "");
    call("DeleteQueue", "q", "");
    assertThat(refusedCreate("q").code()).isEqualTo("QueueDeletedRecently");
    services.clock.advance(Duration.ofSeconds(60));
    queue("q", "");
  }

  @Test
  void purgeEmptiesAQueueOnceAMinute() {
    queue("q", "");
    send("q", "a");
    send("q", "b");
    receive("q", "");
    call("PurgeQueue", "q", "");
    assertThat(counts("q")).isEqualTo("0/0/0");
    assertThat(refusedOnQ("PurgeQueue", "").code()).isEqualTo("PurgeQueueInProgress");
  }

  private AwsException refusedCreate(String name) {
    return refused("CreateQueue", "{'QueueName':'" + name + "'}");
  }
}
