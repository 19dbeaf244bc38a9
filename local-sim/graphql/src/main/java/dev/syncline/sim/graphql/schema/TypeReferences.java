// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;

/** References to types in a document. The reader bounds their depth. */
final class TypeReferences {
  private TypeReferences() {}

  /** The name within lists and non-null types. */
  static String name(Type<?> reference) {
    Type<?> inner = reference;
    while (!(inner instanceof TypeName)) {
      inner = inner(inner);
    }
    return ((TypeName) inner).getName();
  }

  /** The text of a reference without exclamation marks. */
  static String nullable(Type<?> reference) {
    return switch (reference) {
      case NonNullType type -> nullable(type.getType());
      case ListType type -> "[" + nullable(type.getType()) + "]";
      case TypeName type -> type.getName();
      default -> throw new IllegalArgumentException("unknown reference " + reference);
    };
  }

  /** What a list or non-null type holds. */
  static Type<?> inner(Type<?> reference) {
    return switch (reference) {
      case NonNullType type -> type.getType();
      case ListType type -> type.getType();
      default -> throw new IllegalArgumentException("unknown reference " + reference);
    };
  }
}
