// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Tags;
import java.util.List;

/** The operations on the tags of secrets. Thread-safe. */
record SecretTagOperations(SecretStore store) {
  List<Operation> operations() {
    return List.of(
        store.operation("TagResource: SecretId, Tags", input -> Tags.add(input, any(input).tags)),
        store.operation(
            "UntagResource: SecretId, TagKeys", input -> Tags.remove(input, any(input).tags)));
  }

  private Secret any(Input input) {
    return store.any(input.requiredText("SecretId"));
  }
}
