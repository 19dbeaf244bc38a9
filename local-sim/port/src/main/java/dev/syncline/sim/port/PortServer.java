// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.PortUnavailableException.Which;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one port: HTTP/1.1 and WebSocket on {@link PortSettings#port()}, the same over TLS on {@link
 * PortSettings#tlsPort()} and {@link PortSettings#secondTlsPort()}. Requests are handled on virtual
 * threads inside {@link SimClock#call}; those of one connection run one after the other, so that
 * answers keep their order.
 *
 * <p>Threads: a few event loops do all I/O and nothing else; each request, and each WebSocket with
 * received messages, has a virtual thread while it is handled.
 *
 * <p>Thread-safe. Close it to end every connection.
 */
public final class PortServer implements AutoCloseable {
  private static final int WRITE_LOW = 64 * 1024;
  private static final int WRITE_HIGH = 256 * 1024;
  private static final int MAX_REQUEST_LINE = 16 * 1024;

  /** One allocator for all connections: Netty would make one for each. */
  private static final RecvByteBufAllocator RECEIVING = new AdaptiveRecvByteBufAllocator();

  private final PortSettings config;
  private final ConnectionContext context;
  private final ByteBufAllocator allocator;
  private final MultiThreadIoEventLoopGroup loops;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private @Nullable Channel plain;
  private @Nullable Channel tls;
  private @Nullable Channel secondTls;
  private @Nullable TlsSetup tlsSetup;
  private final Map<Integer, Channel> further = new ConcurrentHashMap<>();

  /** A server with the default limits; {@link #start()} makes it listen. */
  public PortServer(PortSettings config, Router router, SimClock clock, Journal journal) {
    this(config, router, clock, journal, PortLimits.DEFAULT);
  }

  /** A server with these limits. */
  public PortServer(
      PortSettings config, Router router, SimClock clock, Journal journal, PortLimits limits) {
    this(config, router, clock, journal, limits, ByteBufAllocator.DEFAULT);
  }

  /** A server whose buffers a test can count. */
  PortServer(
      PortSettings config,
      Router router,
      SimClock clock,
      Journal journal,
      PortLimits limits,
      ByteBufAllocator allocator) {
    this.config = config;
    this.allocator = allocator;
    this.context =
        new ConnectionContext(
            router,
            clock,
            journal,
            limits,
            new Mailboxes(limits.mailboxes()),
            new BodyBudget(limits.bodiesBytes()));
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("syncline-port", true), NioIoHandler.newFactory());
  }

  /**
   * Listens.
   *
   * @return this
   * @throws PortUnavailableException when a port is in use or may not be listened on
   */
  public PortServer start() {
    try {
      boolean encrypted = config.tlsPort() >= 0 || config.secondTlsPort() >= 0;
      TlsSetup setup = encrypted ? TlsSetup.begin(config) : null;
      tlsSetup = setup;
      plain = bind(Which.PLAIN, config.port(), channel -> serve(channel, null));
      if (config.tlsPort() >= 0) {
        tls = bind(Which.TLS, config.tlsPort(), channel -> serve(channel, setup));
      }
      if (config.secondTlsPort() >= 0) {
        secondTls =
            bind(Which.SECOND_TLS, config.secondTlsPort(), channel -> serve(channel, setup));
      }
      return this;
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** The port in use; the one chosen by the system if 0 was configured. */
  public int port() {
    return portOf(plain);
  }

  /** The TLS port in use; -1 without one. */
  public int tlsPort() {
    return config.tlsPort() < 0 ? -1 : portOf(tls);
  }

  /** The second TLS port in use; -1 without one. */
  public int secondTlsPort() {
    return config.secondTlsPort() < 0 ? -1 : portOf(secondTls);
  }

  /**
   * Listens on one more port, which takes plain connections and, if the server has TLS, TLS too.
   *
   * @param wanted 1 to 65535; another free port is taken when it is in use
   * @return the port
   * @throws IllegalStateException before the start
   * @throws PortUnavailableException when no port can be opened
   */
  public int open(int wanted) {
    if (plain == null) {
      throw new IllegalStateException("the server has not been started");
    }
    Channel opened;
    try {
      opened = bind(Which.FURTHER, wanted, this::serveEither);
    } catch (PortUnavailableException taken) {
      opened = bind(Which.FURTHER, 0, this::serveEither);
    }
    int port = portOf(opened);
    further.put(port, opened);
    return port;
  }

  /** Stops listening on a port that {@link #open} opened. */
  public void close(int port) {
    Channel listening = further.remove(port);
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
  }

  /** Whether {@link #open} opened the port. */
  public boolean isFurther(int port) {
    return further.containsKey(port);
  }

  /** How many bytes of bodies are being received or answered. */
  long bodyBytes() {
    return context.budget().taken();
  }

  /**
   * The certificate of the authority in {@code workDirectory}, created if it does not exist.
   * Servers with that directory use the same authority.
   */
  public static Path authority(Path workDirectory) {
    CertificateAuthority.in(workDirectory, TlsSetup.REAL_TIME);
    return workDirectory.resolve(CertificateAuthority.FILE);
  }

  /** The certificate that clients of the TLS port have to trust; empty without TLS. */
  public Optional<Path> caCertificate() {
    return Optional.ofNullable(tlsSetup).map(TlsSetup::authorityFile);
  }

  /** Stops listening and ends every connection: WebSockets with 1001, others at once. */
  @Override
  public void close() {
    for (Channel listening : new Channel[] {plain, tls, secondTls}) {
      if (listening != null) {
        listening.close().awaitUninterruptibly();
      }
    }
    further.keySet().forEach(this::close);
    for (Channel connection : connections) {
      WebSocketConnection webSocket = connection.pipeline().get(WebSocketConnection.class);
      if (webSocket != null) {
        webSocket.close(1001, "the simulator is stopping");
      } else {
        connection.close();
      }
    }
    connections.newCloseFuture().awaitUninterruptibly(2, TimeUnit.SECONDS);
    connections.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** The account of what waits for WebSocket peers. */
  Mailboxes mailboxes() {
    return context.mailboxes();
  }

  private void serve(SocketChannel channel, @Nullable TlsSetup setup) {
    if (setup != null) {
      channel.pipeline().addLast(setup.context().newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(new HttpServerCodec(decoderConfig()))
        .addLast(new HttpConnection(context, setup != null));
  }

  private void serveEither(SocketChannel channel) {
    TlsSetup setup = tlsSetup;
    channel
        .pipeline()
        .addLast(new SchemeDetector(encrypted -> serve(channel, encrypted ? setup : null)));
  }

  private Channel bind(Which which, int port, Consumer<SocketChannel> serving) {
    InetAddress address = config.address();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, RECEIVING)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(WRITE_LOW, WRITE_HIGH))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    connections.add(channel);
                    serving.accept(channel);
                  }
                })
            .bind(new InetSocketAddress(address, port))
            .awaitUninterruptibly();
    Throwable failure = bound.cause();
    if (failure != null) {
      throw new PortUnavailableException(which, port, address.getHostAddress(), failure);
    }
    return bound.channel();
  }

  private HttpDecoderConfig decoderConfig() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MAX_REQUEST_LINE)
        .setMaxHeaderSize(context.limits().headerBytes())
        .setMaxChunkSize(64 * 1024);
  }

  private static int portOf(@Nullable Channel channel) {
    if (channel == null || !(channel.localAddress() instanceof InetSocketAddress address)) {
      throw new IllegalStateException("the server has not been started");
    }
    return address.getPort();
  }
}
