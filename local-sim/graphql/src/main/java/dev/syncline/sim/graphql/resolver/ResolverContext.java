// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ctx} of one run of a resolver. Not thread-safe. */
public final class ResolverContext {
  private final FieldCall call;
  private final RequestContext request;
  private final List<FieldError> added = new ArrayList<>();
  private final SharedValue arguments;
  private final SharedValue stash = new SharedValue(JavaValues.object());
  private @Nullable Map<String, @Nullable Object> source;
  private JsonNode result = NullNode.instance;
  private JsonNode previous = NullNode.instance;
  private boolean inPipeline;
  private @Nullable FieldError error;

  /** The context at the start of a resolver. */
  public ResolverContext(FieldCall call, RequestContext request) {
    this.call = call;
    this.request = request;
    this.arguments = new SharedValue(call.arguments());
  }

  /** The field. */
  public FieldCall call() {
    return call;
  }

  /** The request. */
  public RequestContext request() {
    return request;
  }

  /** {@code ctx.args}. */
  public ObjectNode arguments() {
    return arguments.json();
  }

  /** Replaces {@code ctx.args}. */
  public void arguments(ObjectNode changed) {
    arguments.json(changed);
  }

  /** {@code ctx.args} as a map; the caller may change it. {@link #arguments()} ends its use. */
  public Map<String, @Nullable Object> argumentsMap() {
    return arguments.map();
  }

  /** {@code ctx.stash}. */
  public ObjectNode stash() {
    return stash.json();
  }

  /** Replaces {@code ctx.stash}. */
  public void stash(ObjectNode changed) {
    stash.json(changed);
  }

  /** {@code ctx.stash} as a map; the caller may change it. {@link #stash()} ends its use. */
  public Map<String, @Nullable Object> stashMap() {
    return stash.map();
  }

  /** {@code ctx.source} for templates, converted once; null without a source. */
  public @Nullable Object sourceValue() {
    if (!call.source().isObject()) {
      return JavaValues.of(call.source());
    }
    Map<String, @Nullable Object> converted = source;
    if (converted == null) {
      converted = JavaValues.map(call.source());
      source = converted;
    }
    return converted;
  }

  /** {@code ctx.result}. */
  public JsonNode result() {
    return result;
  }

  /** Sets {@code ctx.result} and {@code ctx.error} after a data source answered. */
  public void result(JsonNode value, @Nullable FieldError failure) {
    result = value;
    error = failure;
  }

  /** {@code ctx.prev.result}. */
  public JsonNode previous() {
    return previous;
  }

  /** Sets {@code ctx.prev.result}. */
  public void previous(JsonNode value) {
    previous = value;
    inPipeline = true;
  }

  /** Whether there is a {@code ctx.prev}: after the first part of a pipeline resolver. */
  public boolean hasPrevious() {
    return inPipeline;
  }

  /** {@code ctx.error}; null without an error. */
  public @Nullable FieldError error() {
    return error;
  }

  /** Errors of {@code util.appendError}, in order; the caller may add to it. */
  public List<FieldError> added() {
    return added;
  }
}
