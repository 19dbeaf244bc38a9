// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A subscription that has started. Thread-safe. */
public final class SubscriptionOperation {
  private final String field;
  private final ObjectNode arguments;
  private final SubscriberView view;

  SubscriptionOperation(String field, ObjectNode arguments, SubscriberView view) {
    this.field = field;
    this.arguments = arguments;
    this.view = view;
  }

  /** The field of the type Subscription. */
  public String field() {
    return field;
  }

  /**
   * The given arguments after coercion. An argument that the document leaves out is absent, an
   * undefined optional variable is null. The receiver must not change it.
   */
  public ObjectNode arguments() {
    return arguments;
  }

  /**
   * What the subscriber gets of a mutation's result: {@code data} and, when a field is missing or
   * denied, {@code errors}. Subscribers with equal documents and access get the same object for the
   * same payload, so that it can be written once.
   *
   * @param payload the mutation's {@link CompletedMutation#payload}
   * @return not to be changed
   */
  public ObjectNode deliver(JsonNode payload) {
    return view.of(payload);
  }
}
