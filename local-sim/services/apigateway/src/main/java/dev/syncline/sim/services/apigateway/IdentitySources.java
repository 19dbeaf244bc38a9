// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.Map;

/** The values of identity sources in one request. */
record IdentitySources(Exchange exchange, RouteNode.Match match) {
  String value(String source) {
    if (source.startsWith("method.request.header.")) {
      String name = source.substring("method.request.header.".length());
      return exchange.request().headers().first(name).orElse("");
    }
    if (source.startsWith("method.request.querystring.")) {
      String name = source.substring("method.request.querystring.".length());
      return exchange.request().query().stream()
          .filter(pair -> pair.getKey().equals(name))
          .map(Map.Entry::getValue)
          .reduce((first, last) -> last)
          .orElse("");
    }
    if (source.equals("context.resourcePath")) {
      return match.method().resourcePath();
    }
    return exchange.context().getOrDefault(source, "");
  }
}
