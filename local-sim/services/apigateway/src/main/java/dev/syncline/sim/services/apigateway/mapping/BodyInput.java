// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.mapping;

import dev.syncline.sim.vtl.TemplateFault;
import dev.syncline.sim.vtl.TemplateObject;
import dev.syncline.sim.vtl.TemplateWork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $input}: a body and the parameters of the request. Belongs to one rendering. */
public final class BodyInput implements TemplateObject {
  private static final int CHARS_PER_UNIT = 16;

  private final String body;
  private final Map<String, Map<String, String>> parameters;
  private @Nullable Object json;
  private boolean parsed;
  private String parseError = "";

  /**
   * The input of a template.
   *
   * @param parameters in the order in which they are searched: path, querystring, header
   */
  public BodyInput(String body, Map<String, Map<String, String>> parameters) {
    this.body = body;
    this.parameters = parameters;
  }

  /** Why the body is not JSON; empty unless the template needed it as JSON. */
  public String parseError() {
    return parseError;
  }

  @Override
  public boolean answers(String method, int arguments) {
    return switch (method) {
      case "json", "path" -> arguments == 1;
      case "params" -> arguments < 2;
      default -> false;
    };
  }

  @Override
  public @Nullable Object call(String method, List<@Nullable Object> arguments) {
    if (method.equals("params")) {
      return arguments.isEmpty() ? all() : parameter(String.valueOf(arguments.getFirst()));
    }
    String path = String.valueOf(arguments.getFirst());
    if (JsonBody.searches(path)) {
      TemplateWork.charge(body.length() / CHARS_PER_UNIT);
    }
    Object found = JsonBody.read(parsed(), path);
    if (method.equals("json")) {
      return JsonBody.json(found);
    }
    return found == null ? "" : found;
  }

  @Override
  public @Nullable Object property(String name) {
    return name.equals("body") ? body : null;
  }

  private @Nullable Object parsed() {
    if (!parsed) {
      if (body.isBlank()) {
        json = new LinkedHashMap<String, Object>();
      } else {
        TemplateWork.charge(body.length() / CHARS_PER_UNIT);
        try {
          json = JsonBody.parse(body);
        } catch (JsonBody.NotJsonException notJson) {
          parseError = String.valueOf(notJson.getMessage());
          throw new TemplateFault("The body is not JSON: " + parseError);
        }
      }
      parsed = true;
    }
    return json;
  }

  private Map<String, Object> all() {
    var all = new LinkedHashMap<String, Object>();
    parameters.forEach((place, values) -> all.put(place, new LinkedHashMap<>(values)));
    return all;
  }

  private String parameter(String name) {
    for (Map<String, String> values : parameters.values()) {
      String value = values.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }
}
