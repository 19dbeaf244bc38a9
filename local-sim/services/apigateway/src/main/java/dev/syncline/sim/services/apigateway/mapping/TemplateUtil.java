// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.mapping;

import dev.syncline.sim.vtl.TemplateFault;
import dev.syncline.sim.vtl.TemplateObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code $util}: the functions that API Gateway documents. Stateless and thread-safe. */
public final class TemplateUtil implements TemplateObject {
  private static final Set<String> METHODS =
      Set.of(
          "base64Decode",
          "base64Encode",
          "escapeJavaScript",
          "parseJson",
          "urlDecode",
          "urlEncode");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  @Override
  public boolean answers(String method, int arguments) {
    return arguments == 1 && METHODS.contains(method);
  }

  @Override
  public @Nullable Object call(String method, List<@Nullable Object> arguments) {
    Object argument = arguments.getFirst();
    if (argument == null) {
      return null;
    }
    String text = argument.toString();
    try {
      return switch (method) {
        case "base64Decode" -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        case "base64Encode" ->
            Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        case "parseJson" -> JsonBody.parse(text);
        case "urlDecode" -> URLDecoder.decode(text, StandardCharsets.UTF_8);
        case "urlEncode" -> URLEncoder.encode(text, StandardCharsets.UTF_8);
        default -> escaped(text);
      };
    } catch (IllegalArgumentException | JsonBody.NotJsonException malformed) {
      throw new TemplateFault("$util." + method + ": " + malformed.getMessage());
    }
  }

  @Override
  public @Nullable Object property(String name) {
    return null;
  }

  /** Escapes quotes of both kinds, slashes of both kinds, and what is not printable ASCII. */
  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\'', '\\', '/' -> escaped.append('\\').append(c);
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            escaped.append("\\u").append(HEX.toHexDigits(c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
