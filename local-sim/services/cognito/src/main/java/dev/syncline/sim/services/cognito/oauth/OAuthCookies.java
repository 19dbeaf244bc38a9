// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.http.HttpResponse;
import java.util.Optional;

/** The cookies of a domain: the session of a browser, and the secret of its forms. Stateless. */
final class OAuthCookies {
  /** The session. */
  static final String SESSION = "cognito";

  /** The secret that a form repeats. */
  static final String FORM = "XSRF-TOKEN";

  private OAuthCookies() {}

  /** The value of a cookie of the request. */
  static Optional<String> read(OAuthSite site, String name) {
    for (String header : site.request().headers().all("cookie")) {
      for (String pair : header.split(";", -1)) {
        String[] parts = pair.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(name) && !parts[1].isEmpty()) {
          return Optional.of(parts[1]);
        }
      }
    }
    return Optional.empty();
  }

  /** Adds a cookie to an answer. */
  static HttpResponse put(OAuthSite site, HttpResponse answer, String name, String value) {
    return set(site, answer, name + "=" + value);
  }

  /** Removes a cookie by an answer. */
  static HttpResponse drop(OAuthSite site, HttpResponse answer, String name) {
    return set(site, answer, name + "=; Max-Age=0");
  }

  private static HttpResponse set(OAuthSite site, HttpResponse answer, String start) {
    String path = site.base().isEmpty() ? "/" : site.base();
    String cookie =
        start
            + "; Path="
            + path
            + "; HttpOnly; SameSite=Lax"
            + (site.request().secure() ? "; Secure" : "");
    return answer.with(answer.headers().with("Set-Cookie", cookie));
  }
}
