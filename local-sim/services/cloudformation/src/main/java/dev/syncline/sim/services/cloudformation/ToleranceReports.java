// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.Tolerances.Tolerated;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.UnsupportedPropertyException;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import dev.syncline.sim.services.cloudformation.template.TemplateLines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the properties that AWS's types do not have, where the user tolerates that, and
 * reports what is tolerated in a resource with its line in the template. Thread-safe.
 */
record ToleranceReports(Tolerances tolerances, Journal journal) {
  /** The properties of a resource as its type reads them. */
  ObjectNode read(Struct struct, ResourceDefinition definition, ObjectNode properties) {
    // Every turn removes at least one property.
    while (true) {
      try {
        return struct.read(properties, "");
      } catch (UnsupportedPropertyException refused) {
        TypeCheck.Refused faults = TypeCheck.refused(definition.type(), refused);
        if (!faults.unsupported().isEmpty() || !tolerances.has(Tolerance.UNKNOWN_PROPERTIES)) {
          throw faults.error(definition.logicalId(), definition.type());
        }
        for (String path : faults.unknown()) {
          tolerances.refuse(
              Tolerance.UNKNOWN_PROPERTIES, path, "", new Refusal(TypeCheck.extraneous(path)));
          remove(properties, path);
        }
      }
    }
  }

  private static void remove(ObjectNode properties, String path) {
    int last = path.lastIndexOf('/');
    JsonNode parent = last < 0 ? properties : properties.at("/" + path.substring(0, last));
    String name = path.substring(last + 1);
    if (parent instanceof ObjectNode object) {
      object.remove(name);
    } else if (parent instanceof ArrayNode list) {
      list.remove(Integer.parseInt(name));
    }
  }

  /** The work's result, and what was tolerated in it: null for nothing. */
  record Reported<T>(T result, @Nullable String reason) {}

  /** Does the work of one resource on this thread, and collects what it tolerates. */
  <T> Reported<T> during(Supplier<T> work, String template, String logicalId) {
    if (!tolerances.any()) {
      return new Reported<>(work.get(), null);
    }
    Thread here = Thread.currentThread();
    var found = new ArrayList<Tolerated>();
    ClockActivity listening =
        journal.listen(
            entry -> {
              if (entry.event() instanceof Tolerated tolerated
                  && Thread.currentThread().equals(here)) {
                found.add(tolerated);
              }
            });
    try (listening) {
      T result = work.get();
      return new Reported<>(result, reason(found, template, logicalId));
    }
  }

  private static @Nullable String reason(List<Tolerated> found, String template, String logicalId) {
    if (found.isEmpty()) {
      return null;
    }
    var lines = new ArrayList<String>();
    for (Tolerated tolerated : found) {
      int line = TemplateLines.of(template, logicalId, tolerated.property(), tolerated.subject());
      lines.add(
          "Tolerated "
              + tolerated.tolerance()
              + (line == 0 ? "" : " in line " + line)
              + ": "
              + tolerated.refusal());
    }
    return String.join("; ", lines);
  }

  /** Both reports; null without one. */
  static @Nullable String joined(@Nullable String first, @Nullable String second) {
    if (first == null) {
      return second;
    }
    return second == null ? first : first + "; " + second;
  }

  /** A refusal that is reported and not thrown. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }
}
