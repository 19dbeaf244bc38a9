// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query or scan whose index, key condition and start key have been checked, but of which no row
 * has been read. Reads one page.
 */
public final class PlannedRead {
  private final PageReader reader;
  private final ReadPlan plan;
  private final @Nullable IndexLayout index;
  private final ReadOptions.Columns columns;

  PlannedRead(
      PageReader reader, ReadPlan plan, @Nullable IndexLayout index, ReadOptions.Columns columns) {
    this.reader = reader;
    this.plan = plan;
    this.index = index;
    this.columns = columns;
  }

  /**
   * Refuses columns that a global index does not have: it cannot fetch them.
   *
   * @throws ValidationFault bare
   */
  public void requireColumns() {
    if (index == null || !index.schema().global() || index.hasAll()) {
      return;
    }
    switch (columns) {
      case ReadOptions.Columns.Projected projected -> {
        // Always served.
      }
      case ReadOptions.Columns.All all ->
          throw Keys.invalid(
              "Select type ALL_ATTRIBUTES is not supported for global secondary index "
                  + index.schema().name()
                  + " because its projection type is not ALL");
      case ReadOptions.Columns.Named named -> {
        List<String> missing =
            named.names().stream().filter(name -> !index.projects(name)).toList();
        if (!missing.isEmpty()) {
          throw Keys.invalid(
              "Global secondary index " + index.schema().name() + " does not project " + missing);
        }
      }
    }
  }

  /**
   * Reads the page.
   *
   * @throws ValidationFault as {@link #requireColumns}
   */
  public QueryPage page() {
    requireColumns();
    return reader.read(plan);
  }
}
