// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the documents that apply to users, groups and roles. Thread-safe. */
record IamPolicies(IamStore store) {
  /**
   * A document.
   *
   * @param name an ARN, or for an inline policy {@code holder's ARN/name of the policy}
   */
  record Document(String name, String json) {}

  /** What applies to one principal. */
  record Applied(List<Document> identity, Optional<Document> boundary) {
    static final Applied NONE = new Applied(List.of(), Optional.empty());
  }

  /** What applies to the principal: for a user, its groups' policies too. */
  Applied of(PolicyHolder holder) {
    return store.exclusively(
        () -> {
          var documents = new ArrayList<Document>();
          add(holder, documents);
          if (holder instanceof IamUser user) {
            store.groupsOf(user).forEach(group -> add(group, documents));
          }
          return new Applied(
              documents, Optional.ofNullable(holder.boundary).flatMap(this::managed));
        });
  }

  /** The user, group or role of that ARN. */
  Optional<PolicyHolder> holder(String arn) {
    return store.exclusively(
        () ->
            store.holders().stream()
                .filter(holder -> holder.identity.arn().equals(arn))
                .findFirst());
  }

  /** The default version of a managed policy; empty when there is no such policy. */
  Optional<Document> managed(String arn) {
    return store
        .exclusively(
            () ->
                ManagedPolicies.isManaged(arn)
                    ? ManagedPolicies.find(arn).map(ManagedPolicies::document)
                    : store.policies().stream()
                        .filter(policy -> policy.identity.arn().equals(arn))
                        .findFirst()
                        .map(policy -> policy.version(policy.defaultVersion).document()))
        .map(json -> new Document(arn, json));
  }

  private void add(PolicyHolder holder, List<Document> documents) {
    holder.inline.forEach(
        (name, json) -> documents.add(new Document(holder.identity.arn() + "/" + name, json)));
    // A policy that AWS does not have, where that is tolerated, permits nothing.
    holder.attached.forEach(arn -> managed(arn).ifPresent(documents::add));
  }
}
