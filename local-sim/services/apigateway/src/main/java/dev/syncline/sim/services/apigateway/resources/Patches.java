// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Tagging;

/** API Gateway's patch operations; every value is a text. */
final class Patches {
  static final Tagging TAGGING = Tagging.camel("apigateway");

  private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

  Patches replace(String path, String value) {
    operations.addObject().put("op", "replace").put("path", path).put("value", value);
    return this;
  }

  Patches add(String path) {
    operations.addObject().put("op", "add").put("path", path);
    return this;
  }

  Patches add(String path, String value) {
    operations.addObject().put("op", "add").put("path", path).put("value", value);
    return this;
  }

  Patches remove(String path, String value) {
    operations.addObject().put("op", "remove").put("path", path).put("value", value);
    return this;
  }

  /** The operations so far. */
  ArrayNode operations() {
    return operations;
  }

  Patches remove(String path) {
    operations.addObject().put("op", "remove").put("path", path);
    return this;
  }

  /** Replaces scalars that differ, at {@code prefix} and their own names; empty when left out. */
  Patches scalars(String prefix, JsonNode before, JsonNode after, String... members) {
    for (String member : members) {
      if (!before.path(member).equals(after.path(member))) {
        replace(prefix + member, after.path(member).asText(""));
      }
    }
    return this;
  }

  /** Replaces, and removes, the entries of a map that differ. */
  Patches map(String prefix, JsonNode before, JsonNode after) {
    Differences.set(before, after)
        .properties()
        .forEach(entry -> replace(prefix + escape(entry.getKey()), entry.getValue().asText()));
    Differences.removed(before, after).forEach(key -> remove(prefix + escape(key.asText())));
    return this;
  }

  /** Replaces booleans that differ; false when left out. */
  Patches flags(CrudResource.Change change, String... members) {
    for (String member : members) {
      if (change.of(member)) {
        replace("/" + member, change.after().path(member).asText("false"));
      }
    }
    return this;
  }

  /** Replaces a number that differs; {@code otherwise} when left out. */
  Patches integer(CrudResource.Change change, String member, String otherwise) {
    if (change.of(member)) {
      replace("/" + member, change.after().path(member).asText(otherwise));
    }
    return this;
  }

  /** Adds and removes the texts of a list that differ. */
  Patches values(CrudResource.Change change, String member) {
    Differences.without(change.after().path(member), change.before().path(member))
        .forEach(value -> add("/" + member, value));
    Differences.without(change.before().path(member), change.after().path(member))
        .forEach(value -> remove("/" + member, value));
    return this;
  }

  /** The ARN of the changed resource; API Gateway's ARNs have no account. */
  static String arn(CrudResource.Change change, String resource) {
    return Arn.aws("apigateway", change.calls().region(), "", resource);
  }

  /** Sends the operations to the change's resource, if there are any. */
  void send(CrudResource.Change change, String operation) {
    send(change.calls(), operation, change.target());
  }

  /** Sends the operations, if there are any. */
  void send(ServiceCalls calls, String operation, ObjectNode target) {
    if (!operations.isEmpty()) {
      calls.call("apigateway", operation, target.set("patchOperations", operations));
    }
  }

  /** Escapes a segment of a path as JSON Pointer does. */
  static String escape(String segment) {
    return segment.replace("~", "~0").replace("/", "~1");
  }
}
