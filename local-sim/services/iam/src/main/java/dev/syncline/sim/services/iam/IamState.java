// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records as they are saved. Thread-safe. */
record IamState(IamStore store) implements ServiceState {
  private static final String PRINCIPALS = "principals";

  private record Saved(
      List<SavedRole> roles, List<SavedPolicy> policies, @Nullable SavedPrincipals principals) {}

  private record SavedRole(
      String name,
      String path,
      String id,
      String arn,
      Instant created,
      String trust,
      String description,
      boolean described,
      int maxSessionSeconds,
      @Nullable String boundary,
      Map<String, String> tags,
      Map<String, String> inline,
      List<String> attached) {}

  private record SavedPolicy(
      String name,
      String path,
      String id,
      String arn,
      String description,
      Instant created,
      Instant updated,
      String defaultVersion,
      int lastVersion,
      Map<String, String> tags,
      List<CustomerPolicy.Version> versions) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return store.exclusively(
        () ->
            SavedForm.PLAIN.write(
                new Saved(
                    store.roles().stream().map(IamState::saved).toList(),
                    store.policies().stream().map(IamState::saved).toList(),
                    SavedPrincipals.of(store))));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    JsonNode whole = saved;
    if (saved instanceof ObjectNode older && !saved.has(PRINCIPALS)) {
      // A file of an earlier version has roles and policies only.
      ObjectNode completed = older.deepCopy();
      completed.putNull(PRINCIPALS);
      whole = completed;
    }
    Saved all = SavedForm.PLAIN.read(whole, Saved.class);
    all.roles.forEach(role -> store.add(role(role)));
    all.policies.forEach(policy -> store.add(policy(policy)));
    if (all.principals != null) {
      all.principals.restore(store);
    }
  }

  private static SavedRole saved(Role role) {
    return new SavedRole(
        role.identity.name(),
        role.identity.path(),
        role.identity.id(),
        role.identity.arn(),
        role.identity.created(),
        role.trust,
        role.description,
        role.described,
        role.maxSessionSeconds,
        role.boundary,
        role.tags,
        role.inline,
        List.copyOf(role.attached));
  }

  private static Role role(SavedRole saved) {
    var role =
        new Role(
            new IamIdentity(saved.name, saved.path, saved.id, saved.arn, saved.created),
            saved.trust);
    role.description = saved.description;
    role.described = saved.described;
    role.maxSessionSeconds = saved.maxSessionSeconds;
    role.boundary = saved.boundary;
    role.tags.putAll(saved.tags);
    role.inline.putAll(saved.inline);
    role.attached.addAll(saved.attached);
    return role;
  }

  private static SavedPolicy saved(CustomerPolicy policy) {
    return new SavedPolicy(
        policy.identity.name(),
        policy.identity.path(),
        policy.identity.id(),
        policy.identity.arn(),
        policy.description,
        policy.identity.created(),
        policy.updated,
        policy.defaultVersion,
        policy.lastVersion,
        policy.tags,
        policy.versions);
  }

  private static CustomerPolicy policy(SavedPolicy saved) {
    var policy =
        new CustomerPolicy(
            new IamIdentity(saved.name, saved.path, saved.id, saved.arn, saved.created),
            saved.description);
    policy.updated = saved.updated;
    policy.defaultVersion = saved.defaultVersion;
    policy.lastVersion = saved.lastVersion;
    policy.tags.putAll(saved.tags);
    policy.versions.addAll(saved.versions);
    return policy;
  }
}
