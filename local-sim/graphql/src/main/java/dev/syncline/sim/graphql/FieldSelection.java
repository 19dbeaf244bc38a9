// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import java.util.List;

/** The selection set below a field, computed when it is read. Thread-safe. */
public interface FieldSelection {
  /** A field without a selection set. */
  FieldSelection NONE =
      new FieldSelection() {
        @Override
        public List<String> paths() {
          return List.of();
        }

        @Override
        public String graphql() {
          return "";
        }
      };

  /**
   * {@code info.selectionSetList}: paths such as {@code a} and {@code a/b}, with aliases in place
   * of names and fragments flattened.
   */
  List<String> paths();

  /** {@code info.selectionSetGraphQL}: the selection set as text. */
  String graphql();
}
