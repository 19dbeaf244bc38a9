// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.util.ArrayList;
import java.util.Map;

/** A whole request of the wire as services see it. */
final class RequestMessage {
  private RequestMessage() {}

  /**
   * The request; its target has passed {@link RequestCheck}.
   *
   * @param remoteAddress the peer's
   * @param secure whether it came over TLS
   */
  static HttpRequest of(
      io.netty.handler.codec.http.HttpRequest request,
      byte[] content,
      String remoteAddress,
      boolean secure) {
    String target = pathAndQuery(request.uri());
    int mark = target.indexOf('?');
    var headers = new ArrayList<Map.Entry<String, String>>(request.headers().size());
    request
        .headers()
        .iteratorAsString()
        .forEachRemaining(header -> headers.add(Map.entry(header.getKey(), header.getValue())));
    return new HttpRequest(
        request.method().name(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        new Headers(headers),
        content,
        remoteAddress,
        secure);
  }

  /** The target without a scheme, an authority and a fragment. */
  private static String pathAndQuery(String uri) {
    String target = uri;
    if (!target.startsWith("/")) {
      int path = target.indexOf("//") + 2;
      while (path < target.length() && "/?#".indexOf(target.charAt(path)) < 0) {
        path++;
      }
      target = (target.startsWith("/", path) ? "" : "/") + target.substring(path);
    }
    int fragment = target.indexOf('#');
    return fragment < 0 ? target : target.substring(0, fragment);
  }
}
