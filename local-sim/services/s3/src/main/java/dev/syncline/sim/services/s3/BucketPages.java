// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.http.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies the CORS configuration of buckets: answers preflights, and opens operations to the pages
 * that a rule allows. Other pages are refused, although S3 would answer them without CORS headers:
 * who reaches the simulator can run code. Source: "Using cross-origin resource sharing" in S3's
 * user guide. Thread-safe.
 */
record BucketPages(S3Store store) implements HttpEndpoint, PageRules {
  private static final Pattern HOST =
      Pattern.compile(
          "(?<bucket>.+?)\\.(s3\\.localhost|s3([.-][a-z0-9-]+)?\\.amazonaws\\.com|localhost)");
  private static final String METHOD = "access-control-request-method";
  private static final String ASKED = "access-control-request-headers";
  private static final String VARY =
      "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

  /** A preflight for a bucket that exists. */
  @Override
  public boolean claims(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().first("origin").isPresent()
        && request.headers().first(METHOD).isPresent()
        && settings(request).isPresent();
  }

  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Optional<JsonNode> configuration = configuration(request);
    String method = request.headers().first(METHOD).orElse("");
    String asked = request.headers().first(ASKED).orElse("");
    Optional<JsonNode> rule = configuration.flatMap(cors -> rule(cors, request, method, asked));
    return rule.map(
            found -> new HttpResponse(200, headers(found, request, true, asked), new byte[0]))
        .orElseGet(() -> refused(configuration.isPresent(), request, method));
  }

  @Override
  public Optional<Headers> opened(HttpRequest request) {
    if (writesBucket(request)) {
      return Optional.empty();
    }
    return configuration(request)
        .flatMap(cors -> rule(cors, request, request.method(), ""))
        .map(rule -> headers(rule, request, false, ""));
  }

  /** Whether a request creates, deletes or configures a bucket, which no page may. */
  private static boolean writesBucket(HttpRequest request) {
    boolean writes = request.method().equals("PUT") || request.method().equals("DELETE");
    return writes && key(request).isEmpty();
  }

  private Optional<JsonNode> configuration(HttpRequest request) {
    return settings(request).flatMap(settings -> settings.shared(BucketSetting.CORS));
  }

  private static Optional<JsonNode> rule(
      JsonNode configuration, HttpRequest request, String method, String asked) {
    String origin = request.headers().first("origin").orElse("");
    return CorsRules.match(configuration, origin, method, asked);
  }

  private Optional<BucketSettings> settings(HttpRequest request) {
    try {
      return Optional.of(store.settings(bucket(request)));
    } catch (AwsException noBucket) {
      return Optional.empty();
    }
  }

  private static String bucket(HttpRequest request) {
    Matcher host = HOST.matcher(request.hostName());
    if (host.matches() && !host.group("bucket").equals("s3")) {
      return host.group("bucket");
    }
    return PercentCoding.decode(firstSegment(request.rawPath()));
  }

  private static String key(HttpRequest request) {
    String path = request.rawPath().substring(1);
    return isVirtualHost(request)
        ? path
        : path.substring(firstSegment(request.rawPath()).length()).replaceFirst("^/", "");
  }

  private static boolean isVirtualHost(HttpRequest request) {
    Matcher host = HOST.matcher(request.hostName());
    return host.matches() && !host.group("bucket").equals("s3");
  }

  private static String firstSegment(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? path.substring(1) : path.substring(1, end);
  }

  private static Headers headers(
      JsonNode rule, HttpRequest request, boolean preflight, String asked) {
    String origin = request.headers().first("origin").orElse("");
    boolean everyone = texts(rule, "AllowedOrigins").contains("*");
    Headers headers =
        Headers.of("Access-Control-Allow-Origin", everyone ? "*" : origin)
            .with("Access-Control-Allow-Methods", String.join(", ", texts(rule, "AllowedMethods")));
    if (preflight && !asked.isBlank()) {
      headers = headers.with("Access-Control-Allow-Headers", asked.toLowerCase(Locale.ROOT));
    }
    List<String> exposed = texts(rule, "ExposeHeaders");
    if (!exposed.isEmpty()) {
      headers = headers.with("Access-Control-Expose-Headers", String.join(", ", exposed));
    }
    if (rule.has("MaxAgeSeconds")) {
      headers = headers.with("Access-Control-Max-Age", rule.path("MaxAgeSeconds").asText());
    }
    if (!everyone) {
      headers = headers.with("Access-Control-Allow-Credentials", "true");
    }
    // Chrome sends this for pages of other networks.
    if (request.headers().first("access-control-request-private-network").isPresent()) {
      headers = headers.with("Access-Control-Allow-Private-Network", "true");
    }
    return headers.with("Vary", VARY);
  }

  private static List<String> texts(JsonNode rule, String member) {
    var texts = new ArrayList<String>();
    rule.path(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static HttpResponse refused(boolean configured, HttpRequest request, String method) {
    boolean ofBucket = request.rawPath().indexOf('/', 1) < 0;
    String message =
        configured
            ? "CORSResponse: This CORS request is not allowed. This is usually because the"
                + " evalution of Origin, request method / Access-Control-Request-Method or"
                + " Access-Control-Request-Headers are not whitelisted by the resource's CORS"
                + " spec."
            : "CORSResponse: CORS is not enabled for this bucket.";
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessForbidden</Code><Message>"
            + message
            + "</Message><Method>"
            + (CorsRules.isMethod(method) ? method : "UNSUPPORTED")
            + "</Method><ResourceType>"
            + (ofBucket ? "BUCKET" : "OBJECT")
            + "</ResourceType></Error>";
    return new HttpResponse(
        403, Headers.of("Content-Type", "application/xml"), xml.getBytes(StandardCharsets.UTF_8));
  }
}
