// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChannelIndexTest {
  private final ChannelIndex<Object> index = new ChannelIndex<>();

  @Test
  void exactSubscribersComeFirstThenTheNearestWildcards() {
    index.add(ChannelPattern.parse("/a/*"), "far");
    index.add(ChannelPattern.parse("/a/b/*"), "near");
    index.add(ChannelPattern.parse("/a/b/c"), "exact");
    index.add(ChannelPattern.parse("/a/b"), "other");

    assertThat(index.subscribers(EventChannel.parse("/a/b/c")))
        .containsExactly("exact", "near", "far");
  }

  @Test
  void twoSubscriptionsToOneChannelBothReceive() {
    index.add(ChannelPattern.parse("/a"), "one");
    index.add(ChannelPattern.parse("/a/"), "two");

    assertThat(index.subscribers(EventChannel.parse("a"))).containsExactly("one", "two");
  }

  @Test
  void aChannelWithoutSubscribersLeavesNothingBehind() {
    for (int i = 0; i < 1_000; i++) {
      index.add(ChannelPattern.parse("/a/c" + i), i);
      index.add(ChannelPattern.parse("/a/c" + i + "/*"), i);
    }
    for (int i = 0; i < 1_000; i++) {
      Object subscription = index.subscribers(EventChannel.parse("/a/c" + i)).getFirst();
      index.remove(ChannelPattern.parse("/a/c" + i), subscription);
      index.remove(
          ChannelPattern.parse("/a/c" + i + "/*"),
          index.subscribers(EventChannel.parse("/a/c" + i + "/x")).getFirst());
    }

    assertThat(index.size()).isZero();
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    index.add(ChannelPattern.parse("/a"), "one");
    index.remove(ChannelPattern.parse("/a"), "two");
    index.remove(ChannelPattern.parse("/b"), "one");
    index.remove(ChannelPattern.parse("/a/*"), "one");

    assertThat(index.subscribers(EventChannel.parse("/a"))).containsExactly("one");
  }

  @Test
  void writersOfOneChannelDoNotLoseEachOthersSubscriptions() throws Exception {
    int writers = 8;
    int each = 200;
    var start = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int writer = 0; writer < writers; writer++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    awaitUnchecked(start);
                    for (int i = 0; i < each; i++) {
                      var passing = new Object();
                      index.add(ChannelPattern.parse("/a/b"), new Object());
                      index.add(ChannelPattern.parse("/a/b"), passing);
                      index.remove(ChannelPattern.parse("/a/b"), passing);
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(index.subscribers(EventChannel.parse("/a/b")))
        .hasSize(writers * each)
        .doesNotHaveDuplicates();
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
