// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;

/**
 * Checks the head of a request before it is handled. Stricter than the decoder where two servers in
 * a chain could read one request differently (RFC 9112, section 11.2).
 */
final class RequestCheck {
  /** Why a request is refused and its connection closed. */
  record Fault(HttpResponseStatus status, String reason) {}

  private RequestCheck() {}

  static Optional<Fault> fault(HttpRequest request, PortLimits limits) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      return Optional.of(new Fault(statusOf(cause), String.valueOf(cause.getMessage())));
    }
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1 || version.minorVersion() > 1) {
      return Optional.of(
          new Fault(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1 is supported"));
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.isEmpty()) {
      return bad("a request needs a Host header");
    }
    if (hosts.size() > 1) {
      return bad("a request has one Host header");
    }
    if (!request.uri().startsWith("/") && !request.uri().matches("https?://.*")) {
      return bad("the request target must be a path");
    }
    if (!request.uri().startsWith("/")
        && !authority(request.uri()).equalsIgnoreCase(hosts.getFirst())) {
      // A reader of only one of the two could choose another host.
      return bad("the host of the request target and the Host header differ");
    }
    if (hasControlCharacter(request.uri())) {
      return bad("the request target has a control character");
    }
    Optional<Fault> framing = framing(request, version);
    return framing.isPresent() ? framing : body(request, limits);
  }

  /** The part of an absolute target between {@code //} and its path. */
  private static String authority(String target) {
    String rest = target.substring(target.indexOf("//") + 2);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(0, end);
  }

  private static boolean hasControlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7F) {
        return true;
      }
    }
    return false;
  }

  static Fault bodyTooLarge(PortLimits limits) {
    return new Fault(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "a body may have at most " + limits.bodyBytes() + " bytes");
  }

  /** The end of the body must be given once, in one way. */
  private static Optional<Fault> framing(HttpRequest request, HttpVersion version) {
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return Optional.empty();
    }
    if (codings.size() > 1
        || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst())
        || !version.equals(HttpVersion.HTTP_1_1)) {
      return bad("Transfer-Encoding may be chunked once, in HTTP/1.1, and nothing else");
    }
    return request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
        ? bad("a request has Content-Length or Transfer-Encoding, not both")
        : Optional.empty();
  }

  private static Optional<Fault> body(HttpRequest request, PortLimits limits) {
    try {
      if (HttpUtil.getContentLength(request, -1L) > limits.bodyBytes()) {
        return Optional.of(bodyTooLarge(limits));
      }
    } catch (NumberFormatException malformed) {
      return bad("Content-Length is not a number");
    }
    String expect = request.headers().get(HttpHeaderNames.EXPECT);
    return expect == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expect)
        ? Optional.empty()
        : Optional.of(
            new Fault(
                HttpResponseStatus.EXPECTATION_FAILED, "only Expect: 100-continue is supported"));
  }

  private static Optional<Fault> bad(String reason) {
    return Optional.of(new Fault(HttpResponseStatus.BAD_REQUEST, reason));
  }

  private static HttpResponseStatus statusOf(Throwable cause) {
    return switch (cause) {
      case TooLongHttpHeaderException headers -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
      case TooLongHttpLineException line -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
      default -> HttpResponseStatus.BAD_REQUEST;
    };
  }
}
