// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.MalformedPolicyException;
import dev.syncline.sim.iam.Policy;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles documents once. It keeps at most {@value #MAX_POLICIES} and starts over when it has so
 * many. Thread-safe.
 */
final class CompiledPolicies {
  private static final int MAX_POLICIES = 5_000;

  private final Map<Document, Optional<Policy>> compiled = new ConcurrentHashMap<>();

  /** The policy; empty for a document that is no policy, which permits and denies nothing. */
  Optional<Policy> of(Document document) {
    Optional<Policy> known = compiled.get(document);
    if (known != null) {
      return known;
    }
    Optional<Policy> made = parse(document);
    if (compiled.size() >= MAX_POLICIES) {
      compiled.clear();
    }
    compiled.put(document, made);
    return made;
  }

  List<Policy> of(List<Document> documents) {
    return documents.stream().map(this::of).flatMap(Optional::stream).toList();
  }

  private static Optional<Policy> parse(Document document) {
    try {
      return Optional.of(Policy.parse(document.name(), document.json()));
    } catch (MalformedPolicyException malformed) {
      return Optional.empty();
    }
  }
}
