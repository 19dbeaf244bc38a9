// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The pages that users see. They have no scripts, and no other site may frame them. Every value is
 * escaped. Stateless.
 */
final class LoginPages {
  private static final String STYLE =
      "body{font:16px sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem}"
          + "label{display:block;margin-top:1rem}"
          + "input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem}"
          + "button{margin-top:1.5rem;font:inherit;padding:.5rem 1rem}"
          + "[role=alert]{border-left:4px solid #b00020;padding-left:.75rem}";

  /**
   * A field of a form.
   *
   * @param autocomplete HTML's attribute
   */
  record Field(String name, String label, String type, String autocomplete) {}

  private LoginPages() {}

  /**
   * A form.
   *
   * @param action the address that it is sent to
   * @param hidden values that come back unchanged
   * @param error empty for none
   */
  static HttpResponse form(
      String title,
      String action,
      Map<String, String> hidden,
      List<Field> fields,
      String button,
      String error) {
    var html = new StringBuilder();
    html.append("<h1>").append(escape(title)).append("</h1>");
    if (!error.isEmpty()) {
      html.append("<p role=\"alert\">").append(escape(error)).append("</p>");
    }
    html.append("<form method=\"post\" action=\"").append(escape(action)).append("\">");
    hidden.forEach(
        (name, value) ->
            html.append("<input type=\"hidden\" name=\"")
                .append(escape(name))
                .append("\" value=\"")
                .append(escape(value))
                .append("\">"));
    for (Field field : fields) {
      String name = escape(field.name());
      html.append("<label for=\"").append(name).append("\">").append(escape(field.label()));
      html.append("</label><input required id=\"").append(name);
      html.append("\" name=\"").append(name);
      html.append("\" type=\"").append(escape(field.type()));
      html.append("\" autocomplete=\"").append(escape(field.autocomplete())).append("\">");
    }
    html.append("<button type=\"submit\">").append(escape(button)).append("</button></form>");
    return page(200, title, html.toString());
  }

  /** A page that tells an error. */
  static HttpResponse error(int status, String message) {
    return page(
        status,
        "Error",
        "<h1>An error was encountered with the requested page.</h1><p role=\"alert\">"
            + escape(message)
            + "</p>");
  }

  private static HttpResponse page(int status, String title, String body) {
    String html =
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
            + escape(title)
            + "</title><style>"
            + STYLE
            + "</style></head><body><main>"
            + body
            + "</main></body></html>";
    return new HttpResponse(
        status,
        Headers.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Cache-Control",
            "no-store",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri"
                + " 'none'",
            "X-Frame-Options",
            "DENY",
            "X-Content-Type-Options",
            "nosniff",
            // With no-referrer a browser would send a form without its origin.
            "Referrer-Policy",
            "same-origin"),
        html.getBytes(StandardCharsets.UTF_8));
  }

  /** Text for HTML, in elements and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
