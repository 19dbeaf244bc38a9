// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.nio.charset.StandardCharsets;

/** A complete answer. The port adds Content-Length and Date. */
public record HttpResponse(int status, Headers headers, byte[] body) {

  /** An answer with a JSON body. */
  public static HttpResponse json(int status, String body) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer with a plain text body. */
  public static HttpResponse text(int status, String body) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
