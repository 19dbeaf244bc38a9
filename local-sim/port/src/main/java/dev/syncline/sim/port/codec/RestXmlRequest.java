// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RestXmlErrors;
import dev.syncline.sim.service.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A restXml request with its signature, its chunks and the SDK's own parameters removed.
 *
 * @param query by name; of a repeated parameter the first value
 * @param headers of the request, of its query where that is presigned, and of its trailers
 */
record RestXmlRequest(
    String method, S3Address address, Map<String, String> query, Headers headers, byte[] content) {

  /**
   * Reads a request.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotImplemented} naming a header that is
   *     not supported, {@code IncompleteBody}
   */
  static RestXmlRequest of(WireRequest request, Protocol.HeaderRule rule) {
    Headers headers = withHeadersOfQuery(request);
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!rule.takes(name, header.getValue())) {
        throw RestXmlErrors.notImplemented(
            "the header '" + name + "' with the value '" + header.getValue() + "'");
      }
    }
    byte[] content = request.body();
    if (AwsChunked.isUsedBy(headers)) {
      AwsChunked.Decoded decoded = AwsChunked.decode(headers, content);
      content = decoded.content();
      var all = new ArrayList<>(headers.entries());
      all.addAll(decoded.trailers().entries());
      headers = new Headers(all);
    }
    return new RestXmlRequest(
        request.method(), S3Address.of(request), query(request), headers, content);
  }

  /** Presigned URLs carry headers as parameters. A header that is sent too takes precedence. */
  private static Headers withHeadersOfQuery(WireRequest request) {
    var headers = new Headers(request.headers());
    for (Map.Entry<String, String> parameter : request.query()) {
      String name = parameter.getKey();
      if (PresignedUrl.isHeader(name) && headers.first(name).isEmpty()) {
        headers = headers.with(name, parameter.getValue());
      }
    }
    return headers;
  }

  private static Map<String, String> query(WireRequest request) {
    var query = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> parameter : request.query()) {
      String name = parameter.getKey();
      if (!PresignedUrl.signs(name) && !PresignedUrl.isHeader(name)) {
        query.putIfAbsent(name, parameter.getValue());
      }
    }
    return query;
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
