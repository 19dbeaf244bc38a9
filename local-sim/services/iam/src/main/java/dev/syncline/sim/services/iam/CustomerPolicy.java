// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A customer managed policy. Guarded by its store. */
final class CustomerPolicy {
  final IamIdentity identity;
  final String description;
  Instant updated;
  String defaultVersion = "v1";
  int lastVersion = 1;
  final Map<String, String> tags = new LinkedHashMap<>();
  final List<Version> versions = new ArrayList<>();

  /** One version. */
  record Version(String id, String document, Instant created) {}

  CustomerPolicy(IamIdentity identity, String description) {
    this.identity = identity;
    this.description = description;
    this.updated = identity.created();
  }

  /**
   * The version of that id.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NoSuchEntity}
   */
  Version version(String versionId) {
    return versions.stream()
        .filter(version -> version.id().equals(versionId))
        .findFirst()
        .orElseThrow(() -> IamErrors.noSuchVersion(identity.arn(), versionId));
  }
}
