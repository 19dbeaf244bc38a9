// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
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
    if (index != null) {
      index.requireColumns(columns);
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
