// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InboxTest {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final Semaphore mayGoOn = new Semaphore(0);
  private final BlockingQueue<String> readOn = new LinkedBlockingQueue<>();

  @Test
  void readingContinuesAlsoWhenMoreCameWhileTheListenerCaughtUp() throws Exception {
    try (var clock = new SimClock(new ClockMode.Real())) {
      var inbox =
          new Inbox("/ws", new Nobody(), clock, new Journal(clock), () -> readOn.add("read on"));
      inbox.open(
          new Slow(),
          new HttpRequest("GET", "/ws", "", Headers.EMPTY, new byte[0], "127.0.0.1", false));
      int sent = 1;
      while (inbox.text("" + sent)) {
        sent++;
      }
      // The listener takes two, is in the third, and then one more comes of what was read before.
      mayGoOn.release(2);
      for (int i = 1; i <= 3; i++) {
        assertThat(EchoPort.next(heard)).isEqualTo("" + i);
      }
      inbox.text("" + ++sent);
      mayGoOn.release(sent);
      for (int i = 4; i <= sent; i++) {
        assertThat(EchoPort.next(heard)).isEqualTo("" + i);
      }
      assertThat(EchoPort.next(readOn)).isEqualTo("read on");
    }
  }

  private final class Slow implements WebSocketEndpoint, WebSocketListener {
    @Override
    public boolean claims(HttpRequest upgrade) {
      return true;
    }

    @Override
    public Optional<String> subprotocol(HttpRequest upgrade) {
      return Optional.empty();
    }

    @Override
    public WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer) {
      return this;
    }

    @Override
    public void onText(String message) {
      heard.add(message);
      mayGoOn.acquireUninterruptibly();
    }

    @Override
    public void onClosed(int code, String reason) {}
  }

  private static final class Nobody implements WebSocketPeer {
    @Override
    public boolean sendText(String message) {
      return false;
    }

    @Override
    public boolean sendUtf8(byte[] message) {
      return false;
    }

    @Override
    public int sendAll(byte[] head, byte[][] bodies, int from, FanOut fanOut) {
      return 0;
    }

    @Override
    public @Nullable CompletableFuture<Boolean> room() {
      return null;
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void cut() {}
  }
}
