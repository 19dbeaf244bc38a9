// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that do not read, beside others that do. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {
  private static final byte[] HEAD = "<".getBytes(StandardCharsets.UTF_8);
  private static final int FRAME = 20_000;

  @TempDir Path work;

  private EchoPort port(int frames, long bytes, long allBytes, Overflow overflow) {
    return new EchoPort(
        work, EchoPort.LIMITS.withMailboxes(new MailboxLimits(frames, bytes, allBytes, overflow)));
  }

  /** A client that reads only what a test asks for, and the server's end of it. */
  private record SlowReader(EchoPort port, RawWebSocket client, WebSocketPeer peer)
      implements AutoCloseable {
    @Override
    public void close() throws Exception {
      client.close();
      port.close();
    }
  }

  private SlowReader slow(long bytes, Overflow overflow) throws Exception {
    EchoPort port = port(2_000, bytes, 64_000_000, overflow);
    RawWebSocket client = RawWebSocket.openSmall(port.port());
    return new SlowReader(port, client, EchoPort.next(port.peers));
  }

  /** A frame of {@link #FRAME} bytes that begins with its number. */
  private static byte[] numbered(int number) {
    return ("%08d".formatted(number) + "x".repeat(FRAME - 9)).getBytes(StandardCharsets.UTF_8);
  }

  private static int numberOf(RawWebSocket.Frame frame) {
    return Integer.parseInt(frame.text().substring(1, 9));
  }

  private static int send(WebSocketPeer peer, int number) {
    try (var fanOut = new FanOut()) {
      return peer.sendAll(HEAD, new byte[][] {numbered(number)}, 0, fanOut);
    }
  }

  @Test
  void aClientThatNeverReadsIsClosedAndItsMailboxFreed() throws Exception {
    try (SlowReader slow = slow(1_000_000, Overflow.CLOSE)) {
      int number = 0;
      while (send(slow.peer(), number) == 1) {
        number++;
      }
      assertThat(EchoPort.next(slow.port().heard)).isEqualTo("closed 1013");
      assertThat(slow.port().server.mailboxes().bytes()).isZero();
      assertThat(slow.client().socket().isClosed()).isFalse();
    }
  }

  @Test
  void theOldestIsDroppedAndTheNewestArrives() throws Exception {
    try (SlowReader slow = slow(1_000_000, Overflow.DROP_OLDEST)) {
      List<Integer> seen = new ArrayList<>();
      assertThat(send(slow.peer(), 0)).isEqualTo(1);
      // The first frame arrives before the mailbox fills: otherwise it would be the oldest one.
      seen.add(numberOf(slow.client().next()));
      int number = 1;
      while (slow.port().events.stream()
          .noneMatch(event -> event.type().equals("port.MailboxFull"))) {
        assertThat(send(slow.peer(), number++)).isEqualTo(1);
        assertThat(slow.port().server.mailboxes().bytes()).isLessThanOrEqualTo(1_000_000);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(send(slow.peer(), number++)).isEqualTo(1);
      }
      int last = number - 1;
      while (seen.getLast() < last) {
        seen.add(numberOf(slow.client().next()));
      }
      assertThat(seen).isSorted().startsWith(0).endsWith(last).hasSizeLessThan(number);
      // A mailbox that was full may have been empty once before the system's buffers were full too.
      long dropped = 0;
      while (dropped < number - seen.size()) {
        dropped +=
            ((PortEvents.FramesDropped) slow.port().awaitEvent("port.FramesDropped")).frames();
      }
      assertThat(dropped).isEqualTo(number - seen.size());
      send(slow.peer(), number);
      assertThat(numberOf(slow.client().next())).isEqualTo(number);
    }
  }

  @Test
  void aFanOutMayWaitAndNothingIsLost() throws Exception {
    try (SlowReader slow = slow(1_000_000, Overflow.BLOCK)) {
      var waited = new CompletableFuture<Boolean>();
      // More than the mailbox and the system's buffers hold.
      int frames = 3_000;
      CompletableFuture<Integer> sent = sending(slow.peer(), frames, waited);
      assertThat(waited.get(60, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < frames; i++) {
        assertThat(slow.port().server.mailboxes().bytes()).isLessThanOrEqualTo(1_000_000);
        assertThat(numberOf(slow.client().next())).isEqualTo(i);
      }
      assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(frames);
    }
  }

  /** Event loops use buffers again, but not one that a socket did not take all of. */
  @Test
  void unreadFramesOfOneClientAreNotOverwrittenByThoseOfOthers() throws Exception {
    try (SlowReader slow = slow(16_000_000, Overflow.CLOSE)) {
      int frames = 400;
      for (int i = 0; i < frames; i++) {
        assertThat(send(slow.peer(), i)).isEqualTo(1);
      }
      // One for each event loop, of which there are four at most.
      for (int quick = 0; quick < 4; quick++) {
        try (RawWebSocket reader = RawWebSocket.open(slow.port().port())) {
          WebSocketPeer peer = EchoPort.next(slow.port().peers);
          for (int i = 0; i < 20; i++) {
            assertThat(send(peer, 1_000 + i)).isEqualTo(1);
            assertThat(numberOf(reader.next())).isEqualTo(1_000 + i);
          }
        }
      }
      for (int i = 0; i < frames; i++) {
        assertThat(slow.client().next().text())
            .isEqualTo("<" + new String(numbered(i), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void aSenderThatWaitsForAClientContinuesWhenItLeaves() throws Exception {
    try (SlowReader slow = slow(1_000_000, Overflow.BLOCK)) {
      var waited = new CompletableFuture<Boolean>();
      CompletableFuture<Integer> sent = sending(slow.peer(), Integer.MAX_VALUE, waited);
      assertThat(waited.get(60, TimeUnit.SECONDS)).isTrue();
      slow.client().close();
      assertThat(sent.get(60, TimeUnit.SECONDS)).isPositive();
      assertThat(EchoPort.next(slow.port().heard)).isEqualTo("closed 1006");
      assertThat(slow.peer().room()).isNull();
    }
  }

  /**
   * Sends that many frames on a thread of its own, and waits where it has to; ends with the peer.
   */
  private static CompletableFuture<Integer> sending(
      WebSocketPeer peer, int frames, CompletableFuture<Boolean> waited) {
    var sent = new CompletableFuture<Integer>();
    Thread.startVirtualThread(
        () -> {
          int number = 0;
          boolean open = true;
          while (number < frames && open) {
            if (send(peer, number) == 1) {
              number++;
              continue;
            }
            CompletableFuture<Boolean> room = peer.room();
            if (room != null) {
              waited.complete(true);
              room.join();
            } else {
              // Either there is room again, or the client is gone.
              open = send(peer, number) == 1;
              number += open ? 1 : 0;
            }
          }
          sent.complete(number);
        });
    return sent;
  }

  /** An answer for one client alone never waits, under any policy: that client sent the request. */
  @Test
  void anAnswerThatFindsNoRoomClosesUnderBlockToo() throws Exception {
    try (SlowReader slow = slow(1_000_000, Overflow.BLOCK)) {
      byte[] text = numbered(0);
      while (slow.peer().sendUtf8(text)) {
        assertThat(slow.port().server.mailboxes().bytes()).isLessThanOrEqualTo(1_000_000);
      }
      assertThat(EchoPort.next(slow.port().heard)).isEqualTo("closed 1013");
      assertThat(slow.client().socket().isClosed()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Overflow.class,
      names = {"CLOSE", "DROP_OLDEST"})
  void aReaderGetsEverythingBesideClientsThatDoNotRead(Overflow overflow) throws Exception {
    int frames = 600;
    try (EchoPort port = port(1_000, 2_000_000, 400_000_000, overflow);
        RawWebSocket deaf = RawWebSocket.openSmall(port.port());
        RawWebSocket reader = RawWebSocket.open(port.port())) {
      WebSocketPeer first = EchoPort.next(port.peers);
      WebSocketPeer second = EchoPort.next(port.peers);
      for (int i = 0; i < frames; i++) {
        try (var fanOut = new FanOut()) {
          byte[][] event = {numbered(i)};
          first.sendAll(HEAD, event, 0, fanOut);
          second.sendAll(HEAD, event, 0, fanOut);
        }
        // One by one: what is asked is whether it comes, not how much fits into a mailbox.
        assertThat(numberOf(reader.next())).isEqualTo(i);
      }
      assertThat(port.awaitEvent("port.MailboxFull").details())
          .containsEntry("overflow", overflow.label());
      assertThat(deaf.socket().isClosed()).isFalse();
    }
  }

  @Test
  void allMailboxesTogetherHaveABoundThatDoesNotStrikeWhoReads() throws Exception {
    long all = 2_000_000;
    int clients = 8;
    try (EchoPort port = port(100_000, 100_000_000, all, Overflow.DROP_OLDEST);
        RawWebSocket reader = RawWebSocket.open(port.port())) {
      WebSocketPeer good = EchoPort.next(port.peers);
      List<RawWebSocket> deaf = new ArrayList<>();
      List<WebSocketPeer> peers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        deaf.add(RawWebSocket.openSmall(port.port()));
        peers.add(EchoPort.next(port.peers));
      }
      // More than twice what the mailboxes and the system's buffers can hold.
      for (int i = 0; i < 2_000; i++) {
        for (WebSocketPeer peer : peers) {
          assertThat(send(peer, i)).isEqualTo(1);
        }
        assertThat(port.server.mailboxes().bytes())
            .isLessThanOrEqualTo(all + (long) FRAME * (clients + 1));
        assertThat(send(good, i)).isEqualTo(1);
        assertThat(numberOf(reader.next())).isEqualTo(i);
      }
      port.awaitEvent("port.MailboxFull");
      for (RawWebSocket one : deaf) {
        one.close();
      }
    }
  }

  @Test
  void limitsAreChangedByNameAndRefusedByName() {
    MailboxLimits limits =
        MailboxLimits.DEFAULT
            .with("frames", "10")
            .with("bytes", "64KB")
            .with("all-bytes", "2MB")
            .with("overflow", "drop-oldest");
    assertThat(limits).isEqualTo(new MailboxLimits(10, 65_536, 2 << 20, Overflow.DROP_OLDEST));
    for (String[] wrong :
        new String[][] {
          {"frames", "0"}, {"bytes", "2 GB"}, {"overflow", "wait"}, {"colours", "3"}
        }) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> MailboxLimits.DEFAULT.with(wrong[0], wrong[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong[0]);
    }
  }
}
