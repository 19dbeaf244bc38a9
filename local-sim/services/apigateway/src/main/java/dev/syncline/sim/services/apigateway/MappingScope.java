// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.apigateway.mapping.BodyInput;
import dev.syncline.sim.services.apigateway.mapping.MappingReferences;
import dev.syncline.sim.services.apigateway.mapping.MappingTemplates;
import dev.syncline.sim.vtl.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variables of one exchange for templates and parameter mappings. Belongs to the thread that
 * answers the request.
 */
final class MappingScope {
  private final Exchange exchange;
  private final RouteNode.Match match;
  private final MappingTemplates templates;
  private final MappingReferences requestOverride = new MappingReferences();
  private final MappingReferences responseOverride = new MappingReferences();

  MappingScope(Exchange exchange, RouteNode.Match match, MappingTemplates templates) {
    this.exchange = exchange;
    this.match = match;
    this.templates = templates;
    for (String place : List.of("header", "querystring", "path")) {
      requestOverride.child(place);
    }
    responseOverride.child("header");
  }

  Exchange exchange() {
    return exchange;
  }

  RouteNode.Match match() {
    return match;
  }

  /** {@code $context.requestOverride}, as templates have left it. */
  MappingReferences requestOverride() {
    return requestOverride;
  }

  /** {@code $context.responseOverride}, as templates have left it. */
  MappingReferences responseOverride() {
    return responseOverride;
  }

  /** A failed template, and whether the reason is a body that is not JSON. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String parseError;

    FailedException(String reason, String parseError) {
      super(reason, null, false, false);
      this.parseError = parseError;
    }

    /** Why the body is not JSON; empty for another failure. */
    String parseError() {
      return parseError;
    }
  }

  /** Renders a template with a body as its input. */
  String render(String template, String body) throws FailedException {
    var input = new BodyInput(body, parameters());
    Map<String, String> values = values();
    MappingReferences context = MappingReferences.of(values, "context.");
    // They are empty, with empty members, where they do not apply.
    List.of("authorizer", "error", "identity", "integration").forEach(context::child);
    context.put("requestOverride", requestOverride);
    context.put("responseOverride", responseOverride);
    try {
      return templates.render(
          template, input, context, MappingReferences.of(values, "stageVariables."));
    } catch (TemplateException failed) {
      throw new FailedException(String.valueOf(failed.getMessage()), input.parseError());
    }
  }

  /** The values of references, by name with {@code context.} or {@code stageVariables.}. */
  Map<String, String> values() {
    Map<String, String> values = exchange.context();
    values.put("context.resourcePath", match.method().resourcePath());
    values.put("context.resourceId", match.method().resourceId());
    return values;
  }

  private Map<String, Map<String, String>> parameters() {
    HttpRequest request = exchange.request();
    var query = new LinkedHashMap<String, String>();
    request.query().forEach(pair -> query.put(pair.getKey(), pair.getValue()));
    var headers = new LinkedHashMap<String, String>();
    var names = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> header : request.headers().entries()) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      String name = names.computeIfAbsent(lower, unused -> header.getKey());
      headers.put(name, header.getValue());
    }
    var all = new LinkedHashMap<String, Map<String, String>>();
    all.put("path", match.parameters());
    all.put("querystring", query);
    all.put("header", headers);
    return all;
  }
}
