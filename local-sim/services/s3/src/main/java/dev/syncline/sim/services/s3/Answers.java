// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Makes answers. */
final class Answers {
  private static final DateTimeFormatter XML_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Answers() {}

  static Headers headers(Map<String, String> byName) {
    Headers headers = Headers.EMPTY;
    for (Map.Entry<String, String> header : byName.entrySet()) {
      headers = headers.with(header.getKey(), header.getValue());
    }
    return headers;
  }

  static HttpResponse error(AwsException error, String resource, String requestId) {
    Xml xml =
        Xml.error()
            .element("Code", error.code())
            .element("Message", error.text())
            .element("Resource", resource)
            .element("RequestId", requestId);
    new TreeMap<>(error.members()).forEach((name, value) -> xml.element(name, value.toString()));
    return xml(error.status(), xml.end("Error"));
  }

  /** To the second, as in the members of errors. */
  static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String time(Instant time) {
    return XML_TIME.format(time);
  }

  private static HttpResponse xml(int status, byte[] document) {
    return new HttpResponse(status, Headers.of("Content-Type", "application/xml"), document);
  }
}
