// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of an Event API. Normally {@code https://{httpHost}/event} and {@code
 * wss://{realtimeHost}/event/realtime}. With an override, connections go to the override instead
 * while the {@code Host} header, and {@code host} in the realtime credentials, still name the API:
 * so one address can serve many APIs.
 *
 * @param httpHost the API's HTTP host, bare, as CloudFormation's {@code Dns.Http} gives it
 * @param realtimeHost the API's realtime host, bare, as {@code Dns.Realtime} gives it; equal to the
 *     HTTP host with a custom domain
 * @param override an absolute {@code http} or {@code https} address to connect to instead, as the
 *     AWS SDKs' {@code AWS_ENDPOINT_URL} means it, or null
 */
public record EventsEndpoint(String httpHost, String realtimeHost, @Nullable URI override) {
  /** The variable that holds the HTTP host. */
  public static final String HTTP_HOST_VARIABLE = "APPSYNC_HTTP_HOST";

  /** The variable that holds the realtime host. */
  public static final String REALTIME_HOST_VARIABLE = "APPSYNC_REALTIME_HOST";

  /** The AWS SDKs' own variable that sends every service call to one address. */
  public static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL";

  /** Validates every part; the exception's message names the part. */
  public EventsEndpoint {
    requireBareHost("The HTTP host", httpHost);
    requireBareHost("The realtime host", realtimeHost);
    if (override != null) {
      requireOverride("The endpoint override", override);
    }
  }

  /**
   * The endpoint for an HTTP host. The realtime host is derived from it, by AWS's naming for {@code
   * *.appsync-api.*} and as the same host for a custom domain.
   */
  public static EventsEndpoint of(String httpHost) {
    return new EventsEndpoint(httpHost, realtimeHostOf(httpHost), null);
  }

  /**
   * Reads {@code APPSYNC_HTTP_HOST} (required), {@code APPSYNC_REALTIME_HOST} (else derived as in
   * {@link #of(String)}) and {@code AWS_ENDPOINT_URL} (optional).
   *
   * @throws IllegalArgumentException naming the variable and the correction
   */
  public static EventsEndpoint fromEnvironment(Map<String, String> environment) {
    String httpHost = environment.getOrDefault(HTTP_HOST_VARIABLE, "").strip();
    if (httpHost.isEmpty()) {
      throw new IllegalArgumentException(
          HTTP_HOST_VARIABLE
              + " is not set; set it to the Event API's HTTP host, the value of Dns.Http in"
              + " CloudFormation");
    }
    requireBareHost(HTTP_HOST_VARIABLE, httpHost);
    String realtimeHost = environment.getOrDefault(REALTIME_HOST_VARIABLE, "").strip();
    if (realtimeHost.isEmpty()) {
      realtimeHost = realtimeHostOf(httpHost);
    }
    requireBareHost(REALTIME_HOST_VARIABLE, realtimeHost);
    String endpoint = environment.getOrDefault(ENDPOINT_VARIABLE, "").strip();
    URI override = endpoint.isEmpty() ? null : parseOverride(endpoint);
    return new EventsEndpoint(httpHost, realtimeHost, override);
  }

  /** A copy that connects to the given address; null for no override. */
  public EventsEndpoint withOverride(@Nullable URI address) {
    return new EventsEndpoint(httpHost, realtimeHost, address);
  }

  /** Where to POST events. The {@code Host} header is always {@link #httpHost()}. */
  public URI publishUri() {
    return URI.create((override == null ? "https://" + httpHost : base(override)) + "/event");
  }

  /** Where to open the WebSocket. */
  public URI realtimeUri() {
    String base =
        override == null
            ? "wss://" + realtimeHost
            : "ws" + base(override).substring("http".length());
    return URI.create(base + "/event/realtime");
  }

  private static String base(URI override) {
    String text = override.toString();
    String scheme = override.getScheme().toLowerCase(Locale.ROOT);
    String rest = text.substring(scheme.length());
    return scheme + (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
  }

  private static String realtimeHostOf(String httpHost) {
    return httpHost.replaceFirst("\\.appsync-api\\.", ".appsync-realtime-api.");
  }

  private static void requireBareHost(String what, String host) {
    boolean bare = false;
    try {
      URI uri = new URI("https://" + host);
      bare =
          host.equals(uri.getRawAuthority()) && uri.getHost() != null && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      // Reported below: the parser's message would quote the added scheme.
    }
    if (!bare) {
      throw new IllegalArgumentException(
          what
              + " must be a bare host such as example.appsync-api.eu-west-1.amazonaws.com, without"
              + " scheme or path, but is \""
              + host
              + "\"");
    }
  }

  private static URI parseOverride(String text) {
    try {
      return requireOverride(ENDPOINT_VARIABLE, new URI(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          ENDPOINT_VARIABLE
              + " must be an address such as http://127.0.0.1:4566: "
              + e.getMessage(),
          e);
    }
  }

  private static URI requireOverride(String what, URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          what
              + " must be an http or https address such as http://127.0.0.1:4566, without query or"
              + " fragment, but is \""
              + uri
              + "\"");
    }
    return uri;
  }
}
