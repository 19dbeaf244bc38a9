// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.templates.FunctionTable.Arguments;
import dev.syncline.sim.vtl.TemplateFault;
import dev.syncline.sim.vtl.TemplateObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of functions for one rendering. */
record BoundFunctions(FunctionTable table, TemplateRun run) implements TemplateObject {
  @Override
  public boolean answers(String method, int arguments) {
    return true;
  }

  @Override
  public boolean accepts(String method, List<@Nullable Object> arguments) {
    return table.find(method, arguments) != null;
  }

  @Override
  public @Nullable Object call(String method, List<@Nullable Object> arguments) {
    FunctionTable.Body body = table.find(method, arguments);
    if (body == null) {
      throw new TemplateFault(table.name() + "." + method + " has no such arguments");
    }
    try {
      return body.call(run, new Arguments(arguments));
    } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException failed) {
      throw new TemplateFault(table.name() + "." + method + ": " + failed.getMessage());
    }
  }

  @Override
  public @Nullable Object property(String name) {
    FunctionTable group = table.group(name);
    return group == null ? null : new BoundFunctions(group, run);
  }
}
