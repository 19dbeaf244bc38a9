// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLUnionType;
import org.jspecify.annotations.Nullable;

/**
 * An output type, unpacked for completion.
 *
 * @param nonNull whether null is an error here
 * @param item the type of elements; null unless this is a list
 * @param type the named type; null for a list
 */
record OutputShape(boolean nonNull, @Nullable OutputShape item, @Nullable GraphQLNamedType type) {
  static OutputShape of(GraphQLType type) {
    return switch (type) {
      case GraphQLNonNull required -> {
        OutputShape inner = of(required.getWrappedType());
        yield new OutputShape(true, inner.item, inner.type);
      }
      case GraphQLList list -> new OutputShape(false, of(list.getWrappedType()), null);
      case GraphQLNamedType named -> new OutputShape(false, null, named);
      default -> throw new IllegalArgumentException("not an output type: " + type);
    };
  }

  /** The name in messages; lists have the text {@code null} as in AppSync's engine. */
  String name() {
    return type == null ? "null" : type.getName();
  }

  boolean isLeaf() {
    return type instanceof GraphQLScalarType || type instanceof GraphQLEnumType;
  }

  boolean isComposite() {
    return type instanceof GraphQLObjectType
        || type instanceof GraphQLInterfaceType
        || type instanceof GraphQLUnionType;
  }

  /** The type of elements below all lists. */
  OutputShape atNamed() {
    OutputShape shape = this;
    while (shape.item != null) {
      shape = shape.item;
    }
    return shape;
  }

  /** The named type below all lists. */
  GraphQLNamedType named() {
    GraphQLNamedType named = atNamed().type;
    if (named == null) {
      throw new IllegalStateException("a type without a name");
    }
    return named;
  }
}
