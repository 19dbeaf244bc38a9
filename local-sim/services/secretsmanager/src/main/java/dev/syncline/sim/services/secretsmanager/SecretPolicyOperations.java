// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Optional;

/** The operations on the resource policies of secrets. Thread-safe. */
record SecretPolicyOperations(SecretStore store) {
  List<Operation> operations() {
    return List.of(
        store.operation("GetResourcePolicy: SecretId", this::getResourcePolicy),
        store.operation(
            "PutResourcePolicy: SecretId, ResourcePolicy, BlockPublicPolicy",
            this::putResourcePolicy),
        store.operation("DeleteResourcePolicy: SecretId", this::deleteResourcePolicy));
  }

  private Output getResourcePolicy(Input input) {
    Secret secret = any(input);
    ObjectNode answer = SecretJson.identity(secret, Optional.empty());
    Json.putIfPresent(answer, "ResourcePolicy", secret.policy);
    return Output.of(answer);
  }

  /** Keeps the policy; it is not evaluated. */
  private Output putResourcePolicy(Input input) {
    Secret secret = live(input);
    String policy = input.requiredText("ResourcePolicy");
    try {
      if (Json.MAPPER.readTree(policy).path("Statement").isMissingNode()) {
        throw SecretErrors.malformedPolicy();
      }
    } catch (JsonProcessingException notJson) {
      throw SecretErrors.malformedPolicy();
    }
    secret.policy = policy;
    return Output.of(SecretJson.identity(secret, Optional.empty()));
  }

  private Output deleteResourcePolicy(Input input) {
    Secret secret = live(input);
    secret.policy = null;
    return Output.of(SecretJson.identity(secret, Optional.empty()));
  }

  private Secret any(Input input) {
    return store.any(input.requiredText("SecretId"));
  }

  private Secret live(Input input) {
    return store.live(input.requiredText("SecretId"));
  }
}
