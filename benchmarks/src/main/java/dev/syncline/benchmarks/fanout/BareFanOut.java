// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.events.DataFrame;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The baseline of the simulator: Netty's own HTTP and WebSocket codecs and one loop over the
 * subscribers, with nothing between. It checks no key, keeps no mailbox and no record; the frame of
 * an event is made once, for all, and each connection is flushed once in a turn of the loop. One
 * event loop does everything.
 */
final class BareFanOut implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, List<Channel>> subscribers = new HashMap<>();
  private final Set<Channel> unflushed = new LinkedHashSet<>();
  private boolean flushing;
  private final int port;
  private final int tlsPort;

  private BareFanOut() throws IOException, GeneralSecurityException, InterruptedException {
    this.port = bind(null);
    this.tlsPort = bind(selfSigned());
  }

  static BareFanOut start() throws IOException, GeneralSecurityException, InterruptedException {
    return new BareFanOut();
  }

  int port() {
    return port;
  }

  int tlsPort() {
    return tlsPort;
  }

  @Override
  public void close() {
    loop.shutdownGracefully();
  }

  private int bind(@Nullable SslContext tls) throws InterruptedException {
    Channel listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(1 << 20))
                        .addLast(new Http());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private final class Http extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request)
        throws IOException {
      if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
        new WebSocketServerHandshaker13("", "aws-appsync-event-ws", false, 1 << 20)
            .handshake(ctx.channel(), request);
        ctx.pipeline().replace(this, "frames", new Frames());
        return;
      }
      publish(request);
      var answer =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(new byte[2]));
      answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 2);
      ctx.writeAndFlush(answer);
    }
  }

  private void publish(FullHttpRequest request) throws IOException {
    JsonNode body = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
    List<Channel> channels = subscribers.getOrDefault(body.get("channel").asText(), List.of());
    for (JsonNode event : body.get("events")) {
      byte[] end = DataFrame.body(event.textValue());
      byte[] head =
          "{\"type\":\"data\",\"id\":\"s\",\"event\":\"".getBytes(StandardCharsets.US_ASCII);
      ByteBuf frame = direct(head, end);
      for (Channel channel : channels) {
        channel.write(new TextWebSocketFrame(frame.retainedDuplicate()), channel.voidPromise());
      }
      frame.release();
    }
    unflushed.addAll(channels);
    if (!flushing) {
      flushing = true;
      loop.execute(this::flush);
    }
  }

  private static ByteBuf direct(byte[] head, byte[] end) {
    return Unpooled.directBuffer(head.length + end.length).writeBytes(head).writeBytes(end);
  }

  private void flush() {
    flushing = false;
    unflushed.forEach(Channel::flush);
    unflushed.clear();
  }

  private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame)
        throws IOException {
      JsonNode message = JSON.readTree(frame.content().toString(StandardCharsets.UTF_8));
      String answer;
      if (message.get("type").asText().equals("connection_init")) {
        answer = "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}";
      } else {
        subscribers
            .computeIfAbsent(message.get("channel").asText(), name -> new ArrayList<>())
            .add(ctx.channel());
        answer = "{\"type\":\"subscribe_success\",\"id\":\"s\"}";
      }
      ctx.writeAndFlush(new TextWebSocketFrame(answer));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      subscribers.values().forEach(list -> list.remove(ctx.channel()));
    }
  }

  private static SslContext selfSigned()
      throws IOException, GeneralSecurityException, InterruptedException {
    Path directory = Files.createTempDirectory("syncline-benchmark");
    Path store = directory.resolve("store.p12");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "bare",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("keytool ended with " + status);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    return SslContextBuilder.forServer(managers).build();
  }
}
