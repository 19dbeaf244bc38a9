// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ctx} of one run of a resolver. Not thread-safe. */
public final class ResolverContext {
  private final FieldCall call;
  private final RequestContext request;
  private final List<FieldError> added = new ArrayList<>();
  private ObjectNode arguments;
  private ObjectNode stash = JsonNodeFactory.instance.objectNode();
  private JsonNode result = NullNode.instance;
  private JsonNode previous = NullNode.instance;
  private @Nullable FieldError error;

  /** The context at the start of a resolver. */
  public ResolverContext(FieldCall call, RequestContext request) {
    this.call = call;
    this.request = request;
    this.arguments = call.arguments();
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
    return arguments;
  }

  /** Replaces {@code ctx.args}. */
  public void arguments(ObjectNode changed) {
    arguments = changed;
  }

  /** {@code ctx.stash}. */
  public ObjectNode stash() {
    return stash;
  }

  /** Replaces {@code ctx.stash}. */
  public void stash(ObjectNode changed) {
    stash = changed;
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
