// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection in its HTTP phase. Assembles a request, passes it to a virtual thread, writes the
 * answer, and only then takes the next: pipelined requests wait, and the socket is not read
 * meanwhile. All fields belong to the event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private final ConnectionContext context;
  private final SimClock clock;
  private final PortLimits limits;
  private final boolean secure;

  private io.netty.handler.codec.http.@Nullable HttpRequest head;
  private @Nullable RequestBody body;
  private @Nullable SilenceCheck silenceCheck;
  private boolean refused;
  private String remoteAddress = "";
  private Guard.Connection connection = Guard.Connection.NONE;

  /** Whether a handler has a request; data that has arrived waits, and nothing more is read. */
  private boolean handling;

  private final ArrayDeque<Object> waiting = new ArrayDeque<>();

  HttpConnection(ConnectionContext context, boolean secure) {
    this.context = context;
    this.clock = context.clock();
    this.limits = context.limits();
    this.secure = secure;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (ctx.channel().remoteAddress() instanceof InetSocketAddress address) {
      remoteAddress = address.getAddress().getHostAddress();
      if (ctx.channel().localAddress() instanceof InetSocketAddress own) {
        connection = new Guard.Connection(address.getPort(), own.getPort());
      }
    }
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting.addLast(message);
    takeWaiting(ctx);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!handling) {
      expectMore(ctx);
      ctx.read();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    releaseWaiting();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    releaseWaiting();
    ctx.fireChannelInactive();
  }

  private void releaseWaiting() {
    releaseBody();
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void takeWaiting(ChannelHandlerContext ctx) {
    while (!handling) {
      Object message = waiting.pollFirst();
      if (message == null) {
        return;
      }
      try {
        take(ctx, message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }
  }

  private void take(ChannelHandlerContext ctx, Object message) {
    if (refused) {
      if (message instanceof LastHttpContent) {
        ctx.close();
      }
      return;
    }
    if (message instanceof io.netty.handler.codec.http.HttpRequest request) {
      begin(ctx, request);
    }
    if (message instanceof HttpContent content && head != null && !refused) {
      append(ctx, head, content);
    }
  }

  private void begin(ChannelHandlerContext ctx, io.netty.handler.codec.http.HttpRequest request) {
    Optional<RequestCheck.Fault> fault = RequestCheck.fault(request, limits);
    if (fault.isPresent()) {
      refuse(ctx, fault.get().status(), fault.get().reason());
      return;
    }
    head = request;
    body = new RequestBody(context.budget());
    if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void append(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest request,
      HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "the body's framing is malformed");
      return;
    }
    RequestBody received = body;
    if (received == null) {
      return;
    }
    if (received.size() + (long) content.content().readableBytes() > limits.bodyBytes()) {
      refuseBody(ctx);
      return;
    }
    if (!received.add(content.content())) {
      refuse(
          ctx,
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          "the bodies of all running requests may have at most "
              + limits.bodiesBytes()
              + " bytes together; retry when others have ended");
      return;
    }
    if (!(content instanceof LastHttpContent)) {
      return;
    }
    head = null;
    stopExpecting();
    handle(ctx, request, RequestMessage.of(request, received.whole(), remoteAddress, secure));
  }

  /** Refuses the request when no further part of its body arrives in time. */
  private void expectMore(ChannelHandlerContext ctx) {
    if (head != null && body != null && silenceCheck == null) {
      silenceCheck =
          new SilenceCheck(
              ctx.executor(),
              body,
              limits.bodySilence(),
              () ->
                  refuse(
                      ctx,
                      HttpResponseStatus.REQUEST_TIMEOUT,
                      "no further part of the body arrived within "
                          + limits.bodySilence().toSeconds()
                          + " s"));
    }
  }

  private void stopExpecting() {
    if (silenceCheck != null) {
      silenceCheck.stop();
      silenceCheck = null;
    }
  }

  private void releaseBody() {
    stopExpecting();
    if (body != null) {
      body.release();
      body = null;
    }
  }

  /** Passes the request to a handler. The connection reads nothing until the answer. */
  private void handle(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest netty,
      HttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(netty);
    handling = true;
    // Held until the other thread has its own activity, so that a skipping clock cannot jump in
    // between.
    ClockActivity handOver = clock.begin();
    Thread.ofVirtual()
        .name("port-request")
        .start(
            () -> {
              try {
                clock.run(
                    () -> {
                      handOver.close();
                      Runnable write = decideOrFail(ctx, netty, request, keepAlive);
                      ClockActivity writing = clock.begin();
                      boolean accepted =
                          Loops.execute(
                              ctx.executor(),
                              () -> {
                                try (writing) {
                                  write.run();
                                }
                              });
                      if (!accepted) {
                        writing.close();
                      }
                    });
              } finally {
                handOver.close();
              }
            });
  }

  /** If the handler throws, the client gets an error and the connection continues. */
  private Runnable decideOrFail(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest netty,
      HttpRequest request,
      boolean keepAlive) {
    try {
      return decide(ctx, netty, request, keepAlive);
    } catch (RuntimeException | Error failure) {
      context
          .journal()
          .record(
              PortEvents.HandlerFailed.of(request.method() + " " + request.rawPath(), failure, ""));
      HttpResponse failed =
          HttpResponse.json(
              500, "{\"message\":\"the simulator failed; its journal has the trace\"}");
      return () -> write(ctx, netty, failed, keepAlive);
    }
  }

  /** What to do on the event loop once the request has been handled. */
  private Runnable decide(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest netty,
      HttpRequest request,
      boolean keepAlive) {
    if (WebSocketUpgrade.isAsked(request)) {
      Optional<WebSocketEndpoint> endpoint = context.router().webSocket(request);
      if (endpoint.isPresent()) {
        Optional<HttpResponse> refusal = refusal(request, endpoint.get());
        return refusal.isPresent()
            ? () -> write(ctx, netty, refusal.get(), keepAlive)
            : upgrade(ctx, netty, request, endpoint.get());
      }
    }
    HttpResponse response = context.router().answer(request, connection);
    if (response.stream() != null) {
      boolean goesOn =
          StreamedAnswer.send(ctx, netty, response, keepAlive, clock, limits.bodySilence());
      return () -> {
        releaseBody();
        written(ctx, goesOn, ctx.newSucceededFuture());
      };
    }
    return () -> write(ctx, netty, response, keepAlive);
  }

  /** Why a WebSocket handshake fails; empty if it does not. */
  private Optional<HttpResponse> refusal(HttpRequest request, WebSocketEndpoint endpoint) {
    return context
        .router()
        .forbidden(request, connection, endpoint.access(request))
        .or(() -> WebSocketUpgrade.fault(request))
        .or(() -> WebSocketUpgrade.noSubprotocol(request, endpoint))
        .or(() -> endpoint.refusal(request));
  }

  private Runnable upgrade(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest netty,
      HttpRequest request,
      WebSocketEndpoint endpoint) {
    String subprotocol = endpoint.subprotocol(request).orElseThrow();
    var webSocket = new WebSocketConnection(ctx.channel(), request.rawPath(), context);
    return () -> {
      if (!waiting.isEmpty()) {
        // It was read as HTTP, and is neither a request nor lost without a word.
        refuse(
            ctx,
            HttpResponseStatus.BAD_REQUEST,
            "nothing may follow a WebSocket handshake before its answer");
        return;
      }
      WebSocketUpgrade.perform(
          ctx,
          netty,
          subprotocol,
          limits.messageBytes(),
          webSocket,
          () -> webSocket.opened(endpoint, request));
    };
  }

  private void write(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest request,
      HttpResponse response,
      boolean keepAlive) {
    releaseBody();
    FullHttpResponse message;
    try {
      message = ResponseMessage.of(request, response, clock.now());
    } catch (ResponseMessage.Unsendable unsendable) {
      // A handler may pass on what HTTP cannot carry, such as a header with a line feed.
      context
          .journal()
          .record(
              PortEvents.HandlerFailed.of(request.method() + " " + request.uri(), unsendable, ""));
      message =
          ResponseMessage.of(
              request,
              HttpResponse.json(500, "{\"message\":\"" + unsendable.getMessage() + "\"}"),
              clock.now());
    }
    HttpUtil.setKeepAlive(message, keepAlive);
    written(ctx, keepAlive, ctx.writeAndFlush(message));
  }

  private void written(ChannelHandlerContext ctx, boolean keepAlive, ChannelFuture written) {
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    handling = false;
    takeWaiting(ctx);
    if (!handling) {
      ctx.read();
    }
  }

  private void refuseBody(ChannelHandlerContext ctx) {
    RequestCheck.Fault fault = RequestCheck.bodyTooLarge(limits);
    refuse(ctx, fault.status(), fault.reason());
  }

  /** Answers without a handler, ignores further input, and closes. */
  private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
    refused = true;
    head = null;
    releaseBody();
    Refusal.send(ctx, status, reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The peer has disconnected or does not send HTTP or TLS: no answer is possible.
    ctx.close();
  }
}
