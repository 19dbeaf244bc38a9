// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;

/** A field whose value is a literal, comes from a path, or from a JSONata expression. Immutable. */
public sealed interface FieldValue {
  /** The field's name as written, such as {@code SecondsPath}. */
  String field();

  /** A value in the definition. */
  record Literal(String field, JsonNode value) implements FieldValue {}

  /** A value to read when the state runs. */
  record FromPath(String field, Query query) implements FieldValue {}

  /** A JSONata value with expressions somewhere inside it. */
  record FromTemplate(String field, PayloadTemplate template) implements FieldValue {}

  /** A value to compute when the state runs. */
  record FromExpression(String field, JsonataExpression expression) implements FieldValue {}
}
