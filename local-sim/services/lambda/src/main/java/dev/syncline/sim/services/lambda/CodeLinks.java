// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The addresses of packages in GetFunction's answers, valid for ten minutes as on AWS, where they
 * are presigned URLs of a bucket of Lambda. Anyone with the address may read the package while a
 * version of the function has it. At most {@value #MAX_ADDRESSES} addresses are kept, the newest.
 * Thread-safe.
 */
final class CodeLinks implements HttpEndpoint {
  private static final int MAX_ADDRESSES = 1_000;
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Pattern PATH = Pattern.compile("/snapshots/\\d{12}/[\\w-]+-[0-9a-f]{32}");
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private record Link(CodePackage code, Instant expires) {}

  private final SimClock clock;
  private final Ids ids;
  private final CodeStore codes;
  private final String account;
  private final Supplier<URI> endpoint;
  private final Map<String, Link> links = BoundedMap.byAge(MAX_ADDRESSES);

  /** Links that lead to {@code endpoint}, where the simulator listens. */
  CodeLinks(SimClock clock, Ids ids, CodeStore codes, String account, Supplier<URI> endpoint) {
    this.clock = clock;
    this.ids = ids;
    this.codes = codes;
    this.account = account;
    this.endpoint = endpoint;
  }

  /** A new address of a function's package. */
  String to(String function, CodePackage code) {
    String path = "/snapshots/" + account + "/" + function + "-" + ids.hex(32);
    Instant now = clock.now();
    synchronized (links) {
      links.values().removeIf(link -> !now.isBefore(link.expires));
      links.put(path, new Link(code, now.plus(LIFE)));
    }
    return endpoint.get()
        + path
        + "?X-Amz-Date="
        + BASIC.format(now)
        + "&X-Amz-Expires="
        + LIFE.toSeconds();
  }

  @Override
  public boolean claims(HttpRequest request) {
    return PATH.matcher(request.rawPath()).matches();
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Link link;
    synchronized (links) {
      link = links.get(request.rawPath());
    }
    if (link == null || !clock.now().isBefore(link.expires)) {
      return expired();
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return new HttpResponse(405, Headers.EMPTY, new byte[0]);
    }
    byte[] content;
    try {
      content = codes.content(link.code);
    } catch (UncheckedIOException gone) {
      // The function's code was changed or deleted since, and its package freed.
      return expired();
    }
    return new HttpResponse(
        200,
        Headers.of("Content-Type", "application/zip", "Content-Length", "" + content.length),
        request.method().equals("HEAD") ? new byte[0] : content);
  }

  private static HttpResponse expired() {
    return new HttpResponse(
        403,
        Headers.of("Content-Type", "application/xml"),
        "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
            .getBytes(StandardCharsets.UTF_8));
  }
}
