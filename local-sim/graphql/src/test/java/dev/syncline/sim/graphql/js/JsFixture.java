// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldSelection;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.handlers.CodeException;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerLimits;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.util.List;

/** One engine for all tests of the package, and contexts to call it with. */
final class JsFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
  static final HandlerEngine ENGINE =
      new HandlerEngine(
          new SimClock(new ClockMode.Manual(), NOW), new Ids(7), HandlerLimits.DEFAULT);
  private static final String IMPORTS =
      "import { util, runtime, extensions } from '@aws-appsync/utils';"
          + " import * as ddb from '@aws-appsync/utils/dynamodb';\n";

  private JsFixture() {}

  /** Code whose functions have these bodies. */
  static JsStepCode code(String request, String response) throws CodeException {
    return JsStepCode.compile(
        ENGINE,
        IMPORTS
            + "export function request(ctx) { "
            + request
            + " }\nexport function response(ctx) { "
            + response
            + " }");
  }

  /** How a request function with this body ends. */
  static Evaluation request(String body, ResolverContext context) throws CodeException {
    return code(body, "return null").request(context);
  }

  /** What a request function with this body returns for an empty context. */
  static JsonNode value(String body) throws CodeException {
    Evaluation ended = request(body, context("{}"));
    assertThat(ended).as(body).isInstanceOf(Evaluation.Produced.class);
    return ((Evaluation.Produced) ended).value();
  }

  /** The value of an expression. */
  static JsonNode valueOf(String expression) throws CodeException {
    return value("return " + expression);
  }

  /** The error that a request function with this body raises. */
  static FieldError error(String body, ResolverContext context) throws CodeException {
    return ((Evaluation.Raised) request(body, context)).error();
  }

  static ResolverContext context(String arguments) {
    return context(json(arguments), NullNode.instance);
  }

  static ResolverContext context(JsonNode arguments, JsonNode source) {
    FieldSelection selection =
        new FieldSelection() {
          @Override
          public List<String> paths() {
            return List.of("id", "owner", "owner/name");
          }

          @Override
          public String graphql() {
            return "{\n  id\n  owner {\n    name\n  }\n}";
          }
        };
    var call =
        new FieldCall(
            "Query",
            "post",
            (ObjectNode) arguments,
            source,
            List.of("post"),
            JsonNodeFactory.instance.objectNode().put("v", 1),
            selection);
    return new ResolverContext(
        call,
        new RequestContext(
            "r-1",
            "IAM Authorization",
            json("{\"username\":\"u\"}"),
            (ObjectNode) json("{\"x-trace\":\"t\"}"),
            null,
            (ObjectNode) json("{\"TABLE\":\"posts\"}"),
            new RequestEffects()));
  }

  /** JSON; single quotes may stand for double ones. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  /** The effects of one kind. */
  static <E extends RequestEffects.Effect> List<E> effects(ResolverContext context, Class<E> kind) {
    return context.request().effects().all().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
