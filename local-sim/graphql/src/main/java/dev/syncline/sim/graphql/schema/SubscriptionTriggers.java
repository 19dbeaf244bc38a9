// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.Directive;
import graphql.language.FieldDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks {@code @aws_subscribe} and {@code @aws_publish}. */
final class SubscriptionTriggers {
  private SubscriptionTriggers() {}

  /**
   * The mutations of each field of the subscription type.
   *
   * @throws SchemaException for an unknown mutation, or one whose output type differs
   */
  static Map<String, List<String>> read(SchemaModel model) throws SchemaException {
    Map<String, FieldDefinition> mutations = byName(model.fields(model.root("mutation")));
    Map<String, FieldDefinition> subscriptions = byName(model.fields(model.root("subscription")));
    Map<String, Set<String>> triggers = new LinkedHashMap<>();
    for (FieldDefinition subscription : subscriptions.values()) {
      triggers.put(
          subscription.getName(),
          new LinkedHashSet<>(named(subscription, "aws_subscribe", "mutations")));
    }
    List<String> errors = new ArrayList<>();
    for (FieldDefinition mutation : mutations.values()) {
      for (String name : named(mutation, "aws_publish", "subscriptions")) {
        Set<String> known = triggers.get(name);
        if (known == null) {
          errors.add("The mutation names a subscription that does not exist: " + name + ".");
        } else {
          known.add(mutation.getName());
        }
      }
    }
    subscriptions.forEach(
        (name, subscription) ->
            check(subscription, triggers.getOrDefault(name, Set.of()), mutations, errors));
    if (!errors.isEmpty()) {
      throw SchemaTexts.rules(errors);
    }
    Map<String, List<String>> result = new LinkedHashMap<>();
    triggers.forEach((name, names) -> result.put(name, List.copyOf(names)));
    return Collections.unmodifiableMap(result);
  }

  private static void check(
      FieldDefinition subscription,
      Collection<String> triggering,
      Map<String, FieldDefinition> mutations,
      List<String> errors) {
    String output = TypeReferences.nullable(subscription.getType());
    for (String name : triggering) {
      FieldDefinition mutation = mutations.get(name);
      if (mutation == null) {
        errors.add("The subscription names a mutation that does not exist: " + name + ".");
      } else if (!TypeReferences.nullable(mutation.getType()).equals(output)) {
        errors.add(SchemaTexts.INVALID_OUTPUT);
      }
    }
  }

  private static List<String> named(FieldDefinition field, String directive, String argument) {
    List<String> names = new ArrayList<>();
    for (Directive found : field.getDirectives(directive)) {
      names.addAll(AppSyncDirectives.texts(found, argument));
    }
    return names;
  }

  private static Map<String, FieldDefinition> byName(List<FieldDefinition> fields) {
    Map<String, FieldDefinition> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.getName(), field));
    return byName;
  }
}
