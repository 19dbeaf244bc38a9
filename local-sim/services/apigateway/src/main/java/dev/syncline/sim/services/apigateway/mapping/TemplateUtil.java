// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.mapping;

import dev.syncline.sim.vtl.JavaScriptText;
import dev.syncline.sim.vtl.TemplateFault;
import dev.syncline.sim.vtl.TemplateObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
        default -> JavaScriptText.escaped(text);
      };
    } catch (IllegalArgumentException | JsonBody.NotJsonException malformed) {
      throw new TemplateFault("$util." + method + ": " + malformed.getMessage());
    }
  }

  @Override
  public @Nullable Object property(String name) {
    return null;
  }
}
