// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A custom domain name. Immutable.
 *
 * @param domainName in lower case; may begin with {@code *.}
 * @param appsyncDomainName the host that AppSync would answer at
 * @param apiId the API that is associated; null without one
 */
public record DomainNameRecord(
    String domainName,
    String arn,
    String certificateArn,
    @Nullable String description,
    String appsyncDomainName,
    Map<String, String> tags,
    @Nullable String apiId) {
  /** The hosted zone of CloudFront, which serves custom domain names. */
  static final String HOSTED_ZONE = "Z2FDTNDATAQYW2";

  DomainNameRecord withDescription(@Nullable String changed) {
    return new DomainNameRecord(
        domainName, arn, certificateArn, changed, appsyncDomainName, tags, apiId);
  }

  DomainNameRecord withTags(Map<String, String> changed) {
    return new DomainNameRecord(
        domainName, arn, certificateArn, description, appsyncDomainName, changed, apiId);
  }

  DomainNameRecord withApi(@Nullable String changed) {
    return new DomainNameRecord(
        domainName, arn, certificateArn, description, appsyncDomainName, tags, changed);
  }

  /** The form of the API. */
  ObjectNode json() {
    ObjectNode json = Json.object().put("domainName", domainName);
    Json.putIfPresent(json, "description", description);
    json.put("certificateArn", certificateArn)
        .put("appsyncDomainName", appsyncDomainName)
        .put("hostedZoneId", HOSTED_ZONE)
        .put("domainNameArn", arn);
    json.set("tags", AppSyncTags.json(tags));
    return json;
  }

  /** The association in the form of the API. */
  ObjectNode association() {
    return Json.object()
        .put("domainName", domainName)
        .put("apiId", apiId)
        .put("associationStatus", "SUCCESS");
  }
}
