// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Tags;
import dev.syncline.sim.services.secretsmanager.Secret.Version;
import java.util.Optional;

/** Writes secrets as the answers of several operations show them. */
final class SecretJson {
  private SecretJson() {}

  /** ARN, name and, where given, version id. */
  static ObjectNode identity(Secret secret, Optional<Version> version) {
    ObjectNode json = Json.object().put("ARN", secret.arn).put("Name", secret.name);
    version.ifPresent(present -> json.put("VersionId", present.id()));
    return json;
  }

  /** The members that DescribeSecret and ListSecrets share. */
  static ObjectNode summary(Secret secret) {
    ObjectNode json = identity(secret, Optional.empty());
    Json.putIfPresent(json, "Description", secret.description);
    Json.putIfPresent(json, "KmsKeyId", secret.kmsKey);
    Json.putIfPresent(json, "OwningService", secret.owningService);
    json.set("CreatedDate", Json.epochSeconds(secret.created));
    json.set("LastChangedDate", Json.epochSeconds(secret.changed));
    if (secret.accessed != null) {
      json.set("LastAccessedDate", Json.epochSeconds(secret.accessed));
    }
    if (secret.deleteOn != null) {
      json.set("DeletedDate", Json.epochSeconds(secret.deleteOn));
    }
    if (!secret.tags.isEmpty()) {
      json.set("Tags", Tags.write(secret.tags));
    }
    return json;
  }
}
