// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The subscribers and publishers of one server, all on the calling thread. Subscriber number {@code
 * i} is subscribed to topic {@code i} modulo the number of topics.
 */
final class Load implements AutoCloseable {
  private static final int CONNECTING_AT_ONCE = 16;

  /** Long, for a machine that has much else to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ServerProcess server;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Publisher> publishers = new ArrayList<>();
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private final Latencies latencies = new Latencies();
  private final int eventBytes;
  private final double connectSeconds;
  private long frameLength = Long.MAX_VALUE;
  private long delivered;
  private int nextPublisher;
  private int nextReplaced;

  Load(ServerProcess server, boolean secure, int count, int topics, int senders, int eventBytes)
      throws Exception {
    this.server = server;
    this.eventBytes = eventBytes;
    long from = System.nanoTime();
    try (var connecting = Executors.newFixedThreadPool(CONNECTING_AT_ONCE)) {
      var opened = new ArrayList<Future<Subscriber>>();
      for (int i = 0; i < count; i++) {
        String topic = topic(i % topics);
        opened.add(connecting.submit(() -> Subscriber.open(server, secure, topic)));
      }
      for (Future<Subscriber> future : opened) {
        subscribers.add(future.get());
      }
    } catch (ExecutionException failed) {
      throw new IOException("cannot connect to " + server.name(), failed.getCause());
    }
    this.connectSeconds = (System.nanoTime() - from) / 1e9;
    for (Subscriber subscriber : subscribers) {
      subscriber.channel().register(selector, SelectionKey.OP_READ, subscriber);
    }
    for (int i = 0; i < senders; i++) {
      var publisher = new Publisher(server);
      publisher.channel().register(selector, SelectionKey.OP_READ, publisher);
      publishers.add(publisher);
    }
  }

  static String topic(int number) {
    return "/load/t" + number;
  }

  int size() {
    return subscribers.size();
  }

  /** Lets that many subscribers go and others come in their place, to the same topics. Not TLS. */
  void replace(int count, int topics) throws Exception {
    for (int i = 0; i < count; i++) {
      int at = nextReplaced++ % subscribers.size();
      subscribers.get(at).channel().close();
      Subscriber next = Subscriber.open(server, false, topic(at % topics));
      next.channel().register(selector, SelectionKey.OP_READ, next);
      subscribers.set(at, next);
    }
  }

  /** Connections that were opened and subscribed in a second. */
  double connectRate() {
    return subscribers.size() / connectSeconds;
  }

  long delivered() {
    return delivered;
  }

  Latencies latencies() {
    return latencies;
  }

  ByteBuffer request(int topic, int events) {
    return Publisher.request(server, topic(topic), events, eventBytes);
  }

  /** Publishes one event to each of the topics and has subscribers look at how it comes. */
  void learn(int topics) throws IOException {
    long expected = server.wire().frameLength(eventBytes);
    for (int topic = 0; topic < topics; topic++) {
      publish(request(topic, 1));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (subscribers.stream().anyMatch(subscriber -> subscriber.bytes() < expected)) {
      receive(100);
      if (System.nanoTime() > deadline) {
        throw new IOException(server.name() + " did not deliver the first event to everybody");
      }
    }
    for (Subscriber subscriber : subscribers) {
      subscriber.learn(expected);
    }
    frameLength = expected;
    begin();
  }

  /** Resets the counters. */
  void begin() {
    subscribers.forEach(Subscriber::reset);
    latencies.clear();
    delivered = 0;
  }

  /** All that is published from now until the next call was published now. */
  void stamp() {
    long now = System.nanoTime();
    subscribers.forEach(subscriber -> subscriber.sentAt(now));
  }

  /** The one event that this subscriber awaits was published now. */
  void stamp(int subscriber) {
    subscribers.get(subscriber).sentAt(System.nanoTime());
  }

  /** Sends the request on the next of the publishers' connections. */
  void publish(ByteBuffer request) throws IOException {
    nextPublisher = (nextPublisher + 1) % publishers.size();
    publishers.get(nextPublisher).send(request, () -> receive(1));
  }

  /** Receives until that many events have been delivered since {@link #begin()}. */
  void await(long deliveries) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (delivered < deliveries) {
      receive(100);
      if (System.nanoTime() > deadline) {
        throw new IOException(
            server.name() + " delivered " + delivered + " events in place of " + deliveries);
      }
    }
  }

  /** Receives what is there; waits that long when there is nothing, not at all for 0. */
  void receive(int millis) throws IOException {
    if (millis > 0) {
      selector.select(this::read, millis);
    } else {
      selector.selectNow(this::read);
    }
  }

  private void read(SelectionKey key) {
    try {
      buffer.clear();
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        throw new IOException(server.name() + " closed a connection");
      }
      buffer.flip();
      switch (key.attachment()) {
        case Publisher publisher -> publisher.answered(buffer);
        case Subscriber subscriber -> {
          long more = subscriber.count(buffer, frameLength);
          if (more > 0) {
            delivered += more;
            latencies.add(System.nanoTime() - subscriber.sentAt(), more);
          }
        }
        default -> throw new IllegalStateException("not one of ours");
      }
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    for (Subscriber subscriber : subscribers) {
      subscriber.channel().close();
    }
    for (Publisher publisher : publishers) {
      publisher.channel().close();
    }
    selector.close();
  }
}
