// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.FieldSelection;
import graphql.language.AstPrinter;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The selection below a planned field, computed when it is read. Thread-safe. */
final class SelectedFields implements FieldSelection {
  /** Selections that a list is made from at most; later ones are left out. */
  private static final int MAX_SELECTIONS = 15_000;

  private final PlannedField field;
  private volatile @Nullable List<String> paths;
  private volatile @Nullable String text;

  SelectedFields(PlannedField field) {
    this.field = field;
  }

  @Override
  public List<String> paths() {
    List<String> known = paths;
    if (known == null) {
      Collector collector = new Collector(field.plan());
      for (Field node : field.nodes) {
        collector.add("", node.getSelectionSet());
      }
      known = List.copyOf(collector.found);
      paths = known;
    }
    return known;
  }

  @Override
  public String graphql() {
    String known = text;
    if (known == null) {
      SelectionSet set = field.nodes.get(0).getSelectionSet();
      known = set == null ? "" : AstPrinter.printAst(set);
      text = known;
    }
    return known;
  }

  private static final class Collector {
    private final Set<String> found = new LinkedHashSet<>();
    private final SelectionPlan plan;
    private int left = MAX_SELECTIONS;

    Collector(SelectionPlan plan) {
      this.plan = plan;
    }

    void add(String prefix, @Nullable SelectionSet set) {
      if (set == null) {
        return;
      }
      for (Selection<?> selection : set.getSelections()) {
        left--;
        if (left < 0) {
          return;
        }
        switch (selection) {
          case Field field -> {
            if (plan.isIncluded(field)) {
              String path = prefix + field.getResultKey();
              if (!found.contains(path)) {
                if (!plan.takesPath(path)) {
                  left = 0;
                  return;
                }
                found.add(path);
              }
              add(path + "/", field.getSelectionSet());
            }
          }
          case InlineFragment inline -> {
            if (plan.isIncluded(inline)) {
              add(prefix, inline.getSelectionSet());
            }
          }
          case FragmentSpread spread -> {
            FragmentDefinition fragment = plan.fragment(spread.getName());
            if (fragment != null && plan.isIncluded(spread)) {
              add(prefix, fragment.getSelectionSet());
            }
          }
          default -> throw new IllegalStateException("unknown selection " + selection);
        }
      }
    }
  }
}
