// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import dev.syncline.sim.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests to a simulator's port as any HTTP client does. */
public final class PortClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Simulator simulator;

  public PortClient(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Sends a request that is signed, in form, for the service. */
  public HttpResponse<byte[]> signed(
      String service, String method, String target, String body, String... headers) {
    var all = new java.util.ArrayList<String>(java.util.List.of(headers));
    all.add("Authorization");
    all.add(
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature=0");
    return send(method, target, body, all.toArray(String[]::new));
  }

  /** Sends a request as it is. */
  public HttpResponse<byte[]> send(String method, String target, String body, String... headers) {
    URI uri =
        target.startsWith("http") ? URI.create(target) : URI.create(simulator.endpoint() + target);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** The body as text. */
  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The text of the first XML element of that name, empty if it is absent. */
  public static String element(HttpResponse<byte[]> response, String name) {
    Matcher matcher =
        Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text(response));
    return matcher.find() ? matcher.group(1) : "";
  }
}
