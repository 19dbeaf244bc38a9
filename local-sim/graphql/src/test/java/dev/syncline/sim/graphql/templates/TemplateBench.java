// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldSelection;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.graphql.resolver.ResolverPlan;
import dev.syncline.sim.graphql.resolver.ResolverRunner;
import dev.syncline.sim.graphql.resolver.SourceCalls;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.vtl.TemplateException;
import dev.syncline.sim.vtl.TemplateResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What tests of templates and resolvers need: a request, a clock and data sources. */
public final class TemplateBench implements SourceCalls {
  /** The time of the clock. */
  public static final Instant NOW = Instant.parse("2018-02-06T19:01:35.750Z");

  public final RequestEffects effects = new RequestEffects();
  public final ResolverTemplates templates =
      new ResolverTemplates(new SimClock(new ClockMode.Manual(), NOW), new Ids(7));

  /** Every call of a data source: its name and documents. */
  public final List<String> calls = new ArrayList<>();

  public ObjectNode arguments = JavaValues.object();
  public JsonNode source = NullNode.instance;
  public FieldSelection selection = FieldSelection.NONE;
  private final Map<String, Function<JsonNode, SourceResult>> sources = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();

  /** JSON with single quotes. */
  public static JsonNode json(String text) {
    try {
      return JavaValues.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  public TemplateBench arguments(String text) {
    arguments = (ObjectNode) json(text);
    return this;
  }

  public TemplateBench source(String name, String type, Function<JsonNode, SourceResult> answer) {
    types.put(name, type);
    sources.put(name, answer);
    return this;
  }

  /** A data source that gives the payload back. */
  public TemplateBench none() {
    return source("none", "NONE", document -> SourceResult.of(document.path("payload")));
  }

  @Override
  public String type(String dataSource) {
    return types.getOrDefault(dataSource, "");
  }

  @Override
  public List<SourceResult> call(
      String dataSource, List<JsonNode> documents, RequestContext request) {
    calls.add(dataSource + " " + documents);
    return documents.stream().map(sources.get(dataSource)).toList();
  }

  public RequestContext request() {
    return new RequestContext(
        "request-1",
        "API Key Authorization",
        NullNode.instance,
        (ObjectNode) json("{'x-api-key':'da2-abc','host':'h'}"),
        null,
        (ObjectNode) json("{'STAGE':'test'}"),
        effects);
  }

  public FieldCall call() {
    return new FieldCall(
        "Query",
        "thing",
        arguments.deepCopy(),
        source,
        List.of("thing"),
        (ObjectNode) json("{'v':1}"),
        selection);
  }

  public ResolverContext context() {
    return new ResolverContext(call(), request());
  }

  /** What a template renders. */
  public String render(String template) {
    try {
      return switch (templates.render(template, context())) {
        case TemplateResult.Rendered rendered -> rendered.text();
        case TemplateResult.Returned returned -> "returned " + returned.value();
      };
    } catch (TemplateException failed) {
      return "failed " + TemplateTexts.of(failed);
    } catch (RaisedAbort raised) {
      return "raised " + raised.evaluation();
    }
  }

  /** Resolves one call. */
  public FieldOutcome resolve(ResolverPlan plan) {
    return new ResolverRunner(plan, this).resolve(List.of(call()), request()).getFirst();
  }

  /** A unit resolver of templates. */
  public FieldOutcome unit(String dataSource, String request, String response) {
    return resolve(new ResolverPlan.Unit(templates.step(request, response, 0), dataSource, 0));
  }

  /** A function of templates. */
  public ResolverPlan.Step function(String dataSource, String request, String response) {
    return new ResolverPlan.Step("f", templates.step(request, response, 0), dataSource, 0);
  }
}
